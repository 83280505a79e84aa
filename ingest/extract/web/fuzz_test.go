package web

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lvr.example/sprechstunde/ingest/extract"
)

// FuzzStyle reads pages with any style sheet and body.
func FuzzStyle(f *testing.F) {
	f.Add(".a.b > #c, p { display:none !important } @media print { .x{} ", `<button aria-controls="c">x</button><div id=c hidden class="a b">y</div>`)
	f.Add("@media not all and (min-width:1e9px){*{color:#fff}}", `<ol reversed start=-3 type=a><li value=7>x<table><tr><td rowspan=0 colspan=99999>y</table>`)
	f.Fuzz(func(t *testing.T, css, body string) {
		root, err := html.Parse(strings.NewReader("<style>" + css + "</style>" + body))
		if err != nil {
			return
		}
		p := newPage(extract.NewBuilder(), root)
		p.content(root)
		p.flush()
	})
}
