package postgres

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/jackc/pgx/v5/pgtype"

	"lvr.example/sprechstunde/retrieval/german"
)

// namedBy returns the documents that the text of document i may mean by what it
// says it replaces. Without a date a sentence must give the whole title. With
// one ("die Dienstanweisung vom 1. März 2024") the document must be of that date,
// and its title must hold all words that the sentence gives.
func namedBy(documents []replaceableDocument, i int) (found []int) {
	d := documents[i]
	name := titleWords(d.Named)
	if len(name) == 0 {
		return nil
	}
	for j, other := range documents {
		title := titleWords(other.Title)
		same := slices.Equal(title, name) && (!d.NamedDate.Valid || isOf(other, d.NamedDate) || !isDated(other))
		meant := d.NamedDate.Valid && isOf(other, d.NamedDate) && holdsAll(title, name)
		if j != i && (same || meant) {
			found = append(found, j)
		}
	}
	return found
}

// titleWords are the words of a title as they are compared.
func titleWords(title string) []string {
	return strings.FieldsFunc(german.Fold(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func holdsAll(words, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(words, w) })
}

func isDated(d replaceableDocument) bool { return d.ValidFrom.Valid || d.AsOf.Valid }

// isOf reports whether a document is of a day: valid from it, of that state, or
// with that day in its title.
func isOf(d replaceableDocument, day pgtype.Date) bool {
	if d.ValidFrom == day || d.AsOf == day {
		return true
	}
	return slices.ContainsFunc([]string{"02.01.2006", "2.1.2006", time.DateOnly}, func(layout string) bool {
		return strings.Contains(d.Title, day.Time.Format(layout))
	})
}
