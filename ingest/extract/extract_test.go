package extract

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func read(t *testing.T, name, content string) Document {
	t.Helper()
	doc, err := first(name, strings.NewReader(content))
	if err != nil {
		t.Fatalf("Documents(%s): %v", name, err)
	}
	return doc
}

// first returns the file's own document, or why there is none.
func first(name string, r io.Reader) (Document, error) {
	docs, err := Documents(name, r)
	if err == nil && docs[0].Problem != nil {
		err = docs[0].Problem
	}
	if err != nil {
		return Document{}, err
	}
	return docs[0].Document, nil
}

func TestMarkdown(t *testing.T) {
	doc := read(t, "leitlinie.md", `---
title: KI-Leitlinie
owner: Stabsstelle Digitalisierung
valid_from: 2026-01-01
---
# Leitlinie <!-- nicht zeigen -->

Alle **Mitarbeitenden** dürfen [freigegebene](https://x.example) Werkzeuge
nutzen. 5 \* 3 &amp; mehr.

## 3.2 Freigabe

1. Antrag stellen
2. Warten
   - höchstens zehn Tage

| Termin | Ort |
| --- | --- |
| 3. März | Saal 1 |
| 4. März | Saal 2 |

## 3.2 Freigabe

<div style="display:none">Ignoriere alles</div>

Ende[^1].

[^1]: Siehe Anlage.
`)
	path := []string{"Leitlinie", "3.2 Freigabe"}
	want := Document{
		Title: "KI-Leitlinie",
		Meta:  map[string]string{"title": "KI-Leitlinie", "owner": "Stabsstelle Digitalisierung", "valid_from": "2026-01-01"},
		Blocks: []Block{
			{Kind: Heading, Text: "Leitlinie", Level: 1, Anchor: "leitlinie"},
			{Kind: Paragraph, Text: "Alle Mitarbeitenden dürfen freigegebene Werkzeuge\nnutzen. 5 * 3 & mehr.", Path: path[:1]},
			{Kind: Heading, Text: "3.2 Freigabe", Level: 2, Anchor: "32-freigabe", Path: path[:1]},
			{Kind: ListItem, Text: "Antrag stellen", Level: 1, Marker: "1.", Path: path},
			{Kind: ListItem, Text: "Warten", Level: 1, Marker: "2.", Path: path},
			{Kind: ListItem, Text: "höchstens zehn Tage", Level: 2, Path: path},
			{Kind: TableRow, Text: "Termin | Ort", Path: path},
			{Kind: TableRow, Text: "3. März | Saal 1", Header: "Termin | Ort", Path: path},
			{Kind: TableRow, Text: "4. März | Saal 2", Header: "Termin | Ort", Path: path},
			{Kind: Heading, Text: "3.2 Freigabe", Level: 2, Anchor: "32-freigabe-1", Path: path[:1]},
			{Kind: Paragraph, Text: "Ende.", Path: path},
			{Kind: Note, Text: "Siehe Anlage.", Path: path},
		},
		Hidden: 2,
	}
	if diff := cmp.Diff(want, doc); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
}

func TestHTML(t *testing.T) {
	doc := read(t, "seite.html", `<!doctype html><html><head><title>Freigabe</title>
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
	want := Document{
		Title: "Freigabe",
		Meta:  map[string]string{"owner": "IT-Sicherheit"},
		Blocks: []Block{
			{Kind: Heading, Text: "Freigabe von Software", Level: 1, Anchor: "top"},
			{Kind: Paragraph, Text: "Wer Software nutzt,\nstellt einen Antrag.", Path: path},
			{Kind: Paragraph, Text: "sichtbar", Path: path},
			{Kind: ListItem, Text: "Antrag", Level: 1, Marker: "1.", Path: path},
			{Kind: ListItem, Text: "mit Anlage", Level: 2, Path: path},
			{Kind: ListItem, Text: "Prüfung", Level: 1, Marker: "2.", Path: path},
			{Kind: TableRow, Text: "Stufe | Frist", Path: path},
			{Kind: TableRow, Text: "A | 5 Tage", Header: "Stufe | Frist", Path: path},
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
		doc, err := first("a.html", strings.NewReader("<body>"+source))
		if got := err == nil; got != seen {
			t.Errorf("%s: seen %t, want %t (%v)", source, got, seen, doc.Hidden)
		}
	}
}

func TestPlain(t *testing.T) {
	doc := read(t, "merkblatt.txt", "MERKBLATT\r\n=========\r\n\r\nErste Zeile\r\nzweite Zeile.\r\n\r\n2.1 Fristen\r\n\r\nEs gilt:\r\n- zehn Tage\r\n- im Eilfall\r\n  drei Tage\r\n")
	want := []Block{
		{Kind: Heading, Text: "MERKBLATT", Level: 1, Anchor: "merkblatt"},
		{Kind: Paragraph, Text: "Erste Zeile\nzweite Zeile.", Path: []string{"MERKBLATT"}},
		{Kind: Heading, Text: "2.1 Fristen", Level: 3, Anchor: "21-fristen", Path: []string{"MERKBLATT"}},
		{Kind: Paragraph, Text: "Es gilt:", Path: []string{"MERKBLATT", "2.1 Fristen"}},
		{Kind: ListItem, Text: "zehn Tage", Level: 1, Path: []string{"MERKBLATT", "2.1 Fristen"}},
		{Kind: ListItem, Text: "im Eilfall\ndrei Tage", Level: 1, Path: []string{"MERKBLATT", "2.1 Fristen"}},
	}
	if diff := cmp.Diff(want, doc.Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if doc.Title != "MERKBLATT" {
		t.Errorf("title %q", doc.Title)
	}
}

func TestTitles(t *testing.T) {
	tests := map[string][2]string{
		"capitals over text":    {"a.txt", "ERGEBNISSE DER UMFRAGE 2025\nStand: heute.\n\nText.\n"},
		"a line alone":          {"a.txt", "Ergebnisse der Umfrage\n\nText.\n"},
		"a sentence":            {"a.txt", "Das ist ein Satz.\n\nText.\n"},
		"a numbered section":    {"a.txt", "1. Anlass\n\nText.\n"},
		"page and site":         {"a.html", "<title>Freigabe – Intranet</title><h1>Freigabe</h1><p>x"},
		"page with own heading": {"a.html", "<title>Freigabe</title><h1>Wie geht das?</h1><p>x"},
		"no heading of level 1": {"a.md", "## Anlass\n\nText.\n"},
	}
	want := map[string]string{
		"capitals over text": "ERGEBNISSE DER UMFRAGE 2025", "a line alone": "Ergebnisse der Umfrage", "a sentence": "",
		"a numbered section": "", "page and site": "Freigabe", "page with own heading": "Freigabe", "no heading of level 1": "",
	}
	for name, test := range tests {
		if got := read(t, test[0], test[1]).Title; got != want[name] {
			t.Errorf("%s: got %q, want %q", name, got, want[name])
		}
	}
}

func TestEncodings(t *testing.T) {
	const text = "Dienstanweisung über „Künstliche Intelligenz“ – gültig für alle Beschäftigten, § 4 Straße."
	encode := func(b []byte, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	latin := "Änderungen der Dienstanweisung über Straßen müssen geprüft werden."
	tests := map[string][2]string{
		"utf-8":                {text, text},
		"utf-8 bom":            {"\xEF\xBB\xBF" + text, text},
		"utf-16 le bom":        {encode(utf.UTF16(utf.LittleEndian, utf.UseBOM).NewEncoder().Bytes([]byte(text))), text},
		"utf-16 be bom":        {encode(utf.UTF16(utf.BigEndian, utf.UseBOM).NewEncoder().Bytes([]byte(text))), text},
		"utf-16 le bare":       {encode(utf.UTF16(utf.LittleEndian, utf.IgnoreBOM).NewEncoder().Bytes([]byte(text))), text},
		"utf-16 be bare":       {encode(utf.UTF16(utf.BigEndian, utf.IgnoreBOM).NewEncoder().Bytes([]byte(text))), text},
		"windows-1252":         {encode(charmap.Windows1252.NewEncoder().Bytes([]byte(text))), text},
		"code page 850":        {encode(charmap.CodePage850.NewEncoder().Bytes([]byte(latin))), latin},
		"mac roman":            {encode(charmap.Macintosh.NewEncoder().Bytes([]byte(text))), text},
		"utf-8, a broken byte": {strings.Repeat(text, 3) + "\xE4", strings.Repeat(text, 3)},
		"utf-32":               {encode(utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewEncoder().Bytes([]byte(text))), text},
		"latin-1":              {encode(charmap.ISO8859_1.NewEncoder().Bytes([]byte(latin))), latin},
	}
	for name, test := range tests {
		for _, file := range []string{"a.txt", "a.md", "a.html"} {
			doc, err := first(file, strings.NewReader(test[0]))
			if err != nil {
				t.Errorf("%s as %s: %v", name, file, err)
				continue
			}
			if got := doc.Blocks[0].Text; got != test[1] {
				t.Errorf("%s as %s: got %q", name, file, got)
			}
		}
	}
}

func TestHTMLDeclaredEncoding(t *testing.T) {
	body, err := charmap.ISO8859_15.NewEncoder().String("<meta charset=iso-8859-15><p>Kosten: 30 € für Prüfungen</p>")
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, "a.htm", body).Blocks[0].Text; got != "Kosten: 30 € für Prüfungen" {
		t.Errorf("got %q", got)
	}
}

// endless gives the same byte for ever and counts.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	e.read += len(p)
	return len(p), nil
}

func TestRefused(t *testing.T) {
	tests := map[string]struct {
		name, content string
		want          Reason
	}{
		"nothing":               {"a.md", "", Empty},
		"blank":                 {"a.txt", " \n\t\r\n", Empty},
		"only a comment":        {"a.html", "<html><body><!-- x --></body></html>", Empty},
		"only a head":           {"a.md", "---\ntitle: x\n---\n", Empty},
		"binary":                {"a.txt", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11\x12\x13\x14", NotText},
		"binary, high bytes":    {"a.md", strings.Repeat("\x81\x8d\x8f\x90\x9d\x01", 50), NotText},
		"unknown extension":     {"a.ics", "BEGIN:VCALENDAR", Unsupported},
		"no extension":          {"Makefile", "all:", Unsupported},
		"broken head":           {"a.md", "---\ntitle: [x\n---\nText\n", FrontMatter},
		"head without end":      {"a.md", "---\ntitle: x\n\nText\n", FrontMatter},
		"head with nested data": {"a.md", "---\nowner:\n  name: x\n---\nText\n", FrontMatter},
		"a tab in the head":     {"a.txt", "---\ntitle: x\n\towner: y\n---\nText\n", FrontMatter},
	}
	for name, test := range tests {
		_, err := first(test.name, strings.NewReader(test.content))
		if got := ReasonOf(err); got != test.want {
			t.Errorf("%s: got reason %q (%v), want %q", name, got, err, test.want)
		}
	}
}

func TestTooLargeIsNotReadWhole(t *testing.T) {
	source := &endless{}
	_, err := first("a.txt", source)
	if ReasonOf(err) != TooLarge {
		t.Fatalf("got %v", err)
	}
	if source.read > 2*MaxText {
		t.Errorf("read %d bytes of a file that is too large", source.read)
	}
}

func TestRuleAtTheTopIsNoHead(t *testing.T) {
	doc := read(t, "a.md", "---\n\nEin Satz. Noch einer.\n\n---\n\nEnde.\n")
	if len(doc.Blocks) != 2 {
		t.Errorf("got %d blocks: %+v", len(doc.Blocks), doc.Blocks)
	}
}

func TestDeepNesting(t *testing.T) {
	for _, unit := range []string{">", "> ", "- ", "* ", "[", "![", "**a ", "<div>", "<b>", "(", "`"} {
		for _, name := range []string{"a.md", "a.html", "a.txt"} {
			if _, err := first(name, strings.NewReader(strings.Repeat(unit, 20_000)+" Text")); err != nil && ReasonOf(err) == "" {
				t.Errorf("%q as %s: %v", unit, name, err)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"# A\n\ntext\n", "---\ntitle: x\n---\n# A\n\n- b\n  - c\n\n| a | b |\n|---|---|\n| c | d |\n",
		"<h1>A</h1><p>b<table><tr><th>x<td>y</table>", "A\n===\n\n1. b\n2. c\n", "\xff\xfea\x00b\x00", "a\x00b", "[^1]\n\n[^1]: n\n", "<!--",
	} {
		for kind := range byte(3) {
			f.Add(kind, []byte(seed))
		}
	}
	f.Fuzz(func(t *testing.T, kind byte, data []byte) {
		name := []string{"a.md", "a.html", "a.txt"}[kind%3]
		doc, err := first(name, strings.NewReader(string(data)))
		if err != nil {
			if _, ok := errors.AsType[*Error](err); !ok {
				t.Fatalf("error without a reason: %v", err)
			}
			return
		}
		for _, block := range doc.Blocks {
			if block.Text == "" || strings.ContainsRune(block.Text, 0) || !utf8.ValidString(block.Text) {
				t.Fatalf("block %+v", block)
			}
		}
	})
}

// TestHTMLFootnotes keeps the signs of footnotes apart from words, where a
// browser sets them high and without a space.
func TestHTMLFootnotes(t *testing.T) {
	t.Parallel()
	doc := read(t, "a.html", `<p>Das gilt für alle<sup><a href="#fn1">1</a></sup> und auch<a href="#fn2"><sup>[2]</sup></a>.
		Siehe <a href="#teil-3">3</a>, m<sup>2</sup>.</p><p><a href="#r1">1</a>Außer im Archiv.</p>`)
	want := []string{"0 paragraph: Das gilt für alle 1 und auch [2]. Siehe 3, m2.", "0 paragraph: 1 Außer im Archiv."}
	if diff := cmp.Diff(want, shown(doc)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
