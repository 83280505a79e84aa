package answer

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// ByTitle returns the documents of hits whose titles have most of the words that
// a request names, each once. A request that names nothing means the first one.
func ByTitle(request string, hits []retrieval.Hit) []retrieval.Document {
	named := namedIn(request)
	if len(named) == 0 && len(hits) > 0 {
		return []retrieval.Document{hits[0].Document}
	}
	best := foremost[retrieval.Document]{same: func(a, b retrieval.Document) bool { return a.ID == b.ID }}
	for _, hit := range hits {
		best.add(hit.Document, has(hit.Document.Title+" "+hit.Document.Path, named))
	}
	return best.found
}

// foremost are the first of those that have most of the words of a request, each once;
// what has none is not among them.
type foremost[T any] struct {
	same  func(a, b T) bool
	found []T
	most  int // words that each of them has
}

// mostShown is how many are shown to who wants a document or a form.
const mostShown = 3

func (f *foremost[T]) add(one T, words int) {
	switch {
	case words > f.most:
		f.found, f.most = []T{one}, words
	case words == 0 || words < f.most || len(f.found) == mostShown:
	case !slices.ContainsFunc(f.found, func(other T) bool { return f.same(other, one) }):
		f.found = append(f.found, one)
	}
}

// DocumentLine shows a document without a passage: title with its link, owner,
// state.
func DocumentLine(d retrieval.Document, opt RenderOptions) string {
	return sourceText(opt.Texts, sourceOf(excerpt{hit: retrieval.Hit{Document: d}}), opt.Now)
}

// has is how many of the words wanted a text has.
func has(text string, wanted []german.Word) (n int) {
	words := german.Content(german.Words(text))
	for _, w := range wanted {
		if asks(words, w.Stem) {
			n++
		}
	}
	return n
}

// NamesDocument reports whether a request has a word by which a document could be told
// from another: "gib mir den" has none.
func NamesDocument(request string) bool { return len(namedIn(request)) > 0 }

// namedIn are the words that a request names a document by.
func namedIn(request string) []german.Word {
	return slices.DeleteFunc(german.Content(german.Words(request)), func(w german.Word) bool { return wanting[w.Stem] })
}

// stemsOf are the stems of the words of a list.
func stemsOf(words []string) map[string]bool {
	set := map[string]bool{}
	for _, w := range german.Words(strings.Join(words, " ")) {
		set[w.Stem] = true
	}
	return set
}

// wanting are stems that stand in requests for any document.
var wanting = stemsOf(formWords["wanting"])
