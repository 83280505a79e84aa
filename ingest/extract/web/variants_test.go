package web_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestPagesShowTheSameAsOthersWriteThem looks at what people see in pages of other
// systems.
func TestPagesShowTheSameAsOthersWriteThem(t *testing.T) {
	t.Parallel()
	page := func(style, body, want string) extracttest.Case {
		return extracttest.Case{Name: "a.html", Content: "<!doctype html><html><head><title>Seite</title><style>" + style + "</style></head><body>" + body + "</body></html>", Want: want}
	}
	main := func(body, want string) extracttest.Case {
		return page("", "<main><h1>Hilfe</h1>"+body+"</main>", "# Hilfe\n"+want)
	}
	const say = "Dienstreisen sind vorab zu beantragen, und zwar schriftlich bei der Leitung des Referats. "
	long := strings.Repeat(say, 4)
	said := strings.TrimSpace(long)
	extracttest.Check(t, map[string]extracttest.Case{
		"a heading by its role":           main(`<div role="heading" aria-level="3"><button aria-expanded="false">Wie?</button></div><div>So.</div>`, "### Wie?\nSo."),
		"a heading around a div":          main(`<h3><div role="button" tabindex="0">Wie?</div></h3><div class="panel" hidden>So.</div>`, "### Wie?\nSo."),
		"a heading in a summary's button": main(`<details><summary><button>Wie?</button></summary><p>So.</p></details>`, "Wie?\nSo."),
		"a panel that only says so":       main(`<div class="expand-container"><div class="expand-control"><span>Am Telefon</span></div><div class="expand-content" style="display:none"><p>Die Nummer ist 4711.</p></div></div>`, "Am Telefon\nDie Nummer ist 4711."),
		"a heading of an input":           main(`<h3><input type="button" value="Wie?"></h3><p>So.`, "### Wie?\nSo."),
		"a legend and a field":            main(`<fieldset><legend><button aria-expanded="false">Wie?</button></legend><p>So.</p></fieldset>`, "Wie?\nSo."),
		"a term that is a link":           main(`<dl><dt><a href="#a" aria-expanded="false">Frist</a></dt><dd id="a" style="display:none">Ein Monat.</dd></dl>`, "Frist\n## Frist\nEin Monat."),
		"a panel of no height":            main(`<h3><button aria-expanded="false" aria-controls="a">Wie?</button></h3><div id="a" style="height:0;overflow:hidden;visibility:hidden">So.</div>`, "### Wie?\nSo."),
		"a panel named by its button":     main(`<h3 id="t">Wie?</h3><section aria-labelledby="t" role="region" hidden>So.</section>`, "### Wie?\nSo."),
		"a panel by a rule of its parent": page(`.zu .inhalt{display:none}`, `<main><h1>Hilfe</h1><div class="klappe zu"><h3><button aria-expanded="false">Wie?</button></h3><div class="inhalt">So.</div></div></main>`, "# Hilfe\n### Wie?\nSo."),
		"a panel that a class hides":      page(`.collapse:not(.show){display:none}`, `<main><h1>Hilfe</h1><a data-bs-toggle="collapse" href="#a">Wie?</a><div class="collapse" id="a">So.</div></main>`, "# Hilfe\nWie?\n## Wie?\nSo."),
		"tabs of radio buttons":           page(`.tab{display:none} #t1:checked~.eins,#t2:checked~.zwei{display:block}`, `<main><h1>Hilfe</h1><input type="radio" id="t1" name="t" checked><label for="t1">Eins</label><input type="radio" id="t2" name="t"><label for="t2">Zwei</label><div class="tab eins">Erster.</div><div class="tab zwei">Zweiter.</div></main>`, "# Hilfe\n☒ Eins☐ Zwei\nErster.\nZweiter."),
		"a sheet that is not for screens": {Name: "a.html", Content: `<style media="speech,print">.a{display:none}</style><main><p class="a">A</main>`, Want: "A"},
		"rules for browsers of old":       page(`@supports not (display:grid){.a{display:none}}@supports not(gap:1px){.b{display:none}}`, `<main><p class=a>A<p class=b>B</main>`, "A\nB"),
		"rules by what is supported":      page(`@supports (display:grid){.a{display:none}} @layer x{.b{display:none}} @media not all{.c{display:none}}`, `<main><p class=a>A<p class=b>B<p class=c>C</main>`, "C"),
		"a narrow screen's menu":          page(`@media (max-width:768px){.wide{display:none}} @media (min-width:769px){.narrow{display:none}}`, `<main><p class=wide>Breit.<p class=narrow>Schmal.</main>`, "Breit."),
		"cells over rows and columns":     main(`<table><tr><th>Amt<th>Fach<th>Tage<tr><td rowspan="2" colspan="2">Bau<td>3<tr><td>4</table>`, "| Amt | Fach | Tage\n| Bau | Bau | 3 || Amt | Fach | Tage\n| Bau | Bau | 4 || Amt | Fach | Tage"),
		"two rows of heads in the body":   main(`<table><tbody><tr><th>Amt<th colspan=2>Kosten<tr><th><th>Plan<th>Ist<tr><td>Bau<td>3<td>4</table>`, "| Amt | Kosten Plan | Kosten Ist\n| Bau | 3 | 4 || Amt | Kosten Plan | Kosten Ist"),
		"a title over the heads":          main(`<table><thead><tr><th colspan=2>Fristen 2025<tr><th>Amt<th>Tage</thead><tr><td>Bau<td>3</table>`, "Fristen 2025\n| Amt | Tage\n| Bau | 3 || Amt | Tage"),
		"heads that divide a table":       main(`<table><tr><th>Amt<th>Tage<tr><th colspan=2>Inland<tr><td>Bau<td>3<tr><th colspan=2>Ausland<tr><td>Bau<td>4</table>`, "| Amt | Tage\n| Inland | Inland || Amt | Tage\n| Bau | 3 || Amt | Tage\n| Ausland | Ausland || Amt | Tage\n| Bau | 4 || Amt | Tage"),
		"lists that begin at letters":     main(`<ol type="a" start="3"><li>x<li>y</ol><ol><li value="7">w<li>v</ol>`, "c) x\nd) y\n7. w\n8. v"),
		"a title and a lead in a header":  page("", `<header class="page-header"><p class="kicker">Personal</p><h1>Reisen</h1><p class="lead">Stand: 1. Mai 2025</p></header><div class="text"><p>`+long+`</p></div>`, "# Reisen\nStand: 1. Mai 2025\n"+said),
		"a main by its role":              page("", `<div id="nav"><a href="/">Start</a></div><div role="main"><h1>Reisen</h1><p>`+long+`</p></div><div id="footer">Impressum</div>`, "# Reisen\n"+said),
		"a notice of cookies":             page("", `<div class="cc-window" role="dialog" aria-label="cookieconsent">Diese Seite nutzt Cookies.</div><div id="content"><h1>Reisen</h1><p>`+long+`</p></div>`, "# Reisen\n"+said),
		"a path of links":                 page("", `<p class="pfad">Sie sind hier: <a href="/">Start</a> &raquo; <a href="/p">Personal</a></p><h1>Reisen</h1><p>`+long+`</p>`, "# Reisen\n"+said),
		"struck by an old element":        main(`<p>Frist: <strike>zwei</strike> vier Wochen`, "Frist: vier Wochen"),
		"struck by a style's line":        main(`<p>Frist: <span style="text-decoration-line:line-through">zwei</span> vier Wochen`, "Frist: vier Wochen"),
		"raised by a link of a note":      main(`<p>103<sup><a href="#f1">[1]</a></sup> Fälle, 500 Euro<a href="#f2"><sup>2</sup></a>`, "103 [1] Fälle, 500 Euro ²"),
		"a box by its sign":               main(`<p>&#9745; ja &#9744; nein &#10003; gut`, "☑ ja ☐ nein ✓ gut"),
		"a list chosen from":              main(`<label>Amt: <select><optgroup label="Haus"><option>Bau</option><option selected="selected">Schule</option></optgroup></select></label>`, "Amt: Schule"),
	})
}
