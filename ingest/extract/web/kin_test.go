package web_test

import (
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestPagesShowTheSameElsewhere looks at what people see in other elements than
// [TestPagesShowWhatPeopleSee] does, and as other programs write them.
func TestPagesShowTheSameElsewhere(t *testing.T) {
	t.Parallel()
	page := func(style, body, want string) extracttest.Case {
		return extracttest.Case{Name: "a.html", Content: "<!doctype html><html><head><title>Seite</title><style>" + style + "</style></head><body>" + body + "</body></html>", Want: want}
	}
	main := func(body, want string) extracttest.Case {
		return page("", "<main><h1>Hilfe</h1>"+body+"</main>", "# Hilfe\n"+want)
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"a heading around a link":          main(`<h3><a href="#a" role="button" aria-expanded="false">Wie?</a></h3><div id="a" class="collapse">So.</div>`, "### Wie?\nSo."),
		"a heading in a button's span":     main(`<h3><button type="button"><span>Wie?</span><svg><title>auf</title></svg></button></h3><p>So.`, "### Wie?\nSo."),
		"a button around a heading":        main(`<button aria-expanded="false" aria-controls="a"><h3>Wie?</h3></button><div id="a" hidden>So.</div>`, "## Wie?\nSo."),
		"details and summary":              main(`<details><summary><h3>Wie?</h3></summary><p>So.</details><details><summary>Wo?</summary>Hier.</details>`, "### Wie?\nSo.\nWo?\nHier."),
		"a label that opens":               main(`<input type="checkbox" id="c1" class="toggle"><label for="c1">Wie?</label><div class="panel" hidden>So.</div>`, "Wie?\nSo."),
		"panels by other names":            main(`<h3 data-bs-toggle="collapse" data-bs-target="#a">Wie?</h3><div id="a" class="collapse" style="display:none">So.</div><a data-toggle="collapse" href="#b">Wo?</a><div id="b" class="collapse" aria-hidden="true">Hier.</div>`, "### Wie?\nSo.\nWo?\n### Wo?\nHier."),
		"panels that scripts open":         main(`<div class="accordion-item"><div class="accordion-header">Wie?</div><div class="accordion-content" style="display:none">So.</div></div>`, "Wie?\nSo."),
		"panels by a rule":                 page(`.panel{display:none}`, `<main><h1>Hilfe</h1><button class="accordion" aria-expanded="false">Wie?</button><div class="panel">So.</div></main>`, "# Hilfe\n## Wie?\nSo."),
		"a question in a button":           main(`<div class="faq"><button class="faq-question">Wie?</button><div class="faq-answer" hidden>So.</div></div>`, "## Wie?\nSo."),
		"tabs with labels":                 main(`<div role="tablist"><button role="tab" id="t1" aria-controls="a">Eins</button><button role="tab" id="t2" aria-controls="b">Zwei</button></div><div role="tabpanel" id="a" aria-labelledby="t1">Erster.</div><div role="tabpanel" id="b" aria-labelledby="t2" hidden>Zweiter.</div>`, "## Eins\nErster.\n## Zwei\nZweiter."),
		"a slider's hidden slides":         main(`<p>Davor.</p><div class="slick-slide" aria-hidden="true">Zweites Bild</div>`, "Davor."),
		"a window stays closed":            main(`<p>Davor.</p><button aria-controls="m" data-bs-target="#m">Mehr</button><div id="m" class="modal" role="dialog" hidden>Fenster</div>`, "Davor."),
		"rules for wide screens":           page(`@media (max-width:600px){.a{display:none}} @media (width < 40em){.b{display:none}} @media only screen and (min-width:2000px){.c{display:none}} @media (prefers-color-scheme:dark){.d{visibility:hidden}} @media all{.e{display:none}}`, `<main><p class=a>A<p class=b>B<p class=c>C<p class=d>D<p class=e>E</main>`, "A\nB\nC\nD"),
		"a rule taken back later":          page(`.x{display:none} .x{display:block} p.y{visibility:hidden} #z{visibility:visible} .y{visibility:visible}`, `<main><p class=x>A<p class=y id=z>B<p class=y>C</main>`, "A\nB"),
		"a rule that does not hold":        page(`.a:not(.offen){display:none} .b:hover{display:none} .c::before{display:none} .d[hidden]{display:none} body.js .e{display:none}`, `<main><p class="a offen">A<p class=b>B<p class=c>C<p class=d>D<p class=e>E</main>`, "A\nB\nC\nD\nE"),
		"a comment's article":              page("", `<div id="inhalt"><h1>Reisen</h1><p>Reisen sind vorab zu beantragen, und zwar schriftlich.</p></div><div class="kommentare"><article class="comment"><p>Danke!</p></article></div>`, "# Reisen\nReisen sind vorab zu beantragen, und zwar schriftlich.\nDanke!"),
		"two articles that are teasers":    page("", `<div><h1>Reisen</h1><p>Reisen sind vorab zu beantragen.</p></div><article><h3>Kantine</h3><p>Neu.</p></article><article><h3>Sport</h3><p>Neu.</p></article>`, "# Reisen\nReisen sind vorab zu beantragen.\n### Kantine\nNeu.\n### Sport\nNeu."),
		"a main that is empty":             page("", `<main></main><div><h1>Reisen</h1><p>Reisen sind vorab zu beantragen.</p></div>`, "# Reisen\nReisen sind vorab zu beantragen."),
		"two mains":                        page("", `<main hidden><p>Alt.</p></main><main><h1>Reisen</h1><p>Neu.</p></main>`, "# Reisen\nNeu."),
		"rows over the rest":               main(`<table><tr><th>Amt<th>Fach<tr><td rowspan="0">Bau<td>Tief<tr><td>Hoch</table>`, "| Amt | Fach\n| Bau | Tief || Amt | Fach\n| Bau | Hoch || Amt | Fach"),
		"heads at the side":                main(`<table><tr><td></td><th>Plan</th><th>Ist</th></tr><tr><th>Bau</th><td>3</td><td>4</td></tr></table>`, "| | Plan | Ist\n| Bau | 3 | 4 || | Plan | Ist"),
		"a header without heads":           main(`<table><thead><tr><td>Amt</td><td>Tage</td></tr></thead><tbody><tr><td>Bau</td><td>3</td></tr></tbody></table>`, "| Amt | Tage\n| Bau | 3 || Amt | Tage"),
		"a header in bold":                 main(`<table><tr><td><b>Amt</b></td><td><strong>Tage</strong></td></tr><tr><td>Bau</td><td>3</td></tr></table>`, "| Amt | Tage\n| Bau | 3 || Amt | Tage"),
		"a list in a cell":                 main(`<table><tr><th>Amt<th>Was<tr><td>Bau<td><ul><li>eins<li>zwei</ul></table>`, "| Amt | Was\n| Bau | eins zwei || Amt | Was"),
		"a cell that is struck":            main(`<table><tr><th>Amt<th>Frist<tr><td>Bau<td><s>zwei</s> vier</table>`, "| Amt | Frist\n| Bau | vier || Amt | Frist"),
		"a row that is hidden":             main(`<table><tr><th>Amt<th>Tage<tr style="display:none"><td>Alt<td>9<tr><td>Bau<td>3</table>`, "| Amt | Tage\n| Bau | 3 || Amt | Tage"),
		"struck by a rule":                 page(`.alt{text-decoration:line-through} .neu{text-decoration:underline}`, `<main><p>Frist: <span class=alt>zwei</span> <span class=neu>vier</span> Wochen</main>`, "Frist: vier Wochen"),
		"an item that is struck":           main(`<ul><li><del>alt</del><li>neu</ul><h2><s>Alt</s> Neu</h2>`, "- neu\n## Neu"),
		"inserted text stays":              main(`<p>Frist: <del>zwei</del><ins>vier</ins> Wochen`, "Frist: vier Wochen"),
		"raised letters of notes":          main(`<p>500 Euro<sup>a</sup>, Abs. 2<sup>b)</sup> und 3<sup>rd</sup>`, "500 Euro ᵃ, Abs. 2 ᵇ und 3rd"),
		"a raised sign in a cell":          main(`<table><tr><th>Amt<th>Euro<tr><td>Bau<td>500<sup>1</sup></table><h2>Reisen<sup>2</sup></h2>`, "| Amt | Euro\n| Bau | 500 ¹ || Amt | Euro\n## Reisen ²"),
		"lists in lists":                   main(`<ol type="I"><li>x<ol type="a" start="3"><li>y</ol></ol><ol start="0"><li>z<li>w</ol><ol start="-1"><li>q</ol>`, "I. x\n  c) y\n0. z\n1. w\n-1. q"),
		"a list's style in its item":       page(`ol.r{list-style:upper-roman} li.n{list-style-type:none}`, `<main><ol class=r><li>x</ol></main>`, "I. x"),
		"lists reversed, with a value":     main(`<ol reversed><li>x<li value="5">y<li>z</ol>`, "3. x\n5. y\n4. z"),
		"a title in a hgroup":              page("", `<header><hgroup><h1>Reisen</h1><p>Gültig ab 1. Mai 2025</p></hgroup></header><p>Text.</p>`, "# Reisen\nGültig ab 1. Mai 2025\nText."),
		"a title in a banner":              page("", `<div role="banner"><h1>Reisen</h1><p>Gültig ab 1. Mai 2025</p></div><main><p>Text.</p></main>`, "# Reisen\nGültig ab 1. Mai 2025\nText."),
		"a title above the article":        page("", `<header><h1>Reisen</h1><time>1. Mai 2025</time></header><article><h2>Zweck</h2><p>Reisen sind zu beantragen, und zwar vorab.</p></article>`, "# Reisen\n1. Mai 2025\n## Zweck\nReisen sind zu beantragen, und zwar vorab."),
		"a contact in an aside":            page("", `<h1>Reisen</h1><p>Reisen sind zu beantragen.</p><aside><h2>Ansprechstelle</h2><p>Amt 3, Zimmer 12</p></aside>`, "# Reisen\nReisen sind zu beantragen.\n## Ansprechstelle\nAmt 3, Zimmer 12"),
		"a contact in main's aside":        main(`<p>Text.</p><aside><p>Ansprechstelle: Amt 3</p></aside>`, "Text.\nAnsprechstelle: Amt 3"),
		"clutter in a table":               page("", `<table><tr><td class="nav"><a href="a">Start</a></td><td><h1>Reisen</h1><p>Text.</p></td></tr></table>`, "# Reisen\nText."),
		"boxes in a list":                  main(`<ul><li><input type="checkbox" checked disabled> ja<li><input type="radio"> nein</ul>`, "- ☒ ja\n- ☐ nein"),
		"boxes by their role":              main(`<p><span role="checkbox" aria-checked="true"></span> ja`, "☒ ja"),
		"prompts of fields":                main(`<p>Name: <input placeholder="Name eingeben"> <input value="Muster"></p>`, "Name: Muster"),
		"bold lines over text":             main(`<p><b>Antrag</b></p><p>Anträge sind zu stellen.</p><p><strong>Frist</strong><br></p><p>Die Frist ist kurz.</p>`, "## Antrag\nAnträge sind zu stellen.\n## Frist\nDie Frist ist kurz."),
		"bold words that begin a sentence": main(`<p><b>Hinweis</b> Es gilt.</p><p><b>Bitte beachten:</b></p><p>Die Frist ist kurz.</p>`, "Hinweis Es gilt.\nBitte beachten:\nDie Frist ist kurz."),
	})
}
