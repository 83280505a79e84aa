package masking

import (
	"slices"
	"strings"
)

// Kind says what a mark is.
type Kind string

// The kinds.
const (
	Mail    Kind = "mail"
	Phone   Kind = "phone"
	Name    Kind = "name"
	Address Kind = "address" // of a house: street, number, town
	Number  Kind = "number"  // of a file, a case, a contract, a person
	Account Kind = "account" // of a bank
	Plate   Kind = "plate"   // of a car
	Birth   Kind = "birth"   // day of birth
)

// Kinds are all of them.
var Kinds = []Kind{Mail, Phone, Name, Address, Number, Account, Plate, Birth}

// Mark is a part of a text that tells who somebody is.
type Mark struct {
	Start, End int // bytes
	Kind       Kind
}

// Person is one of the house's people, as their account says.
type Person struct{ Username, Given, Family, Nickname string }

// Masker finds marks. It is immutable and safe for concurrent use.
type Masker struct {
	given    map[string]bool // as written
	families map[string]bool // of the house's people
	users    map[string]bool
	common   map[string]bool // families that are words as well
}

// New returns a Masker that knows the given names of its own list and the house's
// people.
func New(people ...Person) *Masker {
	m := &Masker{given: lines(givenNames), families: map[string]bool{}, users: map[string]bool{}, common: lines(commonFamilies)}
	for _, p := range people {
		for _, family := range strings.Fields(p.Family) {
			if len([]rune(family)) > 2 && isCapital(family) && !m.common[family] && isFamily(family, false) && !fitsOne(strings.ToLower(family), nouns) {
				m.families[family] = true
			}
		}
		for _, given := range append(strings.Fields(p.Given), strings.Fields(p.Nickname)...) {
			m.knowGiven(given)
		}
		if p.Username != "" {
			m.users[strings.ToLower(p.Username)] = true
		}
	}
	return m
}

// knowGiven adds a given name or nickname that is no other word as far as can be told.
func (m *Masker) knowGiven(name string) {
	if len([]rune(name)) > 2 && isCapital(name) && !m.common[name] && !noNames[name] && !fitsOne(strings.ToLower(name), nouns) {
		m.given[name] = true
	}
}

// Find returns the marks of a text, in order; no two overlap. It takes time as the
// text is long.
func (m *Masker) Find(text string) []Mark {
	var marks []Mark
	for _, r := range rules {
		marks = add(marks, r.find(text))
	}
	marks = add(marks, m.names(text, marks))
	return marks
}

// add puts new marks to those that are there, which win.
func add(marks, more []Mark) []Mark {
	for _, n := range more {
		i, _ := slices.BinarySearchFunc(marks, n.Start, func(m Mark, start int) int { return m.End - start - 1 })
		if i == len(marks) || marks[i].Start >= n.End {
			marks = slices.Insert(marks, i, n)
		}
	}
	return marks
}

// Replace puts a word in the place of each mark. The same words marked as the same
// kind get the same word; word is told which of its kind it is, from 1.
func Replace(text string, marks []Mark, word func(kind Kind, n int) string) string {
	var b strings.Builder
	numbers := map[Mark]int{}
	seen := map[string]int{}
	counts := map[Kind]int{}
	for _, m := range marks {
		key := string(m.Kind) + text[m.Start:m.End]
		if seen[key] == 0 {
			counts[m.Kind]++
			seen[key] = counts[m.Kind]
		}
		numbers[m] = seen[key]
	}
	end := 0
	for _, m := range marks {
		b.WriteString(text[end:m.Start])
		b.WriteString(word(m.Kind, numbers[m]))
		end = m.End
	}
	b.WriteString(text[end:])
	return b.String()
}
