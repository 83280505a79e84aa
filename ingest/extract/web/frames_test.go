package web_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestPagesWithoutWhatLeadsOn leaves out what stands around a page's text to lead on,
// to be rated or to name who made its pictures, and keeps what only looks so.
func TestPagesWithoutWhatLeadsOn(t *testing.T) {
	t.Parallel()
	said := strings.TrimSpace(strings.Repeat("Dienstreisen sind vorab zu beantragen, und zwar schriftlich bei der Leitung des Referats. ", 8))
	page := func(before, after, want string) extracttest.Case {
		return extracttest.Case{Name: "a.html", Content: "<!doctype html><body>" + before + "<div id=text><h1>Reisen</h1><p>" + said + "</p>" + after + "</div></body>", Want: "# Reisen\n" + said + want}
	}
	links := `<ul><li><a href="/a">Neue Kantine eröffnet im Haus am Markt</a></li><li><a href="/b">Das Sommerfest war gut besucht</a></li></ul>`
	extracttest.Check(t, map[string]extracttest.Case{
		"further pages under their heading":  page("", `<section><h2>Mehr zum Thema</h2><p>Aus dem Haus:</p>`+links+`</section>`, ""),
		"further pages in a box":             page("", `<div class="box"><div><strong>Das könnte Sie auch interessieren:</strong></div><p>Kurz gesagt <a href="/a">Kantine</a></p></div>`, ""),
		"further pages in English":           page("", `<div><h3>Related articles</h3>`+links+`</div>`, ""),
		"forms under such a heading":         page("", `<div><h2>Mehr zum Thema</h2><p><a href="/antrag.pdf">Antrag auf Dienstreise</a></p></div>`, "\n## Mehr zum Thema\nAntrag auf Dienstreise"),
		"text under such a heading":          page("", `<div><h2>Weitere Themen der Dienstvereinbarung</h2><p>Über Abordnungen entscheidet das Personalamt, sobald der Antrag vorliegt.</p></div>`, "\n## Weitere Themen der Dienstvereinbarung\nÜber Abordnungen entscheidet das Personalamt, sobald der Antrag vorliegt."),
		"a side column in a table":           {Name: "a.html", Content: `<body><table><tr><td id="leftcolumn"><p>Nur für Mitglieder</p></td><td><h1>Reisen</h1><p>` + said + `</p></td></tr></table></body>`, Want: "# Reisen\n" + said},
		"whether the page was of use":        page("", `<p>War diese Seite hilfreich?</p><div><strong>Wie finden Sie diesen Artikel?</strong></div>`, ""),
		"who made the picture":               page("", `<div><span class="image-source">LVR / M. Muster</span></div><p class="bildnachweis">Muster, Archiv</p>`, ""),
		"the rights of an article":           page("", `<div class="article-copyright"><p>Vervielfältigung nur mit Genehmigung</p></div>`, ""),
		"an article of the rights of others": page("", `<div class="article-text"><p>Das Urheberrecht bleibt bei der Person, die das Bild gemacht hat.</p></div>`, "\nDas Urheberrecht bleibt bei der Person, die das Bild gemacht hat."),
		"nothing said of the article yet":    page("", `<p>Noch keine Bewertungen</p><p>(3 Kommentare insgesamt)</p>`, ""),
	})
}
