package answer

import (
	"testing"

	"lvr.example/sprechstunde/retrieval"
)

var fields = Fields{
	{Words: []string{"Passwort", "Drucker", "VPN"}, Broken: []string{"KIM", "Outlook"}, Contact: Contact{Name: "IT-Servicedesk", Reach: "Telefon 1234"}},
	{Words: []string{"Reisekosten", "Dienstreise"}, Contact: Contact{Name: "Reisestelle"}},
}

func TestOtherFieldsAreSentToWhoIsInCharge(t *testing.T) {
	t.Parallel()
	coffee := hit(1, "LeanCoffee", "LeanCoffee ist ein offenes Gespräch.", 1)
	password := hit(2, "KI-Leitlinie", "Geben Sie nie ein Passwort in ChatGPT ein.", 1)
	for question, tc := range map[string]struct {
		found retrieval.Result
		want  string
	}{
		"Mein Drucker geht nicht":                                 {result(retrieval.NotFound), "IT-Servicedesk"},
		"wie mach ich reisekostenabrechnungen":                    {result(retrieval.Nearest, coffee), "Reisestelle"},
		"VPN geht nicht":                                          {result(retrieval.NotFound), "IT-Servicedesk"},
		"Passwort vergessen":                                      {result(retrieval.Nearest, coffee), "IT-Servicedesk"},
		"Mein Passwort geht nicht":                                {result(retrieval.Nearest, password), "IT-Servicedesk"},
		"passwort vergessen!!":                                    {result(retrieval.Nearest, password), "IT-Servicedesk"},
		"Mein Drucker ist kaputt":                                 {result(retrieval.Answered, coffee), "IT-Servicedesk"},
		"Muss ich mein Passwort ändern, wenn es nicht mehr geht?": {result(retrieval.Nearest, password), ""},
		"Mein Passwort geht nicht, darf ich ein fremdes nehmen?":  {result(retrieval.Answered, password), ""},
		"Passwort in ChatGPT eingeben?":                           {result(retrieval.Nearest, password), ""},
		"Darf ich mein Passwort eingeben?":                        {result(retrieval.Answered, password), ""},
		"Wann ist LeanCoffee?":                                    {result(retrieval.NotFound), ""},
		"gibts dafür nen Vordruck zum ausfüllen":                  {result(retrieval.NotFound), ""},
		"Ich stehe unter Druck und brauche einen Ausdruck":        {result(retrieval.NotFound), ""},
		"Der Netzwerkdrucker druckt nicht":                        {result(retrieval.NotFound), "IT-Servicedesk"},
		"Ich kann mit den Druckern nicht drucken":                 {result(retrieval.NotFound), "IT-Servicedesk"},
		"und kim hängt auch":                                      {result(retrieval.NotFound), "IT-Servicedesk"},
		"mein Outlook stürzt dauernd ab":                          {result(retrieval.NotFound), "IT-Servicedesk"},
		"Was ist KIM?":                                            {result(retrieval.NotFound), ""},
		"Darf ich KIM in Outlook nutzen, wenn es nicht geht?":     {result(retrieval.NotFound), ""},
		"dürfen wir den 3d-drucker von kim steuern lassen":        {result(retrieval.NotFound), ""},
		"Wie plane ich eine Reise zum Kongress?":                  {result(retrieval.NotFound), ""},
	} {
		got, ok := fields.Find(question, tc.found)
		if got.Name != tc.want || ok != (tc.want != "") {
			t.Errorf("%q → %q, want %q", question, got.Name, tc.want)
		}
	}
}
