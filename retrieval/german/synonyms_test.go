package german_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"lvr.example/sprechstunde/retrieval/german"
)

func parse(t *testing.T, list string) *german.Synonyms {
	t.Helper()
	s, err := german.ParseSynonyms("haus.txt", strings.NewReader(list))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// also returns the other ways to say the words of a question.
func also(s *german.Synonyms, question string) []string {
	var all []string
	for _, e := range s.Expand(german.Words(question)) {
		all = append(all, e.Typed)
	}
	return all
}

func TestListsThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ list, says string }{
		"cycle":            {"Rad = Kreis\nKreis = Ring\nRing = Rad\n", `haus.txt:2: "Kreis" stands in line 1 already`},
		"two groups":       {"DA = Dienstanweisung\n\n# hier\nDienstanweisungen = Weisung", `haus.txt:4: "Dienstanweisungen" stands in line 1 already`},
		"duplicate":        {"a1 = b1\nDA = Dienstanweisung = dienstanweisung", `haus.txt:2: "dienstanweisung" stands twice in the line`},
		"the same line":    {"DA = Dienstanweisung\nDA = Dienstanweisung", `haus.txt:2: "DA" stands in line 1 already`},
		"one word":         {"DA", `haus.txt:1: only one word in "DA"`},
		"a kind twice":     {"Chat > A1, B1\nBild > B1", `haus.txt:2: "B1" stands in line 1 already`},
		"no kind":          {"Chat >", `haus.txt:1: no word in ""`},
		"kinds of nothing": {"> A1, B1", `haus.txt:1: no word in ""`},
		"no word":          {"DA = ", `haus.txt:1: no word in ""`},
		"only stop words":  {"DA = und oder", `haus.txt:1: no word in "und oder"`},
		"long line":        {"DA = " + strings.Repeat("x", 1000), "haus.txt:1: the line is longer than 1000 characters"},
		"very long line":   {"a1 = b1\nDA = " + strings.Repeat("x", 1_000_000), "haus.txt:2: the line is longer than 1000 characters"},
		"no text":          {"DA = \xff\xfe", "haus.txt:1: the line is no text in UTF-8"},
		"another encoding": {"D\x00A\x00", "haus.txt:1: the line is no text in UTF-8"},
	} {
		if _, err := german.ParseSynonyms("haus.txt", strings.NewReader(tc.list)); err == nil || !strings.HasPrefix(err.Error(), tc.says) {
			t.Errorf("%s: got %v, want %s", name, err, tc.says)
		}
	}
}

func TestSpellingsOfOneWordStandTogether(t *testing.T) {
	t.Parallel()
	list := parse(t, "\ufeffDSGVO = DS-GVO =   Datenschutz-Grundverordnung # eine Zeile\r\n")
	if got := list.Groups(); len(got) != 1 || !slices.Equal(got[0].Members, []string{"DSGVO", "DS-GVO", "Datenschutz-Grundverordnung"}) {
		t.Errorf("got %q", got)
	}
}

// TestAKindFindsWhatIsSaidOfAll keeps a question about one product from finding
// the others of its kind, and one about the kind from finding each product.
func TestAKindFindsWhatIsSaidOfAll(t *testing.T) {
	t.Parallel()
	const line = "Übersetzungsdienst = Übersetzungsprogramm > DeepL, Google Translate"
	list := parse(t, line)
	for question, want := range map[string][]string{
		"Darf ich DeepL nutzen?":            {"Übersetzungsdienst", "Übersetzungsprogramm"},
		"Darf ich Google Translate nutzen?": {"Übersetzungsdienst", "Übersetzungsprogramm"},
		"Welcher Übersetzungsdienst?":       {"Übersetzungsprogramm"},
	} {
		if got := also(list, question); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", question, got, want)
		}
	}
	if got := list.Groups()[0].String(); got != line {
		t.Errorf("written as %q", got)
	}
}

func TestTheHouseTakesThePlaceOfTheProgramsGroups(t *testing.T) {
	t.Parallel()
	program := parse(t, "DA = Dienstanweisung\nPR = Personalrat\n")
	list := program.Under(parse(t, "DA = Durchführungsanordnung\nKlinik = Krankenhaus\n"))
	for question, want := range map[string][]string{
		"Was sagt die DA?":           {"Durchführungsanordnung"},
		"Was sagt der PR?":           {"Personalrat"},
		"Welche Klinik?":             {"Krankenhaus"},
		"Gilt die Dienstanweisung ?": nil,
	} {
		if got := also(list, question); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", question, got, want)
		}
	}
	if at, found := list.Group("krankenhäuser"); !found || list.Groups()[at].Members[0] != "Klinik" {
		t.Errorf("group %d, %v", at, found)
	}
	if _, found := list.Group("und"); found {
		t.Error("a stop word stands in a group")
	}
}

func TestNoListKnowsNone(t *testing.T) {
	t.Parallel()
	var none *german.Synonyms
	if got := also(none, "die DA"); got != nil {
		t.Errorf("nil: %q", got)
	}
	if got := also(&german.Synonyms{}, "die DA"); got != nil {
		t.Errorf("zero: %q", got)
	}
}

// Searches run while the list is replaced: each sees one whole list.
func TestReplacedWhileInUse(t *testing.T) {
	t.Parallel()
	list := &german.Synonyms{}
	lists := []*german.Synonyms{parse(t, "DA = Erste = Zweite"), parse(t, "DA = Dritte = Vierte")}
	list.Replace(lists[0])
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for range 500 {
				got := strings.Join(also(list, "was sagt die DA"), " ")
				if got != "Erste Zweite" && got != "Dritte Vierte" {
					t.Errorf("got %q", got)
				}
			}
		})
	}
	for i := range 500 {
		list.Replace(lists[i%2])
	}
	readers.Wait()
}
