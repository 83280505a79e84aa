package retrieval

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"
)

// EngineConfig names the parts of an engine.
type EngineConfig struct {
	Keywords Keywords // nil: vectors only, for measuring
	Vectors  Vectors  // nil: keywords only
	Embedder Embedder // nil: keywords only
	Passages Passages

	Params   Params
	Location *time.Location   // of the house: decides which day it is; defaults to UTC
	Now      func() time.Time // for queries without a moment
	Log      *slog.Logger
}

// Engine answers queries out of a keyword and a vector ranking.
type Engine struct{ config EngineConfig }

// NewEngine returns an engine; it needs Passages, Now and at least one ranking.
func NewEngine(config EngineConfig) (*Engine, error) {
	hasVectors := config.Vectors != nil && config.Embedder != nil
	switch {
	case config.Passages == nil:
		return nil, errors.New("retrieval engine: no passages")
	case config.Keywords == nil && !hasVectors:
		return nil, errors.New("retrieval engine: neither keywords nor vectors")
	case config.Now == nil:
		return nil, errors.New("retrieval engine: no clock")
	}
	if config.Location == nil {
		config.Location = time.UTC
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	return &Engine{config}, nil
}

// Search returns the passages that bear on the query and that r may see, best
// first, with a judgement whether they settle it. When the vector ranking is
// away or slow the keyword ranking answers alone and the result says so.
func (e *Engine) Search(ctx context.Context, q Query, r Readers) (Result, error) {
	if r.Empty() {
		return Result{Sufficiency: Sufficiency{Band: NotFound, Reason: "nothing readable"}}, nil
	}
	e = e.pinned()
	alone, err := e.searchAlone(ctx, q, r)
	if err != nil || len(q.Spoken.Passages) == 0 || !alone.AsOf.IsZero() {
		return alone, err
	}
	q, _ = e.complete(q)
	found, there, err := e.inTalk(ctx, q, alone, r)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	if !there {
		return alone, nil
	}
	return found, nil
}

// searchAlone searches without what was said before.
func (e *Engine) searchAlone(ctx context.Context, q Query, r Readers) (Result, error) {
	q, past := e.complete(q)
	q.wording = e.spell(ctx, q.Text, r)
	keyword, vector, meaning, degraded, err := e.rank(ctx, q, r)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	words, err := e.words(ctx, q.wording.Spelled, r)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	words = e.ownWordsFirst(ctx, words, q, r)
	candidates := fuse(keyword, vector, e.config.Params.keywordWeight(words, keyword))
	hits, err := e.read(ctx, candidates, q, r)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	if hits, err = e.withProhibition(ctx, hits, q, words, r); err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	if err := e.markEnded(ctx, hits, past, r); err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	neighbours := e.around(ctx, hits, DateOf(q.At), r)
	sufficiency := e.judge(q, words, hits, vector)
	found, err := neighbours()
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	e.config.Params.Reading.widen(hits, found, candidates, r)
	result := Result{
		Hits: hits, Sufficiency: sufficiency, Degraded: degraded, AsOf: past.day,
		evidence: evidence{meaning: meaning, params: e.config.Params.Pinpoint, focus: q.focus(), words: held(words, sufficiency.Missing), similar: e.similar(ctx, meaning, hits, r), usual: e.usual(ctx, hits, r)},
	}
	result.weigh(q.Text)
	return result, nil
}

// pinned returns the engine with the embedder that serves now, so that one
// search is made and judged by one model.
func (e *Engine) pinned() *Engine {
	embedders, ok := e.config.Embedder.(*Embedders)
	if !ok || embedders.Serving() == nil {
		return e
	}
	config := e.config
	config.Embedder = embedders.Serving()
	return &Engine{config}
}

// asOf is the day in the past that a question asks about; zero: it asks about now.
type asOf struct {
	day   Date
	today Date
}

// complete fills in what the query leaves open and moves its moment to the
// house, or to the day that its text asks about.
func (e *Engine) complete(q Query) (Query, asOf) {
	if q.Limit <= 0 {
		q.Limit = e.config.Params.Limit
	}
	if q.At.IsZero() {
		q.At = e.config.Now()
	}
	q.At = q.At.In(e.config.Location)
	today := DateOf(q.At)
	day, rest, ok := AsOf(q.Text, today)
	if !ok {
		return q, asOf{}
	}
	q.Text, q.At = rest, time.Date(day.Year, day.Month, day.Day, 12, 0, 0, 0, e.config.Location)
	return q, asOf{day, today}
}

// markEnded tells of documents that served on the day asked about what became
// of them.
func (e *Engine) markEnded(ctx context.Context, hits []Hit, past asOf, r Readers) error {
	if past == (asOf{}) {
		return nil
	}
	var ended []int64
	for i, h := range hits {
		if period := h.Document.Validity(); !period.Holds(past.today) {
			hits[i].Ended = period.Last()
			ended = append(ended, h.Document.ID)
		}
	}
	if len(ended) == 0 {
		return nil
	}
	replacements, err := e.config.Passages.Replacements(ctx, ended, past.today, r)
	if err != nil {
		return fmt.Errorf("read replacements: %w", err)
	}
	for i, h := range hits {
		if !h.Ended.IsZero() {
			hits[i].Replacement = replacements[h.Document.ID]
		}
	}
	return nil
}

// rank asks both rankings at the same time. It returns the question as a vector,
// too, where there is one.
func (e *Engine) rank(ctx context.Context, q Query, r Readers) (keyword, vector []Scored, meaning Vector, degraded []string, err error) {
	depth := max(e.config.Params.Depth, q.Limit)
	vectors := make(chan []Scored, 1)
	var vectorErr error
	go func() {
		var found []Scored
		found, meaning, vectorErr = e.byVector(ctx, q, r, depth)
		vectors <- found
	}()
	if e.config.Keywords != nil {
		keyword, err = e.config.Keywords.Keywords(ctx, q.wording, r, q.At, depth)
	}
	vector = <-vectors
	switch {
	case err != nil:
		return nil, nil, Vector{}, nil, fmt.Errorf("keyword ranking: %w", err)
	case ctx.Err() != nil:
		return nil, nil, Vector{}, nil, ctx.Err()
	case vectorErr != nil && e.config.Keywords == nil:
		return nil, nil, Vector{}, nil, fmt.Errorf("vector ranking: %w", vectorErr)
	case vectorErr != nil:
		e.config.Log.Warn("vector ranking failed, keywords only", "error", vectorErr)
		return keyword, nil, Vector{}, []string{"vector"}, nil //nolint:nilerr // search degrades to keywords instead of failing
	}
	return keyword, vector, meaning, nil, nil
}

// spell returns the question as the documents spell it.
func (e *Engine) spell(ctx context.Context, text string, r Readers) Wording {
	if e.config.Keywords == nil {
		return Wording{Typed: text, Spelled: text}
	}
	return e.config.Keywords.Spell(ctx, text, r)
}

func (e *Engine) byVector(ctx context.Context, q Query, r Readers, depth int) ([]Scored, Vector, error) {
	if e.config.Embedder == nil || e.config.Vectors == nil {
		return nil, Vector{}, nil
	}
	if limit := e.config.Params.VectorTimeout; limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	v, err := e.meaning(ctx, q.wording.Spelled)
	if err != nil {
		return nil, Vector{}, err
	}
	found, err := e.config.Vectors.Vectors(ctx, v, r, q.At, depth)
	return found, v, err
}

// similar returns the similarities of the units of what is read of the first
// hits. Without them statements are judged by words alone.
func (e *Engine) similar(ctx context.Context, meaning Vector, hits []Hit, r Readers) map[int64][]float64 {
	if len(meaning.Values) == 0 {
		return nil
	}
	var passages []int64
	for _, h := range hits[:min(e.config.Params.Pinpoint.Hits, len(hits))] {
		for _, p := range h.Passages() {
			passages = append(passages, p.ID)
		}
	}
	similar, err := e.config.Vectors.Similar(ctx, meaning, passages, r)
	if err != nil {
		e.config.Log.Warn("units not compared, judging statements by words", "error", err)
		return nil
	}
	return similar
}

// read fetches the best candidates, drops what must not be a basis and what
// says the same again, and lets the collection's rank decide ties. Rights and
// validity are asked once more here: both rankings may be a moment old.
func (e *Engine) read(ctx context.Context, candidates []fused, q Query, r Readers) ([]Hit, error) {
	const spare = 2 // candidates read for each hit wanted
	var hits []Hit
	for from := 0; from < len(candidates) && len(hits) < q.Limit; from += spare * q.Limit {
		batch := candidates[from:min(from+spare*q.Limit, len(candidates))]
		read, err := e.readBatch(ctx, batch, q, r)
		if err != nil {
			return nil, err
		}
		hits = append(hits, read...)
		slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
		hits = withoutDuplicates(hits, e.config.Params.NearDuplicate)
	}
	return hits[:min(len(hits), q.Limit)], nil
}

// readBatch fetches candidates and keeps what may be a basis, in their order.
func (e *Engine) readBatch(ctx context.Context, batch []fused, q Query, r Readers) ([]Hit, error) {
	day := DateOf(q.At)
	read, err := e.config.Passages.Passages(ctx, ids(batch), day, r)
	if err != nil {
		return nil, fmt.Errorf("read passages: %w", err)
	}
	byID := make(map[int64]fused, len(batch))
	for _, c := range batch {
		byID[c.id] = c
	}
	var hits []Hit
	for _, h := range read {
		c, asked := byID[h.Passage.ID]
		if !asked || !r.May(h.Document.Collection) || !h.Document.Validity().Holds(day) {
			continue
		}
		h.Score, h.Keyword, h.Vector = c.score+e.config.Params.rankBoost(h.Document.Rank), c.keyword, c.vector
		hits = append(hits, h)
	}
	return hits, nil
}

func ids(candidates []fused) []int64 {
	list := make([]int64, len(candidates))
	for i, c := range candidates {
		list[i] = c.id
	}
	return list
}
