package ground

import (
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// clauseTexts are the clauses of a sentence as texts: what stands between commas and
// the like, a clause that another one interrupts in one piece, what hangs on a clause
// with it, and two that are joined by "und" apart where each has a verb.
func clauseTexts(text string) []string {
	var parts []string
	from := 0
	for _, cut := range append(clauseEnds.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
		if unless.MatchString(strings.ToLower(text[max(from, cut[0]-len("es sei denn")):cut[0]])) || cut[1] < len(text) && infinitive(text[cut[1]:]) {
			continue
		}
		parts = append(parts, text[from:cut[0]])
		from = cut[1]
	}
	return slices.Concat(coordinated(hanging(interrupted(ending(listed(parts)))))...)
}

// listed joins the things of a list: "einen Laptop, einen Bildschirm und ein Headset".
func listed(parts []string) []string {
	for i := len(parts) - 1; i > 0; i-- {
		if !closesList.MatchString(parts[i]) || denies.MatchString(parts[i]) || anyDigit(parts[i]) {
			continue
		}
		for i > 0 && endsWithNoun(parts[i-1]) && !anyDigit(parts[i-1]) {
			parts = slices.Concat(parts[:i-1], []string{parts[i-1] + " " + parts[i]}, parts[i+1:])
			if i--; !onlyNoun.MatchString(strings.TrimSpace(parts[i])) {
				break
			}
		}
	}
	return parts
}

func endsWithNoun(part string) bool {
	fields := strings.Fields(part)
	return len(fields) > 0 && startsUpper(fields[len(fields)-1])
}

func anyDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }

// ending joins the verb that ends a clause to it, and what stands between commas
// before it.
func ending(parts []string) (joined []string) {
	for _, part := range parts {
		if len(joined) == 0 || !bareVerb.MatchString(german.Fold(strings.TrimRight(part, ". "))) || hasNoun(part) {
			joined = append(joined, part)
			continue
		}
		from := max(0, len(joined)-2)
		joined = append(joined[:from], strings.Join(append(joined[from:], part), " "))
	}
	return joined
}

func hasNoun(text string) bool {
	return slices.ContainsFunc(strings.Fields(text), startsUpper)
}

// interrupted joins what stands before and behind a relative clause.
func interrupted(parts []string) (joined []string) {
	for i := 0; i < len(parts); i++ {
		if i+2 < len(parts) && relative(parts[i+1]) && !opensClause.MatchString(german.Fold(parts[i+2])) {
			joined = append(joined, parts[i]+" "+parts[i+2], parts[i+1])
			i += 2
			continue
		}
		joined = append(joined, parts[i])
	}
	return joined
}

// relative reports whether a part is a relative clause: it begins as one and ends
// with its verb.
func relative(part string) bool {
	part = strings.TrimRight(strings.TrimSpace(part), ".")
	if !opensRelative.MatchString(german.Fold(part)) {
		return false
	}
	last := part[strings.LastIndexByte(part, ' ')+1:]
	return !startsUpper(last) && (strings.HasSuffix(last, "t") || strings.HasSuffix(last, "en") || last == "ist" || last == "sind")
}

// hanging joins to a clause what follows it without a verb and begins with a
// preposition or a limit, unless both give figures.
func hanging(parts []string) (joined []string) {
	open := false
	for _, part := range parts {
		c := clauseOf(part, nil, false)
		switch {
		case len(joined) == 0 || c.verb || len(c.words) == 0:
			open = false
		case prepWords[c.words[0].Form] && !conditionWords[c.words[0].Form] || boundWords[c.words[0].Form] != "", open && len(c.figures) == 0:
			before := clauseOf(joined[len(joined)-1], nil, false)
			if open = len(before.figures) == 0 || len(c.figures) == 0; open {
				joined[len(joined)-1] += " " + part
				continue
			}
		default:
			open = false
		}
		joined = append(joined, part)
	}
	return joined
}

// coordinated parts a clause at "und" where there is a verb on either side.
func coordinated(parts []string) (all [][]string) {
	for _, part := range parts {
		all = append(all, []string{part})
		for _, at := range and.FindAllStringIndex(part, -1) {
			before, behind := part[:at[0]], part[at[1]:]
			if finite.MatchString(german.Fold(before)) && finite.MatchString(german.Fold(firstOf(behind))) {
				all[len(all)-1] = []string{before, subjectOf(before) + " " + behind}
				break
			}
		}
	}
	return all
}

// subjectOf is what stands before the verb of a clause.
func subjectOf(clause string) string {
	words := strings.Fields(clause)
	at := slices.IndexFunc(words, func(w string) bool { return finite.MatchString(german.Fold(w)) })
	return strings.Join(words[:max(at, 0)], " ")
}

// firstOf is the first word of a text.
func firstOf(text string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	return first
}

var (
	opensRelative = regexp.MustCompile(`^(` + either("relative-prepositions") + ` )?` + either("relatives") + `\b`)
	opensClause   = opens("clause-openings")
	closesList    = regexp.MustCompile(`^\s*(\p{Ll}+ ){0,2}\p{Lu}[\p{L}-]+ (und|oder|sowie) (\p{Ll}+ ){0,2}\p{Lu}`)
	denies        = regexp.MustCompile(`^\s*` + either("denial-openings") + ` `)
	onlyNoun      = regexp.MustCompile(`^(\p{Ll}+ ){0,2}\p{Lu}[\p{L}-]+ (\p{Ll}+ ){0,2}\p{Lu}[\p{L}-]+ (und|oder|sowie)`)
	bareVerb      = regexp.MustCompile(`^(nicht )?[^ ]+(t|en|n)( werden| worden| sein)?$`)
	and           = regexp.MustCompile(` (und|oder|sondern) `)
)
