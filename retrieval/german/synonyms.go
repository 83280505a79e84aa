package german

import (
	"bufio"
	_ "embed" // the default list
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

//go:embed synonyms.txt
var defaultSynonyms string

// Synonyms is a list of groups of words and abbreviations that mean the same, and
// of what is a kind of them: a question about one product finds what is said of
// all products of its kind.
// It is applied to questions, never to documents. The zero value and nil know
// none; a list is safe for concurrent use, also while it is replaced.
type Synonyms struct{ list atomic.Pointer[synonymList] }

// synonymList is one state of a list; immutable.
type synonymList struct {
	groups  []group
	byFirst map[string][]entry // by the stem of a member's first word
}

// group are words that mean the same, and behind them kinds of it.
type group []member

type member struct {
	typed string // as in the list
	words []Word // content words, at least one
	kind  bool   // of what the others mean
}

type entry struct {
	group, member int
}

// Expansion is one other way to say some words of a question.
type Expansion struct {
	First, Last int    // the words of the question that it stands for, by index
	Words       []Word // content words of the other member
	Typed       string // the other member as it is written in the list
	Part        bool   // it stands for a part of the compound only
	Class       bool   // a thing stands in the question of whose kind the other member is: Arztbrief, Gesundheitsdaten
}

// Bounds of a list, far above what a house writes by hand.
const (
	maxSynonymLine   = 1000 // characters
	maxSynonymGroups = 10_000
)

// DefaultSynonyms returns the list that comes with the package.
func DefaultSynonyms() *Synonyms {
	s, err := ParseSynonyms("synonyms.txt", strings.NewReader(defaultSynonyms))
	if err != nil {
		panic("german: built-in list: " + err.Error()) // covered by a test
	}
	return s
}

// Group is a group as it is written in a list.
type Group struct {
	Members []string // mean the same
	Kinds   []string // of it: a question that has one finds the members, but not the other way round
}

// String returns the group's line.
func (g Group) String() string {
	line := strings.Join(g.Members, " = ")
	if len(g.Kinds) > 0 {
		line += " > " + strings.Join(g.Kinds, ", ")
	}
	return line
}

// ParseSynonyms reads lists of the form "DA = Dienstanweisung" or "Übersetzungsdienst >
// DeepL, Google Translate", one group a line, # for comments. name and line stand in errors. Groups are classes: what
// means the same stands in one line, and a word in one line only. So a cycle of
// lines (A = B, B = C, C = A) is refused where the first word returns.
func ParseSynonyms(name string, r io.Reader) (*Synonyms, error) {
	list := &synonymList{byFirst: make(map[string][]entry)}
	seen := make(map[string]int) // the line that a member stands in
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 4*maxSynonymLine+bufio.MaxScanTokenSize)
	n := 1
	for ; lines.Scan(); n++ {
		g, err := parseGroup(lines.Text())
		if err == nil && g != nil {
			err = enter(seen, g, n)
		}
		if err == nil && len(list.groups) == maxSynonymGroups {
			err = fmt.Errorf("more than %d groups", maxSynonymGroups)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if g != nil {
			list.add(g)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("%s:%d: %w", name, n, errLongLine)
	} else if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	s := &Synonyms{}
	s.list.Store(list)
	return s, nil
}

var errLongLine = fmt.Errorf("the line is longer than %d characters", maxSynonymLine)

// parseGroup returns the group in a line, or nil if it holds none.
func parseGroup(line string) (group, error) {
	if !utf8.ValidString(line) || strings.ContainsRune(line, 0) {
		return nil, errors.New("the line is no text in UTF-8")
	}
	if utf8.RuneCountInString(line) > maxSynonymLine {
		return nil, errLongLine
	}
	line, _, _ = strings.Cut(strings.TrimPrefix(line, "\ufeff"), "#")
	if line = strings.TrimSpace(line); line == "" {
		return nil, nil
	}
	same, kinds, hasKinds := strings.Cut(line, ">")
	parts := strings.Split(same, "=")
	if hasKinds {
		parts = append(parts, strings.Split(kinds, ",")...)
	}
	var g group
	for i, typed := range parts {
		typed = strings.Join(strings.Fields(typed), " ")
		m := member{typed, Content(Words(typed)), i > strings.Count(same, "=")}
		if len(m.words) == 0 {
			return nil, fmt.Errorf("no word in %q; write like \"DA = Dienstanweisung\"", typed)
		}
		if slices.ContainsFunc(g, func(other member) bool { return Fold(other.typed) == Fold(typed) }) {
			return nil, fmt.Errorf("%q stands twice in the line", typed)
		}
		g = append(g, m)
	}
	if len(g) < 2 {
		return nil, fmt.Errorf("only one word in %q; write like \"DA = Dienstanweisung\"", line)
	}
	return g, nil
}

// enter notes the members of the group in a line, of which none may stand in
// another one.
func enter(seen map[string]int, g group, line int) error {
	for _, m := range g {
		if other, ok := seen[m.key()]; ok && other != line {
			return fmt.Errorf("%q stands in line %d already: write all words that mean the same in one line", m.typed, other)
		}
		seen[m.key()] = line
	}
	return nil
}

// key is what two members have in common that match the same words.
func (m member) key() string {
	stems := make([]string, len(m.words))
	for i, w := range m.words {
		stems[i] = w.Stem
	}
	return strings.Join(stems, " ")
}

func (l *synonymList) add(g group) {
	for i, m := range g {
		l.byFirst[m.words[0].Stem] = append(l.byFirst[m.words[0].Stem], entry{len(l.groups), i})
	}
	l.groups = append(l.groups, g)
}

// Under returns a list with the groups of own and those of s that share no
// member with them: a house's line takes the place of the lines that its words
// stand in.
func (s *Synonyms) Under(own *Synonyms) *Synonyms {
	taken := make(map[string]bool)
	merged := &synonymList{byFirst: make(map[string][]entry)}
	for _, g := range own.current().groups {
		merged.add(g)
		for _, m := range g {
			taken[m.key()] = true
		}
	}
	for _, g := range s.current().groups {
		if !slices.ContainsFunc(g, func(m member) bool { return taken[m.key()] }) {
			merged.add(g)
		}
	}
	both := &Synonyms{}
	both.list.Store(merged)
	return both
}

// Replace gives the list the groups of another one, for all who use it, at once.
func (s *Synonyms) Replace(with *Synonyms) { s.list.Store(with.current()) }

// Groups returns the groups as they are written in the list.
func (s *Synonyms) Groups() []Group {
	var groups []Group
	for _, g := range s.current().groups {
		var typed Group
		for _, m := range g {
			if m.kind {
				typed.Kinds = append(typed.Kinds, m.typed)
			} else {
				typed.Members = append(typed.Members, m.typed)
			}
		}
		groups = append(groups, typed)
	}
	return groups
}

// Group returns the index of the group that a word or words are a member of.
func (s *Synonyms) Group(words string) (index int, ok bool) {
	wanted := member{words: Content(Words(words))}.key()
	for i, g := range s.current().groups {
		if slices.ContainsFunc(g, func(m member) bool { return m.key() == wanted }) {
			return i, true
		}
	}
	return 0, false
}

// Begins reports whether the first word of a member has this stem.
func (s *Synonyms) Begins(stem string) bool { return len(s.current().byFirst[stem]) > 0 }

// current returns the state of a list, which may be nil.
func (s *Synonyms) current() *synonymList {
	if s != nil {
		if list := s.list.Load(); list != nil {
			return list
		}
	}
	return &synonymList{}
}

// Expand returns the other ways to say words of a question, and the parts of its
// compounds ("Schulbuch-Seiten"). A stop word counts only where it may be an
// abbreviation in small letters ("die da").
func (s *Synonyms) Expand(words []Word) []Expansion {
	list := s.current()
	var found []Expansion
	for i := range words {
		if words[i].Stop && !maybeAbbreviation(words, i) {
			continue
		}
		for _, e := range list.byFirst[words[i].Stem] {
			if last, ok := matches(list.groups[e.group][e.member].words, words, i); ok {
				found = append(found, list.others(e, i, last)...)
			}
		}
		if words[i].Kind != Plain {
			continue
		}
		for _, part := range words[i].Parts {
			for _, e := range list.byFirst[part] {
				if len(list.groups[e.group][e.member].words) == 1 {
					for _, other := range list.others(e, i, i) {
						other.Part = true
						found = append(found, other)
					}
				}
			}
		}
	}
	return found
}

// others are the other ways to say what the words from first to last say.
func (l *synonymList) others(e entry, first, last int) (found []Expansion) {
	g := l.groups[e.group]
	for m, other := range g {
		if m != e.member && !other.kind && other.words[0].Stem != g[e.member].words[0].Stem {
			found = append(found, Expansion{First: first, Last: last, Words: other.words, Typed: other.typed, Class: g[e.member].kind && g[e.member].noun() && other.noun()})
		}
	}
	return found
}

// noun reports whether a member names a thing.
func (m member) noun() bool {
	first, _ := utf8.DecodeRuneInString(m.typed)
	return unicode.IsUpper(first)
}

// matches reports whether member stands in words from i on.
func matches(member, words []Word, i int) (last int, ok bool) {
	if i+len(member) > len(words) {
		return 0, false
	}
	for k, w := range member {
		if words[i+k].Stem != w.Stem {
			return 0, false
		}
	}
	return i + len(member) - 1, true
}

// maybeAbbreviation reports whether the stop word at i stands where a noun
// would: behind a determiner and at the end or before another stop word.
func maybeAbbreviation(words []Word, i int) bool {
	if i == 0 || !determiners[words[i-1].Form] || len(words[i].Form) > 3 || determiners[words[i].Form] {
		return false
	}
	return i+1 == len(words) || words[i+1].Stop
}
