package ground

import (
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// numerals are numbers in words. "ein" is missing: it is an article.
var numerals = map[string]string{
	"null": "0", "zwei": "2", "drei": "3", "vier": "4", "funf": "5", "sechs": "6", "sieben": "7", "acht": "8", "neun": "9", "zehn": "10",
	"elf": "11", "zwolf": "12", "dreizehn": "13", "vierzehn": "14", "funfzehn": "15", "zwanzig": "20", "dreissig": "30", "vierzig": "40",
	"funfzig": "50", "sechzig": "60", "neunzig": "90", "hundert": "100", "tausend": "1000",
	"beide": "2", "beiden": "2", "zweimal": "2", "dreimal": "3", "viermal": "4", "halb": "0.5", "halbe": "0.5", "halben": "0.5",
}

// units stand behind a number and belong to it.
var units = map[string]string{
	"tag": "d", "arbeitstag": "wd", "werktag": "wd", "kalendertag": "d", "woch": "w", "monat": "m", "jahr": "y", "stund": "h", "minut": "min",
	"uhr": "clock", "euro": "eur", "prozent": "%", "zeich": "chars", "seit": "pages", "person": "persons", "mal": "times",
}

var weekdays = map[string]bool{"montag": true, "dienstag": true, "mittwoch": true, "donnerstag": true, "freitag": true, "samstag": true, "sonntag": true}

// figure takes note of word i where it is a number, date or paragraph. Those
// must be found again exactly; a number together with its unit.
func (s *sentence) figure(all []german.Word, i int) {
	w := all[i]
	var value string
	switch {
	case w.Kind == german.Date || w.Kind == german.Paragraph:
		s.exact[w.Form] = true
		for _, part := range w.Parts {
			if len(part) > 4 || strings.HasPrefix(part, "§") { // day of a full date, subsection
				s.exact[part] = true
			}
		}
		return
	case w.Kind == german.Number:
		value = w.Form
	case numerals[w.Form] != "":
		value = numerals[w.Form]
	case weekdays[w.Form]:
		s.exact[w.Form] = true
		return
	default:
		return
	}
	if i+1 < len(all) && s.percentSign(w) {
		value += "%"
	}
	s.loose[value] = true
	if i+1 < len(all) {
		if unit := units[all[i+1].Stem]; unit != "" {
			value += unit
		}
	}
	s.exact[value] = true
}

func (s *sentence) percentSign(w german.Word) bool {
	return strings.HasPrefix(strings.TrimLeft(s.text[w.End:], " "), "%")
}
