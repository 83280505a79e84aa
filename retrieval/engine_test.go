package retrieval_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

var now = time.Date(2026, 11, 23, 23, 30, 0, 0, time.UTC)

type fixture struct {
	house *retrievaltest.House
	index *lexical.Index
}

func newFixture() *fixture {
	h := &retrievaltest.House{Embedder: retrievaltest.Embedder{}}
	return &fixture{h, lexical.New(h, lexical.DefaultParams())}
}

func (f *fixture) add(t *testing.T, d retrieval.Document, texts ...string) int64 {
	t.Helper()
	id, err := f.house.Add(t.Context(), d, texts...)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.index.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return id
}

func (f *fixture) engine(t *testing.T, change func(*retrieval.EngineConfig)) *retrieval.Engine {
	t.Helper()
	config := retrieval.EngineConfig{
		Keywords: f.index, Vectors: f.house, Embedder: f.house.Embedder, Passages: f.house,
		Params: retrieval.DefaultParams(), Now: func() time.Time { return now },
	}
	if change != nil {
		change(&config)
	}
	e, err := retrieval.NewEngine(config)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func search(t *testing.T, e *retrieval.Engine, question string, collections ...string) retrieval.Result {
	t.Helper()
	result, err := e.Search(t.Context(), retrieval.Query{Text: question}, retrieval.ReadersOf(collections...))
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func paths(r retrieval.Result) []string {
	var list []string
	for _, h := range r.Hits {
		list = append(list, h.Document.Path)
	}
	return list
}

func standard(t *testing.T) *fixture {
	f := newFixture()
	f.add(t, retrieval.Document{Path: "da.md", Title: "Dienstanweisung KI", Collection: "regeln", Rank: 1},
		"Personenbezogene Daten dürfen nicht in frei zugängliche Chatbots eingegeben werden. Ausnahmen genehmigt die Leitung.",
		"Die Freigabe eines neuen Werkzeugs dauert höchstens 14 Tage.")
	f.add(t, retrieval.Document{Path: "kantine.md", Title: "Kantine", Collection: "regeln", Rank: 1}, "Montags gibt es Suppe, freitags Fisch.")
	f.add(t, retrieval.Document{Path: "geheim.md", Title: "Personalrat", Collection: "personalrat", Rank: 1},
		"Der Personalrat berät über Chatbots und personenbezogene Daten der Beschäftigten.")
	return f
}

func TestSearchFindsAndJudges(t *testing.T) {
	t.Parallel()
	e := standard(t).engine(t, nil)
	result := search(t, e, "darf ich personenbezogene Daten in Chatbots eingeben?", "regeln")
	if len(result.Hits) == 0 || result.Hits[0].Document.Path != "da.md" || result.Sufficiency.Band != retrieval.Answered {
		t.Errorf("got %v, %+v", paths(result), result.Sufficiency)
	}
	if len(result.Degraded) != 0 {
		t.Errorf("degraded %v", result.Degraded)
	}
	foreign := search(t, e, "Wer wurde 1901 König der Bulgaren?", "regeln")
	if foreign.Sufficiency.Band != retrieval.NotFound || !slices.Contains(foreign.Sufficiency.Missing, "Bulgaren") {
		t.Errorf("foreign topic: %+v", foreign.Sufficiency)
	}
	if !slices.Contains(foreign.Sufficiency.Nowhere, "Bulgaren") {
		t.Errorf("stands nowhere: %v", foreign.Sufficiency.Nowhere)
	}
	elsewhere := search(t, e, "Berät über Bulgaren der Personalrat?", "regeln")
	if got := elsewhere.Sufficiency.Nowhere; !slices.Contains(got, "Personalrat") {
		t.Errorf("a word that only others may read: %v", got)
	}
	if got := search(t, e, "Berät über Bulgaren der Personalrat?", "regeln", "personalrat").Sufficiency.Nowhere; slices.Contains(got, "Personalrat") {
		t.Errorf("a word that may be read: %v", got)
	}
}

func TestReadersSeeNothingElse(t *testing.T) {
	t.Parallel()
	f := standard(t)
	before := search(t, f.engine(t, nil), "Chatbots personenbezogene Daten", "regeln")
	if slices.Contains(paths(before), "geheim.md") {
		t.Errorf("forbidden document shown: %v", paths(before))
	}
	f.add(t, retrieval.Document{Path: "geheim2.md", Title: "Chatbots", Collection: "personalrat"}, "Chatbots, Chatbots, Daten, Daten.")
	after := search(t, f.engine(t, nil), "Chatbots personenbezogene Daten", "regeln")
	if before.Sufficiency.Probability != after.Sufficiency.Probability || before.Hits[0].Score != after.Hits[0].Score {
		t.Errorf("a stranger sees a change: %+v, then %+v", before.Sufficiency, after.Sufficiency)
	}
	if nobody := search(t, f.engine(t, nil), "Chatbots"); len(nobody.Hits) != 0 || nobody.Sufficiency.Band != retrieval.NotFound {
		t.Errorf("without readers: %+v", nobody)
	}
}

// leaky hands out what it was not asked for.
type leaky struct{ *retrievaltest.House }

func (l leaky) Passages(ctx context.Context, ids []int64, day retrieval.Date, _ retrieval.Readers) ([]retrieval.Hit, error) {
	return l.House.Passages(ctx, append(ids, 3000), day, retrieval.ReadersOf("regeln", "personalrat"))
}

// staleWords ranks by rights that are a moment old.
type staleWords struct{ *lexical.Index }

func (s staleWords) Keywords(ctx context.Context, q retrieval.Wording, _ retrieval.Readers, at time.Time, limit int) ([]retrieval.Scored, error) {
	return s.Index.Keywords(ctx, q, retrieval.ReadersOf("regeln", "personalrat"), at, limit)
}

func TestReadersAreAskedTwice(t *testing.T) {
	t.Parallel()
	f := standard(t)
	for name, change := range map[string]func(*retrieval.EngineConfig){
		"passages nobody asked for": func(c *retrieval.EngineConfig) { c.Passages = leaky{f.house} },
		"a stale ranking":           func(c *retrieval.EngineConfig) { c.Keywords = staleWords{c.Keywords.(*lexical.Index)} },
		"both": func(c *retrieval.EngineConfig) {
			c.Keywords, c.Passages = staleWords{c.Keywords.(*lexical.Index)}, leaky{f.house}
		},
	} {
		got := paths(search(t, f.engine(t, change), "Chatbots Daten", "regeln"))
		if slices.Contains(got, "geheim.md") || len(got) == 0 {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

type hanging struct{ retrievaltest.Embedder }

func (hanging) EmbedQueries(ctx context.Context, _ ...string) ([]retrieval.Vector, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestDegradesToKeywords(t *testing.T) {
	t.Parallel()
	f := standard(t)
	for name, change := range map[string]func(*retrieval.EngineConfig){
		"fault": func(c *retrieval.EngineConfig) { c.Embedder = retrievaltest.Embedder{Err: errors.New("down")} },
		"hangs": func(c *retrieval.EngineConfig) { c.Embedder, c.Params.VectorTimeout = hanging{}, 20*time.Millisecond },
	} {
		result := search(t, f.engine(t, change), "personenbezogene Daten Chatbots", "regeln")
		if !slices.Equal(result.Degraded, []string{"vector"}) || len(result.Hits) == 0 || result.Hits[0].Document.Path != "da.md" {
			t.Errorf("%s: degraded %v, got %v", name, result.Degraded, paths(result))
		}
	}
	result := search(t, f.engine(t, func(c *retrieval.EngineConfig) { c.Embedder = nil }), "Chatbots", "regeln")
	if len(result.Degraded) != 0 || len(result.Hits) == 0 {
		t.Errorf("without embedder: degraded %v, got %v", result.Degraded, paths(result))
	}
}

func TestCancelledSearchIsAnError(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := standard(t).engine(t, nil).Search(ctx, retrieval.Query{Text: "Chatbots"}, retrieval.ReadersOf("regeln"))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestBasis(t *testing.T) {
	t.Parallel()
	f := newFixture()
	text := "Die Anmeldung zur Schulung läuft über das Portal"
	date := func(m time.Month, d int) retrieval.Date { return retrieval.Date{Year: 2026, Month: m, Day: d} }
	f.add(t, retrieval.Document{Path: "alt.md", Title: "Schulung", Collection: "c", SupersededBy: "neu.md"}, text+" alt.")
	f.add(t, retrieval.Document{Path: "vorbei.md", Title: "Schulung", Collection: "c", ValidUntil: date(11, 23)}, text+" damals.")
	f.add(t, retrieval.Document{Path: "neu.md", Title: "Schulung", Collection: "c", ValidFrom: date(11, 24)}, text+" neu.")
	berlin := time.FixedZone("Berlin", 3600)
	e := f.engine(t, func(c *retrieval.EngineConfig) { c.Location = berlin })
	if got := paths(search(t, e, "Anmeldung Schulung", "c")); !slices.Equal(got, []string{"neu.md"}) {
		t.Errorf("at half past midnight in Berlin got %v", got)
	}
	result, err := e.Search(t.Context(), retrieval.Query{Text: "Anmeldung Schulung", At: now.AddDate(0, 0, -1)}, retrieval.ReadersOf("c"))
	if got := paths(result); err != nil || !slices.Equal(got, []string{"vorbei.md"}) {
		t.Errorf("a day before got %v, %v", got, err)
	}
}

func TestRankBreaksTiesAndDuplicatesCollapse(t *testing.T) {
	t.Parallel()
	f := newFixture()
	text := "Die Nutzung von Chatbots ist nur nach Freigabe durch die zuständige Stelle erlaubt und wird dokumentiert."
	f.add(t, retrieval.Document{Path: "hinweis.md", Title: "Chatbots", Collection: "hinweise", Rank: 5}, text)
	f.add(t, retrieval.Document{Path: "regel.md", Title: "Chatbots", Collection: "regeln", Rank: 1}, text)
	result := search(t, f.engine(t, nil), "Nutzung von Chatbots", "hinweise", "regeln")
	if got := paths(result); !slices.Equal(got, []string{"regel.md"}) {
		t.Errorf("got %v", got)
	}
}

func TestOddQuestions(t *testing.T) {
	t.Parallel()
	e := standard(t).engine(t, nil)
	for _, question := range []string{"", " ", "und oder", "🙂🙂", "Что это?", "& | ! <->", "\xff\xfe", strings.Repeat("Chatbots Daten ", 5000)} {
		search(t, e, question, "regeln") // no panic, no error
	}
	if got := search(t, e, "und oder", "regeln"); got.Sufficiency.Band != retrieval.NotFound {
		t.Errorf("only stop words: %+v", got.Sufficiency)
	}
}

func TestNewEngineNeedsItsParts(t *testing.T) {
	t.Parallel()
	if _, err := retrieval.NewEngine(retrieval.EngineConfig{}); err == nil {
		t.Error("no error")
	}
}

func TestUnits(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Dieser Satz hat etwas mehr als vierzig Zeichen. ", 30)
	for _, tc := range []struct {
		name, title string
		headings    []string
		text        string
		want        int
	}{
		{"empty", "Titel", nil, "", 1},
		{"short", "Titel", []string{"Abschnitt"}, "Ein Satz.", 1},
		{"long", "", nil, long, 29},
		{"no sentence", "", nil, strings.Repeat("x", 1000), 3},
	} {
		units := retrieval.Units(tc.title, tc.headings, tc.text)
		if len(units) != tc.want {
			t.Errorf("%s: %d units, want %d", tc.name, len(units), tc.want)
		}
		for _, u := range units {
			if n := len([]rune(u)); n > 460 || n == 0 {
				t.Errorf("%s: unit of %d characters", tc.name, n)
			}
		}
	}
	if got := retrieval.Units("Titel", []string{"Teil", "Frist"}, "Ein Satz.")[0]; got != "Titel – Frist: Ein Satz." {
		t.Errorf("got %q", got)
	}
}

func TestAskedBy(t *testing.T) {
	t.Parallel()
	for question, want := range map[string]retrieval.Asked{
		"wie lange dauert das?": retrieval.AskedNumber, "Wann ist der nächste Termin": retrieval.AskedDate,
		"wer ist zuständig": retrieval.AskedPerson, "wo findet das statt": retrieval.AskedPlace,
		"darf ich das?": retrieval.AskedRule, "was ist RPA": retrieval.AskedOpen, "gibts da ein formular": retrieval.AskedLink,
	} {
		if got := retrieval.AskedBy(question); got != want {
			t.Errorf("%q: got %s, want %s", question, got, want)
		}
	}
}

// Questions retyped as staff type them still find their document.
func TestRetypedQuestions(t *testing.T) {
	t.Parallel()
	f := standard(t)
	e := f.engine(t, nil)
	for seed := range uint64(50) {
		question := retrievaltest.Retype("Dürfen personenbezogene Daten in zugängliche Chatbots eingegeben werden?", seed)
		if result := search(t, e, question, "regeln"); len(result.Hits) == 0 || result.Hits[0].Document.Path != "da.md" {
			t.Errorf("%q: got %v", question, paths(result))
		}
	}
}
