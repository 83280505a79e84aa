package gaps

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// questions are asked by persons of their own, n of each text.
func questions(texts map[string]int) (all []*asked) {
	for text, n := range texts {
		for i := range n {
			q := &asked{person: fmt.Sprint(text, i), text: text}
			q.words = wordsOf(text)
			all = append(all, q)
		}
	}
	return all
}

func TestGroupsOfFewPeopleAreDropped(t *testing.T) {
	t.Parallel()
	for people := range 8 {
		all := questions(map[string]int{"Gibt es den Grundkurs auf Ukrainisch?": people})
		if got := len(grouped(all)); (got == 1) != (people >= fewest) {
			t.Errorf("%d people make %d groups", people, got)
		}
	}
	// One who asks often is one.
	all := questions(map[string]int{"Gibt es den Grundkurs auf Ukrainisch?": 9})
	for _, q := range all {
		q.person = "anna"
	}
	if got := grouped(all); len(got) != 0 {
		t.Errorf("one person is %d groups", len(got))
	}
}

func TestATopicHasOnlyWordsOfMany(t *testing.T) {
	t.Parallel()
	var all []*asked
	for i, more := range []string{"Zwetschgenmus", "Mirabelle", "für meine Tochter Lotte", "in Köln", "am Freitag", "im Bauhof", ""} {
		text := "Wann ist der Grundkurs auf Ukrainisch " + more + "?"
		all = append(all, &asked{person: fmt.Sprint(i), text: text, words: wordsOf(text)})
	}
	all = append(all, questions(map[string]int{"Wer repariert den Aufzug?": 4})...)
	groups := grouped(all)
	if len(groups) != 1 || groups[0].people() != 7 {
		t.Fatalf("%d groups", len(groups))
	}
	topic := groups[0].topic(all)
	if !slices.Contains(topic, "Grundkurs") || !slices.Contains(topic, "Ukrainisch") || len(topic) > 2 {
		t.Errorf("topic %q", topic)
	}
}

func TestMasksAreNoWords(t *testing.T) {
	t.Parallel()
	words := wordsOf("Darf [Name 2] unter [Telefonnummer] den Aufzug benutzen, a@b.de?")
	if len(words) != 1 || words["aufzug"] != "Aufzug" {
		t.Errorf("%v", words)
	}
}

// The same questions make the same groups, however they come.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	texts := map[string]int{
		"Gibt es den Grundkurs auf Ukrainisch?": 6, "Grundkurs Ukrainisch": 2, "Wer repariert den Aufzug im Altbau?": 5, "Aufzug kaputt, wer repariert?": 3, "Wie hoch ist die Reisekostenpauschale?": 4,
	}
	want := ""
	for range 5 { // maps come in another order each time
		var got []string
		for _, g := range grouped(questions(texts)) {
			got = append(got, fmt.Sprint(g.people(), g.questions[0].text))
		}
		if line := strings.Join(got, "; "); want == "" {
			want = line
		} else if line != want {
			t.Errorf("%s, then %s", want, line)
		}
	}
	if strings.Count(want, ";") != 1 {
		t.Errorf("groups %s", want)
	}
}
