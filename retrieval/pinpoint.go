package retrieval

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// Statement is a sentence, list item or table row of a passage that was found,
// with how well it answers the question by itself.
type Statement struct {
	Hit     int // index of the hit that it was read with
	Passage Passage
	Span    german.Span // in Passage.Text
	Score   float64     // log odds that the answer stands there
	Bears   float64     // share of the question's words, by rarity, that it has
	Above   float64     // the same for its headings and the title of its document
	Fits    bool        // the question is of a kind, and it gives what such a question asks for
	Usual   bool        // a note of the house: each of its words stands all over what the asker may read
}

// Text returns the statement word for word.
func (s Statement) Text() string { return s.Span.Of(s.Passage.Text) }

// What a statement is judged by. Each is about 0 to 1.
const (
	ofHit       = iota // the hit's score beside the best one's
	ofPlace            // 1/(1+place of the hit)
	ownPassage         // it stands in the passage found, not in one read beside it
	ownWords           // share of the question's words, by rarity, in the statement
	aboveWords         // in headings and title
	unitMeaning        // similarity of the best window with it, from -1 for the least similar window of all to 0 for the most similar
	topMeaning         // it stands in the most similar window of all
	isQuestion         // it asks itself
	behindAsked        // it stands behind a question, or below a heading that asks
	tiny               // fewer than four words
	ruleWords          // a rule is asked for, and it permits, forbids or obliges
	isRow              // a row of a table
	binding            // the rank of its document: 1 for the most binding, then 1/2, 1/3, …
	valueUnit          // it holds a value in the unit asked for: time, money, a place, somebody to turn to
	unitMissing        // a unit is asked for and is not there
	leads              // it ends with a colon: what it says comes behind it
	heads              // it is the head of a table
	leansBack          // it is not understood without the one before
	features
)

// PinpointParams weigh what speaks for a statement.
type PinpointParams struct {
	Hits    int // the first hits that are looked through
	Weights [features]float64
}

// DefaultPinpointParams returns weights fitted on 147 staff-like questions over the
// example house whose answer's words are known, by a softmax over all statements
// that were read, with an L2 penalty. Of six parts of the questions left out in
// turn, the 40 words around the best statement hold the answer's in .551, those of
// the best two documents in .612; with differences of cosines as they are (some
// hundredths, so that the penalty mutes them), and besides neighbours, the rarest
// word, kinds of values, first and long statements, .537 and .571. What is read
// holds them in .878. A passage's own score, that of its document, places in lists,
// minutes and words of rules told nothing more; all these differences are of one to
// nine questions of 147. Since hits gain by their rank themselves (Params.Binding), it
// has half of its weight here: with .8, 1.5 and 3.0 .633, .630 and .597 of 362 questions
// have their answer's words within a post's first 60, of 140 last ones of a talk .664,
// .679 and .664.
func DefaultPinpointParams() PinpointParams {
	return PinpointParams{Hits: 5, Weights: [features]float64{
		ofHit: 1.4, ofPlace: 1.2, ownPassage: 1.6, ownWords: 3.9, aboveWords: 1.2, unitMeaning: 2.8, topMeaning: 0.4,
		isQuestion: -0.1, behindAsked: 0.6, tiny: -1.4, ruleWords: 1.1, isRow: -0.2,
		binding: 1.5, valueUnit: 1.2, unitMissing: -1.2, leads: -0.7, heads: -2.5, leansBack: -0.3,
	}}
}

// evidence is what a search knows of how its hits bear on the question.
type evidence struct {
	params  PinpointParams
	focus   string // tells what is asked for; empty: the question
	words   []wanted
	meaning Vector              // the question as one; empty: nothing was compared
	similar map[int64][]float64 // of the passages' units; empty: nothing was compared
	usual   map[string]bool     // stems that stand all over what the asker may read; nil: not known

	question   string      // that statements were judged for
	statements []Statement // so judged
}

// weigh judges the statements for the question that was searched: whether the best one
// answers where its passage only comes near, and whether two of them differ.
func (r *Result) weigh(question string) {
	r.evidence.statements, r.evidence.question = r.Statements(question), question
	if r.Sufficiency.Band == Nearest && r.Sufficiency.Probability >= nearlyAnswered && r.held(question) >= heldEnough {
		r.Sufficiency.Band, r.Sufficiency.Reason = Answered, "statement holds the question"
	}
	if r.Sufficiency.Band != Answered {
		return
	}
	if sides := r.sides(question, r.evidence.statements); len(sides) > 0 {
		r.Sufficiency.Band, r.Sufficiency.Reason, r.Sufficiency.Sides = Conflicting, "two valid documents differ", sides
	}
}

// What comes near answers where the statement that is shown holds most of the question,
// with its headings, its title and what stands beside it. Chosen on 502 answerable
// questions over the example house, asked in a replay, and 90 others; what it does is in
// docs/evaluation.md: of the posts with the answer's words 85 of 370 still carry the line
// that they only come near (96 of 361 before).
const (
	nearlyAnswered = 0.3
	heldEnough     = 0.5
)

// held is the share of the question's words, by rarity, in the best statement with all
// that it is read below and beside.
func (r *Result) held(question string) float64 {
	if len(r.evidence.statements) == 0 {
		return 0
	}
	s := r.evidence.statements[0]
	texts := append([]string{s.Text(), beside(s), r.Hits[s.Hit].Document.Title}, s.Passage.Headings...)
	return newJudging(question, r.evidence).share(german.NewBag(texts...))
}

// Statements returns the statements of the first hits and of what is read beside
// them, those first that answer the question best. Of a result that no search
// made, statements are judged by words alone, each as rare as the others.
func (r Result) Statements(question string) []Statement {
	e := r.evidence
	if len(e.statements) > 0 && e.question == question {
		return slices.Clone(e.statements)
	}
	if e.words == nil {
		e = evidence{params: DefaultPinpointParams(), words: wantedWords(question, nil)}
	}
	j := newJudging(question, e)
	var all []Statement
	seen := map[int64]bool{}
	for i := range r.Hits[:min(e.params.Hits, len(r.Hits))] {
		for _, passage := range r.Hits[i].Passages() {
			if !seen[passage.ID] {
				seen[passage.ID] = true
				all = append(all, j.passage(r.Hits, i, passage)...)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Statement) int { return cmp.Compare(b.Score, a.Score) })
	j.fitting(question, r.Hits, all)
	j.decided(all)
	j.forbidding(question, r.Hits, all)
	return all
}

func newJudging(question string, e evidence) judging {
	focus := cmp.Or(e.focus, question)
	j := judging{evidence: e, asked: AskedBy(focus), unit: unitAsked(focus)}
	for _, w := range e.words {
		j.total += w.rarity
	}
	for _, units := range e.similar {
		for _, s := range units {
			if j.closest == 0 || s < j.farthest {
				j.farthest = s
			}
			j.closest = max(j.closest, s)
		}
	}
	return j
}

// judging is one question on its way through the statements.
type judging struct {
	evidence
	asked Asked
	unit  *regexp.Regexp // of the value asked for, on folded text; nil: none shows
	total float64

	closest, farthest float64 // similarity of all units read
}

// passage judges each statement of a passage.
func (j judging) passage(hits []Hit, hit int, p Passage) []Statement {
	spans := german.Statements(p.Text)
	headed := j.share(german.NewBag(append([]string{hits[hit].Document.Title}, p.Headings...)...))
	bags := make([]german.Bag, len(spans))
	for i, span := range spans {
		bags[i] = german.NewBag(span.Of(p.Text))
	}
	over := readBelow(p.Text, spans)
	meaning, valued := j.meanings(p, spans), j.valued(p, spans)
	asking := strings.HasSuffix(strings.TrimSpace(p.Heading()), "?")
	all := make([]Statement, len(spans))
	for i, span := range spans {
		text := span.Of(p.Text)
		var f [features]float64
		all[i].Hit, all[i].Passage, all[i].Span = hit, p, span
		above := -1
		if k := over[i]; k >= 0 {
			above = k
		} else if i > 0 && german.LeansBack(text) && !strings.HasSuffix(spans[i-1].Of(p.Text), "?") {
			above = i - 1
		}
		all[i].Bears, all[i].Above = j.bears(bags, i, above), headed
		all[i].Usual = j.note(text)
		f[ofHit] = share(hits[hit].Score, hits[0].Score)
		f[ofPlace] = 1 / float64(1+hit)
		f[ownPassage] = truth(p.ID == hits[hit].Passage.ID)
		f[ownWords] = all[i].Bears
		f[aboveWords] = headed
		f[unitMeaning] = share(meaning[i]-j.closest, j.closest-j.farthest)
		f[topMeaning] = truth(j.closest > 0 && meaning[i] == j.closest)
		f[isQuestion] = truth(strings.HasSuffix(text, "?"))
		f[behindAsked] = truth(i > 0 && strings.HasSuffix(spans[i-1].Of(p.Text), "?") || i == 0 && asking)
		f[tiny] = truth(len(german.Words(text)) < 4)
		f[ruleWords] = truth(j.asked == AskedRule && ruling(text))
		f[isRow] = truth(row(text))
		f[binding] = 1 / float64(max(1, hits[hit].Document.Rank))
		f[valueUnit] = truth(valued[i])
		f[unitMissing] = truth(j.unit != nil && f[valueUnit] == 0)
		f[leads] = truth(strings.HasSuffix(text, ":"))
		f[heads] = truth(row(text) && over[i] < 0 && i+1 < len(spans) && over[i+1] == i && !figure.MatchString(text))
		f[leansBack] = truth(german.LeansBack(text))
		for k, weight := range j.params.Weights {
			all[i].Score += weight * f[k]
		}
	}
	return all
}

// readBelow returns for each statement which one it is read below: the head of its table
// or the line before its list; -1: none.
func readBelow(text string, spans []german.Span) []int {
	over := make([]int, len(spans))
	at, table := -1, false
	for i, span := range spans {
		own := span.Of(text)
		if row(own) != table { // one begins here, or has ended
			at, table = -1, !table
		}
		over[i] = -1
		switch {
		case table && at < 0:
			at = i
		case table || german.ListItem(own):
			over[i] = at
		case strings.HasSuffix(own, ":"):
			at = i
		default:
			at = -1
		}
	}
	return over
}

// bears is the share of the question's words, by rarity, that a statement has, read below
// another one; -1: below none.
func (j judging) bears(bags []german.Bag, own, above int) float64 {
	sum := 0.0
	for _, w := range j.words {
		held := w.in(bags[own])
		if above >= 0 {
			held = max(held, heldAbove*w.in(bags[above]))
		}
		sum += w.rarity * held
	}
	return share(sum, j.total)
}

// heldAbove is how well a statement has the words that it is read below: the row that
// says what is asked goes before those that stand below the same head.
const heldAbove = 0.9

func (j judging) share(bags ...german.Bag) float64 {
	if j.total == 0 {
		return 0
	}
	sum := 0.0
	for _, w := range j.words {
		held := 0.0
		for _, b := range bags {
			held = max(held, w.in(b))
		}
		sum += w.rarity * held
	}
	return sum / j.total
}

// meanings returns for each statement the similarity of the best unit that it
// stands in. One that was not compared counts as the farthest.
func (j judging) meanings(p Passage, spans []german.Span) []float64 {
	best := slices.Repeat([]float64{j.farthest}, len(spans))
	units := j.similar[p.ID]
	for u, window := range unitSpans(p.Text) {
		if u >= len(units) {
			break
		}
		for i, span := range spans {
			if span.Start < window.End && window.Start < span.End {
				best[i] = max(best[i], units[u])
			}
		}
	}
	return best
}

// valued reports for each statement whether it holds a value in the unit asked for.
// Rows of one table hold values of one kind, below its head: where one row shows the
// unit, the others do as well ("bis zum 30. Geburtstag" beside "10 Jahre"), so that
// the words asked for decide which row it is.
func (j judging) valued(p Passage, spans []german.Span) []bool {
	valued := make([]bool, len(spans))
	if j.unit == nil {
		return valued
	}
	for from := 0; from < len(spans); {
		to := from
		for to < len(spans) && row(spans[to].Of(p.Text)) {
			to++
		}
		to = max(to, from+1)
		shown := false
		for i := from; i < to; i++ {
			valued[i] = j.unit.MatchString(german.Fold(spans[i].Of(p.Text)))
			shown = shown || valued[i]
		}
		for i := from + 1; i < to; i++ {
			valued[i] = shown
		}
		from = to
	}
	return valued
}

// figure tells a row of a table without a head from a head, which has none.
var figure = regexp.MustCompile(`[0-9]`)

// row reports whether a statement is a row of a table.
func row(text string) bool { return strings.Contains(text, " | ") }

func share(a, best float64) float64 {
	if best == 0 {
		return 0
	}
	return a / best
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// unitAsked returns what a value looks like that the question asks for; nil where
// no text shows it.
func unitAsked(question string) *regexp.Regexp {
	folded := german.Fold(question)
	for _, u := range askedUnits {
		if u.asked.MatchString(folded) {
			return u.value
		}
	}
	return nil
}

// askedUnits are tried in order; both sides are folded.
var askedUnits = []struct{ asked, value *regexp.Regexp }{
	{regexp.MustCompile(`\bwie lautet\b|\bwortlaut\b|\bwelche[nr]? (?:satz|formulierung|hinweis)\b`),
		regexp.MustCompile(`„[^“]{12,}`)},
	{regexp.MustCompile(`\b(?:formular|vordruck)\w*\b|\bwelches blatt\b|\bwomit beantrag\w*\b`),
		regexp.MustCompile(`\b(?:formular|vordruck)\w*\b|\b[a-z]-\d{2,4}\b`)},
	{regexp.MustCompile(`\b(?:ruf|rufe|rufen) (?:ich|wir|man)\b|\b(?:welche|unter welcher) (?:nummer|telefonnummer|durchwahl)\b|\banruf\w*\b|\btelefonnummer\b`),
		regexp.MustCompile(`\btelefon\w*\b|\b\d{4,}\b`)},
	{regexp.MustCompile(`\b(?:welche|an welche) (?:e-)?mail\w*\b|\bmailadresse\b|\bemail\w*\b`),
		regexp.MustCompile(`\w@\w`)},
	{regexp.MustCompile(`\bwie (?:lang|lange|schnell|fruh|zeitig)\b|\b(?:bis|ab) wann\b|\bwie viele? (?:tage?|wochen?|monate?|jahre?|stunden?|minuten?|zeit)\b|\bfrist\w*\b|\bwie (?:oft|haufig)\b|\bdauert?\b|\bin welchen abstanden\b|\bwie alt\b`),
		regexp.MustCompile(`\b(?:minuten?|stunden?|tag(?:e|en|es)?|\w+tage[ns]?|wochen?|monat(?:e|en|s)?|jahr(?:e|en|es)?|quartal\w*|(?:halb|viertel)?jahrlich\w*|monatlich\w*|wochentlich\w*|taglich\w*|einmal|zweimal|dreimal|sofort|unverzuglich|unbefristet|dauerhaft|\d+ uhr|januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember)\b`)},
	{regexp.MustCompile(`\bwas kostet\b|\bkosten\b|\bwie teuer\b|\bwie ?viel (?:geld|euro)\b|\bgebuhr\w*\b|\bbudget\b|\bpreis\w*\b|\bzahlt?\b|\bzahlen\b|\bkostet\b`),
		regexp.MustCompile(`\beuro\b|€|\bcent\b|\bkostenlos\w*|\bkostenfrei\w*|\bmillion\w*|\bgebuhr\w*|\bkosten\b|\bbezahlt\b`)},
	{regexp.MustCompile(`\bwann\b|\bwelche[mnrs]? (?:tag|datum|termin|uhrzeit|monat|jahr)\w*\b|\bum wie ?viel uhr\b|\bseit wann\b`),
		regexp.MustCompile(`\b\d{1,2}\. ?(?:\d{1,2}\.|[a-z]{3,9}\b)|\b(?:19|20)\d{2}\b|\b\d{1,2}(?:[.:]\d{2})? uhr\b|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\w*|\b(?:januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember)\b`)},
	{regexp.MustCompile(`\bwo\b|\bwohin\b|\bwelche[mnrs]? (?:raum|ort|gebaude|stelle)\b|\bwoher\b`),
		regexp.MustCompile(`\braum\b|\bhaus\b|\b(?:start|haupt)menu\b|\bbrowser\b|\w*kalender\b|\bservicekatalog\b|\bintranet\w*|\bportal\w*|\w+portal\b|\bvideoraum\b|\bstrasse\b|\betage\b|\bgebaude\b|\bonline\b|\bmediathek\b|\bseite\b|\bordner\b|https?://|\w@\w`)},
	{regexp.MustCompile(`\b(?:wer|wem|wen|wessen)\b|\ban wen\b|\bzustandig\w*\b|\bansprech\w+\b|\bmelde\w* ich mich\b`),
		regexp.MustCompile(`\w@\w|\btelefon\b|\b\w*(?:stelle|beauftragte\w*|leitung|kreis|rat|team|zentrum|servicedesk|buro|amt|dezernat|fachbereich\w*|abteilung|person\w*|kraft|krafte|lots\w+|vertretung|dienststelle|referat)\b`)},
	{regexp.MustCompile(`\bwie ?viele?[nmrs]?\b|\bwie (?:hoch|gross|weit|schwer)\b|\banzahl\b|\bprozent\w*\b|\bhochstens\b|\bmaximal\b|\bmindestens\b`),
		regexp.MustCompile(`\d|\b(?:zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|zwanzig|dreissig|hundert|tausend)\b`)},
}

// ruling reports whether a text permits, forbids or obliges.
func ruling(text string) bool {
	if obliging.MatchString(german.Fold(text)) {
		return true
	}
	for _, w := range german.Words(text) {
		if rulingWords[w.Form] {
			return true
		}
	}
	return false
}

// obliging is how rules oblige: "ist der Grundkurs abzuschließen".
var obliging = regexp.MustCompile(`\b(?:ist|sind)\b.*\b(?:zu \w+(?:en|ern|eln)|(?:ab|an|auf|aus|ein|frei|mit|nach|vor|weg|zuruck)zu\w+(?:en|ern|eln))\b`)

var rulingWords = german.Set(`darf durfen muss mussen soll sollen kann konnen erlaubt zulassig gestattet verboten untersagt unzulassig
	verpflichtet pflicht freigegeben zugelassen nicht kein keine keinen keiner nie ja nein freiwillig erforderlich notwendig genugt reicht`)
