package ground

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// forced: permission, duty and advice are not exchanged.
func (l *loose) forced() string {
	said, matched := l.said, l.matched
	denials, _ := said.denying(matched)
	may, could := said.may || said.permits(), matched.may || matched.permits()
	voluntary := slices.ContainsFunc(matched.words, func(w german.Word) bool { return strings.HasPrefix(w.Form, "freiwillig") })
	must := matched.must || voluntary
	if said.keys["ohn"] && denials%2 == 1 {
		may = false // "ohne … darf man nicht"
	}
	switch {
	case may && !said.must && must && !could && !voluntary,
		said.must && could && !must,
		said.must && matched.should && !must,
		said.should && (must || could) && !matched.should,
		may && !could && !must && !matched.should && !said.must && denials == 0 && !said.upTo() && !matched.narrows(),
		could && !may && !must && !said.conditional && denials == 0 && !said.upTo() && !said.must:
		return "permission or duty differs"
	}
	return l.forcedElsewhere()
}

// forcedElsewhere: where the statement's verb stands in another sentence, that one
// says whether it may or must be done.
func (l *loose) forcedElsewhere() string {
	for _, i := range l.missing {
		if !l.said.verbAt(i) {
			continue
		}
		for _, other := range l.others {
			if has(other, l.said.words[i], l.said) && (l.said.must && other.may && !other.must || l.said.may && other.must && !other.may) {
				return "permission or duty differs"
			}
		}
	}
	return ""
}

// narrows reports whether a sentence says when or for how long something is so, which
// is another way to say that it may be then.
func (s sentence) narrows() bool {
	return s.limited || s.conditional || len(s.figures) > 0 || s.says(calendar)
}

func (s sentence) permits() bool {
	return slices.ContainsFunc(s.words, func(w german.Word) bool { return permitting[w.Form] })
}

var permitting = list("may")

// unlimited: "nur", "wenn" and the like are neither lost nor added.
func (l *loose) unlimited() string {
	denials, _ := l.said.denying(l.matched)
	switch {
	case l.matched.limited && !l.said.says(limiting) && denials == 0:
		return "limit lost"
	case l.said.limited && !l.matched.says(limiting):
		return "limit added"
	case l.matched.says(exceptions) && !l.said.says(exceptions) && !l.said.conditional && !l.said.limited:
		return "exception lost"
	case l.matched.conditional && !l.said.conditional && !l.said.says(narrowing) && !l.said.opensNarrow() && !strings.Contains(l.matched.line(), "auch wenn"):
		return "condition lost"
	}
	return ""
}

var (
	limiting  = list("limit-words", "limits")
	narrowing = list("conditions")
	universal = list("always")
	// withoutException says "immer" in several words.
	withoutException = phrases("always-phrases")
	// exceptions leave something out of a rule.
	exceptions = list("exceptions")
)

func (s sentence) says(list map[string]bool) bool {
	return slices.ContainsFunc(s.words, func(w german.Word) bool { return list[w.Form] })
}

// universal: "immer" and the like are not added.
func (l *loose) universal() string {
	line := l.said.line()
	always := l.said.says(universal) || withoutException.MatchString(line)
	if always && !l.matched.says(universal) && !l.matched.bounds["all"] && !l.matched.bounds["always"] {
		return "always added"
	}
	if l.said.althoughAdded(l.matched) {
		return "always added"
	}
	if l.said.ofAll() && !l.matched.bounds["all"] && !l.matched.says(every) {
		return "always added"
	}
	return ""
}

// ofAll reports whether a sentence says something of all, not how often ("alle fünf
// Jahre").
func (s sentence) ofAll() bool {
	for i, w := range s.words {
		if scopeWords[w.Form] == "all" && (i+1 >= len(s.words) || s.words[i+1].Kind != german.Number && numerals[s.words[i+1].Form] == "") {
			return true
		}
	}
	return false
}

// althoughAdded reports whether a sentence holds "auch bei" or "auch ohne" something,
// and the other has no "auch".
func (s sentence) althoughAdded(other sentence) bool {
	if other.says(although) {
		return false
	}
	for i, w := range s.words {
		if w.Form == "auch" && i+1 < len(s.words) && (prepWords[s.words[i+1].Form] || conditionWords[s.words[i+1].Form]) {
			return true
		}
	}
	return false
}

var although = list("although")

var every = list("every")

// restricted: the sentence behind takes nothing back.
func (l *loose) restricted() string {
	if l.behind != nil && l.behind.restricts && !l.said.conditional && !l.said.limited {
		return "restricted by the next sentence"
	}
	return ""
}
