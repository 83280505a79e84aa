package ground

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"lvr.example/sprechstunde/retrieval/german"
)

// sentence is what the checks look at.
type sentence struct {
	text              string
	content           []german.Word   // words that carry a subject
	noun              map[string]bool // stems of content words with a capital
	name              map[string]bool // stems of abbreviations, CamelCase and what follows Frau, Herr, Dr.
	keys              map[string]bool // stems and parts of all words
	exact             map[string]bool // numbers with their units, dates, paragraphs
	loose             map[string]bool // numbers without units
	negations         int             // negating words
	may, must, should bool            // permission, duty, advice
	conditional       bool            // wenn, sofern, außer
	limited           bool            // nur, ausschließlich
	restricts         bool            // it opens by restricting what stood before
	bounds            map[string]bool
}

var (
	negating = words(`nicht kein keine keinem keinen keiner keines nie niemals niemand nichts weder keinesfalls keineswegs ohne
		verboten verbietet untersagt untersagen unzulassig unerlaubt ausgeschlossen tabu unmoglich ablehnen abgelehnt lehnt`)
	mayWords       = words(`darf durfen durfte erlaubt zulassig gestattet kann konnen konnten moglich freigegeben genehmigt`)
	mustWords      = words(`muss mussen musste mussten verpflichtet pflicht verpflichtend zwingend vorgeschrieben erforderlich notwendig`)
	shouldWords    = words(`soll sollen sollte sollten empfohlen empfehlen empfiehlt ratsam`)
	conditionWords = words(`wenn sofern falls ausser ausgenommen solange soweit vorausgesetzt ausnahme ausnahmen sonst`)
	limitWords     = words(`nur lediglich ausschliesslich einzig allein bloss`)
	boundWords     = map[string]string{
		"hochstens": "max", "maximal": "max", "mindestens": "min", "minimal": "min", "wenigstens": "min",
		"spatestens": "latest", "fruhestens": "earliest", "vor": "before", "vorher": "before", "bevor": "before", "nach": "after", "nachdem": "after", "danach": "after",
		"taglich": "daily", "wochentlich": "weekly", "monatlich": "monthly", "jahrlich": "yearly", "vierteljahrlich": "quarterly",
		"freiwillig": "voluntary", "intern": "internal", "interne": "internal", "internen": "internal", "extern": "external", "externe": "external", "externen": "external",
		"offentlich": "public", "offentliche": "public", "offentlichen": "public", "nichtoffentlich": "notpublic",
		"alle": "all", "allen": "all", "immer": "always", "manchmal": "sometimes", "selten": "seldom", "meistens": "mostly",
		"mehr": "more", "weniger": "less", "mit": "with",
	}
	opening   = regexp.MustCompile(`^(das|dies) gilt (nicht|nur|jedoch)|^(ausnahme|ausnahmen|ausgenommen|jedoch|allerdings|aber|voraussetzung|bedingung|es sei denn|nur wenn|davon)\b|^(das|dies) ist (nur|nicht)`)
	esSeiDenn = regexp.MustCompile(`\bes sei denn\b|\bmit ausnahme\b|\bunter der bedingung\b|\bvoraussetzung\b`)
	isTo      = regexp.MustCompile(`\b(ist|sind|haben|hat)( [^ ]+){0,6} zu [^ ]+(en|n)\b`)
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// read takes note of a text. What means the same as its words counts as if it
// stood there, too.
func read(text string, synonyms *german.Synonyms) sentence {
	all := german.Words(text)
	s := sentence{text: text, noun: map[string]bool{}, name: map[string]bool{}, keys: map[string]bool{},
		exact: map[string]bool{}, loose: map[string]bool{}, bounds: map[string]bool{}}
	var forms []string
	title := false
	for i, w := range all {
		forms = append(forms, w.Form)
		s.keys[w.Stem] = true
		for _, part := range w.Parts {
			s.keys[part] = true
		}
		s.figure(all, i)
		s.small(w.Form)
		if w.Kind == german.Plain || w.Kind == german.Abbreviation {
			s.word(text, w, title, i == 0)
		}
		title = w.Form == "frau" || w.Form == "herr" || w.Form == "herrn" || w.Form == "dr" || w.Form == "prof"
	}
	for _, e := range synonyms.Expand(all) {
		for _, w := range e.Words {
			s.keys[w.Stem] = true
		}
	}
	line := strings.Join(forms, " ")
	s.conditional = s.conditional || esSeiDenn.MatchString(line)
	s.must = s.must || isTo.MatchString(line)
	s.restricts = opening.MatchString(line)
	return s
}

// small takes note of the small words that turn a meaning.
func (s *sentence) small(form string) {
	switch {
	case negating[form]:
		s.negations++
	case conditionWords[form]:
		s.conditional = true
	case limitWords[form]:
		s.limited = true
	}
	s.may = s.may || mayWords[form]
	s.must = s.must || mustWords[form]
	s.should = s.should || shouldWords[form]
	if bound := boundWords[form]; bound != "" {
		s.bounds[bound] = true
	}
}

// word takes note of a word that carries a subject.
func (s *sentence) word(text string, w german.Word, title, first bool) {
	surface := text[w.Start:w.End]
	if w.Stop && !title {
		return
	}
	if negating[w.Form] || mayWords[w.Form] || mustWords[w.Form] || shouldWords[w.Form] {
		return
	}
	s.content = append(s.content, w)
	if strings.ContainsFunc(surface, unicode.IsDigit) {
		s.exact[w.Form] = true // K7, E9a
	}
	initial, size := utf8.DecodeRuneInString(surface)
	switch {
	case title || w.Kind == german.Abbreviation || strings.ContainsFunc(surface[size:], unicode.IsUpper):
		s.name[w.Stem] = true
	case unicode.IsUpper(initial) && !first:
		s.noun[w.Stem] = true
	}
}

// join makes one sentence of two neighbours, a before b.
func join(a, b sentence) sentence {
	j := a
	j.content = append(append([]german.Word{}, a.content...), b.content...)
	j.noun, j.name, j.keys = union(a.noun, b.noun), union(a.name, b.name), union(a.keys, b.keys)
	j.exact, j.loose, j.bounds = union(a.exact, b.exact), union(a.loose, b.loose), union(a.bounds, b.bounds)
	if !b.restricts { // "Das gilt nicht für …" is a condition of the first
		j.negations += b.negations
	}
	j.may, j.must, j.should = a.may || b.may, a.must || b.must, a.should || b.should
	j.conditional, j.limited = a.conditional || b.conditional || b.restricts, a.limited || b.limited
	return j
}

func union(a, b map[string]bool) map[string]bool {
	u := make(map[string]bool, len(a)+len(b))
	for k := range a {
		u[k] = true
	}
	for k := range b {
		u[k] = true
	}
	return u
}
