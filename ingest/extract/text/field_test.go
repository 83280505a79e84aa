package text_test

import (
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

func TestTextsShowWhatPeopleSee(t *testing.T) {
	t.Parallel()
	file := func(name, content, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: name, Content: content, Want: want, Remarks: append([]string{}, remarks...)}
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"divided words":              file("a.txt", "Titel\n\nDie Verwaltungs-\nvorschrift gilt. Vor- und\nNachteile, KI-\nKongress, 2-\n3 Tage.\n", "# Titel\nDie Verwaltungsvorschrift gilt. Vor- und / Nachteile, KI-Kongress, 2- / 3 Tage."),
		"divided words in a list":    file("a.txt", "Titel\n\n- Die Vor-\n  schrift\n", "# Titel\n- Die Vorschrift"),
		"divided words in Markdown":  file("a.md", "Die Verwaltungs-\nvorschrift gilt.\n", "Die Verwaltungsvorschrift gilt."),
		"a day at the line's start":  file("a.txt", "Titel\n\nIn der Fassung vom\n15. November 2024 gilt sie, bis zum\n1. 3. 2026 weiter.\n", "# Titel\nIn der Fassung vom / 15. November 2024 gilt sie, bis zum / 1. 3. 2026 weiter."),
		"a day alone":                file("a.txt", "Titel\n\n15. November 2024\n\nEs gilt.\n", "# Titel\n15. November 2024\nEs gilt."),
		"a day that begins Markdown": file("a.md", "# A\n\n15. November 2024, gilt\nfür alle.\n", "# A\n15. November 2024, gilt / für alle."),
		"sections and lists stay":    file("a.txt", "Titel\n\n3. Zweck\n\nEs gilt:\n\n1. Antrag\n2. Maß\n", "# Titel\n## 3. Zweck\nEs gilt:\n1. Antrag\n2. Maß"),
		"struck words":               file("a.md", "Frist: ~~zwei~~ <del>drei</del> vier Wochen\n", "Frist: vier Wochen", "struck text 2"),
		"signs set high":             file("a.md", "300 Euro<sup>1</sup>, 20 m<sup>2</sup>\n", "300 Euro ¹, 20 m²"),
		"boxes to tick":              file("a.md", "- [x] ja\n- [ ] nein\n", "- ☒ ja\n- ☐ nein"),
		"a table of HTML":            file("a.md", "<table><tr><th>A<th>B<tr><td rowspan=2>1<td>2<tr><td>3</table>\n", "| A | B\n| 1 | 2 || A | B\n| 1 | 3 || A | B"),
		"a colon in the title":       file("a.md", "---\ntitle: Leitlinie: KI\nowner: Amt 3\n---\nText.\n", "Text.", "head ignored 1"),
		"a key twice":                file("a.md", "---\ntitle: A\ntitle: B\n---\nText.\n", "Text.", "head ignored 1"),
		"an @ in the head":           file("a.md", "---\ntitle: A\nowner: @anna\n---\nText.\n", "Text.", "head ignored 1"),
		"a rule and a label":         file("a.md", "---\nHinweis: Es gilt.\n\nText.\n", "Hinweis: Es gilt.\nText.", "head ignored 1"),
		"lists in the head":          file("a.md", "---\ntags:\n  - a\n  - b: c\n---\nText.\n", "Text.", "head ignored 1"),
		"who may read is not clear":  {Name: "a.md", Content: "---\ntitle: A: B\ncollection: [x\n---\nText.\n", Has: []string{"! front matter"}},
		"when it holds is not clear": {Name: "a.md", Content: "---\nvalid_until: 2025\nvalid_until: 2026\n---\nText.\n", Has: []string{"! front matter"}},
	})
}

func TestHeadsLineByLine(t *testing.T) {
	t.Parallel()
	doc := extracttest.Read(t, "a.md", "---\ntitle: Leitlinie: Nutzung\nowner: @anna\ncollection: intern\ntags: [ki, amt]\n---\nText.\n")
	if doc.Title != "Leitlinie: Nutzung" || doc.Meta["owner"] != "@anna" || doc.Meta["collection"] != "intern" || doc.Meta["tags"] != "ki, amt" {
		t.Errorf("%q, %v", doc.Title, doc.Meta)
	}
}

// TestTextsShowTheSameElsewhere looks at what people see in other places than
// [TestTextsShowWhatPeopleSee] does.
func TestTextsShowTheSameElsewhere(t *testing.T) {
	t.Parallel()
	file := func(name, content, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: name, Content: content, Want: want, Remarks: append([]string{}, remarks...)}
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"bold lines over text":       file("a.md", "# A\n\n**Antrag**\n\nAnträge sind zu stellen.\n\n__Frist__\n\n- Sie ist kurz.\n\n**Fett** und mager.\n\n**Am Ende**\n", "# A\n## Antrag\nAnträge sind zu stellen.\n## Frist\n- Sie ist kurz.\nFett und mager.\nAm Ende"),
		"struck words in a table":    file("a.md", "| Amt | Frist |\n| --- | --- |\n| Bau | ~~zwei~~ vier |\n", "| Amt | Frist\n| Bau | vier || Amt | Frist", "struck text 1"),
		"struck words in a heading":  file("a.md", "# ~~Alt~~ Neu\n\nText.\n", "# Neu\nText.", "struck text 1"),
		"a struck block of HTML":     file("a.md", "<p><s>alt</s> neu</p>\n", "neu", "struck text 1"),
		"signs set high in a table":  file("a.md", "| Amt | Euro |\n| --- | --- |\n| Bau | 500<sup>1</sup> |\n", "| Amt | Euro\n| Bau | 500 ¹ || Amt | Euro"),
		"lists that begin later":     file("a.md", "4. Prüfung\n5. Freigabe\n", "4. Prüfung\n5. Freigabe"),
		"a list of HTML":             file("a.md", "<ol start=\"4\" type=\"a\"><li>x<li>y</ol>\n", "d) x\ne) y"),
		"a heading in a button":      file("a.md", "<h2><button>Wie?</button></h2>\n\nSo.\n", "## Wie?\nSo."),
		"a closed panel":             file("a.md", "<details><summary>Wie?</summary>So.</details>\n", "Wie?\nSo."),
		"a date in a list's place":   file("a.md", "Die Richtlinie vom\n1. Juli 2020 gilt.\n", "Die Richtlinie vom / 1. Juli 2020 gilt."),
		"a date that begins, short":  file("a.txt", "Titel\n\nGültig bis zum\n31.12.2025, danach nicht.\n", "# Titel\nGültig bis zum / 31.12.2025, danach nicht."),
		"an ordinal in a sentence":   file("a.txt", "Titel\n\nDas gilt bis zur Vollendung des\n14. Lebensjahres und vor der\n1. Kammer.\n\nEs gilt\n1. dies\n2. das, und zwar ab der\n3. Woche\n3. und jenes\n", "# Titel\nDas gilt bis zur Vollendung des / 14. Lebensjahres und vor der / 1. Kammer.\nEs gilt\n1. dies\n2. das, und zwar ab der / 3. Woche\n3. und jenes"),
		"soft hyphens":               file("a.txt", "Titel\n\nDie Verwal\u00adtung und die Vor\u00ad\nschrift.\n", "# Titel\nDie Verwaltung und die Vorschrift."),
		"divided words of a quote":   file("a.md", "> Die Vor-\n> schrift gilt.\n", "Die Vorschrift gilt."),
		"divided words of an item":   file("a.md", "- Die Vor-\n  schrift gilt.\n", "- Die Vorschrift gilt."),
		"a head with tabs":           file("a.md", "---\ntitle:\tLeitlinie\n\towner: x\n---\nText.\n", "Text.", "head ignored 1"),
		"a head with a percent sign": file("a.md", "---\ntitle: %Anteil\nquote: \"offen\n---\nText.\n", "Text.", "head ignored 1"),
		"a head that never ends":     file("a.md", "---\ntitle: A\n\nText.\n", "title: A\nText.", "head ignored 1"),
		"a rule, then text":          file("a.md", "---\n\nText.\n\n---\n\nMehr.\n", "Text.\nMehr."),
		"German numbers of a table":  file("a.csv", "Amt;Kosten;aktiv\nBau;1.234,50 €;WAHR\n", "| Amt | Kosten | aktiv\n| Bau | 1.234,50 € | WAHR || Amt | Kosten | aktiv"),
	})
}
