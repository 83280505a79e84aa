package lexical_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

var today = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func add(t *testing.T, h *retrievaltest.House, d retrieval.Document, texts ...string) int64 {
	t.Helper()
	id, err := h.Add(t.Context(), d, texts...)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func indexOf(t *testing.T, l lexical.Loader) *lexical.Index {
	t.Helper()
	ix := lexical.New(l, lexical.DefaultParams())
	if err := ix.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return ix
}

func find(t *testing.T, ix *lexical.Index, question string, r retrieval.Readers) []retrieval.Scored {
	t.Helper()
	found, err := ix.Keywords(t.Context(), ix.Spell(t.Context(), question, r), r, today, 10)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestFindsWhatStaffType(t *testing.T) {
	t.Parallel()
	var h retrievaltest.House
	da := add(t, &h, retrieval.Document{Title: "Dienstanweisung Künstliche Intelligenz", Collection: "c"},
		"Personenbezogene Daten dürfen nicht in einen Chatbot eingegeben werden.")
	fortbildung := add(t, &h, retrieval.Document{Title: "Fortbildungsangebote", Collection: "c"},
		"WissenToGo findet jeden Dienstag statt. Anmeldung beim Bürgerbüro.")
	add(t, &h, retrieval.Document{Title: "Kantine", Collection: "c"}, "Heute gibt es Linsensuppe mit Brot.")
	ix := indexOf(t, &h)
	for question, want := range map[string]int64{
		"was sagt die DA?":                    da,
		"KI regeln":                           da,
		"personen bezogene daten chat bot":    da,
		"Personnenbezogene Datn":              da,
		"wann ist wissen to go":               fortbildung,
		"buergerbuero":                        fortbildung,
		"Fortbildung":                         fortbildung,
		"WISSEN-TO-GO":                        fortbildung,
		"& | ! <-> '; DROP TABLE fortbildung": fortbildung,
	} {
		found := find(t, ix, question, retrieval.ReadersOf("c"))
		if len(found) == 0 || found[0].PassageID/1000 != want {
			t.Errorf("%q: got %v, want document %d", question, found, want)
		}
	}
}

func TestNothingToFind(t *testing.T) {
	t.Parallel()
	var h retrievaltest.House
	empty := indexOf(t, &h)
	if found := find(t, empty, "Frage", retrieval.ReadersOf("c")); len(found) != 0 {
		t.Errorf("empty index: got %v", found)
	}
	add(t, &h, retrieval.Document{Title: "Kantine", Collection: "c"}, "Heute gibt es Suppe.")
	ix := indexOf(t, &h)
	for _, question := range []string{"", "und oder aber", "?!", "Что это?", "量子", "🙂", strings.Repeat("Wort ", 10000)} {
		if found := find(t, ix, question, retrieval.ReadersOf("c")); len(found) != 0 {
			t.Errorf("%.20q: got %v", question, found)
		}
	}
	if found := find(t, ix, "Suppe", retrieval.Readers{}); len(found) != 0 {
		t.Errorf("without readers: got %v", found)
	}
}

func TestValidity(t *testing.T) {
	t.Parallel()
	day := func(d int) retrieval.Date { return retrieval.Date{Year: 2026, Month: 11, Day: d} }
	var h retrievaltest.House
	valid := add(t, &h, retrieval.Document{Collection: "c", ValidFrom: day(23), ValidUntil: day(23)}, "Parkplatz")
	add(t, &h, retrieval.Document{Collection: "c", ValidUntil: day(22)}, "Parkplatz")
	add(t, &h, retrieval.Document{Collection: "c", ValidFrom: day(24)}, "Parkplatz")
	add(t, &h, retrieval.Document{Collection: "c", SupersededBy: "neu.md"}, "Parkplatz")
	found := find(t, indexOf(t, &h), "parkplatz", retrieval.ReadersOf("c"))
	if len(found) != 1 || found[0].PassageID/1000 != valid {
		t.Errorf("got %v, want document %d only", found, valid)
	}
}

var vocabulary = strings.Fields(`Dienstanweisung Datenschutz Freigabe Antrag Frist Chatbot Schulung Termin Kongress Leitlinie
Personalrat Verfahren Prüfung Bericht Zentrum Automation Barrierefreiheit Sprechstunde Ethik Vertrag Anlage Beschaffung`)

func randomText(random *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = vocabulary[random.IntN(len(vocabulary))]
	}
	return strings.Join(words, " ")
}

// Rights against an oracle: what a reader of some collections is told is what
// an index of just these collections tells, scores and rarity included,
// through additions, changes and deletions.
func TestRightsAgainstOracle(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	collections := []string{"a", "b", "c", "d"}
	var all retrievaltest.House
	docs := make(map[int64]retrieval.Document)
	texts := make(map[int64][]string)
	ix := lexical.New(&all, lexical.DefaultParams())
	pairs := 0
	for round := range 25 {
		for range 12 {
			d := retrieval.Document{Title: randomText(random, 2), Collection: collections[random.IntN(4)]}
			for id := range docs {
				if random.IntN(3) == 0 {
					d.ID = id // replaced, perhaps in another collection
				}
				break
			}
			body := []string{randomText(random, 5+random.IntN(30)), randomText(random, 5+random.IntN(30))}
			id := add(t, &all, d, body...)
			d.ID = id
			docs[id], texts[id] = d, body
		}
		for id := range docs {
			if random.IntN(6) == 0 {
				all.Remove(id)
				delete(docs, id)
			}
		}
		if err := ix.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		for mask := range 16 {
			var names []string
			for i, name := range collections {
				if mask>>i&1 == 1 {
					names = append(names, name)
				}
			}
			r := retrieval.ReadersOf(names...)
			oracle := lexical.New(only(docs, texts, r), lexical.DefaultParams())
			if err := oracle.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			for range 13 {
				pairs++
				question := randomText(random, 1+random.IntN(4))
				got, want := find(t, ix, question, r), find(t, oracle, question, r)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("round %d, readers %v, %q (-want +got):\n%s", round, names, question, diff)
				}
				for _, s := range got {
					if !r.May(docs[s.PassageID/1000].Collection) {
						t.Fatalf("round %d: passage %d of collection %q shown to %v", round, s.PassageID, docs[s.PassageID/1000].Collection, names)
					}
				}
				stems := []string{"frist", "antrag", "gibtsnicht"}
				a, _ := ix.Rarity(t.Context(), stems, r)
				b, _ := oracle.Rarity(t.Context(), stems, r)
				if !slices.Equal(a, b) {
					t.Fatalf("rarity: got %v, want %v", a, b)
				}
			}
		}
	}
	if pairs < 5000 {
		t.Errorf("only %d pairs of rights and question", pairs)
	}
}

// only is a house with just the documents that r may see, in the order of ids.
func only(docs map[int64]retrieval.Document, texts map[int64][]string, r retrieval.Readers) lexical.Loader {
	var change lexical.Change
	change.Version = 1
	for id, d := range docs {
		if !r.May(d.Collection) {
			continue
		}
		for i, text := range texts[id] {
			change.Add = append(change.Add, lexical.Entry{PassageID: id*1000 + int64(i), DocumentID: id, Collection: d.Collection, Title: d.Title, Body: text})
		}
	}
	return fixed(change)
}

type fixed lexical.Change

func (f fixed) Changes(_ context.Context, _ int64, take func(lexical.Change) error) error {
	return take(lexical.Change(f))
}

func TestSearchWhileRefreshing(t *testing.T) {
	t.Parallel()
	var h retrievaltest.House
	ix := indexOf(t, &h)
	var group sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		group.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					if _, err := ix.Keywords(t.Context(), retrieval.Wording{Typed: "Antrag Frist", Spelled: "Antrag Frist"}, retrieval.ReadersOf("a", "b"), today, 5); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	for i := range 40 {
		id := add(t, &h, retrieval.Document{Collection: []string{"a", "b"}[i%2]}, fmt.Sprintf("Antrag Nummer %d mit Frist", i))
		if i%3 == 0 {
			h.Remove(id)
		}
		if err := ix.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	group.Wait()
	if ix.Version() != 54 || ix.Passages() != 26 {
		t.Errorf("version %d with %d passages, want 54 with 26", ix.Version(), ix.Passages())
	}
}

// parted hands over one document in two parts, calls between after the first one
// and ends with err.
type parted struct {
	between func()
	err     error
}

func (p parted) Changes(_ context.Context, since int64, take func(lexical.Change) error) error {
	part := lexical.Change{Version: since + 1}
	if since > 0 {
		part.Gone = []int64{1}
	}
	for i := range 2 {
		part.Add = []lexical.Entry{{PassageID: since*10 + int64(i), DocumentID: 1, Collection: "a", Body: "Antrag"}}
		if err := take(part); err != nil {
			return err
		}
		if part.Gone = nil; i == 0 {
			p.between()
		}
	}
	return p.err
}

func TestAChangeInPartsIsSeenWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	loader := &parted{}
	ix := lexical.New(loader, lexical.DefaultParams())
	seen := func(want ...int64) {
		t.Helper()
		var got []int64
		for _, found := range find(t, ix, "Antrag", retrieval.ReadersOf("a")) {
			got = append(got, found.PassageID)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("at version %d a search sees %v, want %v", ix.Version(), got, want)
		}
	}
	loader.between = func() { seen() }
	if err := ix.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	loader.between = func() { seen(0, 1) }
	loader.err = errors.New("connection lost")
	if err := ix.Refresh(t.Context()); !errors.Is(err, loader.err) {
		t.Errorf("got %v", err)
	}
	seen(0, 1)
	loader.err = nil
	if err := ix.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	seen(10, 11)
	ctx, cancel := context.WithCancel(t.Context())
	loader.between = cancel
	if err := ix.Refresh(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped half-way: %v", err)
	}
	seen(10, 11)
}

type failing struct{ lexical.Loader }

func (failing) Changes(context.Context, int64, func(lexical.Change) error) error {
	return errors.New("gone")
}

func TestFailedRefreshKeepsTheIndex(t *testing.T) {
	t.Parallel()
	ix := lexical.New(failing{}, lexical.DefaultParams())
	if err := ix.Refresh(t.Context()); err == nil {
		t.Error("no error")
	}
	if found := find(t, ix, "Antrag", retrieval.ReadersOf("a")); len(found) != 0 {
		t.Errorf("got %v", found)
	}
}
