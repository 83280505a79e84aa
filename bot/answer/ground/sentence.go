package ground

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lvr.example/sprechstunde/retrieval/german"
)

// sentence is what the checks look at: a sentence, or a clause of one.
type sentence struct {
	given   string // as it was given
	text    string // as it is read
	words   []german.Word
	forms   []string      // its words as they are written
	carries []bool        // whether the word carries a subject
	capital []bool        // whether it is written like a noun
	content []german.Word // the words that carry
	clauses []sentence

	keys              map[string]bool // under which its words are found
	figures           []figure
	loose             map[string]bool // numbers that count nothing, as in "Version 2"
	negations         int             // negating words
	may, must, should bool            // permission, duty, advice
	conditional       bool            // wenn, sofern, außer
	limited           bool            // nur, ausschließlich
	restricts         bool            // it opens by restricting what stood before
	passive           bool
	pronoun           bool            // a word stands for something said before
	subject           bool            // "wer" or a pronoun acts
	verb              bool            // it has one
	bounds            map[string]bool // how often, for whom
	prepositions      map[string]bool
	topic             *sentence         // what stands above its passage; nil: nothing is known
	prefix            string            // of its verb, where that stands at the end
	named             map[string]string // what follows Frau, Herr, Dr., and which
	parties           map[string]bool   // persons and bodies, and whether they act
}

var (
	negating = list("negations", "denying-verbs")
	mayWords = list("permissions")
	// granted are permissions that stand where something is so: "ist freigegeben".
	granted        = list("granted")
	mustWords      = list("duties")
	shouldWords    = list("advice")
	conditionWords = list("condition-words", "exceptions")
	limitWords     = list("limit-words")
	scopeWords     = pairs("scopes")
	pronouns       = list("pronouns")
	auxiliary      = list("auxiliaries")
	prepWords      = list("preposition-words")
	joining        = list("joining")
	titles         = list("titles")
	fillers        = list("fillers")
	opening        = opens("restrictions")
	unless         = phrases("unless")
	hedged         = phrases("unless", "condition-phrases")
	isTo           = regexp.MustCompile(`\b(ist|sind|haben|hat)\b.*( zu [^ ]+n$| [a-z]{2,}zu[^ ]{3,}n$)|\b(zu [^ ]+n|[a-z]{2,}zu[^ ]{3,}n) (ist|sind|hat|haben)$`)
	judged         = phrases("judged")
	ifVerb         = regexp.MustCompile(`^(\p{Lu}\p{Ll}*(?:t|en|d)) (?:er|sie|es|der|die|das|ein|eine|kein|keine|\p{Lu}\p{Ll}+|[^,]*) ?[^,]*, (?:\p{Ll}*(?:t|n|ss|d|f))\b`)
	clauseEnds     = regexp.MustCompile(`[,;:–(]\s`)
)

// read takes note of a text. What means the same as its words counts as if it
// stood there, too.
func read(text string, synonyms *german.Synonyms) sentence {
	given, number := text, sectionNumber.FindStringSubmatch(text)
	text = worded(sectionNumber.ReplaceAllString(text, ""))
	s := clauseOf(text, synonyms, true)
	s.given = given
	for i, part := range clauseTexts(text) {
		if c := clauseOf(part, synonyms, i == 0); len(c.words) > 0 {
			s.clauses = append(s.clauses, c)
		}
	}
	inherit(s.clauses)
	s.numbered(number)
	s.restricts = opening.MatchString(s.line())
	s.parties, s.must = map[string]bool{}, false
	for i := range s.clauses {
		c := &s.clauses[i]
		if i > 0 && s.clauses[i-1].words[0].Form == "wer" {
			c.subject, c.parties = true, map[string]bool{}
			c.findParties()
		}
		c.restricts = s.restricts
		s.must = s.must || c.must
		s.parties = union(c.parties, s.parties)
	}
	if startsWithVerb(text) || len(s.words) > 0 && s.words[0].Form == "wer" {
		s.conditional = true
		if len(s.clauses) > 1 {
			s.clauses[0].conditional = true
		}
	}
	return s
}

// sectionNumber matches the number of a section before its rule: "6.2 Interne …",
// "(3) Erkenntnisse …".
var sectionNumber = regexp.MustCompile(`^\s*\(?(\d+(?:\.\d+)+|\d+(?:\)))\)?\s+`)

// numbered notes the number of a section, which is no word of its rule but must be
// right where it is said.
func (s *sentence) numbered(match []string) {
	if match == nil || len(s.clauses) == 0 {
		return
	}
	f := figure{value: strings.Trim(match[1], "()"), at: 0}
	s.figures, s.clauses[0].figures = append(s.figures, f), append(s.clauses[0].figures, f)
}

// infinitive reports whether a text begins with a clause that leans on the one
// before: "die Vorlage zu verlangen".
func infinitive(text string) bool {
	if end := clauseEnds.FindStringIndex(text); end != nil {
		text = text[:end[0]]
	}
	line := german.Fold(strings.TrimRight(text, ". "))
	return toVerb.MatchString(line) && !finite.MatchString(line)
}

var (
	toVerb = regexp.MustCompile(`( zu [^ ]+n| (an|ab|auf|aus|ein|vor|mit|nach|bei|zuruck|her|hin|weiter)zu[^ ]+n)$`)
	finite = phrases("finite")
)

// inherit gives a clause without a verb the words of the one before: all but the
// numbers where it names nothing itself, else those that are no nouns.
func inherit(clauses []sentence) {
	for i := 1; i < len(clauses); i++ {
		c := &clauses[i]
		if c.verb {
			continue
		}
		names := false
		for j := range c.words {
			names = names || c.capital[j] && c.carries[j] && !c.counted(j)
		}
		if at := clauses[i-1].amountOf(); at >= 0 && len(c.figures) > 0 {
			c.learn(clauses[i-1].words[at].Form)
		}
		var acting []string
		for j, w := range clauses[i-1].words {
			if clauses[i-1].carries[j] && w.Kind == german.Plain && (!names || !clauses[i-1].capital[j]) && !clauses[i-1].counted(j) {
				c.keys[w.Stem] = true
				c.learn(w.Form)
			}
			if clauses[i-1].parties[w.Stem] && len(c.parties) == 0 {
				c.keys[w.Stem] = true
				acting = append(acting, w.Stem)
			}
		}
		for _, stem := range acting {
			c.parties[stem] = true
		}
	}
}

// amountOf is the noun whose amount a clause gives: "ein Erfrischungsgeld von 40
// Euro"; -1: there is none.
func (s *sentence) amountOf() int {
	for _, f := range s.figures {
		if at := f.at - 2; at >= 0 && s.words[at+1].Form == "von" && s.capital[at] && s.carries[at] {
			return at
		}
	}
	return -1
}

// counted reports whether word j is a number or stands right behind one.
func (s *sentence) counted(j int) bool {
	number := func(i int) bool {
		return i >= 0 && (s.words[i].Kind == german.Number || numerals[s.words[i].Form] != "")
	}
	return number(j) || number(j-1)
}

// startsWithVerb recognizes "Dauert sie länger, ist …" and "Besteht Zweifel, kann …".
func startsWithVerb(text string) bool {
	m := ifVerb.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	w := german.Words(m[1])
	if len(w) != 1 || prepWords[w[0].Form] {
		return false
	}
	behind := german.Words(text[len(m[1]):])
	return len(behind) > 0 && (subjects[behind[0].Form] || nominative[behind[0].Form] || strings.HasSuffix(w[0].Form, "en") && startsUpper(strings.TrimSpace(text[len(m[1]):])))
}

var (
	subjects   = list("acting", "subjects")
	acting     = list("acting")
	nominative = list("nominatives")
)

func startsUpper(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

func clauseOf(text string, synonyms *german.Synonyms, first bool) sentence {
	s := sentence{text: text, words: german.Words(text), keys: map[string]bool{}, loose: map[string]bool{}, bounds: map[string]bool{},
		prepositions: map[string]bool{}, parties: map[string]bool{}, named: map[string]string{}}
	title, address := false, ""
	for i, w := range s.words {
		s.forms = append(s.forms, text[w.Start:w.End])
		s.keys[w.Stem] = true
		s.learn(w.Form)
		for _, part := range w.Parts {
			s.keys[part] = true
		}
		s.small(w.Form)
		upper := startsUpper(text[w.Start:])
		carries := !w.Stop && !negating[w.Form] && !mayWords[w.Form] && !mustWords[w.Form] && !shouldWords[w.Form]
		carries = carries && boundWords[w.Form] == "" && (numerals[w.Form] == "") && !prepWords[w.Form] && !fillers[w.Form] && !limitWords[w.Form] && !conditionWords[w.Form] || title
		carries = carries && !titles[w.Form] && !joining[w.Form]
		s.carries = append(s.carries, carries)
		s.capital = append(s.capital, upper && (i > 0 || !first || carries && opensAsNoun(s.text, s.words)))
		if title && !titles[w.Form] {
			s.named[w.Stem] = address
		}
		if carries {
			s.content = append(s.content, w)
		}
		if !upper || i == 0 {
			s.verb = s.verb || carries && w.Kind == german.Plain && !adverb(w.Form) && !adjective(w.Form)
		}
		s.pronoun = s.pronoun || pronouns[w.Form] || w.Form == "sie" && (!upper || i == 0)
		s.subject = s.subject || w.Form == "sie" && upper || acting[w.Form] || i <= 1 && w.Form == "diese"
		if title = titles[w.Form]; title && (address == "" || w.Form == "frau" || strings.HasPrefix(w.Form, "herr")) {
			address = strings.TrimSuffix(w.Form, "n")
		} else if !title {
			address = ""
		}
		if prepWords[w.Form] {
			s.prepositions[w.Form] = true
		}
	}
	s.separated()
	for i := range s.words {
		s.number(i)
	}
	s.ranges()
	for _, e := range synonyms.Expand(s.words) {
		for _, w := range e.Words {
			s.keys[w.Stem] = true
		}
	}
	line := s.line()
	s.negations += len(unless.FindAllString(line, -1))
	s.conditional = s.conditional || hedged.MatchString(line)
	to := isTo.MatchString(line) && !s.may && !judged.MatchString(line)
	s.must = s.must || to
	s.passive = to && !strings.Contains(line, "hat ") && !strings.Contains(line, "haben ") || passive(s.words)
	s.grants()
	s.findParties()
	return s
}

// denials is how often a sentence denies one thing: "keine Vorträge und keine
// Anmeldung" denies each once.
func (s sentence) denials() (most int) {
	n := 0
	for i, w := range s.words {
		if s.parts(i) {
			n = 0
		}
		if negating[w.Form] {
			n++
		}
		most = max(most, n)
	}
	return most
}

// grants notes that who is granted something gets it: "werden 12 Cent gezahlt".
func (s *sentence) grants() {
	if s.passive && slices.ContainsFunc(s.words, func(w german.Word) bool { return meets(keysOf(w.Form), granting) }) {
		s.learn("erhalten")
	}
	line := s.line()
	if exempt.MatchString(line) {
		s.negations++
		s.conditional = false
	}
	if isSo.MatchString(line) && slices.ContainsFunc(s.words, func(w german.Word) bool { return granted[w.Form] }) {
		s.may = true
	}
}

var (
	granting = func() (keys []string) {
		for _, form := range lists["granting"] {
			keys = append(keys, formKeys(form)...)
		}
		return keys
	}()
	exempt = regexp.MustCompile(`\b(von|vom)\b.*\bausgenommen$`)
	isSo   = regexp.MustCompile(`\b(ist|sind)\b`)
)

// opensAsNoun tells whether the first word of a sentence, which has its capital
// anyway, is a noun: no adjective before one, and no verb.
func opensAsNoun(text string, all []german.Word) bool {
	form := all[0].Form
	if adjective(form) {
		return len(all) > 1 && !startsUpper(text[all[1].Start:])
	}
	return !strings.HasSuffix(form, "t")
}

func (s *sentence) line() string {
	forms := make([]string, len(s.words))
	for i, w := range s.words {
		forms[i] = w.Form
	}
	return strings.Join(forms, " ")
}

// passive: a form of werden and a participle, but no infinitive that would make
// it a future.
func passive(all []german.Word) bool {
	becomes, done := false, false
	for _, w := range all {
		becomes = becomes || becoming[w.Form]
		done = done || participle.MatchString(w.Form)
	}
	return becomes && done
}

// becoming are the verbs of a passive: "wird gestellt", "bekommt gestellt".
var becoming = list("becoming")

var participle = regexp.MustCompile(`^(\p{L}{0,7}ge\p{L}{2,}(t|en)|(be|ver|er|ent|zer|emp)\p{L}+(t|en)|\p{L}{0,5}(be|ver|er|ent)\p{L}+(t|en)|\p{L}+iert)$`)

// separated joins the prefix that ends a clause to the verbs in it.
func (s *sentence) separated() {
	if len(s.words) == 0 {
		return
	}
	last := s.words[len(s.words)-1].Form
	if !slices.Contains(separable, last) {
		return
	}
	s.prefix = last
	for i, w := range s.words {
		if (s.carries[i] || roots[w.Form] != "") && !s.capital[i] {
			s.learn(last + w.Form)
		}
	}
}

// learn notes all under what a form is found.
func (s *sentence) learn(form string) {
	for _, key := range keysOf(form) {
		s.keys[key] = true
	}
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
	s.verb = s.verb || auxiliary[form] || mayWords[form] || mustWords[form] || shouldWords[form]
	if scope := scopeWords[form]; scope != "" {
		s.bounds[scope] = true
	}
}

// preposition is the one that noun i depends on, empty without one.
func (s *sentence) preposition(i int) string {
	for j := i - 1; j >= 0 && j >= i-5; j-- {
		form := s.words[j].Form
		switch {
		case titles[form]:
			continue
		case (form == "zu" || form == "zur" || form == "zum") && j > 0 && s.words[j-1].Form == "bis":
			return "bis"
		case prepWords[form]:
			return form
		case s.capital[j] && s.carries[j], !adjective(form) && !articles[form] && s.words[j].Kind == german.Plain && numerals[form] == "":
			return ""
		}
	}
	return ""
}

// opensWith reports whether noun i belongs to the phrase that opens the clause,
// a verb behind it.
func (s *sentence) opensWith(i int) bool {
	for j := range i {
		if s.capital[j] && s.carries[j] {
			return false
		}
	}
	return prepWords[s.words[0].Form]
}

// attribute reports whether word i narrows the noun behind it.
func (s *sentence) attribute(i int) bool {
	return s.carries[i] && !s.capital[i] && s.words[i].Kind == german.Plain && adjective(s.words[i].Form)
}

// adverb reports whether a form has the ending of one that is no verb's.
func adverb(form string) bool {
	return strings.HasSuffix(form, "lich") || strings.HasSuffix(form, "ig") || strings.HasSuffix(form, "weise") || strings.HasSuffix(form, "los")
}

// adjective reports whether a form has the ending of one before its noun.
func adjective(form string) bool {
	for _, ending := range []string{"e", "en", "er", "es", "em"} {
		if strings.HasSuffix(form, ending) {
			return true
		}
	}
	return false
}

// join makes one sentence of two neighbours, a before b.
func join(a, b sentence) sentence {
	j := a
	j.text = a.text + " " + b.text
	j.words, j.forms = slices.Concat(a.words, b.words), slices.Concat(a.forms, b.forms)
	j.carries, j.capital = slices.Concat(a.carries, b.carries), slices.Concat(a.capital, b.capital)
	j.content, j.clauses = slices.Concat(a.content, b.content), slices.Concat(a.clauses, b.clauses)
	j.figures = slices.Clone(a.figures)
	for _, f := range b.figures {
		f.at += len(a.words)
		j.figures = append(j.figures, f)
	}
	j.keys, j.loose, j.bounds = union(a.keys, b.keys), union(a.loose, b.loose), union(a.bounds, b.bounds)
	j.named = map[string]string{}
	maps.Copy(j.named, a.named)
	maps.Copy(j.named, b.named)
	j.prepositions, j.parties = union(a.prepositions, b.prepositions), union(b.parties, a.parties)
	if !b.restricts { // "Das gilt nicht für …" is a condition of the first
		j.negations += b.negations
	}
	j.may, j.must, j.should = a.may || b.may, a.must || b.must, a.should || b.should
	j.conditional, j.limited = a.conditional || b.conditional || b.restricts, a.limited || b.limited
	j.pronoun = a.pronoun || b.pronoun
	return j
}

func union(a, b map[string]bool) map[string]bool {
	u := make(map[string]bool, len(a)+len(b))
	maps.Copy(u, a)
	maps.Copy(u, b)
	return u
}
