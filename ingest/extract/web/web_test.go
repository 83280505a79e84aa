package web_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

func TestHTML(t *testing.T) {
	doc := extracttest.Read(t, "seite.html", `<!doctype html><html><head><title>Freigabe</title>
<meta name="owner" content="IT-Sicherheit"><style>.weg{display:none} .da{color:red}</style></head><body>
<header>Intranet</header><nav><a href="/">Start</a></nav>
<main><header><h1 id="top">Freigabe von Software</h1></header>
<p>Wer <b>Software</b>
nutzt,<br>stellt einen Antrag.</p><p class="weg">versteckt</p><p class="da">sichtbar</p>
<p style="color:#fff">weiß</p><span hidden>auch versteckt</span><!-- Kommentar -->
<ol><li>Antrag<ul><li>mit Anlage</li></ul></li><li><p>Prüfung</p></li></ol>
<table><thead><tr><th>Stufe</th><th>Frist</th></tr></thead><tbody><tr><td>A</td><td>5 Tage</td></tr></tbody></table>
<script>alert(1)</script></main><footer>Impressum</footer></body></html>`)
	path := []string{"Freigabe von Software"}
	want := extract.Document{
		Title: "Freigabe",
		Meta:  map[string]string{"owner": "IT-Sicherheit"},
		Blocks: []extract.Block{
			{Kind: extract.Heading, Text: "Freigabe von Software", Level: 1, Anchor: "top"},
			{Kind: extract.Paragraph, Text: "Wer Software nutzt,\nstellt einen Antrag.", Path: path},
			{Kind: extract.Paragraph, Text: "sichtbar", Path: path},
			{Kind: extract.ListItem, Text: "Antrag", Level: 1, Marker: "1.", Path: path},
			{Kind: extract.ListItem, Text: "mit Anlage", Level: 2, Path: path},
			{Kind: extract.ListItem, Text: "Prüfung", Level: 1, Marker: "2.", Path: path},
			{Kind: extract.TableRow, Text: "Stufe | Frist", Path: path},
			{Kind: extract.TableRow, Text: "A | 5 Tage", Header: "Stufe | Frist", Path: path},
		},
		Hidden: 4,
	}
	if diff := cmp.Diff(want, doc); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
}

func TestHTMLColors(t *testing.T) {
	tests := map[string]bool{ // seen?
		`<p style="color:#fff">x</p>`:                                               false,
		`<p style="color: WHITE; background: #ffffff">x</p>`:                        false,
		`<p style="color:#fff;background:#003366">x</p>`:                            true,
		`<div style="background-color:navy"><p style="color:white">x</p></div>`:     true,
		`<table bgcolor="#000"><tr><td><font color="white">x</font></table>`:        true,
		`<p><font color="#FFFFFF">x</font>`:                                         false,
		`<p style="color:rgb(0,0,0);background:black">x</p>`:                        false,
		`<style>.a{color:#fff}</style><p class="a">x</p>`:                           false,
		`<style>.a{color:#fff}.b{background:#036}</style><div class=b><p class=a>x`: true,
		`<style>body{background:#111}.a{color:#fff}</style><p class="a">x</p>`:      true,
		`<style>.a{color:red}</style><p class="a">x</p>`:                            true,
		`<p style="font-size:1px">x</p>`:                                            false,
		`<p style="font-size:1.2em">x</p>`:                                          true,
		`<p style="font-size:11px">x</p>`:                                           true,
		`<p style="border-color:#fff">x</p>`:                                        true,
	}
	for source, seen := range tests {
		doc, err := extracttest.First("a.html", strings.NewReader("<body>"+source))
		if got := err == nil; got != seen {
			t.Errorf("%s: seen %t, want %t (%v)", source, got, seen, doc.Hidden)
		}
	}
}

func TestHTMLDeclaredEncoding(t *testing.T) {
	body, err := charmap.ISO8859_15.NewEncoder().String("<meta charset=iso-8859-15><p>Kosten: 30 € für Prüfungen</p>")
	if err != nil {
		t.Fatal(err)
	}
	if got := extracttest.Read(t, "a.htm", body).Blocks[0].Text; got != "Kosten: 30 € für Prüfungen" {
		t.Errorf("got %q", got)
	}
}

// TestHTMLFootnotes keeps the signs of footnotes apart from words, where a
// browser sets them high and without a space.
func TestHTMLFootnotes(t *testing.T) {
	t.Parallel()
	doc := extracttest.Read(t, "a.html", `<p>Das gilt für alle<sup><a href="#fn1">1</a></sup> und auch<a href="#fn2"><sup>[2]</sup></a>.
		Siehe <a href="#teil-3">3</a>, m<sup>2</sup>.</p><p><a href="#r1">1</a>Außer im Archiv.</p>`)
	want := []string{"0 paragraph: Das gilt für alle ¹ und auch [2]. Siehe 3, m².", "0 paragraph: 1 Außer im Archiv."}
	if diff := cmp.Diff(want, extracttest.Shown(doc)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEPUB(t *testing.T) {
	docs, _ := formats.Documents("a.epub", strings.NewReader(extracttest.Book(t)))
	path := []string{"Erstes"}
	want := []extract.Block{
		{Kind: extract.Heading, Text: "Erstes", Level: 1},
		{Kind: extract.Paragraph, Text: "Text", Path: path},
		{Kind: extract.Paragraph, Text: "Zweites", Path: path},
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if docs[0].Title != "Handbuch" || docs[0].Hidden != 1 {
		t.Errorf("title %q, %d hidden", docs[0].Title, docs[0].Hidden)
	}
}
