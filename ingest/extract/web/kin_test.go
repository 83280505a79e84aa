package web_test

import (
	"strings"
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
		"a comment's article":              page("", `<div id="inhalt"><h1>Reisen</h1><p>Reisen sind vorab zu beantragen, und zwar schriftlich.</p></div><div class="kommentare"><article class="comment"><p>Danke!</p></article></div>`, "# Reisen\nReisen sind vorab zu beantragen, und zwar schriftlich."),
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

// TestPagesWithoutWhatFramesThem leaves out what designers put around a text, in
// pages that mark their content as well, and nothing of the text itself.
func TestPagesWithoutWhatFramesThem(t *testing.T) {
	t.Parallel()
	const say = "Dienstreisen sind vorab zu beantragen, und zwar schriftlich bei der Leitung des Referats. "
	long := "<p>" + strings.Repeat(say, 4) + "</p><p>" + strings.Repeat(say, 5) + "</p>"
	text := strings.TrimSpace(strings.Repeat(say, 4)) + "\n" + strings.TrimSpace(strings.Repeat(say, 5))
	page := func(before, behind, want string) extracttest.Case {
		return extracttest.Case{Name: "a.html", Content: "<title>Reisen</title><body><main>" + before + "<h1>Reisen</h1>" + long + behind + "</main></body>", Want: strings.Replace(want, "TEXT", "# Reisen\n"+text, 1)}
	}
	links := `<ul><li><a href="/a">Neue Regeln für Homeoffice in diesem Jahr</a><li><a href="/b">Was sich bei Urlaub und Krankheit ändert</a></ul>`
	extracttest.Check(t, map[string]extracttest.Case{
		"related pages":               page("", `<section><h2>Mehr zum Thema</h2>`+links+`</section>`, "TEXT"),
		"a list under its heading":    page("", `<h2>Das könnte Sie auch interessieren</h2>`+links, "TEXT"),
		"links to files stay":         page("", `<h2>Formulare</h2><ul><li><a href="/antrag.pdf">Antrag auf eine Dienstreise im Inland (PDF)</a></ul>`, "TEXT\n## Formulare\n- Antrag auf eine Dienstreise im Inland (PDF)"),
		"comments and their form":     page("", `<div id="comments"><h2>3 Kommentare</h2><div class="comment"><p>Danke für die Auskunft, sie hat mir sehr geholfen.</p></div><form class="comment-form"><label>E-Mail</label><input type="email"></form></div>`, "TEXT"),
		"sharing and printing":        page(`<div class="shareButtons"><a href="/x">Teilen</a> <a href="/y">Drucken</a></div>`, `<p>Seite drucken</p><p><a href="/">Zurück zur Übersicht</a></p>`, "TEXT"),
		"a path and a side column":    page(`<div class="breadcrumbNavigation"><a href="/">Start</a> / <a href="/p">Personal</a></div>`, `<div class="rightCol"><h1>Meistgelesen</h1>`+links+`</div>`, "TEXT"),
		"a lead that is a teaser":     page(`<p class="teaser-text">Das Wichtigste in Kürze.</p>`, "", "Das Wichtigste in Kürze.\nTEXT"),
		"whom to ask":                 page("", `<aside><h2>Ansprechstelle</h2><p>Amt 3, Zimmer 12, <a href="mailto:amt3@amt.example">amt3@amt.example</a></p></aside>`, "TEXT\n## Ansprechstelle\nAmt 3, Zimmer 12, amt3@amt.example"),
		"who made the picture":        page("", `<figure><img src="x"><figcaption>Foto: Muster/Stadt</figcaption></figure><figure><img src="y"><figcaption>Abbildung 1: Ablauf der Freigabe</figcaption></figure>`, "TEXT\nAbbildung 1: Ablauf der Freigabe"),
		"a newsletter":                page("", `<form><h3>Immer informiert</h3><input type="email"><button>Anmelden</button></form>`, "TEXT"),
		"a formula":                   page("", `<p>Es gilt <math><mi>a</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>.</p>`, "TEXT\nEs gilt a = 1 / 2 ."),
		"a wrapper of a strange name": {Name: "a.html", Content: `<body><div id="sidebar-wrapper" class="widget no-print"><h1>Reisen</h1>` + long + `</div></body>`, Want: "# Reisen\n" + text},
		"a page without scripts":      {Name: "a.html", Content: `<body><noscript><div><h1>Reisen</h1>` + long + `</div></noscript></body>`, Want: "# Reisen\n" + text},
		"a page that is its links":    {Name: "a.html", Content: `<body><main><h1>Formulare</h1>` + links + `</main></body>`, Want: "# Formulare\n- Neue Regeln für Homeoffice in diesem Jahr\n- Was sich bei Urlaub und Krankheit ändert"},
		"a word in a popup's class":   {Name: "a.html", Content: `<body><main><h1>Reisen</h1><p>` + say + `Sie gelten <a href="/x" class="popup">auch im Ausland</a> und <span class="tag">immer</span>.</p></main></body>`, Want: "# Reisen\n" + say + "Sie gelten auch im Ausland und immer."},
	})
}
