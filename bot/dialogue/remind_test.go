package dialogue

import "testing"

func TestWishesToBeReminded(t *testing.T) {
	t.Parallel()
	e, err := New("Offene KI-Sprechstunde", "LeanCoffee", "WissenToGo", "Ethikrunde")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]Act{
		"erinnere mich":                                               {Kind: Remind},
		"Bitte erinnern Sie mich!":                                    {Kind: Remind},
		"Erinnern":                                                    {Kind: Remind},
		"erinnere mich daran":                                         {Kind: Remind},
		"erinnere mich an Nr. 4":                                      {Kind: Remind},
		"nicht mehr erinnern":                                         {Kind: Unremind},
		"erinnere mich bitte nicht mehr":                              {Kind: Unremind},
		"erinner mich nicht mehr":                                     {Kind: Unremind},
		"erinnere mich an die nächste Ethikrunde":                     {Kind: Remind, Text: "die nächste Ethikrunde"},
		"Erinner mich bitte an Lean Coffee am 12. März":               {Kind: Remind, Text: "Lean Coffee am 12. März"},
		"kannst du mich an den nächsten Termin erinnern?":             {Kind: Remind, Text: "den nächsten Termin"},
		"Könnten Sie mich bitte an die Sprechstunde erinnern":         {Kind: Remind, Text: "die Sprechstunde"},
		"bitte eine Erinnerung für WissenToGo":                        {Kind: Remind, Text: "WissenToGo"},
		"Super, dann erinnere mich an den Termin":                     {Kind: Remind, Text: "den Termin"},
		"erinner mich nicht mehr an die Ethikrunde":                   {Kind: Unremind, Text: "die Ethikrunde"},
		"keine Erinnerungen mehr an LeanCoffee bitte":                 {Kind: Unremind, Text: "LeanCoffee bitte"},
		"kannst du mich da dran erinnern":                             {Kind: Remind},
		"könnten Sie mich bitte daran erinnern?":                      {Kind: Remind},
		"erinner mich doch lieber nicht":                              {Kind: Unremind},
		"können Sie mich bitte an mein Anliegen erinnern?":            {Kind: Remind},
		"welche erinnerungen habe ich":                                {Kind: Status},
		"Woran erinnerst du mich?":                                    {Kind: Status},
		"Woran erinnert mich das?":                                    {},
		"Ich erinnere mich nicht an die Regel zu Protokollen":         {},
		"erinner mich um drei an den anruf":                           {},
		"erinnere mich morgen daran, den Chef anzurufen":              {},
		"Bitte formulieren Sie eine höfliche Erinnerung an Herrn Rau": {},
		"erinner mich an den nächsten Termin, wann ist der?":          {},
		"Kommt die Erinnerung an die Sitzung automatisch?":            {},
		"Darf KIM mich an Termine erinnern?":                          {},
	} {
		act, ok := e.remind(text)
		if ok != (want.Kind != "") || ok && (act.Kind != want.Kind || act.Text != want.Text) {
			t.Errorf("%q: %+v, %t", text, act, ok)
		}
	}
}
