package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// Spoken is what a talk is about when a question is asked.
type Spoken struct {
	Passages []int64 // that the last answer rests on; empty: nothing
	Earlier  []int64 // that those before it rest on
	Leans    bool    // the question is not understood without what was said
	Joined   string  // the question with what it goes on from; empty: it is searched alone
}

// spokenReach is how many passages on each side of those spoken of are looked at in their
// documents.
const spokenReach = 20

// What a statement is judged by in a talk. Each is about 0 to 1.
const (
	tInsideLeans   = iota // it stands in a document spoken of, and the question leans on that
	tInsideOwn            // likewise, of a question that is understood alone: 1/its words that name something
	tClose                // 1/(1+passages to the closest spoken of)
	tOwnWords             // share of the question's words, by rarity, in the statement
	tOwnAbove             // in its headings and title
	tJoinedWords          // of the joined question's words in all of them
	tOwnMeaning           // similarity to the question, from -1 for the least similar unit of all to 0
	tJoinedMeaning        // to the joined question
	tUnit                 // it holds a value in the unit asked for
	tUnitMissing          // a unit is asked for and is not there
	tRule                 // a rule is asked for, and it permits, forbids or obliges
	tTiny                 // fewer than four words
	tRow                  // a row of a table
	tLeads                // what it says comes behind it
	tBinding              // the rank of its document: 1 for the most binding, then 1/2, 1/3, …
	tOwnPlace             // 1/(1+place) of its passage among what was found for the question alone
	tJoinedPlace          // for the joined question
	talkFeatures
)

// talkWeights were fitted by a softmax over all statements around what is spoken of and of
// what is found for the question alone and joined, with an L2 penalty.
var talkWeights = [talkFeatures]float64{
	tInsideLeans: 2.65, tInsideOwn: 1.72, tClose: 1.33, tOwnWords: 2.86, tOwnAbove: .90, tJoinedWords: 2.10,
	tOwnMeaning: 2.32, tJoinedMeaning: 1.68, tUnit: 1.34, tUnitMissing: -1.34, tRule: .93, tTiny: -.74, tRow: -.96,
	tLeads: -.31, tBinding: 1.08, tOwnPlace: 1.38, tJoinedPlace: .90,
}

// inTalk answers a question out of the documents that the talk is about, if that is where
// the best statement stands; false: it stands elsewhere. Statements are judged by all that
// is known of the question alone, as it was joined, and of what is spoken of.
func (e *Engine) inTalk(ctx context.Context, q Query, alone Result, r Readers) (Result, bool, error) {
	joined := Result{}
	if q.Spoken.Joined != "" {
		one := q
		one.Text, one.Own = q.Spoken.Joined, q.Text
		var err error
		if joined, err = e.searchAlone(ctx, one, r); err != nil {
			return Result{}, false, err
		}
	}
	t := talk{spoken: q.Spoken, alone: alone, joined: joined, ordinals: map[int64][]int{}, last: map[int64]bool{}}
	if err := t.gather(ctx, e, q, r); err != nil || len(t.ordinals) == 0 {
		return Result{}, false, err
	}
	statements := t.judge(ctx, e, q, r)
	if t.unsaid() {
		found := t.result(cmp.Or(q.Spoken.Joined, q.Text), statements)
		found.Sufficiency.Band, found.Sufficiency.Reason = NotFound, "what is asked for stands nowhere in the talk"
		return found, true, nil
	}
	if len(statements) == 0 || !t.inside(statements[0]) || t.elsewhere() {
		return Result{}, false, nil
	}
	found := t.result(cmp.Or(q.Spoken.Joined, q.Text), statements)
	return found, len(found.Hits) > 0, nil
}

// talk is a question on its way through the statements that may answer it.
type talk struct {
	spoken        Spoken
	alone, joined Result
	hits          []Hit           // one for each passage looked through
	ordinals      map[int64][]int // of the passages spoken of, by document
	last          map[int64]bool  // documents that the last answer rests on
	own, whole    judging         // the question alone and joined
}

// gather reads the passages around those spoken of, and adds those found.
func (t *talk) gather(ctx context.Context, e *Engine, q Query, r Readers) error {
	day := DateOf(q.At)
	spoken := slices.Concat(t.spoken.Passages, t.spoken.Earlier)
	near, err := e.config.Passages.Around(ctx, spoken, spokenReach, day, r)
	if err != nil {
		return fmt.Errorf("read around what is spoken of: %w", err)
	}
	var around []int64
	for _, n := range near {
		around = append(around, n.Passage.ID)
		if slices.Contains(spoken, n.Passage.ID) {
			t.ordinals[n.Document] = append(t.ordinals[n.Document], n.Passage.Ordinal)
		}
		if slices.Contains(t.spoken.Passages, n.Passage.ID) {
			t.last[n.Document] = true
		}
	}
	hits, err := e.config.Passages.Passages(ctx, around, day, r)
	if err != nil {
		return fmt.Errorf("read what is spoken of: %w", err)
	}
	for _, found := range []Result{t.alone, t.joined} {
		for _, h := range found.Hits[:min(e.config.Params.Pinpoint.Hits, len(found.Hits))] {
			for _, p := range h.Passages() {
				one := h
				one.Passage, one.Around = p, nil
				hits = append(hits, one)
			}
		}
	}
	seen := map[int64]bool{}
	for _, h := range hits {
		if r.May(h.Document.Collection) && !seen[h.Passage.ID] {
			seen[h.Passage.ID] = true
			t.hits = append(t.hits, h)
		}
	}
	return nil
}

// about reports whether a hit is of a document spoken of.
func (t *talk) about(h Hit) bool { return len(t.ordinals[h.Document.ID]) > 0 }

func (t *talk) inside(s Statement) bool { return t.about(t.hits[s.Hit]) }

// unsaid reports whether a question only asks for a value of what is spoken of ("was
// kostet das"), and no document that is spoken of has one: what another thing costs is no
// answer.
func (t *talk) unsaid() bool {
	if !t.spoken.Leans || t.own.unit == nil || len(t.own.words) > 1 {
		return false
	}
	return !slices.ContainsFunc(t.hits, func(h Hit) bool {
		return t.about(h) && t.own.unit.MatchString(german.Fold(h.Passage.Text))
	})
}

// elsewhere reports whether a question that is understood alone is answered where a word
// of it stands, and no document that is spoken of has that word.
func (t *talk) elsewhere() bool {
	if band := t.alone.Sufficiency.Band; t.spoken.Leans || band != Answered && band != Conflicting {
		return false
	}
	bag := bagOf(slices.DeleteFunc(slices.Clone(t.hits), func(h Hit) bool { return !t.about(h) }))
	return slices.ContainsFunc(t.own.words, func(w wanted) bool {
		return w.in(bag) < wellHeld && !slices.Contains(t.alone.Sufficiency.Missing, w.typed)
	})
}

// bagOf is hits with their headings and titles to look words up in.
func bagOf(hits []Hit) german.Bag {
	var texts []string
	for _, h := range hits {
		texts = append(append(append(texts, h.Passage.Text), h.Passage.Headings...), h.Document.Title)
	}
	return german.NewBag(texts...)
}

// judge returns all statements, those first that answer the question best.
func (t *talk) judge(ctx context.Context, e *Engine, q Query, r Readers) []Statement {
	t.own = e.compared(ctx, q.Text, t.alone.evidence, t.hits, r)
	t.whole = t.own
	if t.joined.evidence.words != nil {
		t.whole = e.compared(ctx, t.spoken.Joined, t.joined.evidence, t.hits, r)
	}
	var all []Statement
	for i := range t.hits {
		all = append(all, t.passage(i)...)
	}
	t.own.markFits(t.own.focus, all)
	slices.SortStableFunc(all, func(a, b Statement) int { return cmp.Compare(b.Score, a.Score) })
	return all
}

// compared is a question with what a search for it knows, compared with passages.
func (e *Engine) compared(ctx context.Context, question string, known evidence, hits []Hit, r Readers) judging {
	known.similar, known.focus = nil, question
	if len(known.meaning.Values) > 0 {
		passages := make([]int64, len(hits))
		for i, h := range hits {
			passages[i] = h.Passage.ID
		}
		similar, err := e.config.Vectors.Similar(ctx, known.meaning, passages, r)
		if err != nil {
			e.config.Log.Warn("what is spoken of not compared, judging it by words", "error", err)
		}
		known.similar = similar
	}
	return newJudging(question, known)
}

// passage judges each statement of a passage.
func (t *talk) passage(hit int) []Statement {
	h := t.hits[hit]
	p := h.Passage
	spans := german.Statements(p.Text)
	above := german.NewBag(append([]string{h.Document.Title}, p.Headings...)...)
	meant, joined, valued := t.own.meanings(p, spans), t.whole.meanings(p, spans), t.own.valued(p, spans)
	place := t.place(h)
	all := t.own.passage(t.hits, hit, p)
	for i, s := range all {
		text := s.Text()
		f := place
		f[tOwnWords], f[tOwnAbove], f[tJoinedWords] = s.Bears, s.Above, t.whole.share(german.NewBag(text), above)
		f[tOwnMeaning] = share(meant[i]-t.own.closest, t.own.closest-t.own.farthest)
		f[tJoinedMeaning] = share(joined[i]-t.whole.closest, t.whole.closest-t.whole.farthest)
		f[tUnit], f[tUnitMissing] = truth(valued[i]), truth(t.own.unit != nil && !valued[i])
		f[tRule] = truth(t.own.asked == AskedRule && ruling(text))
		f[tTiny], f[tRow], f[tLeads] = truth(len(german.Words(text)) < 4), truth(row(text)), truth(strings.HasSuffix(text, ":"))
		all[i].Score = 0
		for k, weight := range talkWeights {
			all[i].Score += weight * f[k]
		}
	}
	return all
}

// place is what the place of a passage tells of its statements.
func (t *talk) place(h Hit) (f [talkFeatures]float64) {
	if ordinals := t.ordinals[h.Document.ID]; len(ordinals) > 0 {
		far := 1.0
		if !t.last[h.Document.ID] {
			far = earlierWeight
		}
		if t.spoken.Leans {
			f[tInsideLeans] = far
			for _, o := range ordinals {
				f[tClose] = max(f[tClose], far/float64(1+max(o-h.Passage.Ordinal, h.Passage.Ordinal-o)))
			}
		} else {
			f[tInsideOwn] = far / float64(max(1, len(t.own.words)))
		}
	}
	f[tBinding] = 1 / float64(max(1, h.Document.Rank))
	f[tOwnPlace], f[tJoinedPlace] = t.alone.placed(h.Passage.ID), t.joined.placed(h.Passage.ID)
	return f
}

// placed is 1/(1+place) of a passage among the hits; 0: it is none of them.
func (r Result) placed(passage int64) float64 {
	if i := slices.IndexFunc(r.Hits, func(h Hit) bool { return h.Passage.ID == passage }); i >= 0 {
		return 1 / float64(1+i)
	}
	return 0
}

// result is what the documents spoken of say, the best statement's passage first.
func (t *talk) result(question string, statements []Statement) Result {
	found := t.alone
	found.InTalk, found.Hits = true, nil
	repeated := t.repeated()
	at := map[int64]int{}
	var kept []Statement
	for _, s := range statements {
		if !t.inside(s) || repeated[s.Text()] {
			continue
		}
		place, known := at[s.Passage.ID]
		if !known {
			place = len(found.Hits)
			at[s.Passage.ID] = place
			found.Hits = append(found.Hits, t.hits[s.Hit])
		}
		s.Hit = place
		kept = append(kept, s)
	}
	found.evidence = t.own.evidence
	found.evidence.question, found.evidence.statements = question, kept
	found.Sufficiency = t.sufficiency(statements, found.Hits)
	return found
}

// repeated are the statements that stand in several documents: notes that say nothing of
// what was asked.
func (t *talk) repeated() map[string]bool {
	in, repeated := map[string]int64{}, map[string]bool{}
	for _, h := range t.hits {
		for _, span := range german.Statements(h.Passage.Text) {
			text := span.Of(h.Passage.Text)
			if first, known := in[text]; known && first != h.Document.ID {
				repeated[text] = true
			}
			in[text] = h.Document.ID
		}
	}
	return repeated
}

// In a talk that a question leans on, little is needed to answer out of it.
const (
	surelyInTalk = 0.25
	likelyInTalk = 0.03
)

// sufficiency judges how far the talk's documents settle the question.
func (t *talk) sufficiency(statements []Statement, hits []Hit) Sufficiency {
	total := 0.0
	for _, s := range statements {
		total += math.Exp(s.Score - statements[0].Score)
	}
	s := Sufficiency{Band: Nearest, Probability: 1 / total, Reason: "weak match in the talk", Signals: t.alone.Sufficiency.Signals, Parts: t.alone.Sufficiency.Parts}
	bag := bagOf(hits)
	for _, w := range t.own.words {
		if w.in(bag) < wellHeld {
			s.Missing = append(s.Missing, w.typed)
		}
	}
	s.Nowhere = append(s.Nowhere, t.alone.Sufficiency.Nowhere...)
	unheard := len(t.own.words) > 0 && !slices.ContainsFunc(t.own.words, func(w wanted) bool { return !w.nowhere })
	switch {
	case s.Probability < likelyInTalk || unheard && len(t.own.similar) == 0:
		s.Band = NotFound
	case unheard: // only meaning speaks for it
	case s.Probability >= surelyInTalk:
		s.Band, s.Reason = Answered, "best statement of the talk"
	}
	return s
}
