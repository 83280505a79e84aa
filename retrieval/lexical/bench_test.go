package lexical

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// go test -run - -bench . ./retrieval/lexical -passages 1000000 -text DIR
var (
	benchPassages = flag.Int("passages", 100_000, "passages of the benchmarks")
	benchText     = flag.String("text", house+"/files", "folder whose sentences the benchmarks recombine")
)

const house = "../../examples/musterland"

// depth is how many passages the engine takes of a ranking.
var depth = retrieval.DefaultParams().Depth

// crowd is passages recombined by a seed from the sentences of a folder, ten a
// document, in five collections. It is read once and counts as one change.
type crowd struct {
	sentences []string
	passages  int
	version   int64
	last      Change
}

func readCrowd(tb testing.TB, dir string, passages int) *crowd {
	tb.Helper()
	c := &crowd{passages: passages, version: 1}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains([]string{".md", ".txt"}, filepath.Ext(path)) {
			return err
		}
		text, err := os.ReadFile(path)
		for _, span := range german.Sentences(string(text)) {
			if s := span.Of(string(text)); len(s) > 20 {
				c.sentences = append(c.sentences, s)
			}
		}
		return err
	})
	if err != nil || len(c.sentences) == 0 {
		tb.Fatalf("%d sentences in %s: %v", len(c.sentences), dir, err)
	}
	return c
}

// document returns the passages of one document.
func (c *crowd) document(id int64, passages int) []Entry {
	random := rand.New(rand.NewPCG(uint64(id), 7))
	pick := func() string { return c.sentences[random.IntN(len(c.sentences))] }
	title, heading := german.Content(german.Words(pick())), pick()
	words := make([]string, 0, 3)
	for _, w := range title[:min(3, len(title))] {
		words = append(words, w.Form)
	}
	entries := make([]Entry, passages)
	for i := range entries {
		var body strings.Builder
		for body.Len() < 500+random.IntN(600) {
			body.WriteString(pick())
			body.WriteByte(' ')
		}
		entries[i] = Entry{
			PassageID: id*10 + int64(i), DocumentID: id, Collection: fmt.Sprint("c", id%5),
			Title: strings.Join(words, " "), Headings: []string{heading[:min(30, len(heading))]}, Body: body.String(),
		}
	}
	return entries
}

func (c *crowd) Changes(_ context.Context, since int64, take func(Change) error) error {
	if since > 0 {
		return take(c.last)
	}
	for id := range int64(c.passages / 10) {
		if err := take(Change{Version: 1, Add: c.document(id, 10)}); err != nil {
			return err
		}
	}
	return nil
}

// replace makes the next change one document with other text.
func (c *crowd) replace(id int64) {
	c.version++
	c.last = Change{Version: c.version, Gone: []int64{id}, Add: c.document(id+c.version*1_000_003, 10)}
	for i := range c.last.Add {
		c.last.Add[i].DocumentID, c.last.Add[i].PassageID = id, id*10+int64(i)
	}
}

var loaded = struct {
	sync.Mutex
	crowd *crowd
	index *Index
}{}

// benchIndex returns an index of the size asked for, loaded once.
func benchIndex(b *testing.B) (*Index, *crowd) {
	b.Helper()
	loaded.Lock()
	defer loaded.Unlock()
	if loaded.index != nil {
		return loaded.index, loaded.crowd
	}
	c := readCrowd(b, *benchText, *benchPassages)
	ix := New(c, DefaultParams())
	if err := ix.Refresh(b.Context()); err != nil {
		b.Fatal(err)
	}
	loaded.crowd, loaded.index = c, ix
	return ix, c
}

// benchQuestions are those of the example house, as staff type them.
func benchQuestions(b *testing.B) []string {
	b.Helper()
	f, err := os.Open(house + "/queries.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var questions []string
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var q struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			b.Fatal(err)
		}
		questions = append(questions, q.Text)
	}
	return questions
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		before := heap()
		start := time.Now()
		loaded.index = nil
		benchIndex(b)
		b.ReportMetric(time.Since(start).Seconds(), "s/load")
		b.ReportMetric(float64(heap()-before)/(1<<20), "MB")
	}
}

func heap() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// BenchmarkKeywords compares the ranking with scoring every posting, which is
// what it did before.
func BenchmarkKeywords(b *testing.B) {
	ix, _ := benchIndex(b)
	questions := benchQuestions(b)
	long := strings.Join(questions[:min(12, len(questions))], " ")
	all := retrieval.ReadersOf("c0", "c1", "c2", "c3", "c4")
	for _, bc := range []struct {
		name      string
		questions []string
		readers   retrieval.Readers
	}{
		{"all", questions, all},
		{"one-of-five", questions, retrieval.ReadersOf("c0")},
		{"64-words", []string{long}, all},
	} {
		for name, rank := range map[string]func(context.Context, retrieval.Wording, retrieval.Readers, time.Time, int) ([]retrieval.Scored, error){
			"pruned": ix.Keywords, "every-posting": ix.everyPosting,
		} {
			b.Run(bc.name+"/"+name, func(b *testing.B) {
				var times []time.Duration
				for b.Loop() {
					for _, q := range bc.questions {
						start := time.Now()
						if _, err := rank(b.Context(), ix.Spell(b.Context(), q, bc.readers), bc.readers, start, depth); err != nil {
							b.Fatal(err)
						}
						times = append(times, time.Since(start))
					}
				}
				slices.Sort(times)
				b.ReportMetric(times[len(times)/2].Seconds()*1000, "p50-ms")
				b.ReportMetric(times[len(times)*95/100].Seconds()*1000, "p95-ms")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// everyPosting is Keywords without pruning, on one processor.
func (ix *Index) everyPosting(_ context.Context, question retrieval.Wording, r retrieval.Readers, at time.Time, limit int) ([]retrieval.Scored, error) {
	segments := ix.readable(r)
	terms := rate(ask(question, ix.params), segments, ix.params)
	best, room := newTopK(limit), new(scratch)
	for _, w := range windows(terms, segments) {
		clear(room.sums[:])
		for i := range w.cells {
			room.addAll(&w, &w.cells[i], &terms[w.cells[i].term])
		}
		room.collect(&w, best.least(), retrieval.DateOf(at))
		for _, at := range room.candidates {
			best.offer(found{w.segment.passages[w.start+int(at)], room.sums[at]})
		}
	}
	return make([]retrieval.Scored, len(best.sorted())), nil
}

func BenchmarkSpell(b *testing.B) {
	ix, _ := benchIndex(b)
	questions := benchQuestions(b)
	for i := 0; b.Loop(); i++ {
		ix.Spell(b.Context(), questions[i%len(questions)], retrieval.ReadersOf("c0", "c1", "c2", "c3", "c4"))
	}
}

func BenchmarkRefreshOneDocument(b *testing.B) {
	ix, c := benchIndex(b)
	id := int64(0)
	for b.Loop() {
		c.replace(id % int64(c.passages/10))
		id += 7919
		if err := ix.Refresh(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
