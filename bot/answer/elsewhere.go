package answer

import (
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// Field is a subject that other people are in charge of. The house sets it.
type Field struct {
	Words   []string // that a question of this field has, in any compound
	Broken  []string // words of what they mend: count only where something does not work
	Contact Contact
}

// Fields are the subjects of others.
type Fields []Field

// Find returns who is in charge where a question belongs to another field and
// the documents do not answer it: nothing was found, or what comes nearest does
// not have the word at all. Something of another field that is broken is for
// those in charge also where documents have rules about it: no rule mends it.
func (f Fields) Find(question string, found retrieval.Result) (Contact, bool) {
	field, stem, named := f.of(question)
	if !named || answered(question, stem, found) {
		return Contact{}, false
	}
	return field.Contact, true
}

// Named reports whether a question names one of the subjects.
func (f Fields) Named(question string) bool {
	_, _, named := f.of(question)
	return named
}

// answered reports whether the documents answer a question of another field.
func answered(question, stem string, found retrieval.Result) bool {
	hits := found.Hits
	switch found.Sufficiency.Band {
	case retrieval.NotFound:
		return false
	case retrieval.Nearest:
		return !broken(question) && discussed(stem, hits[:min(3, len(hits))])
	default:
		return !broken(question) || mends(stem, hits[:min(1, len(hits))])
	}
}

// of returns the first field that a question names, and by which stem.
func (f Fields) of(question string) (Field, string, bool) {
	words := german.Content(german.Words(question))
	faulty := broken(question)
	if !faulty && ofMachines.MatchString(plainLine(question)) {
		return Field{}, "", false // how a machine is used is our field, whatever it is used for
	}
	for _, field := range f {
		known := field.Words
		if faulty {
			known = slices.Concat(field.Words, field.Broken)
		}
		for _, w := range known {
			if stem, named := names(words, german.Fold(w)); named {
				return field, stem, true
			}
		}
	}
	return Field{}, "", false
}

// names reports whether words have a word of a field, in any form and compound, and
// returns its stem. A word that its stem is shorter than is looked for as it stands,
// too: "Vordruck" and "unter Druck" have the stem of "Drucker", and name none.
func names(words []german.Word, word string) (stem string, named bool) {
	stem = german.Stem(word)
	if !strings.HasSuffix(word, "er") || stem == word {
		return stem, asks(words, stem)
	}
	return stem, slices.ContainsFunc(words, func(w german.Word) bool {
		return strings.Contains(w.Form, word) || w.Stem == stem && len(w.Form) > len(stem)
	})
}

// broken reports whether a question says that something does not work, and asks
// for nothing besides: a condition ("wenn") asks for the rule.
func broken(question string) bool {
	text := plainLine(question)
	return malfunction.MatchString(text) && !condition.MatchString(text)
}

// plainLine is a question folded and without signs, with a blank around each word.
func plainLine(question string) string {
	return " " + strings.Join(strings.FieldsFunc(german.Fold(question), func(r rune) bool { return !isWordRune(r) }), " ") + " "
}

var (
	malfunction = regexp.MustCompile(` (?:` + strings.Join([]string{
		`(?:geht|gehen|funktioniert|funktionieren|lauft|klappt|reagiert|druckt|startet|fahrt|ladt|offnet|schliesst|antwortet|bewegt|tut|will|zeigt|macht|gibt|nimmt|erkennt|findet|verbindet|heizt|kuhlt|scannt|zieht|stimmt|kommt|brennt|springt) (?:\S+ ){0,4}?(?:nicht|nich|net|nimmer|nix|nichts|kein|keine|keinen)`,
		`(?:nicht|nich|nix|nichts) (?:richtig |mehr )?(?:geht|funktioniert|lauft|klappt|zeigt|anzeigt)`,
		`noch (?:immer )?nicht (?:da|gekommen|genehmigt|bearbeitet|bewilligt)`,
		`kein(?:e|en)? (?:internet|netz|netzwerk|strom|wlan|vpn|verbindung|bild|ton|signal|licht|wasser)`,
		`(?:ist|sind|bleibt|bleiben|wird) (?:\S+ ){0,3}?(?:aus|dunkel|schwarz|blau|leer|voll|kalt|eiskalt|undicht|verstopft|stumm|eingefroren|stehen|hangen|heiss)`,
		`(?:sturzt|friert) (?:\S+ ){0,3}?(?:ab|ein|auf)|abgesturzt`,
		`vergessen|abgelaufen|kaputt|defekt|gesperrt|zurucksetzen|spinnt|hangt|klemmt|steckt|flackert|flimmert|streikt|bockt|tot|fehlt|fehlen|ausgefallen|verloren|rauscht|brummt|piept|piepst|quietscht|tropft|leckt|stinkt|wackelt|ruckelt|knackt|lahmt|ploppt`,
	}, `|`) + `) `)
	ofMachines = regexp.MustCompile(` (?:ki|ais?|kis|kim|chatgpt|copilot|bot|bots|chatbot|roboter|robotern) `)
	condition  = regexp.MustCompile(` (?:wenn|falls|darf|durfen|muss|mussen|soll|sollen|ob|regel|regelung|welche|wann|wie oft) `)
)

func asks(words []german.Word, stem string) bool {
	for _, w := range words {
		if w.Stem == stem || len(stem) >= 5 && strings.Contains(w.Form, stem) {
			return true
		}
		for _, part := range w.Parts {
			if part == stem {
				return true
			}
		}
	}
	return false
}

// mends reports whether one of the passages speaks of the word, and of what does not work.
func mends(stem string, hits []retrieval.Hit) bool {
	return slices.ContainsFunc(hits, func(h retrieval.Hit) bool {
		return malfunction.MatchString(plainLine(textOf(h))) && discussed(stem, []retrieval.Hit{h})
	})
}

// discussed reports whether one of the passages has the word.
func discussed(stem string, hits []retrieval.Hit) bool {
	for _, hit := range hits {
		if asks(german.Content(german.Words(textOf(hit))), stem) {
			return true
		}
	}
	return false
}

// textOf is all that a hit shows: title, headings, text.
func textOf(hit retrieval.Hit) string {
	return hit.Document.Title + "\n" + strings.Join(hit.Passage.Headings, "\n") + "\n" + hit.Passage.Text
}
