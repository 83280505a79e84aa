package ask

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWholeTakesWhatAQuestionLeansOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before         []string
		question, want string
	}{
		{nil, "und im Ausland?", "und im Ausland?"},
		{[]string{"Darf ich im Ausland arbeiten?"}, "warum?", "Darf ich im Ausland arbeiten? warum?"},
		{[]string{"darf ich im ausland arbeiten"}, "wie lange vorher muss ich das beantragen", "darf ich im ausland arbeiten? wie lange vorher muss ich das beantragen"},
		{[]string{"Was ist KIM genau?", "Wie viele Tage darf ich mobil arbeiten?", "und im Ausland?"}, "auch als Azubi?",
			"Wie viele Tage darf ich mobil arbeiten? und im Ausland? auch als Azubi?"},
		{[]string{"und a?", "und b?", "und c?", "und d?"}, "und e?", "und b? und d? und e?"},
		{[]string{"Darf ich im Ausland arbeiten?"}, "Wo melden sich Gäste am Eingang?", "Wo melden sich Gäste am Eingang?"},
		{[]string{"  "}, "und dann?", "und dann?"},
	} {
		if got := Whole(c.before, c.question); got != c.want {
			t.Errorf("Whole(%q, %q) = %q, want %q", c.before, c.question, got, c.want)
		}
	}
}

func TestLeans(t *testing.T) {
	t.Parallel()
	for question, want := range map[string]bool{
		"und für Praktikant:innen?": true, "warum?": true, "Und im Ausland?": true, "bis wann denn": true, "darf ich die mailen": true,
		"wer leitet den": true, "Welche Sprachen kann die?": true, "für die Kliniken dann wohl nicht?": true, "wer kann sie denn anhören": true,
		"wie oft wird das erneuert": true, "interne auch?": true, "Wie schlage ich einen vor?": true, "": false, "?": false,
		"wer ist die datenschutzbeauftragte": false, "wie lange gilt eine freigabe": false, "in welchem zimmer sitzt das rechtsamt": false,
		"bis wann muss ich nen fehler melden der schon beim bürger angekommen ist": false, "VS-NfD was heißt das": false,
		"eilantrag für ein tool - wie schnell geht das": false, "kostet es was wenn ich nicht zum seminar erscheine": false,
		"unsere praktikantin ist 16, kriegt die auch einen zugang?": false, "wie schnell geht das": true, "sieht mein chef das": true, "kriegt die auch einen zugang": true,
		"Wer leitet den Ethikbeirat?": false, "was bedeutet dsfa": false, "Gibt es KIM an Schulen?": false, "In welchem Raum ist die Sprechstunde?": false,
		"wie läuft das mit dem sabbatjahr": false, "was galt am 1.6.2025": true, "Darf ich Bürgermails mit KIM zusammenfassen?": false,
	} {
		if got := Leans(question); got != want {
			t.Errorf("Leans(%q) = %t", question, got)
		}
	}
}

// On questions of the development sets: second ones of a talk are known as such, and
// few of those that stand alone are taken for one.
func TestLeaningIsHeardOnTheDevelopmentSets(t *testing.T) {
	t.Parallel()
	share := func(path string) float64 {
		file, err := os.Open(filepath.FromSlash(path))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		all, leaning := 0, 0
		for lines := bufio.NewScanner(file); lines.Scan(); {
			var row struct {
				Text  string
				Turns []string
			}
			if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
				t.Fatal(err)
			}
			question := row.Text
			if n := len(row.Turns); n > 0 {
				question = row.Turns[n-1]
			}
			all++
			if Leans(question) {
				leaning++
			}
		}
		return float64(leaning) / float64(all)
	}
	sets := "../../retrieval/eval/testdata/"
	if got := share(sets + "turns/queries.jsonl"); got < 0.95 {
		t.Errorf("%.2f of the second questions are heard as such", got)
	}
	for _, alone := range []string{"../../examples/musterland/queries.jsonl", sets + "firstweek/queries.jsonl", sets + "musterland-2/queries.jsonl", sets + "gesetze/queries.jsonl"} {
		if got := share(alone); got > 0.1 {
			t.Errorf("%s: %.2f are taken for second ones", alone, got)
		}
	}
}

func FuzzWhole(f *testing.F) {
	f.Add("Darf ich das?", "und im Ausland?")
	f.Add("\xff", "einen")
	f.Fuzz(func(t *testing.T, before, question string) {
		if got := Whole([]string{before}, question); !strings.HasSuffix(got, strings.TrimSpace(question)) && got != question {
			t.Errorf("Whole(%q, %q) = %q", before, question, got)
		}
	})
}

func TestListsOfLean(t *testing.T) {
	t.Parallel()
	for name, words := range leaning {
		if len(words) == 0 {
			t.Errorf("%s is empty", name)
		}
	}
	for question, want := range map[string]bool{
		"Und dafür?": true, "Brauche ich die auch": true, "bei Krankheit?": true, "Was gibt es?": true, "was bedeutet dsfa": false,
		"Wie läuft das mit dem Dienstrad?": false, "Wer genehmigt die ganze Dienstreise?": false,
	} {
		if got := Leans(question); got != want {
			t.Errorf("%q leans: %v", question, got)
		}
	}
}
