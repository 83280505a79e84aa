package dialogue

import (
	"slices"
	"strings"
	"unicode"
)

// PointsBack reports whether what somebody wants to be reminded of is what was spoken
// of before.
func PointsBack(text string) bool { return plainOf(text).is("points back") }

// remind reads wishes to be reminded, or not any more.
func (e *Ear) remind(message string) (Act, bool) {
	act, said := Act{Kind: Remind}, plainOf(message)
	switch {
	case said.is("reminders"):
		return Act{Kind: Status}, true
	case said.is("asks date"):
		return Act{}, false
	case said.is("not"):
		act.Kind = Unremind
	}
	if said.is("remind ticket") {
		return act, true
	}
	of, is := said.rest("remind of")
	if !is {
		return Act{}, false
	}
	act.Text = strings.TrimFunc(of, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	about := plainOf(act.Text)
	if about.is("own tickets") {
		act.Text = ""
		return act, true
	}
	return act, about.is("points back") || about.is("remindable") || e.namesFormat(act.Text)
}

func (e *Ear) namesFormat(text string) bool {
	said := joined(text)
	return slices.ContainsFunc(e.formats, func(name string) bool { return joined(name) != "" && strings.Contains(said, joined(name)) })
}
