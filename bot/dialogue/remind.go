package dialogue

import (
	"regexp"
	"slices"
	"strings"
)

var (
	// remindTicket is a wish about tickets, or about whatever is spoken of.
	remindTicket = regexp.MustCompile(`(?i)^\W*(?:bitte\s+)?(?:(?:nicht|nie)\s+(?:mehr\s+)?|keine\s+)?erinner(?:e|n|ung|ungen)?(?:\s+sie)?(?:\s+mich)?(?:\s+(?:bitte|daran|dran|da|doch|lieber|mal))*(?:\s+(?:nicht|nie)(?:\s+mehr)?)?(?:\s+daran|\s+dran)?(?:\s+an)?(?:\s+(?:mein\s+)?(?:anliegen\s+)?(?:nr\.?|nummer)?\s*\d{1,9})?\W*$`)
	// remindOf and remindLast are wishes about what they name, "erinnere mich an die
	// nächste Ethikrunde", "kannst du mich an LeanCoffee erinnern".
	remindOf = regexp.MustCompile(`(?i)^\W*(?:(?:bitte|hallo|hi|hey|ok|okay|super|danke|dann|und|kannst du|könntest du|können sie|könnten sie|würdest du|ich möchte|ich hätte gern|ich hätte gerne|ich will|mich|mir|uns|eine|die|keine|du|sie)[\s,.!]+)*` +
		`erinner(?:e|n|st|ung|ungen|t)?(?:\s+(?:sie|du|mich|uns|bitte|doch|mal|auch|nicht|nie|mehr|immer|kurz|vorher|rechtzeitig))*\s+(?:an|für|zu|zum|zur|von|vom|vor|wegen)\s+(.+?)\W*$`)
	remindLast = regexp.MustCompile(`(?i)^\W*(?:(?:bitte|kannst du|könntest du|können sie|könnten sie|würdest du|würden sie|ich möchte|ich will|magst du)\s+)+(?:(?:mich|uns|bitte|nicht|nie|mehr|auch|rechtzeitig)\s+)*an\s+(.+?)\s+(?:(?:nicht|nie|mehr|bitte|nochmal|rechtzeitig|vorher)\s+)*(?:erinnern|erinnert werden)\W*$`)
	// remindBack is a wish about what was spoken of.
	remindBack = regexp.MustCompile(`(?i)^\W*(?:(?:bitte|kannst du|könntest du|können sie|könnten sie|würdest du|würden sie|ich möchte|magst du)\s+)+(?:(?:mich|uns|bitte|da|nicht|nie|mehr|auch|rechtzeitig)\s+)*(?:daran|dran)\s+(?:(?:nicht|nie|mehr|bitte|nochmal|rechtzeitig|vorher)\s+)*(?:erinnern|erinnert werden)\W*$`)
	// ownTickets is how people speak of their tickets without a number, and asksList asks
	// what one is reminded of.
	ownTickets = regexp.MustCompile(`(?i)^\W*(?:(?:mein|meine|meines|das|dieses|die)\s+)?(?:anliegen|frage|anfrage|ticket)\W*$`)
	asksList   = regexp.MustCompile(`(?i)^\W*(?:(?:welche|meine|zeig\w*(?:\s+mir)?(?:\s+(?:meine|alle|die))?)\s+erinnerungen(?:\s+(?:habe|hab|hätte)\s+ich|\s+(?:gibt es|laufen|an))?|wor?an\s+(?:erinnerst|erinnern)\s+(?:du|sie)\s+mich(?:\s+\w+)?)\W*$`)
	// remindAsks asks for the date, which the answer says.
	remindAsks = regexp.MustCompile(`(?i)(?:^|\W)(?:wann|wo|wer|warum|automatisch)(?:$|\W)`)
	// remindNot takes such a wish back.
	remindNot = regexp.MustCompile(`(?i)(?:^|\W)(?:nicht|nie|keine)(?:$|\W)`)
	// remindWords are of what can be reminded: what is said must have one, or a name
	// of the house's formats.
	remindWords = regexp.MustCompile(`(?i)(?:termine?n?|sitzung\w*|treffen|sprechstunde\w*|veranstaltung\w*)(?:$|\W)|runde\b`)
	// pointsBack is all that says nothing itself.
	pointsBack = regexp.MustCompile(`(?i)^\W*(?:daran|dran|das|den|diesen|die|diese|den termin|die termine|diesen termin|diese termine|die sitzung|das treffen)\W*$`)
)

// PointsBack reports whether what somebody wants to be reminded of is what was spoken
// of before.
func PointsBack(text string) bool { return pointsBack.MatchString(text) }

// remind reads wishes to be reminded, or not any more.
func (e *Ear) remind(message string) (Act, bool) {
	act := Act{Kind: Remind}
	if asksList.MatchString(message) {
		return Act{Kind: Status}, true
	}
	if remindAsks.MatchString(message) {
		return Act{}, false
	}
	if remindNot.MatchString(message) {
		act.Kind = Unremind
	}
	if remindTicket.MatchString(message) || remindBack.MatchString(message) {
		return act, true
	}
	for _, pattern := range []*regexp.Regexp{remindOf, remindLast} {
		m := pattern.FindStringSubmatch(message)
		if m == nil {
			continue
		}
		act.Text = strings.TrimSpace(m[1])
		if ownTickets.MatchString(act.Text) {
			act.Text = ""
			return act, true
		}
		return act, PointsBack(act.Text) || remindWords.MatchString(act.Text) || e.namesFormat(act.Text)
	}
	return Act{}, false
}

func (e *Ear) namesFormat(text string) bool {
	joined := func(text string) string {
		var b strings.Builder
		for _, t := range read(text).tokens {
			b.WriteString(t.form)
		}
		return b.String()
	}
	said := joined(text)
	return slices.ContainsFunc(e.formats, func(name string) bool { return joined(name) != "" && strings.Contains(said, joined(name)) })
}
