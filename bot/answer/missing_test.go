package answer

import (
	"slices"
	"testing"

	"lvr.example/sprechstunde/retrieval"
)

func TestOnlySubjectsAreSaidToBeMissing(t *testing.T) {
	t.Parallel()
	for question, c := range map[string]struct{ nowhere, want []string }{
		"Sag mal, kann KIM meine Präsi aufhübschen?": {[]string{"Sag", "Präsi", "aufhübschen"}, nil},
		"sag ma kann kim meine präsi aufhübschen":    {[]string{"sag", "präsi", "aufhübschen"}, nil},
		"Wer zahlt die Fahrtkosten zur Messe?":       {[]string{"Fahrtkosten", "Messe"}, []string{"„Fahrtkosten“", "„Messe“"}},
		"wer zahlt die fahrtkosten zur messe":        {[]string{"fahrtkosten", "messe"}, []string{"„fahrtkosten“", "„messe“"}},
		"ach egal, gibts am samstag nen fahrdienst":  {[]string{"ach", "egal", "samstag", "fahrdienst"}, []string{"„samstag“", "„fahrdienst“"}},
		"hä warum": {[]string{"hä"}, nil},
		"darf ich ner oma ihren brief übersetzen":     {[]string{"oma"}, nil},
		"Darf ich der Oma ihren Brief übersetzen?":    {[]string{"Oma"}, nil},
		"was hat der pilot gekostet und wo sitzt er":  {[]string{"pilot", "gekostet", "sitzt"}, []string{"„pilot“"}},
		"MUSS ich das mit KIM machen?":                {[]string{"MUSS"}, nil},
		"Erzähl mir bitte etwas von den 12 Bulgaren":  {[]string{"Erzähl", "12", "Bulgaren"}, []string{"„Bulgaren“"}},
		"Gibt es was Neues zum superschnellen Aufzug": {[]string{"superschnellen", "Aufzug"}, []string{"„Aufzug“"}},
	} {
		found := retrieval.Result{Sufficiency: retrieval.Sufficiency{Nowhere: c.nowhere}}
		if got := missing(question, found); !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", question, got, c.want)
		}
	}
}
