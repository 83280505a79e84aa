package lexical

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

var tuned = DefaultParams()

// archive is documents that come and go, as a loader and as an oracle that
// scores every passage from its text, without an index.
type archive struct {
	random  *rand.Rand
	spread  int                     // number of collections
	entries map[int64][]oracleEntry // by document
	pending Change
	nextID  int64
}

func newArchive(seed uint64) *archive {
	return &archive{random: rand.New(rand.NewPCG(seed, 11)), spread: 3, entries: make(map[int64][]oracleEntry)}
}

// Changes hands over what happened since the last call, or everything, in parts of
// a few entries.
func (a *archive) Changes(_ context.Context, since int64, take func(Change) error) error {
	change := a.pending
	a.pending = Change{}
	part := Change{Version: since + 1, Gone: change.Gone}
	for entries := range slices.Chunk(change.Add, 7) {
		part.Add = entries
		if err := take(part); err != nil {
			return err
		}
		part.Gone = nil
	}
	if len(change.Add) == 0 {
		return take(part)
	}
	return nil
}

// everything is a loader of the same documents in another order.
func (a *archive) everything() *archive {
	other := &archive{entries: a.entries}
	for _, id := range slices.Backward(slices.Sorted(maps.Keys(a.entries))) {
		for _, e := range a.entries[id] {
			other.pending.Add = append(other.pending.Add, e.Entry)
		}
	}
	return other
}

func (a *archive) put(id int64, passages int) {
	if id == 0 {
		a.nextID++
		id = a.nextID
	}
	a.remove(id)
	collection, title := fmt.Sprint("c", a.random.IntN(a.spread)), a.text(2)
	var from, until retrieval.Date
	if a.random.IntN(8) == 0 {
		from = retrieval.Date{Year: 2026, Month: time.Month(1 + a.random.IntN(12)), Day: 1}
	}
	if a.random.IntN(8) == 0 {
		until = retrieval.Date{Year: 2026, Month: time.Month(1 + a.random.IntN(12)), Day: 28}
	}
	period := retrieval.Between(from, until)
	if a.random.IntN(20) == 0 {
		period = retrieval.Never
	}
	for i := range passages {
		e := Entry{
			PassageID: id*1000 + int64(i), DocumentID: id, Collection: collection, Title: title,
			Headings: []string{a.text(1) + a.mark()}, Body: a.text(3 + a.random.IntN(12)),
			Validity: period,
		}
		words, grams := bags(e, tuned)
		a.entries[id] = append(a.entries[id], oracleEntry{e, words, grams})
		a.pending.Add = append(a.pending.Add, e)
	}
}

func (a *archive) remove(id int64) {
	if a.entries[id] == nil {
		return
	}
	delete(a.entries, id)
	a.pending.Gone = append(a.pending.Gone, id)
	a.pending.Add = slices.DeleteFunc(a.pending.Add, func(e Entry) bool { return e.DocumentID == id })
}

// mark ends one heading of four as one that asks.
func (a *archive) mark() string {
	if a.random.IntN(4) == 0 {
		return "?"
	}
	return ""
}

// text returns words of which few are frequent and many are rare, in changing
// spellings.
func (a *archive) text(n int) string {
	const syllables = "da ten schutz frei ga be dienst ver ein ba rung an trag frist per so nal rat ki bü ro lei tung"
	all := strings.Fields(syllables)
	words := make([]string, n)
	for i := range words {
		number := int(math.Exp(a.random.Float64() * 7))
		word := all[number%22] + all[number/22%22] + all[number/3%22]
		switch a.random.IntN(6) {
		case 0:
			word += "en"
		case 1:
			word = strings.ToUpper(word[:1]) + word[1:]
		case 2:
			word += "-" + all[number%7] + "s"
		}
		words[i] = word
	}
	return strings.Join(words, " ")
}

type oracleEntry struct {
	Entry
	words oracleBag[string]
	grams oracleBag[german.Gram]
}

// oracleBag is what a passage holds of each key, and its length.
type oracleBag[K comparable] struct {
	counts map[K]int
	length int32
}

func bags(e Entry, p Params) (words oracleBag[string], grams oracleBag[german.Gram]) {
	words.counts, grams.counts = make(map[string]int), make(map[german.Gram]int)
	add := func(text string, weight int) {
		for _, w := range german.Content(german.Words(text)) {
			words.length += int32(weight)
			for _, key := range append([]string{w.Stem}, w.Parts...) {
				words.counts[key] += weight
			}
			if w.Kind == german.Date || w.Kind == german.Paragraph {
				continue
			}
			for _, g := range german.Grams(nil, w.Form, p.GramSize) {
				grams.counts[g] += weight
				grams.length += int32(weight)
			}
		}
	}
	weight := func(heading string, plain int) int {
		if strings.HasSuffix(heading, "?") {
			return p.QuestionWeight
		}
		return plain
	}
	add(e.Title, weight(e.Title, p.TitleWeight))
	for _, h := range e.Headings {
		add(h, weight(h, p.HeadingWeight))
	}
	add(e.Body, 1)
	return words, grams
}

// rank scores all passages by the textbook and returns the best.
func (a *archive) rank(question retrieval.Wording, r retrieval.Readers, on retrieval.Date, limit int, p Params) []retrieval.Scored {
	var entries []oracleEntry
	var words []oracleBag[string]
	var grams []oracleBag[german.Gram]
	for _, id := range slices.Sorted(maps.Keys(a.entries)) {
		for _, e := range a.entries[id] {
			if r.May(e.Collection) {
				entries, words, grams = append(entries, e), append(words, e.words), append(grams, e.grams)
			}
		}
	}
	q := ask(question, p)
	sums := make([]points, len(entries))
	addOracle(sums, q.words, words, p.K1, p.B)
	addOracle(sums, q.grams, grams, p.GramK1, p.GramB)
	var list []retrieval.Scored
	for i, e := range entries {
		if sums[i] > 0 && e.Validity.Holds(on) {
			list = append(list, retrieval.Scored{PassageID: e.PassageID, Score: sums[i].score()})
		}
	}
	slices.SortFunc(list, func(a, b retrieval.Scored) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.PassageID, b.PassageID))
	})
	return list[:min(limit, len(list))]
}

func addOracle[K comparable](sums []points, keys []weighted[K], bags []oracleBag[K], k1, b float64) {
	var total int64
	for _, bag := range bags {
		total += int64(bag.length)
	}
	s := newSaturation(k1, b, max(1, float64(total)/float64(len(bags))))
	for _, k := range keys {
		holders := 0
		for _, bag := range bags {
			if bag.counts[k.key] > 0 {
				holders++
			}
		}
		for i, bag := range bags {
			if n := bag.counts[k.key]; n > 0 {
				sums[i] += s.of(s.scale(k.weight*idf(len(bags), holders)), uint16(n), bag.length)
			}
		}
	}
}

func (a *archive) compare(t *testing.T, ix *Index, questions int) {
	t.Helper()
	for range questions {
		question := a.text(1 + a.random.IntN(6))
		names := []string{"c0", "c1", "c2", "unknown"}
		a.random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		r := retrieval.ReadersOf(names[:1+a.random.IntN(4)]...)
		at := time.Date(2026, time.Month(1+a.random.IntN(12)), 15, 12, 0, 0, 0, time.UTC)
		limit := 1 + a.random.IntN(40)
		got, err := ix.Keywords(t.Context(), ix.Spell(t.Context(), question, r), r, at, limit)
		if err != nil {
			t.Fatal(err)
		}
		want := a.rank(ix.Spell(t.Context(), question, r), r, retrieval.DateOf(at), limit, ix.params)
		if !slices.Equal(got, want) {
			t.Fatalf("%q for %v at %v, %d wanted:\ngot  %v\nwant %v", question, r.Collections(), at, limit, got, want)
		}
	}
}

func refresh(t *testing.T, ix *Index) {
	t.Helper()
	if err := ix.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// The best passages, their scores and their order are those of scoring every
// passage, to the bit: through changes, merges, rights and dates.
func FuzzAgainstScoringEverything(f *testing.F) {
	for seed := range uint64(6) {
		f.Add(seed, uint16(40))
	}
	f.Fuzz(func(t *testing.T, seed uint64, documents uint16) {
		a := newArchive(seed)
		ix := New(a, tuned)
		for range 6 {
			for range 1 + documents%64 {
				a.put(0, 1+a.random.IntN(12))
			}
			for range a.random.IntN(8) {
				a.put(1+a.random.Int64N(a.nextID), a.random.IntN(6))
				a.remove(1 + a.random.Int64N(a.nextID))
			}
			refresh(t, ix)
			a.compare(t, ix, 6)
		}
	})
}

// The same where lists have many blocks, segments several windows, and searches
// several workers.
func TestManyPassagesAgainstScoringEverything(t *testing.T) {
	t.Parallel()
	a := newArchive(99)
	a.spread = 1
	ix := New(a, tuned)
	for range 2 {
		for range 80 {
			a.put(0, 80)
		}
		refresh(t, ix)
		a.remove(1 + a.random.Int64N(a.nextID))
	}
	refresh(t, ix)
	largest := 0
	for _, segments := range ix.state.Load().collections {
		for _, s := range segments {
			largest = max(largest, s.size())
		}
	}
	if largest < 3*windowSize {
		t.Errorf("largest segment has %d passages, too few to test windows", largest)
	}
	a.compare(t, ix, 4)
}

// Whatever changes two replicas saw, with the same documents they give the
// same answers, spellings included.
func TestReplicasAgree(t *testing.T) {
	t.Parallel()
	a := newArchive(5)
	ix := New(a, tuned)
	everyone := retrieval.ReadersOf("c0", "c1", "c2")
	for round := range 30 {
		for range 5 {
			a.put(0, 1+a.random.IntN(5))
			a.remove(1 + a.random.Int64N(a.nextID))
		}
		refresh(t, ix)
		fresh := New(a.everything(), tuned)
		refresh(t, fresh)
		for range 20 {
			question := a.text(4)
			one, _ := ix.Keywords(t.Context(), ix.Spell(t.Context(), question, everyone), everyone, time.Now(), 20)
			two, _ := fresh.Keywords(t.Context(), fresh.Spell(t.Context(), question, everyone), everyone, time.Now(), 20)
			if !slices.Equal(one, two) {
				t.Fatalf("round %d, %q: %v and %v", round, question, one, two)
			}
			for _, w := range german.Words(question) {
				one, two := vocabulary(ix.readable(everyone)).spelling(w.Stem), vocabulary(fresh.readable(everyone)).spelling(w.Stem)
				if one != two {
					t.Fatalf("round %d, stem %q: spelled %q and %q", round, w.Stem, one, two)
				}
			}
		}
	}
}

// What is kept beside the weights in points is BM25 as the papers have it.
func TestPointsAreBM25(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	for range 10_000 {
		k1, b, average := random.Float64()*2, random.Float64(), 1+random.Float64()*300
		count, length, weight := uint16(1+random.IntN(20)), int32(random.IntN(1000)), random.Float64()*14
		s := newSaturation(k1, b, average)
		tf := float64(count)
		want := weight * tf * (k1 + 1) / (tf + k1*(1-b+b*float64(length)/average))
		got := s.of(s.scale(weight), count, length)
		if math.Abs(got.score()-want) > 1e-8 {
			t.Fatalf("got %v, want %v", got.score(), want)
		}
		if bound := s.atMost(s.scale(weight), count, uint16(length/int32(count))); bound < got {
			t.Fatalf("bound %v below %v", bound, got)
		}
	}
}
