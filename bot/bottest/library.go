package bottest

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"lvr.example/sprechstunde/retrieval"
)

// Library is a few documents that answer what has all their keys.
type Library struct {
	Err     error // of searches and of the list of collections
	mu      sync.Mutex
	asked   []string
	gone    []string          // titles
	changed map[string]string // texts by what they were
	readers []retrieval.Readers
}

var shelf = []struct {
	collection, title, text string
	keys                    []string
}{
	{"Leitlinien", "KI-Leitlinie", "Protokolle dürfen mit KI entworfen werden.", []string{"protokoll"}},
	{"Leitlinien", "KI-Leitlinie", "Im Ausland dürfen Protokolle nicht mit KI entworfen werden.", []string{"protokoll", "ausland"}},
	{"Personal", "Vermerk Personal", "Bewerbungen sortiert keine KI vor.", []string{"bewerbung"}},
	{"Aushang", "Aushang am Eingang", "Gäste melden sich am Eingang.", []string{"eingang"}},
}

// Collections are one for all staff, one behind a gate and one also for guests.
func (l *Library) Collections(context.Context) ([]retrieval.Collection, error) {
	return []retrieval.Collection{
		{Name: "Leitlinien", Rank: 1, Access: retrieval.Access{Staff: true}},
		{Name: "Personal", Rank: 2, Access: retrieval.Access{Channels: []string{Personnel}}},
		{Name: "Aushang", Rank: 3, Access: retrieval.Access{Staff: true, Guests: true}},
	}, l.Err
}

// Search finds the most special of the documents all of whose keys are asked for.
func (l *Library) Search(_ context.Context, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked = append(l.asked, q.Text)
	l.readers = append(l.readers, r)
	if l.Err != nil {
		return retrieval.Result{}, l.Err
	}
	var hits []retrieval.Hit
	most := 0
	for i, d := range shelf {
		has := func(key string) bool { return strings.Contains(strings.ToLower(q.Text), key) }
		if !r.May(d.collection) || slices.Contains(l.gone, d.title) || slices.ContainsFunc(d.keys, func(key string) bool { return !has(key) }) || len(d.keys) < most {
			continue
		}
		most = len(d.keys)
		hits = []retrieval.Hit{{
			Document: retrieval.Document{ID: int64(i), Path: d.title + ".md", Title: d.title, Collection: d.collection},
			Passage:  retrieval.Passage{ID: int64(i), Text: l.now(d.text), Place: "Abschnitt 1"},
			Score:    1,
		}}
	}
	if len(hits) == 0 {
		return retrieval.Result{Sufficiency: retrieval.Sufficiency{Band: retrieval.NotFound}}, nil
	}
	return retrieval.Result{Hits: hits, Sufficiency: retrieval.Sufficiency{Band: retrieval.Answered, Probability: 0.9, Missing: missing(q.Text, hits[0].Passage.Text)}}, nil
}

// missing are the nouns of a question that a text does not have.
func missing(question, text string) []string {
	var words []string
	for i, word := range strings.Fields(question) {
		word = strings.Trim(word, ".,?!")
		if i > 0 && word != strings.ToLower(word) && !strings.Contains(text, word) {
			words = append(words, word)
		}
	}
	return words
}

// Readers returns for whom it was searched, ever.
func (l *Library) Readers() []retrieval.Readers {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.readers
}

// Stands is what retrieval.Engine promises: each passage is there, in a document
// that serves, and the readers may see it.
func (l *Library) Stands(_ context.Context, passages []int64, _ retrieval.Date, r retrieval.Readers) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range passages {
		if d := shelf[id]; !r.May(d.collection) || slices.Contains(l.gone, d.title) {
			return false, l.Err
		}
	}
	return true, l.Err
}

// Withdraw takes the documents with a title out of every answer, as a block, an
// end or a replacement does.
func (l *Library) Withdraw(title string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.gone = append(l.gone, title)
}

// Rewrites changes what a document says.
func (l *Library) Rewrites(was, is string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.changed == nil {
		l.changed = map[string]string{}
	}
	l.changed[was] = is
}

func (l *Library) now(text string) string { return cmp.Or(l.changed[text], text) }

// PassagesOf are what serves of the documents with a path, as far as r may see it.
func (l *Library) PassagesOf(_ context.Context, path string, _ retrieval.Date, r retrieval.Readers) (hits []retrieval.Hit, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, d := range shelf {
		if d.title+".md" == path && r.May(d.collection) && !slices.Contains(l.gone, d.title) {
			hits = append(hits, retrieval.Hit{
				Document: retrieval.Document{ID: int64(i), Path: path, Title: d.title, Collection: d.collection},
				Passage:  retrieval.Passage{ID: int64(i), Text: l.now(d.text), Place: "Abschnitt 1"},
			})
		}
	}
	return hits, l.Err
}

// Cared says that berta looks after all documents.
func (l *Library) Cared(_ context.Context, document int64) (retrieval.Cared, error) {
	if document < 0 || int(document) >= len(shelf) {
		return retrieval.Cared{}, retrieval.ErrNoDocument
	}
	return retrieval.Cared{ID: document, Title: shelf[document].title, Contact: "berta"}, l.Err
}

// Searched returns the queries since it was last called.
func (l *Library) Searched() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	asked := l.asked
	l.asked = nil
	return asked
}

// ErrDown is for tests in which something is down.
var ErrDown = errors.New("down")
