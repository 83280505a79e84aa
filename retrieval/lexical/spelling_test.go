package lexical_test

import (
	"testing"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

func TestSpellsAsTheDocumentsDo(t *testing.T) {
	t.Parallel()
	var h retrievaltest.House
	add(t, &h, retrieval.Document{Title: "Bürgerbüro", Collection: "offen"}, "Die aktuelle Dienstvereinbarung gilt für Übersetzungen. Ausnahmen werden genehmigt.")
	secret := add(t, &h, retrieval.Document{Title: "Geheim", Collection: "geheim"}, "Der Freigabekreis tagt.")
	ix := indexOf(t, &h)
	for _, tc := range []struct{ typed, want string }{
		{"wo ist das buergerbuero", "wo ist das bürgerbüro"},
		{"dienst vereinbarung fuer uebersetzungen", "Dienstvereinbarung für übersetzungen"},
		{"aktuelle Steuer, manuell", "aktuelle Steuer, manuell"},
		{"Aktuelle Dienstvereinbarung (DA) 3.12.2026?", "Aktuelle Dienstvereinbarung (DA) 3.12.2026?"},
		{"für Michael", "für Michael"}, // who types umlauts means ae
		{"freigabe kreis", "freigabe kreis"},
		{"dienstverienbarung", "Dienstvereinbarung"},   // swapped
		{"dinstvereinbarung", "Dienstvereinbarung"},    // left out
		{"diennstvereinbarung", "Dienstvereinbarung"},  // doubled
		{"dienstvereinbsrung", "Dienstvereinbarung"},   // the key beside
		{"ienstvereinbarung", "ienstvereinbarung"},     // the first letter is right
		{"dienstver einbarunng", "Dienstvereinbarung"}, // torn and mistyped
		{"aktuelle kienen übersetzunggen", "aktuelle keinen Übersetzungen"},
		{"aktuellle burgerburos", "aktuelle Bürgerbüro"},
		{"bürgerbüroübersetzunng", "Bürgerbüroübersetzungen"}, // half of a compound
		{"bürgebüroübersetzungen", "Bürgerbüroübersetzungen"},
		{"bürgebürodienstvereinbarung", "Bürgerbürodienstvereinbarung"},
		{"bürgerbürodienstvereinbarung", "bürgerbüro-dienstvereinbarung"}, // right as it is, and found by its parts
		{"drohnenübersetzungen", "drohnen-übersetzungen"},
		{"schuljahresausnahmen", "schuljahres-ausnahmen"},
		{"der freigabekrei", "der freigabekrei"},       // of what may not be read
		{"amt dienstvinbarng", "amt dienstvinbarng"},   // too far away
		{"ausnahmegenehmigung", "ausnahmegenehmigung"}, // the synonyms know it
		{"", ""},
	} {
		if got := ix.Spell(t.Context(), tc.typed, retrieval.ReadersOf("offen")).Spelled; got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.typed, got, tc.want)
		}
	}
	both := retrieval.ReadersOf("offen", "geheim")
	if got := ix.Spell(t.Context(), "freigabe kreis", both).Spelled; got != "Freigabekreis" {
		t.Errorf("whoever may read it: got %q", got)
	}
	h.Remove(secret)
	if err := ix.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := ix.Spell(t.Context(), "freigabe kreis", both).Spelled; got != "freigabe kreis" {
		t.Errorf("of a document that is gone: got %q", got)
	}
}
