package web_test

import (
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestPagesShowTheirSmallThings looks at what is small on a page and changes what is
// read.
func TestPagesShowTheirSmallThings(t *testing.T) {
	t.Parallel()
	main := func(body, want string) extracttest.Case {
		return extracttest.Case{Name: "a.html", Content: "<!doctype html><html><head><title>Seite</title></head><body><main><h1>Hilfe</h1>" + body + "</main></body></html>", Want: "# Hilfe\n" + want}
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"soft hyphens, ligatures":            main("<p>Verwal&shy;tung, Zerti&#xFB01;zierung, E&#x2011;Mail, lang<wbr>es", "Verwaltung, Zertifizierung, E-Mail, langes"),
		"several terms of a definition":      main("<dl><dt>Frist</dt><dt>Termin</dt><dd>Ein Monat.</dd><dd>Zwei im Ausland.</dd></dl>", "Frist\nTermin\nEin Monat.\nZwei im Ausland."),
		"definitions in groups":              main("<dl><div><dt>Frist</dt><dd>Ein Monat.</dd></div><div><dt>Amt</dt><dd>Bau</dd></div></dl>", "Frist\nEin Monat.\nAmt\nBau"),
		"a word with its reading":            main("<p><ruby>Wort<rp>(</rp><rt>Lesart</rt><rp>)</rp></ruby> gilt", "Wort(Lesart) gilt"),
		"quotation marks of the browser":     main("<p>Es gilt <q>unverzüglich</q>.", "Es gilt „unverzüglich“."),
		"a short form":                       main(`<p>Die <abbr title="Dienstvereinbarung">DV</abbr> gilt.`, "Die DV gilt."),
		"a date in merged cells":             main("<table><tr><th>Amt<th>Stichtag<tr><td>Bau<td rowspan=2><time datetime=2025-12-31>31.12.2025</time><tr><td>Schule</table>", "| Amt | Stichtag\n| Bau | 31.12.2025 || Amt | Stichtag\n| Schule | 31.12.2025 || Amt | Stichtag"),
		"details within details":             main("<details><summary>Reisen</summary><p>Allgemein.<details><summary>Ausland</summary><p>Mit Antrag.</details></details>", "Reisen\nAllgemein.\nAusland\nMit Antrag."),
		"chosen and not":                     main(`<p><input type=radio name=a checked> ja <input type=radio name=a> nein`, "☒ ja ☐ nein"),
		"words from right to left":           main(`<p><bdo dir=rtl>שלום</bdo> heißt <span dir="ltr">Frieden</span>`, "שלום heißt Frieden"),
		"paragraphs by two breaks":           main("Erster Satz.<br><br>Zweiter Satz.", "Erster Satz. / Zweiter Satz."),
		"code as it stands":                  main("<pre>a ~~b~~\n  c</pre>", "a ~~b~~ / c"),
		"a struck cell and a raised heading": main("<h2>Kosten<sup>2</sup></h2><table><tr><th>Amt<th>Frist<tr><td>Bau<td><span style='text-decoration:line-through red'>zwei</span> vier</table>", "## Kosten ²\n| Amt | Frist\n| Bau | vier || Amt | Frist"),
		"a header repeated in a table":       main("<table><tr><th>Amt<th>Tage<tr><td>Bau<td>3<tr><th>Amt<th>Tage<tr><td>Schule<td>4</table>", "| Amt | Tage\n| Bau | 3 || Amt | Tage\n| Schule | 4 || Amt | Tage"),
		"a form's output and measure":        main(`<p>Stand: <meter value=3 max=5>3 von 5</meter>, <output>4 Tage</output>`, "Stand: 3 von 5, 4 Tage"),
		"a text that is read aloud only":     main(`<p>Frist: 3 Tage<span class="sr-only" style="position:absolute;clip:rect(0,0,0,0)"> (Arbeitstage)</span>`, "Frist: 3 Tage"),
		"tabs without roles":                 main(`<ul class="nav nav-tabs"><li><a href="#a" data-toggle="tab">Inland</a></li><li><a href="#b" data-toggle="tab">Ausland</a></li></ul><div class="tab-content"><div id="a" class="tab-pane active">Ohne Antrag.</div><div id="b" class="tab-pane" style="display:none">Mit Antrag.</div></div>`, "## Inland\nOhne Antrag.\n## Ausland\nMit Antrag."),
		"an address in lines":                main("<address>Amt 3<br>Markt 1<br>50679 Köln</address>", "Amt 3 / Markt 1 / 50679 Köln"),
		"a caption and a foot":               main("<table><caption>Fristen</caption><tfoot><tr><td>Summe<td>7</tfoot><tr><th>Amt<th>Tage<tr><td>Bau<td>7</table>", "Fristen\n| Amt | Tage\n| Bau | 7 || Amt | Tage\n| Summe | 7 || Amt | Tage"),
	})
}
