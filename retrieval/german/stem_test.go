package german

import "testing"

// A borrowed word is found by its plural, which Snowball gives another stem, and is no
// other word.
func TestBorrowedWordsMeetTheirPlural(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"museum", "museums", "museen"},
		{"zentrum", "zentrums", "zentren"},
		{"gremium", "gremien"},
		{"freigabegremium", "freigabegremien"},
		{"rhythmus", "rhythmen"},
		{"thema", "themas", "themen"},
		{"konto", "kontos", "konten"},
		{"risiko", "risiken"},
		{"praktikum", "praktika"},
	} {
		for _, form := range same[1:] {
			if Stem(form) != Stem(same[0]) {
				t.Errorf("%s: %s, %s: %s", same[0], Stem(same[0]), form, Stem(form))
			}
		}
	}
	if Stem("datum") == Stem("daten") {
		t.Error("Datum is found by Daten")
	}
}

// Documents oblige with "zu", people ask without.
func TestSeparableVerbsAreOneWord(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"auffrischen", "aufzufrischen", "aufgefrischt"},
		{"eingeben", "einzugeben"},
		{"abschliessen", "abzuschliessen"},
		{"anmelden", "anzumelden", "angemeldet"},
		{"zuruckgeben", "zuruckzugeben"},
		{"auszubildende", "auszubildenden"},
		{"angebot", "angebote", "angeboten"},
		{"einzugsermachtigung", "einzugsermachtigungen"},
		{"vorgesetzte", "vorgesetzten"},
	} {
		for _, form := range same[1:] {
			if Stem(form) != Stem(same[0]) {
				t.Errorf("%s: %s, %s: %s", same[0], Stem(same[0]), form, Stem(form))
			}
		}
	}
}

// A compound is found by its last part less well than by itself, and by what means
// the same as one of its parts.
func TestCompoundsAreFoundByTheirParts(t *testing.T) {
	t.Parallel()
	bag := NewBag("Eigene Bilder dürfen hinein.")
	if held := bag.Holds(Words("Drohnen-Bilder")[0]); held != heldByKind {
		t.Errorf("by its last part: %v", held)
	}
	if held := bag.Holds(Words("Bilder-Rahmen")[0]); held >= heldByKind {
		t.Errorf("by its first part: %v", held)
	}
	found := false
	for _, e := range DefaultSynonyms().Expand(Words("Schulbuch-Seiten")) {
		found = found || e.Typed == "Lehrmaterial"
	}
	if !found {
		t.Error("Schulbuch-Seiten is not expanded to Lehrmaterial")
	}
}
