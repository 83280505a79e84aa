package web_test

import (
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

func TestPagesShowWhatPeopleSee(t *testing.T) {
	t.Parallel()
	page := func(style, body, want string) extracttest.Case {
		return extracttest.Case{Name: "a.html", Content: "<!doctype html><html><head><title>Seite</title><style>" + style + "</style></head><body>" + body + "</body></html>", Want: want}
	}
	main := func(body, want string) extracttest.Case {
		return page("", "<main><h1>Hilfe</h1>"+body+"</main>", "# Hilfe\n"+want)
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"headings in buttons":        main(`<h3><button aria-expanded="false" aria-controls="a">Wie?</button></h3><div id="a">So.</div><h3><span role="button">Wo?</span></h3><p>Hier.`, "### Wie?\nSo.\n### Wo?\nHier."),
		"buttons over panels":        main(`<button aria-controls="a" aria-expanded="false">Wie?</button><div id="a" hidden>So.</div><button aria-controls="b" aria-expanded="false">Wo?</button><div id="b" style="display:none">Hier.</div>`, "## Wie?\nSo.\n## Wo?\nHier."),
		"a button over its panel":    main(`<button aria-expanded="false">Wie?</button><div>So.</div>`, "## Wie?\nSo."),
		"tabs":                       main(`<ul role="tablist"><li><a role="tab" href="#a">Eins</a><li><a role="tab" href="#b">Zwei</a></ul><div role="tabpanel" id="a">Erster.</div><div role="tabpanel" id="b" hidden>Zweiter.</div>`, "- Eins\n- Zwei\n## Eins\nErster.\n## Zwei\nZweiter."),
		"terms to click":             main(`<dl><dt><button aria-expanded="false">Frist</button></dt><dd class="answer" hidden>Ein Monat.</dd></dl>`, "Frist\nEin Monat."),
		"found by searching":         main(`<p>Davor.</p><div hidden="until-found">Verborgen, doch zu finden.</div>`, "Davor.\nVerborgen, doch zu finden."),
		"what nothing opens":         main(`<p>Davor.</p><div hidden>Nie.</div><div style="display:none">Nie.</div><div aria-hidden="true">Nie.</div><button aria-controls="m">Menü</button><div id="m" role="menu" hidden>Nie.</div>`, "Davor."),
		"other buttons":              main(`<p>Davor.</p><button>Drucken</button><button aria-label="x">Zurück</button>`, "Davor."),
		"rules for print":            page(`@media print { .a { display: none } } @media screen and (max-width: 40em) { .b { display: none } } @media (min-width: 600px) { .c { display: none } }`, `<main><p class="a">A</p><p class="b">B</p><p class="c">C</p></main>`, "A\nB"),
		"a sheet for print":          {Name: "a.html", Content: `<style media="print">.a{display:none}</style><main><p class="a">A</main>`, Want: "A"},
		"a stronger rule":            page(`.a{display:none} .a.offen{display:block} #b{display:block} .b{display:none} .c{display:none !important} .c.offen{display:block}`, `<main><p class="a offen">A</p><p class="b" id="b">B</p><p class="c offen">C</p></main>`, "A\nB"),
		"its own style":              page(`.a{display:none}`, `<main><p class="a" style="display:block">A</p><p class="a">B</p></main>`, "A"),
		"within and below":           page(`.liste .a{display:none} .leer > .a{display:none}`, `<main><div class="liste"><div><p class="a">A</p></div></div><div class="leer"><div><p class="a">B</p></div></div></main>`, "B"),
		"a sheet that breaks off":    page(`.a{display:none} @media print { .b{display:none`, `<main><p class="a">A</p><p class="b">B</p></main>`, "B"),
		"a teaser's article":         page("", `<div><h1>Reisen</h1><p>Reisen sind vorab zu beantragen, und zwar schriftlich.</p></div><div><article><h3>Kantine</h3><p>Neue Zeiten.</p></article></div>`, "# Reisen\nReisen sind vorab zu beantragen, und zwar schriftlich.\n### Kantine\nNeue Zeiten."),
		"an article that is it":      page("", `<div>Kopf</div><article><h1>Reisen</h1><p>Reisen sind zu beantragen.</p></article><div>Fuß</div>`, "# Reisen\nReisen sind zu beantragen."),
		"cells over rows":            main(`<table><tr><th>Amt<th>Fach<th>Tage<tr><td rowspan="3">Bau<td>Tief<td>3<tr><td>Hoch<td>4<tr><td colspan="2">offen</table>`, "| Amt | Fach | Tage\n| Bau | Tief | 3 || Amt | Fach | Tage\n| Bau | Hoch | 4 || Amt | Fach | Tage\n| Bau | offen | offen || Amt | Fach | Tage"),
		"a header of two rows":       main(`<table><thead><tr><th rowspan="2">Amt<th colspan="2">Kosten<tr><th>Plan<th>Ist</thead><tr><td>Bau<td>3<td>4</table>`, "| Amt | Kosten Plan | Kosten Ist\n| Bau | 3 | 4 || Amt | Kosten Plan | Kosten Ist"),
		"a table in a cell":          main(`<table><tr><th>Amt<th>Wer<th>Tage<tr><td>Bau<td><table><tr><td>Tief<td>A<tr><td>Hoch<td>B</table><td>3</table>`, "| Amt | Wer | Tage\n| Bau | Tief: A; Hoch: B; | 3 || Amt | Wer | Tage"),
		"lists that count otherwise": main(`<ol start="3" type="A"><li>x<li>y</ol><ol type="i"><li>x<li value="4">y</ol><ol reversed start="9"><li>x<li>y</ol><ol style="list-style-type:lower-alpha"><li>x</ol>`, "C) x\nD) y\ni. x\niv. y\n9. x\n8. y\na) x"),
		"a title in the header":      page("", `<header><a href="/">Start</a><h1>Reisen</h1><p>Gültig ab 1. Mai 2025</p><nav>Menü</nav></header><h2>Zweck</h2><p>Text.</p><aside><p>Ansprechstelle: Amt 3.</p></aside>`, "Start\n# Reisen\nGültig ab 1. Mai 2025\n## Zweck\nText.\nAnsprechstelle: Amt 3."),
		"a title above main":         page("", `<header><nav>Menü</nav><h1>Reisen</h1><p>Gültig ab 1. Mai 2025</p></header><main><h2>Zweck</h2><p>Text.</p></main>`, "# Reisen\nGültig ab 1. Mai 2025\n## Zweck\nText."),
		"clutter by its names":       page("", `<div id="cookieConsent">Wir nutzen Cookies.</div><div class="brotkrumen">Start &gt; Amt</div><div class="main-nav"><a href="a">A</a></div><div class="inhalt"><h1>Reisen</h1><p>Text.</p></div><div id="seiten-fuss" class="footer">Impressum</div><div class="social-share">Teilen</div>`, "# Reisen\nText."),
		"lists of links":             page("", `<ul><li><a href="a">Start</a><li><a href="b">Ämter</a><li><a href="c">Kontakt</a></ul><h1>Reisen</h1><p>Text mit <a href="x">Verweis</a>.</p>`, "# Reisen\nText mit Verweis."),
		"struck words":               main(`<p>Frist: <s>zwei</s><del>drei</del> <span style="text-decoration: line-through">fünf</span> vier Wochen`, "Frist: vier Wochen"),
		"signs set high":             main(`<p>300 Euro<sup>1</sup>, 20 m<sup>2</sup>, Abs. 2<span style="vertical-align:super">3</span>, 10<sup>-6</sup>, H<sub>2</sub>O`, "300 Euro ¹, 20 m², Abs. 2 ³, 10⁻⁶, H2O"),
		"boxes and lists":            main(`<p><input type="checkbox" checked> ja <input type="checkbox"> nein</p><p>Amt: <select><option>Bau<option selected>Schule</select></p>`, "☒ ja ☐ nein\nAmt: Schule"),
		"signs of symbol fonts":      main(`<p><font face="Wingdings">à</font> weiter <span style="font-family: Wingdings">þ</span> ja`, "→ weiter ☒ ja"),
	})
}
