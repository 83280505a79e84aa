package extracttest

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
)

// PDF writes a PDF of pages, each given by its drawing commands. Fonts are
// /F (Helvetica) and /B (bold); extra objects begin with number 10.
func PDF(trailer string, extra []string, pages ...string) string {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	offsets := map[int]int{}
	object := func(n int, body string) {
		offsets[n] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", n, body)
	}
	object(1, "<</Type/Catalog/Pages 2 0 R>>")
	object(3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	object(4, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>")
	for i, body := range extra {
		object(10+i, body)
	}
	var kids []string
	for i, page := range pages {
		n := 100 + 2*i
		object(n, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"+
			"/Resources<</Font<</F 3 0 R/B 4 0 R>>/XObject<</X 10 0 R>>>>>>", n+1))
		object(n+1, Stream("", page))
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
	}
	object(2, fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(pages)))
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 1\n0000000000 65535 f \n")
	for n, offset := range offsets {
		fmt.Fprintf(&out, "%d 1\n%010d 00000 n \n", n, offset)
	}
	fmt.Fprintf(&out, "trailer<</Root 1 0 R/Size 1000%s>>\nstartxref\n%d\n%%%%EOF\n", trailer, start)
	return out.String()
}

func Stream(keys, content string) string {
	return fmt.Sprintf("<</Length %d%s>>\nstream\n%s\nendstream", len(content), keys, content)
}

func Deflated(content string) string {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, _ = w.Write([]byte(content)) // into memory
	_ = w.Close()
	return out.String()
}

// Show draws a line of text.
func Show(x, y, size float64, font, text string) string {
	text = strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`, "ä", "\xe4", "ü", "\xfc", "Ü", "\xdc", "ö", "\xf6", "ß", "\xdf", "–", "\x96", "•", "\x95").Replace(text)
	return fmt.Sprintf("BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", font, size, x, y, text)
}

// Column draws lines below each other.
func Column(x, y float64, lines ...string) string {
	var out strings.Builder
	for i, line := range lines {
		out.WriteString(Show(x, y-13*float64(i), 10, "F", line))
	}
	return out.String()
}
