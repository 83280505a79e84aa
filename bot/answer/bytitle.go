package answer

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// mostTitles is how many documents are shown to who wants one.
const mostTitles = 3

// ByTitle returns the documents of hits whose titles have most of the words that
// a request names, each once. A request that names nothing means the first one.
func ByTitle(request string, hits []retrieval.Hit) []retrieval.Document {
	named := namedIn(request)
	if len(named) == 0 && len(hits) > 0 {
		return []retrieval.Document{hits[0].Document}
	}
	var found []retrieval.Document
	most := 1
	for _, hit := range hits {
		known := slices.ContainsFunc(found, func(d retrieval.Document) bool { return d.ID == hit.Document.ID })
		n := titleHas(hit.Document, named)
		switch {
		case n > most:
			found, most = []retrieval.Document{hit.Document}, n
		case n == most && !known && len(found) < mostTitles:
			found = append(found, hit.Document)
		}
	}
	return found
}

// DocumentLine shows a document without a passage: title with its link, owner,
// state.
func DocumentLine(d retrieval.Document, opt RenderOptions) string {
	return sourceText(opt.Texts, sourceOf(excerpt{hit: retrieval.Hit{Document: d}}), opt.Now)
}

func titleHas(d retrieval.Document, stems []string) (n int) {
	words := german.Content(german.Words(d.Title + " " + d.Path))
	for _, stem := range stems {
		if asks(words, stem) {
			n++
		}
	}
	return n
}

// namedIn are the stems that a request names a document by.
func namedIn(request string) []string {
	var stems []string
	for _, w := range german.Content(german.Words(request)) {
		if !wanting[w.Stem] {
			stems = append(stems, w.Stem)
		}
	}
	return stems
}

// wanting are stems that stand in requests for any document.
var wanting = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range german.Words(strings.Join([]string{
		"schick schicke schicken gib geben zeig zeige zeigen finde finden suche suchen such brauche bräuchte hätte gern bitte mal",
		"Link Links URL Datei PDF Dokument Dokumente ganze ganzes herunterladen runterladen lade Download verlinken öffnen",
		"anschauen ansehen sehen lesen haben bekommen kriegen aktuelle neue alle wo hast habt dazu irgendwo",
		"gibt gibts nen dafür davon dabei ausfüllen ausgefüllt ausdrucken drucken brauch brauche her schon bevor eigentlich wollte will möchte denn hier",
		"heißt nimmt nehme nehmen benötige welches welche welcher zufällig wenigstens nochmal kannst könnten senden zusenden mailen Anhang",
	}, " ")) {
		set[w.Stem] = true
	}
	return set
}()
