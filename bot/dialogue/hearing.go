package dialogue

import (
	"strings"

	"lvr.example/sprechstunde/bot/pattern"
	"lvr.example/sprechstunde/retrieval/german"
)

// hearing is a message while it is understood. Parts of it are looked at again and
// again: what the rules say to a run of its words is found out once.
type hearing struct {
	Heard
	meets []set // of each word: the needs of rules that it meets
	ruled map[run]ruling

	topic []int // where names of it end: see theme
}

// run is a run of the words of a message: the number of its first one, and how many.
type run struct{ from, words int }

type ruling struct {
	act Act
	ok  bool
}

func (e *Ear) hearing(h Heard, whole spoken) *hearing {
	meets := e.finder.meets(whole)
	return &hearing{
		Heard: h, meets: meets, ruled: map[run]ruling{},
		topic: e.topic.ends(whole, meets),
	}
}

// ruleWords is the length up to which a run can be anything but a question.
const ruleWords = 40

// byRule is what the first rule says that a run fits.
func (e *Ear) byRule(h *hearing, s spoken) (Act, bool) {
	if len(s.tokens) == 0 || len(s.tokens) > ruleWords {
		return Act{}, false
	}
	at := run{s.tokens[0].at, len(s.tokens)}
	found, known := h.ruled[at]
	if !known {
		found.act, found.ok = e.firstRule(h, s)
		h.ruled[at] = found
	}
	return found.act, found.ok
}

func (e *Ear) firstRule(h *hearing, s spoken) (Act, bool) {
	met := set{}
	for _, t := range s.tokens {
		met.join(h.meets[t.at])
	}
	var all []reading
	for i := range e.rules {
		if !met.holds(e.finder.needs[i]) {
			continue
		}
		if all == nil {
			all = readings(s)
		}
		for _, reading := range all {
			if act, ok := e.rules[i].match(h.Heard, reading); ok {
				if act.Kind.Searched() && act.Text == "" {
					act.Text = s.question()
				}
				return act, true
			}
		}
	}
	return Act{}, false
}

// finder tells which rules a run can fit at all.
type finder struct {
	words   lexicon        // of needs, by their number
	numbers map[string]int // of needs
	needs   []set          // of each rule
}

func findRules(rules []rule) *finder {
	f := &finder{words: newLexicon(), numbers: map[string]int{}}
	for _, r := range rules {
		f.needs = append(f.needs, f.file(r.pattern.needs))
	}
	return f
}

// file numbers needs, those that are the same alike.
func (f *finder) file(needs []pattern.OneOf) (numbers set) {
	for _, need := range needs {
		key := strings.Join(need, " ")
		number, known := f.numbers[key]
		if !known {
			number = len(f.numbers)
			f.numbers[key] = number
			for _, word := range need {
				f.words.add(word, number)
			}
		}
		numbers.add(number)
	}
	return numbers
}

// meets are the numbers of the needs that each word meets.
func (f *finder) meets(s spoken) []set {
	all := make([]set, len(s.tokens))
	for i, t := range s.tokens {
		for _, number := range f.words.of(t.form) {
			all[i].add(number)
		}
	}
	return all
}

// set is a set of small numbers.
type set []uint64

func (s *set) add(n int) {
	if more := n/64 + 1 - len(*s); more > 0 {
		*s = append(*s, make([]uint64, more)...)
	}
	(*s)[n/64] |= 1 << (n % 64)
}

func (s *set) join(other set) {
	if more := len(other) - len(*s); more > 0 {
		*s = append(*s, make([]uint64, more)...)
	}
	for i, bits := range other {
		(*s)[i] |= bits
	}
}

// holds reports whether all numbers of another set are in this one.
func (s set) holds(other set) bool {
	for i, bits := range other {
		if i < len(s) && bits&^s[i] != 0 || i >= len(s) && bits != 0 {
			return false
		}
	}
	return true
}

// reading is one way to read a run by rules.
type reading struct {
	spoken
	joined string // its line
	asks   bool   // the run does, or a clause of it
}

// readings are a run as it stands, and without the small words before and behind
// it that change nothing.
func readings(s spoken) []reading {
	from, to := 0, len(s.tokens)
	for from < to-1 && leading[s.tokens[from].form] {
		from++
	}
	for to-1 > from && trailing[s.tokens[to-1].form] {
		to--
	}
	runs := []spoken{s}
	if from > 0 && to < len(s.tokens) {
		runs = append(runs, s.part(from, len(s.tokens)), s.part(0, to))
	}
	if from > 0 || to < len(s.tokens) {
		runs = append(runs, s.part(from, to))
	}
	asks := s.questions() // also where the mark stands behind a small word: "oder?"
	var all []reading
	for _, one := range runs {
		all = append(all, reading{one, one.line(), asks})
	}
	return all
}

var (
	leading  = german.Set("ah ach also aha aber boah bitte du eh ey hach hey hm hmm ha hae moin mist naja och oh ohje oje ok okay ooh puh sorry so tja uff und ups uh wow")
	trailing = german.Set("aber bitte danke denn doch eben echt einfach gell halt haha hier irgendwie jetzt leider lol ma mal man nun oder pls please schon schonmal sorry vielleicht wohl xd")
)
