package tiff_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"slices"
	"testing"

	decoder "golang.org/x/image/tiff"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/tiff"
)

// page is filled with one shade.
func page(shade uint8, width, height int) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, width, height))
	for i := range m.Pix {
		m.Pix[i] = shade
	}
	return m
}

// TestEachPageIsAFile reads the pages with another program's reader, which looks at
// the first page of a file only.
func TestEachPageIsAFile(t *testing.T) {
	t.Parallel()
	want := []*image.Gray{page(10, 33, 200), page(120, 70, 64), page(240, 5, 1)}
	for name, order := range map[string]extracttest.ByteOrder{"little": binary.LittleEndian, "big": binary.BigEndian} {
		file := extracttest.Scan(order, want...)
		if n := tiff.Count(file); n != len(want) {
			t.Fatalf("%s: %d pages", name, n)
		}
		pages := slices.Collect(tiff.Pages(file))
		for i, data := range pages {
			got, err := decoder.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatalf("%s: page %d: %v", name, i+1, err)
			}
			gray, ok := got.(*image.Gray)
			if !ok || gray.Bounds() != want[i].Bounds() || !bytes.Equal(gray.Pix, want[i].Pix) {
				t.Errorf("%s: page %d: %v", name, i+1, got.Bounds())
			}
			if bytes.Contains(data, []byte("Erika")) || tiff.Count(data) != 1 {
				t.Errorf("%s: page %d names a person, or has %d pages", name, i+1, tiff.Count(data))
			}
		}
	}
}

// TestBrokenFiles ends, and gives nothing for a page whose pieces are not there.
func TestBrokenFiles(t *testing.T) {
	t.Parallel()
	whole := extracttest.Scan(binary.LittleEndian, page(1, 9, 9), page(2, 9, 9))
	ring := bytes.Clone(whole)
	first := binary.LittleEndian.Uint32(ring[4:])
	next := first + 2 + 12*uint32(binary.LittleEndian.Uint16(ring[first:]))
	binary.LittleEndian.PutUint32(ring[next:], first)
	for name, test := range map[string]struct {
		data  []byte
		pages int
	}{
		"no TIFF":         {[]byte("Text"), 0},
		"a head alone":    {whole[:8], 0},
		"cut off":         {whole[:len(whole)-1], 2},
		"a ring of pages": {ring, 1},
	} {
		if n := tiff.Count(test.data); n != test.pages {
			t.Errorf("%s: %d pages", name, n)
		}
	}
	empty := []byte("II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	if pages := slices.Collect(tiff.Pages(empty)); len(pages) != 1 || pages[0] != nil {
		t.Errorf("%v", pages)
	}
}

func FuzzPages(f *testing.F) {
	f.Add(extracttest.Scan(binary.LittleEndian, page(1, 9, 9), page(2, 9, 70)))
	f.Add(extracttest.Scan(binary.BigEndian, page(3, 1, 1)))
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		pages := 0
		for one := range tiff.Pages(data) {
			if pages++; len(one) > 5*len(data) {
				t.Errorf("a page of %d bytes in a file of %d", len(one), len(data))
			}
		}
		if pages != tiff.Count(data) {
			t.Errorf("%d pages, %d counted", pages, tiff.Count(data))
		}
	})
}
