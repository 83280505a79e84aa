package kreuzberglocal_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
	"testing"

	"golang.org/x/image/tiff"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/second/kreuzberglocal"
)

// writeByHand draws lines of joined loops, as a quick hand does.
func writeByHand(on *image.Gray, top, lines int) {
	ink := func(x, y float64) {
		for dx := range 4 {
			for dy := range 4 {
				on.SetGray(int(x)+dx, int(y)+dy, color.Gray{})
			}
		}
	}
	right := float64(on.Bounds().Dx() - 120)
	for line := range lines {
		base := float64(top + 110*line)
		for t := 0.0; 100+14*t < right; t += 0.004 {
			word := math.Mod(t, 9)
			if word > 7 { // between words
				continue
			}
			height := 18 + 16*math.Sin(1.7*math.Floor(t/1.3)+float64(line))
			ink(100+14*t+9*math.Sin(2*math.Pi*t), base-height*math.Cos(2*math.Pi*t+0.6*math.Sin(t)))
		}
	}
}

func picture(t *testing.T, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := tiff.Encode(&out, m, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestHandwriting does not guess what a hand wrote, alone or below print.
func TestHandwriting(t *testing.T) {
	t.Parallel()
	if err := kreuzberglocal.OCR(t.Context()); err != nil {
		t.Skip(err)
	}
	letter := image.NewGray(image.Rect(0, 0, 1654, 1400))
	draw.Draw(letter, letter.Bounds(), image.White, image.Point{}, draw.Src)
	writeByHand(letter, 200, 10)
	doc := read(t, "brief.tif", picture(t, letter))
	if doc.Problem == nil || doc.Problem.Reason != extract.Unsure {
		t.Errorf("a letter by hand: %q, %v", textOf(doc), doc.Remarks)
	}

	scan := decodedScan(t)
	size := scan.Bounds()
	both := image.NewGray(image.Rect(0, 0, size.Dx(), size.Dy()+360))
	draw.Draw(both, both.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(both, size, scan, size.Min, draw.Src)
	writeByHand(both, size.Dy()+100, 2)
	doc = read(t, "antrag.tif", picture(t, both))
	said := slices.ContainsFunc(doc.Remarks, func(r extract.Remark) bool { return r.Code == extract.UnsureLines })
	if doc.Problem != nil || textOf(doc) != scanText || !said {
		t.Errorf("a hand below print: %q, %v, %v", textOf(doc), doc.Remarks, doc.Problem)
	}
}
