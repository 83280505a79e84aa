package german_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval/german"
)

// keys returns all keys under which a text is found: stems, parts, synonyms
// and 5-grams.
func keys(text string) map[string]bool {
	words := german.Words(text)
	set := make(map[string]bool)
	add := func(words []german.Word) {
		for _, w := range german.Content(words) {
			set[w.Stem] = true
			for _, p := range w.Parts {
				set[p] = true
			}
		}
	}
	add(words)
	for _, e := range german.DefaultSynonyms().Expand(words) {
		add(e.Words)
	}
	return set
}

func meet(a, b string) bool {
	kb := keys(b)
	for k := range keys(a) {
		if kb[k] {
			return true
		}
	}
	return sharedGrams(a, b) >= 2
}

func sharedGrams(a, b string) int {
	set := make(map[german.Gram]bool)
	for _, w := range german.Content(german.Words(a)) {
		for _, g := range german.Grams(nil, w.Form, 5) {
			set[g] = true
		}
	}
	n := 0
	for _, w := range german.Content(german.Words(b)) {
		for _, g := range german.Grams(nil, w.Form, 5) {
			if set[g] {
				n++
			}
		}
	}
	return n
}

// The word table of the measurements: every pair meets, both ways.
func TestPairsMeet(t *testing.T) {
	pairs := [][2]string{
		{"DA", "Dienstanweisung"},
		{"was steht in der DA", "Die Dienstanweisung regelt"},
		{"was steht in der da?", "Die Dienstanweisung regelt"},
		{"Mitarbeiter*innen", "Mitarbeiter"},
		{"Mitarbeiter:innen", "Mitarbeiterin"},
		{"Mitarbeiter_innen", "mitarbeitern"},
		{"MitarbeiterInnen", "Mitarbeiter"},
		{"MitarbeiterInnen", "Mitarbeiterinnen"},
		{"Mitarbeiter/-innen", "Mitarbeiter"},
		{"Mitarbeiter(innen)", "Mitarbeiter"},
		{"Mitarbeiterinnen", "Mitarbeiter"},
		{"Kolleg:innen", "Kollegen"},
		{"Ärztinnen", "Arzt"},
		{"KI-Kongress", "KI Kongress"},
		{"KI-Kongress", "kikongress"},
		{"LVR-InfoKom", "Infokom"},
		{"LVR-InfoKom", "lvr infokom"},
		{"E-Learning", "elearning"},
		{"WissenToGo", "Wissen-To-Go"},
		{"WissenToGo", "Wissen To Go"},
		{"wissentogo", "Wissen To Go"},
		{"WissenToGo", "wissen2go"},
		{"DSGVO", "DS-GVO"},
		{"DSGVO", "Datenschutz-Grundverordnung"},
		{"DS-GVO", "Datenschutzgrundverordnung"},
		{"Bürgerbüro", "Buergerbuero"},
		{"Bürgerbüro", "Burgerburo"},
		{"Straße", "Strasse"},
		{"STRASSE", "straße"},
		{"Maßnahme", "Massnahmen"},
		{"Anonymisierung", "anonymisieren"},
		{"Fortbildungsangebote", "Fortbildung"},
		{"Dienstvereinbarung", "Vereinbarung"},
		{"Datenschutzbeauftragter", "Datenschutz"},
		{"Datenschutzbeauftragter", "Beauftragte für Datenschutz"},
		{"2025-02-01", "1.2.2025"},
		{"1. Februar 2025", "01.02.25"},
		{"am 1. Februar", "2025-02-01"},
		{"3.12.2026", "2026-12-03"},
		{"§ 4 Abs. 2", "§4 Absatz 2"},
		{"§ 26 Abs. 8 BDSG", "Paragraf 26 Abs 8"},
		{"Art. 6 DSGVO", "Artikel 6"},
		{"ki@lvr.de", "KI@LVR.de"},
		{"1.000 Euro", "1000 Euro"},
		{"Ver\u00adfahren", "Verfahren"},
		{"Verfahrensfüh\u0002rung", "Verfahrensführung"},
		{"Daten-\nschutz", "Datenschutz"},
		{"KI-\nKongress", "KI-Kongress"},
		{"Führung", "Fu\u0308hrung"},
		{"Führung", "Fuehrung"},
		{"Freigabeverfahren", "freigabe verfahren"},
		{"Office365", "Office 365"},
	}
	for _, p := range pairs {
		if !meet(p[0], p[1]) || !meet(p[1], p[0]) {
			t.Errorf("%q and %q do not meet: %v, %v", p[0], p[1], keys(p[0]), keys(p[1]))
		}
	}
}

func TestPairsStayApart(t *testing.T) {
	pairs := [][2]string{
		{"Termin", "Term"},
		{"§ 26", "§ 62"},
		{"1.2.2025", "2.1.2024"},
		{"DA", "da ist es"},
		{"neue", "neun"},
	}
	for _, p := range pairs {
		if meet(p[0], p[1]) {
			t.Errorf("%q and %q meet: %v, %v", p[0], p[1], keys(p[0]), keys(p[1]))
		}
	}
}

func TestWordsOffsets(t *testing.T) {
	text := "Die KI-Leitlinie für Kolleg:innen gilt ab 3. Dezember 2026 (§ 26 Abs. 8 BDSG)."
	var got []string
	for _, w := range german.Content(german.Words(text)) {
		got = append(got, text[w.Start:w.End]+"="+w.Stem)
	}
	want := []string{"KI-Leitlinie=kileitlini", "Kolleg:innen=kolleg", "3. Dezember 2026=2026-12-03", "§ 26 Abs. 8=§26", "BDSG=bdsg"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestKinds(t *testing.T) {
	for text, want := range map[string]german.Kind{
		"DA": german.Abbreviation, "DSGVO": german.Abbreviation, "da": german.Plain, "12,5": german.Number,
		"2026": german.Number, "3.12.": german.Date, "§ 4": german.Paragraph, "26a": german.Plain,
	} {
		if w := german.Words(text); len(w) != 1 || w[0].Kind != want {
			t.Errorf("%q: got %+v, want kind %d", text, w, want)
		}
	}
	if w := german.Words("WAS STEHT DA IN DER NEUEN ORDNUNG"); !w[2].Stop {
		t.Errorf("shouted DA is a stop word, got %+v", w[2])
	}
}

func TestSentences(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"Das gilt z. B. für Bilder. Danach nicht.", "Das gilt z. B. für Bilder.|Danach nicht."},
		{"Nach § 26 Abs. 8 BDSG gilt das. Siehe Nr. 4.", "Nach § 26 Abs. 8 BDSG gilt das.|Siehe Nr. 4."},
		{"Am 3. Dezember ist Schluss. Die 2. Auflage folgt.", "Am 3. Dezember ist Schluss.|Die 2. Auflage folgt."},
		{"Antwort (vom Zentrum, 10. März) folgt. Ende.", "Antwort (vom Zentrum, 10. März) folgt.|Ende."},
		{"Es gab 12. Danach keine.", "Es gab 12.|Danach keine."},
		{"Im Jahr 2025. Neu ist das.", "Im Jahr 2025.|Neu ist das."},
		{"Prof. Dr. A. Muster kommt. Ja!", "Prof. Dr. A. Muster kommt.|Ja!"},
		{"Er sagte: „Gut.“ Dann ging er.", "Er sagte: „Gut.“|Dann ging er."},
		{"Eine Zeile\nbricht um. Ende.", "Eine Zeile\nbricht um.|Ende."},
		{"Punkte:\n- eins\n- zwei\n\nAbsatz", "Punkte:|- eins|- zwei|Absatz"},
		{"# Titel\nText hier.", "# Titel|Text hier."},
		{"| a | b |\n| c | d |", "| a | b ||| c | d |"},
		{"Um 9.30 Uhr usw. Danach Schluss", "Um 9.30 Uhr usw.|Danach Schluss"},
		{"Warum? Darum… oder?", "Warum?|Darum… oder?"},
		{"  ", ""},
	} {
		var got []string
		for _, s := range german.Sentences(tc.text) {
			got = append(got, s.Of(tc.text))
		}
		if g := strings.Join(got, "|"); g != tc.want {
			t.Errorf("%q:\n got %q\nwant %q", tc.text, g, tc.want)
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"", "DA § 26 Abs. 8", "3.12.2026", "KI-\nKongress:innen", "\xff\u00ad-", "a.b@c", "Ⅻ½", "ＡＢ"} {
		f.Add(s)
	}
	list := german.DefaultSynonyms()
	memory := german.NewMemory()
	f.Fuzz(func(t *testing.T, s string) {
		for range 2 { // seen for the first time, and remembered
			if got, words := memory.Words(s), german.Words(s); !reflect.DeepEqual(got, words) {
				t.Fatalf("remembered words of %q: %+v, want %+v", s, got, words)
			}
		}
		end := 0
		for _, w := range german.Words(s) {
			if w.Start < end || w.End <= w.Start || w.End > len(s) {
				t.Fatalf("word %+v outside order in %q", w, s)
			}
			end = w.End
			german.Grams(nil, w.Form, 5)
		}
		list.Expand(german.Words(s))
	})
}

func FuzzSentences(f *testing.F) {
	f.Add("Das gilt z. B. hier. Und\n\n- dort.\n| a |")
	f.Fuzz(func(t *testing.T, s string) {
		var got strings.Builder
		end := 0
		for _, span := range german.Sentences(s) {
			if span.Start < end || span.End <= span.Start || span.End > len(s) {
				t.Fatalf("span %+v outside order in %q", span, s)
			}
			end = span.End
			got.WriteString(span.Of(s))
		}
		strip := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if strip(got.String()) != strip(s) {
			t.Fatalf("lost text: %q from %q", got.String(), s)
		}
	})
}

func FuzzParseSynonyms(f *testing.F) {
	f.Add("DA = Dienstanweisung\n# nichts\nA=B=A")
	f.Fuzz(func(_ *testing.T, s string) {
		if list, err := german.ParseSynonyms("fuzz", strings.NewReader(s)); err == nil {
			german.DefaultSynonyms().Under(list).Expand(german.Words(s))
		}
	})
}

func TestParseSynonymsErrors(t *testing.T) {
	_, err := german.ParseSynonyms("haus.txt", strings.NewReader("A1 = B2\nnur eins\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "haus.txt:2: ") {
		t.Errorf("got %v, want file and line", err)
	}
}

// A memory finds what Words finds in running text, the first time and later.
func TestMemory(t *testing.T) {
	memory := german.NewMemory()
	for _, text := range []string{
		"Die Mitarbeiterinnen, Kolleg:innen und BEAMTE (DA) lesen § 26 Abs. 8; die Dienst-\nvereinbarung gilt.",
		"ALLE MITARBEITERINNEN LESEN DIE DIENSTVEREINBARUNG", // in capitals throughout: no abbreviation
		"Artikel 6, Art. 5 und Paragraph 3 für Mitarbeiter*innen am 3. Dezember, KI-Kongress, WissenToGo.",
	} {
		for range 2 {
			if got, want := memory.Words(text), german.Words(text); !reflect.DeepEqual(got, want) {
				t.Errorf("%q:\ngot  %+v\nwant %+v", text, got, want)
			}
		}
	}
}
