package extracttest

import (
	"testing"
)

func Book(t testing.TB, parts ...string) string {
	t.Helper()
	return Pack(t, append([]string{
		"mimetype", "application/epub+zip",
		"META-INF/container.xml", `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>`,
		"OPS/book.opf", `<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Handbuch</dc:title></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="kapitel%20b.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="b"/><itemref idref="a"/><itemref idref="b"/></spine></package>`,
		"OPS/nav.xhtml", "<html><body><ol><li>Inhalt</li></ol></body></html>",
		"OPS/a.xhtml", "<!DOCTYPE html><html><head><title>x</title></head><body><p>Zweites</p></body></html>",
		"OPS/kapitel b.xhtml", "<html><body><h1>Erstes</h1><p>Text</p><p style='display:none'>versteckt</p></body></html>",
	}, parts...)...)
}
