package german

import (
	"bufio"
	_ "embed" // the default list
	"fmt"
	"io"
	"strings"
)

//go:embed synonyms.txt
var defaultSynonyms string

// Synonyms is a list of groups of words and abbreviations that mean the same.
// It is applied to questions, never to documents. The zero value and nil know
// none; a parsed list is safe for concurrent use.
type Synonyms struct {
	groups  []group
	byFirst map[string][]entry // by the stem of a member's first word
}

type group [][]Word // members, each one or more words

type entry struct {
	group, member int
}

// Expansion is one other way to say some words of a question.
type Expansion struct {
	First, Last int    // the words of the question that it stands for, by index
	Words       []Word // content words of the other member
}

// DefaultSynonyms returns the list that comes with the package.
func DefaultSynonyms() *Synonyms {
	s, err := ParseSynonyms("synonyms.txt", strings.NewReader(defaultSynonyms))
	if err != nil {
		panic("german: built-in list: " + err.Error()) // covered by a test
	}
	return s
}

// ParseSynonyms reads lists of the form "DA = Dienstanweisung", one group a
// line, # for comments. name and line stand in errors. A member may be in
// several groups; meaning is not passed on from one group to the next, so that
// a cycle of lines is harmless.
func ParseSynonyms(name string, r io.Reader) (*Synonyms, error) {
	s := &Synonyms{byFirst: make(map[string][]entry)}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line, _, _ := strings.Cut(strings.TrimPrefix(lines.Text(), "\ufeff"), "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := s.add(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return s, nil
}

// Merge returns a list with the groups of both.
func (s *Synonyms) Merge(other *Synonyms) *Synonyms {
	merged := &Synonyms{byFirst: make(map[string][]entry)}
	for _, list := range []*Synonyms{s, other} {
		if list == nil {
			continue
		}
		for _, g := range list.groups {
			merged.addGroup(g)
		}
	}
	return merged
}

func (s *Synonyms) add(line string) error {
	var g group
	for member := range strings.SplitSeq(line, "=") {
		words := Content(Words(member))
		if len(words) == 0 {
			return fmt.Errorf("no word in %q; write like \"DA = Dienstanweisung\"", strings.TrimSpace(member))
		}
		g = append(g, words)
	}
	if len(g) < 2 {
		return fmt.Errorf("only one word in %q; write like \"DA = Dienstanweisung\"", line)
	}
	s.addGroup(g)
	return nil
}

func (s *Synonyms) addGroup(g group) {
	for m, words := range g {
		s.byFirst[words[0].Stem] = append(s.byFirst[words[0].Stem], entry{len(s.groups), m})
	}
	s.groups = append(s.groups, g)
}

// Expand returns the other ways to say words of a question. A stop word counts
// only where it may be an abbreviation in small letters ("die da").
func (s *Synonyms) Expand(words []Word) []Expansion {
	if s == nil {
		return nil
	}
	var found []Expansion
	for i := range words {
		if words[i].Stop && !maybeAbbreviation(words, i) {
			continue
		}
		for _, e := range s.byFirst[words[i].Stem] {
			g := s.groups[e.group]
			last, ok := matches(g[e.member], words, i)
			if !ok {
				continue
			}
			for m, other := range g {
				if m != e.member && other[0].Stem != g[e.member][0].Stem {
					found = append(found, Expansion{First: i, Last: last, Words: other})
				}
			}
		}
	}
	return found
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
