package retrieval_test

import (
	"testing"

	"lvr.example/sprechstunde/retrieval"
)

func TestOwnerIsAFunctionAndPerhapsAPerson(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ value, owner, contact string }{
		{"", "", ""},
		{"Zentrum für Automation und KI", "Zentrum für Automation und KI", ""},
		{"Personalrat", "Personalrat", ""},
		{"m.muster", "", "m.muster"},
		{" @m.muster ", "", "m.muster"},
		{"Zentrum KI (@m.muster)", "Zentrum KI", "m.muster"},
		{"Zentrum KI, @m.muster", "Zentrum KI", "m.muster"},
		{"@m.muster, Zentrum KI", "Zentrum KI", "m.muster"},
		{"Zentrum (@a.eins, @b.zwei)", "Zentrum", "a.eins"},
		{"ki@haus.example", "ki@haus.example", ""},
		{"KI @ Haus", "KI @ Haus", ""},
	} {
		if owner, contact := retrieval.ParseOwner(c.value); owner != c.owner || contact != c.contact {
			t.Errorf("ParseOwner(%q) = %q, %q, want %q, %q", c.value, owner, contact, c.owner, c.contact)
		}
	}
}
