package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"time"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// SearchConfig says what [MeasureSearch] measures.
type SearchConfig struct {
	DSN       string   // of a database on the server that gets a throw-away one
	Sentences []string // that passages are made of
	Passages  int
	Questions []string // asked in each way and share
	Compared  int      // of them, also asked with exact vectors
	Now       func() time.Time
	Log       *slog.Logger
	Step      func(what string)     // a stage of the work begins
	Progress  func(done, total int) // within it
}

// Search is how long searches took and what they found. Recall is the share of
// the ten best that the same search with exact vectors finds. One vector stands
// for each passage; a house has about 2.4 of them.
type Search struct {
	Passages          int     `json:"passages"`
	Runs              []Run   `json:"runs"`
	MemoryMB          float64 `json:"memory_mb"` // of the keyword index
	BuildS            float64 `json:"build_s"`   // tables, graphs and keyword index
	Questions         int     `json:"questions"`
	Compared          int     `json:"compared"`
	VectorsPerPassage int     `json:"vectors_per_passage"`
	FillS             float64 `json:"fill_s"`
	GraphS            float64 `json:"graph_s"`
	KeywordS          float64 `json:"keyword_s"`
	PlainBuildS       float64 `json:"plain_build_s"`
	SizesMB           sizes   `json:"sizes_mb"`
	Graphs            []Graph `json:"graphs"`
}

// Run is one way of searching for one share of readable passages.
type Run struct {
	Mode     string  `json:"mode"`
	Readable float64 `json:"readable"`
	P50      float64 `json:"p50_ms"`
	P95      float64 `json:"p95_ms"`
	P99      float64 `json:"p99_ms"`
	Recall   float64 `json:"recall@10"`
	Rows     float64 `json:"rows"` // mean, of ten
}

// sizes are those on disk.
type sizes struct {
	Store  float64 `json:"store"` // tables with all indexes
	Graphs float64 `json:"graphs"`
	Plain  float64 `json:"plain"`
}

// Graph is what the store knows of one of its graphs.
type Graph struct {
	Collection string  `json:"collection"`
	Units      int     `json:"units"`
	Recall     float64 `json:"recall"`
}

// rows is how many passages each search is asked for.
const rows = 10

// MeasureSearch builds the passages in a throw-away database, asks the
// questions in each way for each share of readable passages, one way after
// another for each question so that what else the machine does meets all alike,
// and drops the database, also when ctx ends.
func MeasureSearch(ctx context.Context, conf SearchConfig) (result Search, err error) {
	dsn, drop, err := throwAway(ctx, conf.DSN)
	if err != nil {
		return Search{}, err
	}
	defer func() { err = errors.Join(err, drop()) }()
	store, err := postgres.Open(ctx, dsn, postgres.Options{})
	if err != nil {
		return Search{}, err
	}
	defer store.Close()
	exact, err := postgres.Open(ctx, dsn, postgres.Options{Exact: true})
	if err != nil {
		return Search{}, err
	}
	defer exact.Close()
	b := &searchBench{
		SearchConfig: conf, store: store, exact: exact, corpus: newCorpus(conf.Sentences, conf.Passages),
		index: lexical.New(store, lexical.DefaultParams()), embedder: &ready{},
		result: Search{Passages: conf.Passages, Questions: len(conf.Questions), Compared: min(conf.Compared, len(conf.Questions)), VectorsPerPassage: 1},
	}
	if err := b.build(ctx); err != nil {
		return Search{}, err
	}
	if err := b.ask(ctx); err != nil {
		return Search{}, err
	}
	return b.result, nil
}

type searchBench struct {
	SearchConfig
	store, exact *postgres.Store
	corpus       *corpus
	index        *lexical.Index
	embedder     *ready
	plain        *plain
	result       Search
}

// ready is an embedder that has the question's vector at hand.
type ready struct{ vector []float32 }

func (*ready) Model() retrieval.Model { return model }

func (r *ready) EmbedQueries(_ context.Context, texts ...string) ([]retrieval.Vector, error) {
	return slices.Repeat([]retrieval.Vector{{Model: model, Values: r.vector}}, len(texts)), nil
}

func (*ready) EmbedPassages(context.Context, []string) ([]retrieval.Vector, error) {
	return nil, errors.New("the bench embeds no passages")
}

// build fills the database and makes the indexes of both ways.
func (b *searchBench) build(ctx context.Context) error {
	if _, err := postgres.Migrate(ctx, b.store.Pool(), b.store.Schema()); err != nil {
		return err
	}
	stages := []struct {
		what string
		took *float64
		do   func(context.Context) error
	}{
		{"passages", &b.result.FillS, func(ctx context.Context) error {
			return fill(ctx, b.store, b.corpus, b.Progress)
		}},
		{"graphs", &b.result.GraphS, b.buildGraphs},
		{"keyword index", &b.result.KeywordS, b.buildIndex},
		{"the plain way", &b.result.PlainBuildS, func(ctx context.Context) (err error) {
			b.plain, err = buildPlain(ctx, b.store.Pool(), b.Passages)
			return err
		}},
	}
	for _, stage := range stages {
		b.Step(stage.what)
		began := b.Now()
		if err := stage.do(ctx); err != nil {
			return err
		}
		*stage.took = b.Now().Sub(began).Seconds()
	}
	b.result.BuildS = b.result.FillS + b.result.GraphS + b.result.KeywordS
	return b.sizes(ctx)
}

func (b *searchBench) buildGraphs(ctx context.Context) error {
	graphs, err := b.store.TendGraphs(ctx, model, b.Now(), nil)
	b.result.Graphs = []Graph{}
	for _, g := range graphs {
		b.result.Graphs = append(b.result.Graphs, Graph{g.Collection, g.Units, g.Recall})
	}
	return err
}

// buildIndex loads the keyword index and finds out what it takes.
func (b *searchBench) buildIndex(ctx context.Context) error {
	before := heap()
	if err := b.index.Refresh(ctx); err != nil {
		return err
	}
	b.result.MemoryMB = mebibytes(heap() - before)
	return nil
}

// heap returns what is in use. What lies in pools goes with the second collection.
func heap() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

func mebibytes(bytes float64) float64 { return bytes / (1 << 20) }

func (b *searchBench) sizes(ctx context.Context) error {
	var all, graphs, other float64
	err := b.store.Pool().QueryRow(ctx, `
		SELECT sum(pg_total_relation_size(c.oid)) FILTER (WHERE relname <> 'plain'),
			(SELECT coalesce(sum(pg_relation_size(g.oid)), 0) FROM pg_class g WHERE starts_with(g.relname, 'embedding_graph_')),
			sum(pg_total_relation_size(c.oid)) FILTER (WHERE relname = 'plain')
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = $1 AND c.relkind = 'r'`, b.store.Schema()).Scan(&all, &graphs, &other)
	if err != nil {
		return fmt.Errorf("read sizes: %w", err)
	}
	b.result.SizesMB = sizes{Store: mebibytes(all), Graphs: mebibytes(graphs), Plain: mebibytes(other)}
	return nil
}
