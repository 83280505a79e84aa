package postgres

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"lvr.example/sprechstunde/retrieval"
)

// Supersede resolves which documents of the source replace which, by path or
// exact title, or by what a document's text says of it, and marks the replaced
// ones: from the day on which the new one is valid they are no basis of answers.
// Where it does not say from when, that is the day given, today in the house, when
// the index first sees it replace one that served there before; of those that
// came together nobody knows until when the old one held.
//
// A new one that is blocked replaces on: its block must not bring back what it
// replaced. A document may only replace one that
// is read by nobody else: otherwise a stranger would lose a text for one that
// the stranger may not read.
func (s *Store) Supersede(ctx context.Context, source string, day retrieval.Date) (unresolved []retrieval.Unresolved, err error) {
	err = s.inTransaction(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `
			UPDATE document SET known_since = $2
			WHERE source = $1 AND known_since IS NULL AND 'indexed' IN (state, held)`, source, toDate(day)); err != nil {
			return err
		}
		documents, err := replaceable(ctx, tx, source)
		if err != nil {
			return err
		}
		var links map[int64]replacement
		links, unresolved = resolve(documents, toDate(day))
		return saveReplacements(ctx, tx, documents, links)
	})
	if err != nil {
		return nil, fmt.Errorf("resolve superseded documents of %s: %w", source, err)
	}
	return unresolved, nil
}

// replaceableDocument is what is needed to tell which document replaces which.
type replaceableDocument struct {
	ID         int64
	Path       string
	Title      string
	Collection string
	Staff      bool
	Guests     bool
	Supersedes string
	Named      string // in its text, with the date of what it names
	NamedDate  pgtype.Date
	ValidFrom  pgtype.Date
	AsOf       pgtype.Date
	KnownSince pgtype.Date
	By         *int64 // that replaces it now
	From       pgtype.Date
	Replaces   pgtype.Date // from when it replaces others, as stored
}

// replacement is the document that replaces another one, and from when.
type replacement struct {
	by   int64
	from pgtype.Date // null: at once, and nobody knows since when
}

func replaceable(ctx context.Context, tx pgx.Tx, source string) ([]replaceableDocument, error) {
	rows, _ := tx.Query(ctx, `
		SELECT d.id, d.path, d.title, d.collection, c.staff, c.guests, d.supersedes, d.named, d.named_date, d.valid_from, d.as_of,
			d.known_since, d.superseded_by AS by, d.superseded_from AS "from", d.replaces_from AS replaces
		FROM document d JOIN collection c ON c.name = d.collection
		WHERE d.source = $1 AND 'indexed' IN (d.state, d.held) ORDER BY d.path`, source)
	return pgx.CollectRows(rows, pgx.RowToStructByName[replaceableDocument])
}

// resolve finds for each replaced document its replacement. It is pure.
func resolve(documents []replaceableDocument, day pgtype.Date) (map[int64]replacement, []retrieval.Unresolved) {
	byPath, byTitle, byID := map[string][]int{}, map[string][]int{}, map[int64]int{}
	for i, d := range documents {
		byPath[d.Path] = append(byPath[d.Path], i)
		byTitle[d.Title] = append(byTitle[d.Title], i)
		byID[d.ID] = i
	}
	links := map[int64]replacement{}
	var unresolved []retrieval.Unresolved
	for i, d := range documents {
		old, problem, found := replacedBy(documents, i, byPath, byTitle)
		if !found {
			continue
		}
		if problem == "" && leadsTo(links, d.ID, documents[old].ID) {
			problem = "the two replace each other"
		}
		if problem != "" {
			unresolved = append(unresolved, retrieval.Unresolved{Path: d.Path, Names: cmp.Or(d.Supersedes, d.Named), Problem: problem})
			continue
		}
		id, from := documents[old].ID, replacedFrom(documents[old], d, day)
		if first, ok := links[id]; !ok || earlier(from, first.from) {
			links[id] = replacement{by: d.ID, from: from}
		}
	}
	return links, unresolved
}

// replacedFrom returns the first day on which a document replaces an old one.
func replacedFrom(old, d replaceableDocument, day pgtype.Date) pgtype.Date {
	switch {
	case d.ValidFrom.Valid:
		return d.ValidFrom
	case old.By != nil && !earlier(day, old.From): // it was replaced before
		return old.From
	case earlier(old.KnownSince, day):
		return day
	}
	return pgtype.Date{}
}

// replacedBy returns the index of the document that document i replaces; not
// found: it names none, or its text names one that the source does not have.
func replacedBy(documents []replaceableDocument, i int, byPath, byTitle map[string][]int) (old int, problem string, found bool) {
	d := documents[i]
	var candidates []int
	if d.Supersedes == "" {
		if candidates = namedBy(documents, i); len(candidates) == 0 {
			return 0, "", false
		}
	} else if candidates = explicitly(d, i, byPath, byTitle); len(candidates) == 0 {
		return 0, "no other document has this path or title", true
	}
	if len(candidates) > 1 {
		return 0, fmt.Sprintf("%d documents fit: name the path", len(candidates)), true
	}
	o := documents[candidates[0]]
	if d.Collection != o.Collection && (!d.Staff || o.Guests && !d.Guests) {
		return 0, "the old document has readers who may not read the new one", true
	}
	return candidates[0], "", true
}

// explicitly returns the documents that have the path or title named.
func explicitly(d replaceableDocument, i int, byPath, byTitle map[string][]int) []int {
	found := without(byPath[path.Clean(d.Supersedes)], i)
	if len(found) == 0 {
		found = without(byPath[path.Join(path.Dir(d.Path), d.Supersedes)], i)
	}
	if len(found) == 0 {
		found = without(byTitle[d.Supersedes], i)
	}
	return found
}

func without(list []int, i int) []int {
	return slices.DeleteFunc(slices.Clone(list), func(j int) bool { return j == i })
}

// leadsTo reports whether following replacements from one document ends at another.
func leadsTo(links map[int64]replacement, from, to int64) bool {
	for range len(links) + 1 {
		if from == to {
			return true
		}
		next, ok := links[from]
		if !ok {
			return false
		}
		from = next.by
	}
	return true
}

func earlier(a, b pgtype.Date) bool {
	if !a.Valid || !b.Valid {
		return !a.Valid && b.Valid
	}
	return a.Time.Before(b.Time)
}

// startsOf returns the first days of documents that replace others and do not say
// from when they are valid, as far as they are known.
func startsOf(documents []replaceableDocument, links map[int64]replacement) map[int64]pgtype.Date {
	starts := map[int64]pgtype.Date{}
	for _, link := range links {
		if first, ok := starts[link.by]; link.from.Valid && (!ok || earlier(link.from, first)) {
			starts[link.by] = link.from
		}
	}
	for _, d := range documents {
		if d.ValidFrom.Valid {
			delete(starts, d.ID)
		}
	}
	return starts
}

// saveReplacements writes what differs from what is stored.
func saveReplacements(ctx context.Context, tx pgx.Tx, documents []replaceableDocument, links map[int64]replacement) error {
	var changed []int64
	batch := &pgx.Batch{}
	starts := startsOf(documents, links)
	for _, d := range documents {
		link, ok := links[d.ID]
		same := !ok && d.By == nil || ok && d.By != nil && *d.By == link.by && d.From == link.from
		if same && d.Replaces == starts[d.ID] {
			continue
		}
		var by *int64
		if ok {
			by = &link.by
		}
		batch.Queue(`UPDATE document SET superseded_by = $2, superseded_from = $3, replaces_from = $4 WHERE id = $1`,
			d.ID, by, link.from, starts[d.ID])
		changed = append(changed, d.ID)
	}
	if len(changed) == 0 {
		return nil
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	slices.SortFunc(changed, cmp.Compare[int64])
	return raiseVersion(ctx, tx, changed...)
}
