package approved

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lvr.example/sprechstunde/retrieval"
)

const good = `questions:
  - Darf ich KIM in der Prüfung benutzen?
  - Ist KIM in Prüfungen erlaubt?
answer: |
  Nein. In Prüfungen darf KIM nicht benutzt werden.
owner: Stabsstelle Digitalethik
contact: "@h.mueller"
basis:
  document: dienstanweisungen/da-ki-2026.md
  quote: in Prüfungen ist die Nutzung untersagt
valid_until: 2027-06-30
approved_by: Referat 11.20
`

func folder(files map[string]string) fstest.MapFS {
	all := fstest.MapFS{}
	for name, text := range files {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

func TestReadsAnAnswer(t *testing.T) {
	t.Parallel()
	all, err := Read(folder(map[string]string{"pruefung.yaml": good, "README.md": "kein"}))
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	a := all[0]
	if a.Name != "pruefung.yaml" || len(a.Questions) != 2 || a.Contact != "h.mueller" || !a.Approved || a.Basis.Quote != "in Prüfungen ist die Nutzung untersagt" ||
		a.Until != (retrieval.Date{Year: 2027, Month: time.June, Day: 30}) {
		t.Errorf("%+v", a)
	}
	if empty, err := Read(folder(nil)); err != nil || len(empty) != 0 {
		t.Errorf("an empty folder: %v, %v", empty, err)
	}
}

func TestBadInputIsNamedWithFileAndLine(t *testing.T) {
	t.Parallel()
	without := func(key string) string {
		var kept []string
		drop := false
		for line := range strings.Lines(good) {
			switch {
			case strings.HasPrefix(line, key+":"):
				drop = true
			case !strings.HasPrefix(line, " "):
				drop = false
			}
			if !drop {
				kept = append(kept, line)
			}
		}
		return strings.Join(kept, "")
	}
	for name, c := range map[string]struct {
		text, at string
		want     error
	}{
		"no basis":          {without("basis"), "a.yaml:1: ", ErrDocument},
		"no quote":          {strings.Replace(good, "  quote: in Prüfungen ist die Nutzung untersagt\n", "", 1), "a.yaml:", ErrQuote},
		"short quote":       {strings.Replace(good, "in Prüfungen ist die Nutzung untersagt", "ist untersagt", 1), "a.yaml:10: ", ErrQuote},
		"no owner":          {without("owner"), "a.yaml:1: ", ErrOwner},
		"no question":       {without("questions"), "a.yaml:1: ", ErrQuestions},
		"question of noise": {strings.Replace(good, "Ist KIM in Prüfungen erlaubt?", "was ist das?", 1), "a.yaml:2: ", ErrQuestions},
		"no answer":         {without("answer"), "a.yaml:1: ", ErrText},
		"no end":            {without("valid_until"), "a.yaml:1: ", ErrUntil},
		"no such day":       {strings.Replace(good, "2027-06-30", "2027-06-31", 1), "a.yaml:11: ", ErrUntil},
		"replaces nothing":  {good + "supersedes: weg.yaml\n", "a.yaml:13: ", errSupersedes},
		"replaces itself":   {good + "supersedes: a.yaml\n", "a.yaml:13: ", ErrLoop},
	} {
		all, err := Read(folder(map[string]string{"a.yaml": c.text}))
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.at) || len(all) != 0 {
			t.Errorf("%s: %v (%d read), want %s %v", name, err, len(all), c.at, c.want)
		}
	}
	for name, text := range map[string]string{"unknown key": good + "besitzer: x\n", "no yaml": good + "\t{", "a list": "- a\n", "control": "\x00\xff"} {
		if all, err := Read(folder(map[string]string{"a.yaml": text, "b.yaml": good})); err == nil || !strings.Contains(err.Error(), "a.yaml") || len(all) != 1 {
			t.Errorf("%s: %v (%d read)", name, err, len(all))
		}
	}
	other := strings.NewReplacer("Darf ich KIM in der Prüfung benutzen?", "Was ist RPA?", "Ist KIM in Prüfungen erlaubt?", "Was macht RPA?").Replace(good)
	_, err := Read(folder(map[string]string{"a.yaml": good + "supersedes: b.yaml\n", "b.yaml": other + "supersedes: a.yaml\n"}))
	if !errors.Is(err, ErrLoop) || strings.Count(err.Error(), "loop") != 2 {
		t.Errorf("a loop of two: %v", err)
	}
	if _, err := Read(folder(map[string]string{"a.yaml": good, "b.yaml": good})); !errors.Is(err, errTwice) || !strings.Contains(err.Error(), "b.yaml:2") {
		t.Errorf("two for one question: %v", err)
	}
	if all, err := Read(folder(map[string]string{"a.yaml": good + "supersedes: b.yaml\n", "b.yaml": good})); err != nil || len(inForce(all)) != 1 || inForce(all)[0].Name != "a.yaml" {
		t.Errorf("one in another's place: %v, %v", all, err)
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	day := retrieval.Date{Year: 2027, Month: time.June, Day: 30}
	a := Answer{Approved: true, Until: day}
	draft, back := Answer{Until: day}, Answer{Approved: true, Until: day, Withdrawn: true}
	for _, c := range []struct {
		a      Answer
		stands bool
		today  retrieval.Date
		want   State
	}{
		{draft, true, day, Draft}, {draft, false, day, Draft}, {a, true, day, Approved}, {a, false, day, Review}, {a, true, day.AddDays(1), Expired},
		{a, false, day.AddDays(1), Expired}, {back, true, day, Withdrawn}, {back, false, day.AddDays(1), Withdrawn}, {draft, true, day.AddDays(1), Expired},
	} {
		if got := stateOf(c.a, c.stands, c.today); got != c.want {
			t.Errorf("%+v, stands %t, on %s: %s, want %s", c.a, c.stands, c.today, got, c.want)
		}
	}
}

func TestQuestionsThatMeanTheSame(t *testing.T) {
	t.Parallel()
	const variant = "Darf ich KIM auf dem privaten Handy nutzen?"
	for question, want := range map[string]bool{
		"darf man kim auf privaten handys benutzen": true, "KIM auf dem privaten Handy": true, variant: true,
		"Darf ich KIM auf dem Handy nutzen?": false, "Darf ich KIM auf dem privaten Handy nicht nutzen?": false, "Warum darf ich KIM auf dem privaten Handy nicht nutzen?": false,
		"Darf ich KIM auf dem privaten Handy im Ausland nutzen?": false, "Wie lange darf ich KIM auf dem privaten Handy nutzen?": false, "": false, "Handy": false,
	} {
		if got := meaning(question, nil).same(meaning(variant, nil)); got != want {
			t.Errorf("%q means the same: %t", question, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(good)
	f.Add("basis: {document: [1]}")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := Read(folder(map[string]string{"a.yaml": text}))
		if err == nil && (len(all) != 1 || len(all[0].Check()) > 0) {
			t.Errorf("%q: %+v", text, all)
		}
	})
}
