package second

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// answer is what the server says of one file.
type answer struct {
	Content  string                     `json:"content"`
	Media    string                     `json:"mime_type"`
	Metadata map[string]json.RawMessage `json:"metadata"`
	Elements []element                  `json:"ocr_elements"` // what OCR saw
}

// element is a word that OCR saw, or a larger thing that is made of some.
type element struct {
	Text     string `json:"text"`
	Level    string `json:"level"`
	Page     int    `json:"page_number"` // from 1
	Geometry struct {
		Left   float64 `json:"left"`
		Top    float64 `json:"top"`
		Width  float64 `json:"width"`
		Height float64 `json:"height"`
	} `json:"geometry"` // in points of the picture
	Confidence struct {
		Recognition float64 `json:"recognition"` // from 0 to 1
	} `json:"confidence"`
}

// parse reads the server's list. Of one file there is one text, and of the type
// that was sent.
func parse(data []byte, media string) (answer, error) {
	var all []answer
	if err := json.Unmarshal(data, &all); err != nil || len(all) != 1 {
		return answer{}, &awayError{why: "answers with something else than one text for one file: is it a Kreuzberg server?"}
	}
	if all[0].Media != media {
		return answer{}, &awayError{why: "answers with the text of a file of another type"}
	}
	return all[0], nil
}

// title returns what the file says it is called, or "".
func (a answer) title() (title string) {
	const longest = 300
	if json.Unmarshal(a.Metadata["title"], &title) != nil || len(title) > longest {
		return ""
	}
	return strings.ToValidUTF8(strings.Join(strings.Fields(title), " "), "")
}

// page is what OCR saw of one.
type page struct {
	number     int
	words      []element
	confidence int // in percent, of its letters on the average
}

// pages sorts the words that OCR saw by page, keeping their order.
func (a answer) pages() []page {
	byNumber := map[int]*page{}
	for _, e := range a.Elements {
		if e.Level != "word" || strings.TrimSpace(e.Text) == "" || e.Page < 1 {
			continue
		}
		if byNumber[e.Page] == nil {
			byNumber[e.Page] = &page{number: e.Page}
		}
		byNumber[e.Page].words = append(byNumber[e.Page].words, e)
	}
	all := make([]page, 0, len(byNumber))
	for _, p := range byNumber {
		p.confidence = confidenceOf(p.words)
		all = append(all, *p)
	}
	slices.SortFunc(all, func(a, b page) int { return cmp.Compare(a.number, b.number) })
	return all
}

// confidenceOf weighs words by their length: a stain read as a dot says little.
func confidenceOf(words []element) int {
	sum, letters := 0.0, 0.0
	for _, w := range words {
		n := float64(len([]rune(w.Text)))
		sum, letters = sum+n*min(max(w.Confidence.Recognition, 0), 1), letters+n
	}
	const percent = 100
	return int(math.Round(percent * sum / letters))
}

// paragraphs puts the words of a page together: a line ends where the next word
// stands further left or lower, a paragraph where a line's height is left free.
func (p page) paragraphs() (all []string) {
	line, text := "", ""
	endLine := func() {
		if text == "" {
			text = line
		} else if line != "" {
			text = extract.JoinLines(text, line)
		}
		line = ""
	}
	endParagraph := func() {
		if endLine(); text != "" {
			all = append(all, text)
		}
		text = ""
	}
	for i, w := range p.words {
		if i > 0 {
			switch newLine, newParagraph := p.breaksAt(i); {
			case newParagraph:
				endParagraph()
			case newLine:
				endLine()
			}
		}
		line = strings.TrimSpace(line + " " + strings.TrimSpace(w.Text))
	}
	endParagraph()
	return all
}

// breaksAt reports whether a word begins a line, and a paragraph.
func (p page) breaksAt(i int) (line, paragraph bool) {
	before, now := p.words[i-1].Geometry, p.words[i].Geometry
	free := now.Top - (before.Top + before.Height)
	paragraph = free > max(before.Height, now.Height) || now.Top+now.Height < before.Top
	return paragraph || now.Left < before.Left || free > 0, paragraph
}

// withoutUnsureLines leaves out the lines that OCR is not sure of, such as what a hand
// wrote on a printed form, and returns how many.
func (p page) withoutUnsureLines() (sure page, unsure int) {
	sure = p
	sure.words = nil
	for start, i := 0, 1; i <= len(p.words); i++ {
		if i < len(p.words) {
			if newLine, _ := p.breaksAt(i); !newLine {
				continue
			}
		}
		if line := p.words[start:i]; confidenceOf(line) < leastOfLine {
			unsure++
		} else {
			sure.words = append(sure.words, line...)
		}
		start = i
	}
	if len(sure.words) > 0 {
		sure.confidence = confidenceOf(sure.words)
	}
	return sure, unsure
}
