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
