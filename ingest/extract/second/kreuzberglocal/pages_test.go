package kreuzberglocal_test

import (
	"encoding/binary"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/math/fixed"

	scaler "golang.org/x/image/draw"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/ingest/extract/second/kreuzberglocal"
)

var (
	pagesToRead = flag.Int("pages", 0, "read so many pages of the example house by OCR and tell how many of their words come back")
	fontsIn     = flag.String("fonts", "", "also print them in the TrueType fonts of this folder")
)

// TestPagesOfTheHouse prints the documents of the example house on pages at 200 dpi, in
// several fonts and sizes, with tables, each third page lying askew by a degree, has
// them read by OCR and counts the words that come back.
func TestPagesOfTheHouse(t *testing.T) {
	if *pagesToRead == 0 {
		t.Skip("takes seconds for each page; -pages 30 measures")
	}
	if err := kreuzberglocal.OCR(t.Context()); err != nil {
		t.Skip(err)
	}
	blocks := houseBlocks(t)
	faces := fontsOf(t)
	var all, table, askew counted
	for number := range *pagesToRead {
		which := number % len(faces)
		page := newPage(t, faces[which], []float64{10, 11, 12}[number/len(faces)%3])
		for len(blocks) > 0 && page.print(blocks[0]) {
			blocks = blocks[1:]
		}
		scan := page.picture
		if number%3 == 2 {
			scan = turnedBy(scan, math.Pi/180)
		}
		doc := read(t, "seite.tif", extracttest.Scan(binary.LittleEndian, scan))
		one := compare(aWord, strings.Join(page.printed, " "), textOf(doc))
		t.Logf("page %d, %s, %.0f points, table rows: %d, askew: %t: %s, %v", number+1, faces[which].name, page.points, page.rows, number%3 == 2, one, doc.Problem)
		all.add(one)
		if page.rows > 0 {
			table.add(one)
		}
		if number%3 == 2 {
			askew.add(one)
		}
	}
	t.Logf("pages with tables: %s; askew: %s", table, askew)
	t.Logf("together: %s", all)
	if all.recall() < .97 {
		t.Error("fewer words than .97 come back")
	}
}

// houseBlocks returns what the documents of the example house say.
func houseBlocks(t *testing.T) (blocks []extract.Block) {
	t.Helper()
	root := os.DirFS("../../../../examples/musterland/files")
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) == ".yaml" {
			return err
		}
		file, err := root.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		docs, err := formats.Documents(path, file)
		if err != nil {
			return err
		}
		blocks = append(blocks, docs[0].Blocks...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return blocks
}

// typeface is a font and the one for headings beside it.
type typeface struct {
	name          string
	text, heading *opentype.Font
}

func fontsOf(t *testing.T) (all []typeface) {
	t.Helper()
	parse := func(data []byte) *opentype.Font {
		f, err := opentype.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	bold := parse(gobold.TTF)
	all = []typeface{{"Go", parse(goregular.TTF), bold}, {"Go Mono", parse(gomono.TTF), bold}}
	if *fontsIn == "" {
		return all
	}
	files, err := filepath.Glob(filepath.Join(*fontsIn, "*.ttf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no fonts in %s: %v", *fontsIn, err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, typeface{strings.TrimSuffix(filepath.Base(name), ".ttf"), parse(data), bold})
	}
	return all
}

// page is a sheet of A4 that is printed from top to bottom.
type page struct {
	picture       *image.Gray
	text, heading font.Face
	points        float64
	y             int
	printed       []string
	rows          int
}

const (
	dpi           = 200
	width, height = 1654, 2339 // A4
	margin        = 190        // nearly an inch
)

func newPage(t *testing.T, f typeface, points float64) *page {
	t.Helper()
	p := &page{picture: image.NewGray(image.Rect(0, 0, width, height)), points: points, y: margin}
	draw.Draw(p.picture, p.picture.Bounds(), image.White, image.Point{}, draw.Src)
	for face, of := range map[*font.Face]*opentype.Font{&p.text: f.text, &p.heading: f.heading} {
		size := points
		if of == f.heading {
			size += 3
		}
		made, err := opentype.NewFace(of, &opentype.FaceOptions{Size: size, DPI: dpi, Hinting: font.HintingFull})
		if err != nil {
			t.Fatal(err)
		}
		*face = made
	}
	return p
}

var quoted = regexp.MustCompile(`"([^"]*)"`)

// print puts a block on the page and reports whether there was room for it.
func (p *page) print(b extract.Block) bool {
	text, face := quoted.ReplaceAllString(b.Text, "„$1“"), p.text
	columns := []string{text}
	switch b.Kind {
	case extract.Heading:
		face = p.heading
	case extract.TableRow:
		columns = strings.Split(text, " | ")
	}
	between := (width - 2*margin) / len(columns)
	lines := make([][]string, len(columns))
	most := 0
	for i, column := range columns {
		lines[i] = wrap(face, column, between-30)
		most = max(most, len(lines[i]))
	}
	step := face.Metrics().Height.Ceil() * 5 / 4
	if p.y+most*step > height-margin {
		return false
	}
	for i := range columns {
		for j, line := range lines[i] {
			d := font.Drawer{Dst: p.picture, Src: image.NewUniform(color.Gray{Y: 25}), Face: face, Dot: fixed.P(margin+i*between, p.y+(j+1)*step)}
			d.DrawString(line)
		}
	}
	if p.y += most*step + step/2; b.Kind == extract.TableRow {
		p.rule(p.y)
		p.rows++
	}
	p.printed = append(p.printed, text)
	return true
}

// rule draws the line below a row.
func (p *page) rule(y int) {
	for x := margin; x < width-margin; x++ {
		p.picture.SetGray(x, y, color.Gray{Y: 25})
		p.picture.SetGray(x, y+1, color.Gray{Y: 25})
	}
}

// wrap breaks a text at its spaces.
func wrap(face font.Face, text string, room int) (lines []string) {
	line := ""
	for _, w := range strings.Fields(text) {
		longer := strings.TrimSpace(line + " " + w)
		if line != "" && font.MeasureString(face, longer).Ceil() > room {
			lines, longer = append(lines, line), w
		}
		line = longer
	}
	return append(lines, line)
}

// turnedBy lays a page askew by an angle.
func turnedBy(page *image.Gray, angle float64) *image.Gray {
	out := image.NewGray(page.Bounds())
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	sin, cos := math.Sincos(angle)
	const x, y = width / 2, height / 2
	scaler.BiLinear.Transform(out, f64.Aff3{cos, -sin, x - cos*x + sin*y, sin, cos, y - sin*x - cos*y}, page, page.Bounds(), draw.Src, nil)
	return out
}

// counted are words printed, read, and read as they were printed.
type counted struct{ printed, read, both int }

func (c *counted) add(other counted) {
	c.printed, c.read, c.both = c.printed+other.printed, c.read+other.read, c.both+other.both
}

func (c counted) recall() float64 { return float64(c.both) / float64(max(c.printed, 1)) }

func (c counted) String() string {
	return fmt.Sprintf("%d of %d words, recall %.4f, precision %.4f", c.both, c.printed, c.recall(), float64(c.both)/float64(max(c.read, 1)))
}

// Words with figures, and without.
var (
	aWord   = regexp.MustCompile(`[\p{L}\p{N}]+`)
	letters = regexp.MustCompile(`\p{L}+`)
)

// compare counts words, whatever their order.
func compare(words *regexp.Regexp, printed, read string) counted {
	want, got := words.FindAllString(printed, -1), words.FindAllString(read, -1)
	slices.Sort(want)
	slices.Sort(got)
	c := counted{printed: len(want), read: len(got)}
	for i, j := 0, 0; i < len(want) && j < len(got); {
		switch order := strings.Compare(want[i], got[j]); {
		case order == 0:
			c.both, i, j = c.both+1, i+1, j+1
		case order < 0:
			i++
		default:
			j++
		}
	}
	return c
}
