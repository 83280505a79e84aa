package bench

import (
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

func sentences(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("Die Regel %d gilt für die Bearbeitung von Antrag %d im Amt.", i, i*7)
	}
	return all
}

func TestNoTwoPassagesAreEqual(t *testing.T) {
	t.Parallel()
	c := newCorpus(sentences(minSentences), 30_000)
	seen := map[string]bool{}
	for i := range c.passages {
		seen[c.text(i)] = true
	}
	if len(seen) != c.passages {
		t.Errorf("%d different passages of %d", len(seen), c.passages)
	}
	again := newCorpus(sentences(minSentences), 30_000)
	if c.text(17) != again.text(17) || !slices.Equal(c.vector(17), again.vector(17)) {
		t.Error("the same seed makes another passage")
	}
}

func TestSharesOfDocumentsAreKept(t *testing.T) {
	t.Parallel()
	c := newCorpus(sentences(minSentences), 120_000)
	count := map[string]int{}
	for i := range c.documents() {
		count[c.collection(i)]++
	}
	for _, s := range shares {
		n := 0
		for _, name := range s.collections {
			n += count[name]
		}
		if want := int(s.readable * float64(c.documents())); n != want {
			t.Errorf("%v readable: %d documents, want %d", s.readable, n, want)
		}
	}
}

// TestMeasureSearch runs the whole bench on few passages and looks for what it
// leaves behind. It measures the heap, so nothing runs beside it.
func TestMeasureSearch(t *testing.T) {
	dsn := pglocal.TestDSN(t)
	measured, err := MeasureSearch(t.Context(), SearchConfig{
		DSN: dsn, Sentences: sentences(500), Passages: 3000, Compared: 2,
		Questions: []string{"Welche Regel gilt für Antrag 70?", "antrag im amt bearbeiten", "was gilt"},
		Now:       time.Now, Log: slog.New(slog.DiscardHandler), Step: func(string) {}, Progress: func(int, int) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(measured.Runs) != 16 || measured.MemoryMB <= 0 || measured.BuildS <= 0 || measured.SizesMB.Store <= 0 {
		t.Errorf("measured %+v", measured)
	}
	for _, r := range measured.Runs {
		if r.P50 <= 0 || r.P95 < r.P50 || r.P99 < r.P95 || r.Recall < 0 || r.Recall > 1 {
			t.Errorf("run %+v", r)
		}
		if r.Mode != "plain" && r.Recall != 1 {
			t.Errorf("exact search differs from itself: %+v", r)
		}
		if (r.Mode == "vector" || r.Mode == "fused") && r.Readable >= 0.01 && r.Rows != rows {
			t.Errorf("too few rows: %+v", r)
		}
	}
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	var left int
	if err := conn.QueryRow(t.Context(), `SELECT count(*) FROM pg_database WHERE starts_with(datname, $1)`, databasePrefix).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d databases are left, %v", left, err)
	}
}

func TestWithDatabase(t *testing.T) {
	t.Parallel()
	for dsn, want := range map[string]string{
		"postgres://u:p%40w@h:5432/a?sslmode=disable": "postgres://u:p%40w@h:5432/b?sslmode=disable",
		"host=h dbname=a": "host=h dbname=a dbname=b",
	} {
		if got := withDatabase(dsn, "b"); got != want {
			t.Errorf("%s: got %s, want %s", dsn, got, want)
		}
		config, err := pgx.ParseConfig(withDatabase(dsn, "b"))
		if err != nil || config.Database != "b" {
			t.Errorf("%s: read as %v, %v", dsn, config, err)
		}
	}
}

func TestEqualRanks(t *testing.T) {
	t.Parallel()
	if got, want := equalRanks([]int64{1, 2, 3}, []int64{3, 4}), []int64{3, 1, 2, 4}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
