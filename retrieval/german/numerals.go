package german

// Numeral returns in digits the number that a folded word is; empty: it is none. "Ein" is
// an article here.
func Numeral(folded string) string { return numerals[folded] }

var numerals = map[string]string{
	"zwei": "2", "drei": "3", "vier": "4", "funf": "5", "sechs": "6", "sieben": "7", "acht": "8", "neun": "9", "zehn": "10", "elf": "11",
	"zwolf": "12", "vierzehn": "14", "zwanzig": "20", "dreissig": "30", "sechzig": "60", "neunzig": "90", "hundert": "100",
}
