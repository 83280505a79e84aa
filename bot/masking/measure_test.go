package masking_test

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"unicode"

	"lvr.example/sprechstunde/bot/masking"
)

// labelled is a text and what of it is to be marked.
type labelled struct {
	text   string
	labels []masking.Mark
}

// read reads a file of texts with {kind|words}.
func read(t *testing.T, path string) (all []labelled) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		var l labelled
		for {
			before, rest, found := strings.Cut(line, "{")
			l.text += before
			if !found {
				break
			}
			label, behind, _ := strings.Cut(rest, "}")
			kind, words, _ := strings.Cut(label, "|")
			l.labels = append(l.labels, masking.Mark{Start: len(l.text), End: len(l.text) + len(words), Kind: masking.Kind(kind)})
			l.text += words
			line = behind
		}
		all = append(all, l)
	}
	return all
}

func people(t *testing.T) []masking.Person { return peopleOf(t, "testdata/members.txt") }

func peopleOf(t *testing.T, file string) (all []masking.Person) {
	t.Helper()
	list, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(list)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		all = append(all, masking.Person{Username: f[0], Given: f[1], Family: f[2]})
	}
	return all
}

// polite are words of a label that may stay.
var polite = map[string]bool{"Frau": true, "Herr": true, "Herrn": true, "Dr": true, "Kollegin": true}

// covered reports whether all letters and digits of a label but polite words are marked.
func covered(text string, label masking.Mark, marks []masking.Mark) bool {
	at := func(i int) bool {
		for _, m := range marks {
			if m.Start <= i && i < m.End {
				return true
			}
		}
		return false
	}
	start := label.Start
	for _, word := range strings.FieldsFunc(text[label.Start:label.End], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		i := start + strings.Index(text[start:], word)
		start = i + len(word)
		if !polite[word] && (!at(i) || !at(start-1)) {
			return false
		}
	}
	return true
}

type measure struct{ labels, found, marks, wrong int }

func measured(t *testing.T, m masking.Finder, path string) (got measure) {
	t.Helper()
	for _, l := range read(t, path) {
		marks := m.Find(l.text)
		got.marks += len(marks)
		for _, label := range l.labels {
			got.labels++
			if covered(l.text, label, marks) {
				got.found++
			} else {
				t.Logf("not marked: %q in %q", l.text[label.Start:label.End], l.text)
			}
		}
		for _, mark := range marks {
			wrong := true
			for _, label := range l.labels {
				wrong = wrong && (mark.End <= label.Start || label.End <= mark.Start)
			}
			if wrong {
				got.wrong++
				t.Logf("marked: %q (%s) in %q", l.text[mark.Start:mark.End], mark.Kind, l.text)
			}
		}
	}
	return got
}

// The goal: at least 95 of 100 are marked, at most 5 of 100 marks are of nothing.
func holds(t *testing.T, got measure) {
	t.Helper()
	t.Logf("%d of %d marked (%.1f %%), %d of %d marks of nothing (%.1f %%)", got.found, got.labels, 100*float64(got.found)/float64(got.labels),
		got.wrong, got.marks, 100*float64(got.wrong)/float64(got.marks))
	if got.found*100 < got.labels*95 || got.wrong*100 > got.marks*5 {
		t.Error("not enough is marked, or too much")
	}
}

func TestMarksWhatTellsWhoSomebodyIs(t *testing.T) {
	t.Parallel()
	holds(t, measured(t, masking.New(people(t)...), "testdata/texts.txt"))
}

// The texts of held.txt were looked at once, after the rules were done.
func TestMarksInTextsHeldBack(t *testing.T) {
	t.Parallel()
	holds(t, measured(t, masking.New(people(t)...), "testdata/held.txt"))
}

// Without the house's people less is found, and nothing more is marked.
func TestMarksWithoutTheHousesPeople(t *testing.T) {
	t.Parallel()
	got := measured(t, masking.New(), "testdata/texts.txt")
	if got.found*100 < got.labels*90 || got.wrong*100 > got.marks*5 {
		t.Errorf("%+v", got)
	}
}

// In a house of many there is nobody whose name is no other word: "Herr Fall", "Frau Kind".
func TestMarksWhereManyAreCalledAsOtherWordsAre(t *testing.T) {
	t.Parallel()
	members := masking.NewMembers()
	if got := measured(t, members, "testdata/manytexts.txt"); got.found == got.labels {
		t.Error("names that only the list knows were found without it")
	}
	members.Know(peopleOf(t, "testdata/manymembers.txt"))
	holds(t, measured(t, members, "testdata/manytexts.txt"))
	members.Know(append(people(t), peopleOf(t, "testdata/manymembers.txt")...))
	holds(t, measured(t, members, "testdata/texts.txt"))
}
