package pdf

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lvr.example/sprechstunde/ingest/extract"
)

// isRaisedSign reports what stands high as an exponent or the sign of a note.
func isRaisedSign(text string) bool {
	text = strings.TrimSpace(text)
	return text != "" && len(text) <= 6 && strings.Trim(text, "0123456789*†‡),-−") == ""
}

// withoutShadows drops letters that are drawn a second time at nearly the same
// place, as shadows and bold type made by hand are.
func withoutShadows(glyphs []glyph) []glyph {
	if len(glyphs) < 2 {
		return glyphs
	}
	const square = 4.0 // points, more than shadows are away
	type place struct {
		r    rune
		x, y int32
	}
	drawn := make(map[place][]int, len(glyphs)) // narrow letters stand several in a square
	kept := make([]glyph, 0, len(glyphs))
	for i, g := range glyphs {
		near := nearness(glyphs, i)
		again := false
		for x := int32((g.left - near) / square); x <= int32((g.left+near)/square) && !again; x++ {
			for y := int32((g.bottom - near) / square); y <= int32((g.bottom+near)/square) && !again; y++ {
				again = slices.ContainsFunc(drawn[place{g.r, x, y}], func(j int) bool {
					return abs(glyphs[j].left-g.left) < near && abs(glyphs[j].bottom-g.bottom) < near
				})
			}
		}
		if again && !sharesSign(kept, g) {
			continue
		}
		at := place{g.r, int32(g.left / square), int32(g.bottom / square)}
		drawn[at] = append(drawn[at], i)
		kept = append(kept, g)
	}
	return kept
}

// sharesSign reports a letter that shares a sign of the font with the one before it, such as
// that of "ff".
func sharesSign(kept []glyph, g glyph) bool {
	if len(kept) == 0 || g.spaces > 0 || g.newLine {
		return false
	}
	last := kept[len(kept)-1]
	return last.index == g.index-1 && last.left == g.left && last.right == g.right && last.top == g.top && last.bottom == g.bottom
}

// nearness is how far a shadow is away at most: less than the narrowest letter.
func nearness(glyphs []glyph, i int) float64 {
	height := 0.0
	for _, g := range glyphs[max(0, i-3):min(len(glyphs), i+4)] {
		height = max(height, g.top-g.bottom)
	}
	return min(0.22*height, 3)
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}

// isPrivate reports letters in the area that fonts fill as they like; signs of
// symbol fonts have their usual places there.
func isPrivate(r rune) bool { return unicode.Is(unicode.Co, r) && (r < 0xF020 || r > 0xF0FF) }

// isGibberish reports text of which a good part does not say what it is.
func isGibberish(text string) bool {
	private, all := 0, 0
	for _, r := range text {
		if unicode.IsSpace(r) {
			continue
		}
		if all++; isPrivate(r) {
			private++
		}
	}
	return private > 0 && 10*private >= 3*all
}

// lost is the sign for a letter that cannot be read.
const lost = '□'

// isLost reports letters that a font puts where no letter is.
func isLost(r rune) bool { return isPrivate(r) || r < 0x20 && r != extract.Dividing }

// unspaced writes text whose letters are set apart ("B e s c h e i d") without
// the gaps, and with those between words.
func unspaced(glyphs []glyph, text string) string {
	words := strings.Fields(text)
	single := 0
	for _, word := range words {
		if r := []rune(word); len(r) == 1 && unicode.IsLetter(r[0]) {
			single++
		}
	}
	if single < 4 || 10*single < 8*len(words) {
		return withoutSpacedWords(closed(glyphs, text))
	}
	var gaps []float64
	for i := 1; i < len(glyphs); i++ {
		gaps = append(gaps, glyphs[i].left-glyphs[i-1].right)
	}
	if len(gaps) == 0 {
		return text
	}
	sorted := slices.Clone(gaps)
	slices.Sort(sorted)
	usual := sorted[len(sorted)/3]
	var out strings.Builder
	for i, g := range glyphs {
		if i > 0 && gaps[i-1] > 1.7*usual && gaps[i-1] > usual+0.1*(g.top-g.bottom) {
			out.WriteByte(' ')
		}
		out.WriteRune(g.r)
	}
	return out.String()
}

// closed takes the blanks out of words whose letters stand at even distances, where
// the engine saw a blank in some of the gaps only.
func closed(glyphs []glyph, text string) string {
	within := evenlySpaced(glyphs)
	if within == nil {
		return text
	}
	var out strings.Builder
	at, blanks := 0, ""
	for _, r := range text {
		if unicode.IsSpace(r) {
			blanks += string(r)
			continue
		}
		if at >= len(glyphs) || glyphs[at].r != r {
			return text // something was written otherwise than drawn
		}
		if !within[at] {
			out.WriteString(blanks)
		}
		out.WriteRune(r)
		at, blanks = at+1, ""
	}
	return out.String()
}

// evenlySpaced reports of each letter whether it stands in a word set apart, not as
// its first one; nil: there is no such word.
func evenlySpaced(glyphs []glyph) []bool {
	const least = 5 // letters
	var within []bool
	for from := 0; from < len(glyphs); {
		to := from + 1
		low, high := math.Inf(1), 0.0
		for ; to < len(glyphs) && unicode.IsLetter(glyphs[to-1].r) && unicode.IsLetter(glyphs[to].r); to++ {
			height := glyphs[to].top - glyphs[to].bottom
			gap := glyphs[to].left - glyphs[to-1].right
			low, high = min(low, gap), max(high, gap)
			if gap < 0.15*height || high-low > 0.2*height {
				break
			}
		}
		end := to
		if from > 0 && touch(glyphs, from) { // the end of the word before
			from++
		}
		if to < len(glyphs) && touch(glyphs, to) { // the beginning of the one behind
			to--
		}
		if to-from >= least {
			if within == nil {
				within = make([]bool, len(glyphs))
			}
			for i := from + 1; i < to; i++ {
				within[i] = true
			}
		}
		from = end
	}
	return within
}

// touch reports a letter that stands close to the one before it.
func touch(glyphs []glyph, at int) bool {
	return glyphs[at].left-glyphs[at-1].right < 0.15*(glyphs[at].top-glyphs[at].bottom)
}

// spacedWord matches a word set apart within a line: at least five letters.
var spacedWord = regexp.MustCompile(`(?:^|[\s(„"])(\pL(?: \pL){4,})(?:$|[\s).,;:!?“"])`)

// withoutSpacedWords closes up words whose letters are set apart among others.
// Where two follow each other, nothing in the text tells them apart, but for
// capitals.
func withoutSpacedWords(text string) string {
	for {
		at := spacedWord.FindStringSubmatchIndex(text)
		if at == nil {
			return text
		}
		word := []rune(strings.ReplaceAll(text[at[2]:at[3]], " ", ""))
		var joined strings.Builder
		for i, r := range word {
			if i > 0 && unicode.IsUpper(r) && unicode.IsLower(word[i-1]) {
				joined.WriteByte(' ')
			}
			joined.WriteRune(r)
		}
		text = text[:at[2]] + joined.String() + text[at[3]:]
	}
}
