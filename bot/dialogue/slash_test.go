package dialogue

import "testing"

func TestCommandsAndEverythingElseIsAQuestion(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Act{
		"":                            {Kind: Capabilities},
		"  hilfe ":                    {Kind: Capabilities},
		"Hilfe!":                      {Kind: Capabilities},
		"frage Darf ich das?":         {Kind: Question, Text: "Darf ich das?"},
		"FRAGE: Darf ich\ndas?":       {Kind: Question, Text: "Darf ich\ndas?"},
		"Fragebogen mit KI auswerten": {Kind: Question, Text: "Fragebogen mit KI auswerten"},
		"frage-tool erlaubt?":         {Kind: Question, Text: "frage-tool erlaubt?"},
		"sprechstunde":                {Kind: Person},
		"sprechstunde, darf ich das?": {Kind: PersonWithQuestion, Text: "darf ich das?"},
		"termine":                     {Kind: Date},
		"Termine im Dezember":         {Kind: Question, Text: "Termine im Dezember"},
		"meine":                       {Kind: Status},
		"meine  Daten":                {Kind: OwnData},
		"Meine Daten bei Copilot":     {Kind: Question, Text: "Meine Daten bei Copilot"},
		"vergiss mich!":               {Kind: Forget},
		"themen":                      {Kind: Topics},
		"Meine Chefin will das":       {Kind: Question, Text: "Meine Chefin will das"},
		"datenschutz":                 {Kind: Privacy},
		"Datenschutz bei Copilot":     {Kind: Question, Text: "Datenschutz bei Copilot"},
		"Darf ich das?":               {Kind: Question, Text: "Darf ich das?"},
		"stadn":                       {Kind: Status},
		"Termien":                     {Kind: Date},
		"hilffe":                      {Kind: Capabilities},
		"meine datn":                  {Kind: OwnData},
		"daten":                       {Kind: OwnData},
		"stand":                       {Kind: Status},
		"kim":                         {Kind: Question, Text: "kim"},
	} {
		if got := Commanded(text); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}
