package answer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"lvr.example/sprechstunde/retrieval/german"
)

const (
	wholeRunes = 420 // a passage up to this length is quoted whole
	quoteRunes = 380 // a longer one is trimmed to at most this, exceptions aside
	roundRunes = 260 // and filled up with its neighbours to about this
	mostRunes  = 700 // no quote is longer, whatever its sentences
	cut        = "[…]"
)

// trim returns the part of a passage that bears on the question, word for
// word. What it leaves out inside or at the ends is marked "[…]".
func trim(question, passage string) string {
	passage = strings.TrimSpace(passage)
	if utf8.RuneCountInString(passage) <= wholeRunes {
		return passage
	}
	p := newPiece(passage, german.Sentences(passage))
	if len(p.units) == 0 {
		return clip(passage, mostRunes)
	}
	from, to := p.window(asked(question))
	from, to = p.widen(from, to)
	return p.text(from, to)
}

// asked returns the keys of the question's words that carry a subject.
func asked(question string) map[string]bool {
	keys := map[string]bool{}
	for _, w := range german.Content(german.Words(question)) {
		keys[w.Stem] = true
		for _, part := range w.Parts {
			keys[part] = true
		}
	}
	return keys
}

// piece is a passage cut into its sentences, list items and table rows.
type piece struct {
	passage string
	units   []german.Span
	keys    []map[string]bool // of each unit
	runes   []int
	often   map[string]int // in how many units a key stands
}

func newPiece(passage string, units []german.Span) *piece {
	p := &piece{passage: passage, units: units, often: map[string]int{}}
	for _, u := range units {
		keys := asked(u.Of(passage))
		for k := range keys {
			p.often[k]++
		}
		p.keys = append(p.keys, keys)
		p.runes = append(p.runes, utf8.RuneCountInString(u.Of(passage)))
	}
	return p
}

// window returns the run of units, within the length of a quote, that holds
// most of what was asked; rare words count more. Of equals the shortest wins.
func (p *piece) window(question map[string]bool) (from, to int) {
	best, shortest := -1.0, 0
	to = 1
	for i := range p.units {
		score, length := 0.0, 0
		seen := map[string]bool{}
		for j := i; j < len(p.units); j++ {
			length += p.runes[j]
			if length > quoteRunes && j > i {
				break
			}
			score += p.gain(j, question, seen)
			if score > best+1e-9 || score > best-1e-9 && length < shortest {
				best, shortest, from, to = score, length, i, j+1
			}
		}
	}
	return from, to
}

// gain is what unit j adds to the words of the question already seen.
func (p *piece) gain(j int, question, seen map[string]bool) float64 {
	sum := 0.0
	for key := range question {
		if seen[key] {
			continue
		}
		weight := 0.0
		switch {
		case p.keys[j][key]:
			weight = 1
		case kin(p.keys[j], key):
			weight = 0.7
		}
		if weight > 0 {
			seen[key] = true
			sum += weight / float64(1+p.often[key]) * 2
		}
	}
	return sum
}

// kin reports whether one of the keys is a compound with key, or the reverse.
func kin(keys map[string]bool, key string) bool {
	if len(key) < 5 {
		return false
	}
	for k := range keys {
		if len(k) >= 5 && (strings.Contains(k, key) || strings.Contains(key, k)) {
			return true
		}
	}
	return false
}

var (
	// leansBack opens a sentence that is not understood without the one before.
	leansBack = regexp.MustCompile(`^(Dies|Diese|Dieser|Dieses|Diesem|Das (?:ist|gilt|sind|heißt|bedeutet|muss|darf|kann|soll|betrifft|hat|wird)|Dabei|Dafür|Dazu|Dagegen|Dort|Dann|Damit|Davon|Daher|Deshalb|Außerdem|Auch|Hierfür|Hierzu|Er|Aber|Jedoch|Allerdings|Sonst|Andernfalls|Ebenso|Zudem|Beides|Nur so)\b`)
	// turns opens a sentence that restricts or reverses the one before.
	turns = regexp.MustCompile(`^(Das gilt|Dies gilt|Davon|Ausgenommen|Ausnahme|Ausnahmen|Aber|Jedoch|Allerdings|Nicht|Keinesfalls|Verboten|Voraussetzung|Bedingung|Nur|Es sei denn|Außer)\b`)
	item  = regexp.MustCompile(`^\s*([-*•–+]\s|\d{1,3}[.)]\s|[a-z]\)\s)`)
)

// widen adds the sentence before where the first leans on it, the sentence
// behind where it restricts the last, and fills up what is short.
func (p *piece) widen(from, to int) (int, int) {
	for range 2 {
		if from > 0 && leansBack.MatchString(p.unit(from)) && p.length(from-1, to) <= mostRunes {
			from--
		}
	}
	for to < len(p.units) && turns.MatchString(p.unit(to)) && p.length(from, to+1) <= mostRunes {
		to++
	}
	for to < len(p.units) && p.length(from, to+1) <= roundRunes {
		to++
	}
	for from > 0 && p.length(from-1, to) <= roundRunes {
		from--
	}
	return from, to
}

func (p *piece) unit(i int) string { return p.units[i].Of(p.passage) }

func (p *piece) length(from, to int) int {
	sum := 0
	for i := from; i < to; i++ {
		sum += p.runes[i]
	}
	return sum
}

// text returns units from up to to, with the line that introduces a list and
// the head of a table put before them.
func (p *piece) text(from, to int) string {
	body := clip(p.passage[p.units[from].Start:p.units[to-1].End], mostRunes)
	if lead := p.lead(from); lead >= 0 {
		between := "\n"
		if lead < from-1 {
			between = "\n" + cut + "\n"
		}
		body = clip(p.unit(lead), quoteRunes) + between + body
		from = lead
	}
	if from > 0 {
		body = cut + p.seam(from) + body
	}
	if to < len(p.units) && !strings.HasSuffix(body, cut) {
		body += " " + cut
	}
	return body
}

// seam is what stands between a cut and unit i: a line break where the unit
// must begin its line.
func (p *piece) seam(i int) string {
	if item.MatchString(p.unit(i)) || p.row(i) {
		return "\n"
	}
	return " "
}

func (p *piece) row(i int) bool { return strings.HasPrefix(strings.TrimSpace(p.unit(i)), "|") }

// lead returns the unit that introduces unit i: the line before its list, the
// head of its table; -1: none.
func (p *piece) lead(i int) int {
	k := i
	switch {
	case p.row(i):
		for k > 0 && p.row(k-1) {
			k--
		}
	case item.MatchString(p.unit(i)):
		for k > 0 && item.MatchString(p.unit(k)) {
			k--
		}
		if !strings.HasSuffix(p.unit(k), ":") {
			return -1
		}
	}
	if k == i {
		return -1
	}
	return k
}

// clip shortens a text at a blank to at most n runes and marks the cut.
func clip(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	runes := []rune(text)[:n]
	short := string(runes)
	if at := strings.LastIndexAny(short, " \n\t"); at > len(short)/2 {
		short = short[:at]
	}
	return strings.TrimSpace(short) + " " + cut
}
