package evaluate

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"lvr.example/sprechstunde/cmd/internal/apptest"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/eval"
	"lvr.example/sprechstunde/retrieval/german"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// Of all questions beside the code none is answered by a Yes or No of another question
// on top, and what is said not to have been found stands in no document. The search
// looks at words only.
func TestNoAnswerSaysWhatIsNotSo(t *testing.T) {
	t.Parallel()
	site := apptest.Site(t, func(c *config.Config) { c.Database.URL = config.Secret(pglocal.TestDSN(t)) })
	n := apptest.Open(t, site, neighbours.Needs{Database: true, Reader: true})
	n.Embedders = &neighbours.Embedders{} // none
	sets := []string{"examples/musterland", "retrieval/eval/testdata/musterland-2", "retrieval/eval/testdata/musterland-2/held", "retrieval/eval/testdata/firstweek"}
	asked, named := 0, 0
	var house eval.House
	var stands map[string]bool
	for i, set := range sets {
		f, err := eval.ReadFolder("../../../" + set)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 { // all are asked of the same documents
			lib, opened, release, err := bench{n}.opened(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			defer release()
			house, stands = opened, standing(t, lib)
		}
		for _, q := range f.Queries {
			told, err := house.Tell(context.WithoutCancel(t.Context()), nil, q.Text)
			if err != nil {
				t.Fatal(err)
			}
			asked++
			if quote := strings.Index(told.Post, "> "); quote >= 0 && yesOrNo.MatchString(told.Post[quote:]) && !strings.Contains(told.Post[:quote], "?") {
				t.Errorf("%s: a yes or no without its question stands on top:\n%s", q.ID, told.Post)
			}
			for _, word := range notFound(told.Post) {
				named++
				if stands[german.Fold(word)] {
					t.Errorf("%s: %q is said to stand nowhere", q.ID, word)
				}
			}
		}
	}
	t.Logf("%d questions, %d words named as not found", asked, named)
	if asked < 200 || named == 0 {
		t.Errorf("%d questions, %d words named as not found", asked, named)
	}
}

var (
	yesOrNo = regexp.MustCompile(`^> (?:Ja|Nein)\b`)
	lacking = regexp.MustCompile(`(?m)^.*nichts gefunden.*$`)
	marked  = regexp.MustCompile(`„([^“]+)“`)
)

// notFound returns the words that a post says nothing was found for.
func notFound(post string) []string {
	var words []string
	for _, line := range lacking.FindAllString(post, -1) {
		for _, m := range marked.FindAllStringSubmatch(line, -1) {
			words = append(words, m[1])
		}
	}
	return words
}

// standing returns all words of an index, folded.
func standing(t *testing.T, lib *library.Library) map[string]bool {
	t.Helper()
	words := map[string]bool{}
	err := lib.Store.Changes(t.Context(), 0, func(c lexical.Change) error {
		for _, e := range c.Add {
			for _, w := range german.Words(strings.Join(append(e.Headings, e.Title, e.Body), "\n")) {
				words[w.Form] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return words
}
