package pdf

import (
	"fmt"
	"image"
	"math"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// pdfFont is how a run is written.
type pdfFont struct {
	size float64 // in points on the page
	bold bool
}

// pdfFonts looks up how letters of a page are written.
type pdfFonts struct {
	engine  pdfium.Pdfium
	page    references.FPDF_TEXTPAGE
	pageRef requests.Page
	picture *image.Gray
	err     error // the engine failed
}

// at returns the font of a run: that of its first letter, bold only if a letter
// in the middle is bold too.
func (f *pdfFonts) at(run []glyph) pdfFont {
	first := run[0].index
	font := pdfFont{size: f.size(run), bold: f.bold(first)}
	if font.bold && len(run) > 2 {
		font.bold = f.bold(run[len(run)*2/3].index)
	}
	return font
}

// size is the font's size scaled by the text's matrix; where a file gives none
// it is guessed from the letters' height.
func (f *pdfFonts) size(run []glyph) float64 {
	middle := run[len(run)/2].index // the first may be a bullet
	size, err := f.engine.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: f.page, Index: middle})
	f.note(err)
	matrix, errMatrix := f.engine.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: f.page, Index: middle})
	f.note(errMatrix)
	height := 0.0
	for _, g := range run {
		height = max(height, g.top-g.bottom)
	}
	if err == nil && errMatrix == nil {
		scaled := size.FontSize * math.Hypot(float64(matrix.Matrix.C), float64(matrix.Matrix.D))
		if scaled > 0.5*height && (scaled < 6*height || height < 2) { // fonts that are not there have flat letters
			return scaled
		}
	}
	return max(1.4*height, 1)
}

func (f *pdfFonts) bold(index int) bool {
	weight, err := f.engine.FPDFText_GetFontWeight(&requests.FPDFText_GetFontWeight{TextPage: f.page, Index: index})
	f.note(err)
	if err == nil && weight.FontWeight >= 600 {
		return true
	}
	info, err := f.engine.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: f.page, Index: index})
	f.note(err)
	if err != nil {
		return false
	}
	name := strings.ToLower(info.FontName)
	return strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy") || info.Flags&(1<<18) != 0
}

// written reports whether the file has a character of its own, such as the
// space in a justified line, or PDFium made it up to fill a gap.
func (f *pdfFonts) written(index int) bool {
	made, err := f.engine.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: f.page, Index: index})
	f.note(err)
	return err == nil && !made.IsGenerated
}

// note keeps an error after which the engine cannot go on; that a letter has no
// font is none.
func (f *pdfFonts) note(err error) {
	if err != nil && f.err == nil && engineFailed(err) != nil {
		f.err = fmt.Errorf("font: %w", err)
	}
}

// invisible reports text in the colour of what lies behind it. Only white or
// transparent text is suspected, and compared with the page as it is drawn.
func (f *pdfFonts) invisible(glyphs []glyph, area frame) bool {
	color, err := f.engine.FPDFText_GetFillColor(&requests.FPDFText_GetFillColor{TextPage: f.page, Index: glyphs[0].index})
	f.note(err)
	if err != nil || color.A > 10 && min(color.R, color.G, color.B) < 240 {
		return false
	}
	return !f.shown(glyphs, area)
}

// shown reports whether anything can be seen where the glyphs are.
func (f *pdfFonts) shown(glyphs []glyph, area frame) bool {
	if f.picture == nil {
		f.picture = f.draw()
	}
	size := f.picture.Bounds().Size()
	if size.X == 0 || area.right <= area.left || area.top <= area.bottom {
		return true // not known: keep the text
	}
	scaleX, scaleY := float64(size.X)/(area.right-area.left), float64(size.Y)/(area.top-area.bottom)
	darkest, brightest := uint8(255), uint8(0)
	for _, g := range glyphs {
		for x := int((g.left - area.left) * scaleX); x <= int((g.right-area.left)*scaleX); x++ {
			for y := int((area.top - g.top) * scaleY); y <= int((area.top-g.bottom)*scaleY); y++ {
				if !image.Pt(x, y).In(f.picture.Bounds()) {
					continue
				}
				c := f.picture.GrayAt(x, y).Y
				darkest, brightest = min(darkest, c), max(brightest, c)
			}
		}
	}
	const contrast = 12
	return brightest >= darkest && brightest-darkest > contrast
}

// draw draws the page at 72 points to the inch; a page that cannot be drawn
// gives an empty picture.
func (f *pdfFonts) draw() *image.Gray {
	drawn, err := f.engine.RenderPageInPixels(&requests.RenderPageInPixels{Page: f.pageRef, Width: 800, Height: 800})
	f.note(err)
	if err != nil {
		return image.NewGray(image.Rectangle{})
	}
	defer drawn.Cleanup()
	from := drawn.Result.RenderedImage
	gray := image.NewGray(from.Bounds())
	for y := from.Bounds().Min.Y; y < from.Bounds().Max.Y; y++ {
		for x := from.Bounds().Min.X; x < from.Bounds().Max.X; x++ {
			gray.Set(x, y, from.At(x, y))
		}
	}
	return gray
}
