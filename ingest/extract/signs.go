package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Ticked and Unticked are how boxes to tick are written.
const (
	Ticked   = "☒"
	Unticked = "☐"
)

// Tick writes a box to tick.
func Tick(on bool) string {
	if on {
		return Ticked
	}
	return Unticked
}

// Symbols writes text set in a font of symbols as the signs that it shows: their
// codes are bytes, alone or in the private area from U+F000. Text in another
// font stays as it is, but for the private area, which is taken for Wingdings.
func Symbols(font, text string) string {
	table := symbolFonts[strings.ToLower(font)]
	if table == nil && !strings.ContainsFunc(text, isSymbolCode) {
		return text
	}
	return strings.Map(func(r rune) rune {
		code, private := r, isSymbolCode(r)
		if private {
			code -= 0xF000
		}
		switch {
		case table == nil && private:
			return symbolOf(wingdings, code)
		case table == nil || r > 0xFF && !private || unicode.IsSpace(r):
			return r
		}
		return symbolOf(table, code)
	}, text)
}

func isSymbolCode(r rune) bool { return r >= 0xF020 && r <= 0xF0FF }

// IsSymbolFont reports fonts whose letters are signs.
func IsSymbolFont(font string) bool { return symbolFonts[strings.ToLower(font)] != nil }

// symbolOf returns a sign, a blank where it is an ornament without a meaning.
func symbolOf(table map[rune]rune, code rune) rune {
	if sign := table[code]; sign != 0 {
		return sign
	}
	return ' '
}

var symbolFonts = map[string]map[rune]rune{
	"wingdings": wingdings, "wingdings 2": wingdings2, "wingdings 3": wingdings3, "webdings": webdings, "symbol": symbolFont,
	"zapfdingbats": dingbats, "itc zapf dingbats": dingbats,
}

// signs makes a table of codes that follow each other.
func signs(parts ...any) map[rune]rune {
	table := map[rune]rune{}
	for i := 0; i < len(parts); i += 2 {
		code := rune(parts[i].(int))
		for _, sign := range parts[i+1].(string) {
			table[code] = sign
			code++
		}
	}
	return table
}

// The tables follow the Unicode consortium's mapping of these fonts (L2/12-368)
// as far as signs have a meaning in running text; boxes with a cross or a tick
// are both the ticked box.
var (
	wingdings = signs(0x28, "☎", 0x2A, "✉", 0x45, "☜☞☝☟", 0x6C, "●", 0x6E, "■□", 0x71, "☐☐", 0x77, "◆☒", 0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿",
		0x9E, "·•▪○", 0xA7, "▪☐", 0xAB, "★", 0xD8, "➢", 0xDF, "←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇐⇒⇑⇓⇔⇕", 0xFB, "✗✓☒☒")
	wingdings2 = signs(0x4F, "✗✓☒☒☒☒", 0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", 0x97, "●", 0xA2, "■☐", 0xA6, "☐")
	wingdings3 = signs(0x21, "←→↑↓↖↗↙↘", 0x66, "←→↑↓↖↗↙↘↔↕▲▼△▽◀▶◁▷", 0x7C, "◀▶▲▼")
	webdings   = signs(0x61, "✓", 0x63, "☐", 0x67, "■", 0x6E, "●", 0x72, "✗", 0x33, "◀▶▲▼")
	symbolFont = signs(0x21, "!", 0x22, "∀", 0x23, "#", 0x24, "∃", 0x25, "%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
		0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼", 0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…", 0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊", 0xE5, "∑", 0xF2, "∫")
	dingbats = signs(0x21, "✁✂✃✄☎", 0x33, "✓✔✕✖✗✘", 0x6C, "●❍■", 0x6F, "☐☐☐☐", 0x76, "❖", 0xAC, "①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿", 0xD4, "➔→↔↕")
)

// raisedSigns are the signs that Unicode has raised.
var raisedSigns = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹",
	"+", "⁺", "-", "⁻", "−", "⁻", "–", "⁻", "n", "ⁿ")

// Raised writes a raised text behind what stands before it on its line, as an
// exponent or as the sign of a note, which stands apart. Other raised words stay
// as they are.
func Raised(before, text string) string {
	sign := strings.TrimSpace(text)
	if letter := noteLetter(sign); letter != 0 {
		return raisedLetter(before, letter)
	}
	if sign == "" || strings.Trim(sign, "0123456789+-−–n*†‡()[],; ") != "" || utf8.RuneCountInString(sign) > 12 {
		return text
	}
	switch {
	case strings.ContainsAny(sign, "[("):
		return apart(before) + sign
	case strings.Trim(sign, "0123456789+-−–n") != "":
		return apart(before) + raisedSigns.Replace(sign)
	}
	if isPower(before, sign) {
		return raisedSigns.Replace(sign)
	}
	if sign == "n" {
		return text
	}
	return apart(before) + raisedSigns.Replace(sign)
}

// raisedLetters are the letters that Unicode has raised, from a; notes are not
// signed by others.
const raisedLetters = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏ"

// noteLetter returns the letter that signs a note: a, "b)". 0: it is none.
func noteLetter(sign string) rune {
	sign = strings.TrimSuffix(sign, ")")
	if len(sign) != 1 || sign[0] < 'a' || sign[0] > 'k' {
		return 0
	}
	return rune(sign[0])
}

// raisedLetter writes the letter of a note apart from a number or word, so that
// "Abs. 2" with a note a is not "Abs. 2a"; behind a single letter it is a power.
func raisedLetter(before string, letter rune) string {
	sign := string([]rune(raisedLetters)[letter-'a'])
	words := strings.Fields(before)
	if len(words) == 0 {
		return string(letter) + " "
	}
	if last := words[len(words)-1]; utf8.RuneCountInString(last) == 1 && strings.ContainsFunc(last, unicode.IsLetter) && strings.HasSuffix(before, last) {
		return sign
	}
	return apart(before) + sign
}

func apart(before string) string {
	last, _ := utf8.DecodeLastRuneInString(before)
	if before == "" || unicode.IsSpace(last) {
		return ""
	}
	return " "
}

// isPower reports raised numbers that belong to a ten, a unit or a variable.
func isPower(before, sign string) bool {
	word := before
	if i := strings.LastIndexFunc(before, func(r rune) bool { return !IsLetterOrDigit(r) }); i >= 0 {
		_, size := utf8.DecodeRuneInString(before[i:])
		word = before[i+size:]
	}
	digits := strings.TrimRightFunc(word, unicode.IsLetter)
	switch unit := word[len(digits):]; {
	case word == "10":
		return true
	case word == "":
		return strings.HasSuffix(before, ")") && strings.HasPrefix(sign, "-")
	case unit == "":
		return strings.ContainsAny(sign, "-−–n+")
	case sign == "2" || sign == "3":
		return isLengthUnit[unit]
	default:
		return strings.ContainsAny(sign, "-−–") && utf8.RuneCountInString(unit) <= 3
	}
}

var isLengthUnit = map[string]bool{"m": true, "mm": true, "cm": true, "dm": true, "km": true, "µm": true, "s": true, "x": true, "r": true, "a": true, "b": true, "c": true}

// RaisedBehind returns a text with a raised one behind it.
func RaisedBehind(before, text string) string { return before + Raised(before, text) }
