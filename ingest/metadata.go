package ingest

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lvr.example/sprechstunde/ingest/declared"
	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/retrieval"
)

// Where a document's fields come from, the strongest first: of each key the
// first origin that says something counts. A title may also come from the
// document's own title, and readers (collection) come from its head or its
// source only.
const (
	fromSidecar    = "sidecar"      // the file beside it: people say it about this file, later than the file
	fromHead       = "front matter" // the head of a text, meta elements of a page
	fromProperties = "properties"   // of an Office file or PDF
	fromText       = "text"         // a sentence of the document, see package declared
	fromSource     = "collection"   // what the source says of all documents there
)

// The keys that mean something. A head may hold all but as_of, which only the
// text says.
const (
	keyTitle      = "title"
	keyOwner      = "owner"
	keyCollection = "collection"
	keyRank       = "rank"
	keyFrom       = "valid_from"
	keyUntil      = "valid_until"
	keyReview     = "review_date"
	keySupersedes = "supersedes"
	keyAsOf       = "as_of"
)

var (
	headKeys    = []string{keyTitle, keyOwner, keyCollection, keyRank, keyFrom, keyUntil, keyReview, keySupersedes}
	sidecarKeys = []string{keyTitle, keyOwner, keyRank, keyFrom, keyUntil, keyReview, keySupersedes}
)

// DefaultKeys are what a source may say of all documents in one place; see
// [Item.Defaults].
var DefaultKeys = []string{keyOwner, keyFrom, keyUntil, keyReview}

// CheckDefaults reports what a source must not say of its documents.
func CheckDefaults(values map[string]string) error {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if !slices.Contains(DefaultKeys, key) {
			return fmt.Errorf("%s: cannot be said of all documents in one place", key)
		}
	}
	var d retrieval.Document
	return fill(&d, values)
}

// description is what is known of a document besides its passages.
type description struct {
	document retrieval.Document
	facts    []retrieval.Fact
	named    retrieval.Named
	warnings []string
}

// describe settles the document's fields out of all that says something of it.
// An error names the value that cannot be used and means that the document
// cannot be taken in: it may be a limit of validity.
func describe(item Item, doc extract.Document, sidecar map[string]string) (description, error) {
	d := description{document: retrieval.Document{Path: item.Path, Collection: doc.Meta[keyCollection]}}
	head := withoutKeys(doc.Meta, keyTitle, keyCollection)
	if doc.Title != "" && doc.Meta[keyTitle] == doc.Title {
		head[keyTitle] = doc.Title
	}
	for _, said := range []struct {
		origin string
		values map[string]string
	}{{fromSidecar, sidecar}, {fromHead, head}, {fromProperties, doc.Props}} {
		d.merge(said.origin, said.values)
	}
	chosen := valuesOf(d.facts)
	title := cmp.Or(chosen[keyTitle], doc.Title, titleFromName(item.Path))
	if item.Untitled {
		title = cmp.Or(chosen[keyTitle], firstLine(doc.Blocks), title)
	}
	if err := fill(&d.document, chosen); err != nil {
		return d, err
	}
	d.document.Title = title
	d.listen(declared.Find(title, declaredBlocks(doc.Blocks)), item.Modified)
	d.takeDefaults(item.Defaults)
	return d, fill(&d.document, valuesOf(d.facts))
}

// takeDefaults adds what the source says of all documents, as far as it does not
// contradict what is known of this one.
func (d *description) takeDefaults(values map[string]string) {
	for _, key := range []string{keyFrom, keyUntil} {
		if day, err := parseDate(values[key]); err != nil || !d.fits(key, day) {
			values = withoutKeys(values, key)
		}
	}
	d.merge(fromSource, values)
}

// merge adds what an origin says of keys of which nothing was said before.
func (d *description) merge(origin string, values map[string]string) {
	for _, key := range headKeys {
		if value := strings.TrimSpace(values[key]); value != "" && !d.says(key) {
			d.facts = append(d.facts, retrieval.Fact{Key: key, Value: value, Origin: origin})
		}
	}
}

func (d *description) says(key string) bool {
	return slices.ContainsFunc(d.facts, func(f retrieval.Fact) bool { return f.Key == key })
}

// listen adds what the text says of keys of which nothing was said before. An
// end without a day is the day of the text's state, or of its last change. An
// end before the beginning that somebody gave is not believed.
func (d *description) listen(statements []declared.Statement, modified time.Time) {
	for _, s := range statements {
		key, day := string(s.Kind), s.Date
		if d.says(key) {
			continue
		}
		switch s.Kind {
		case declared.Replaces:
			d.named = retrieval.Named{Title: s.Name, Date: s.Date}
			d.facts = append(d.facts, retrieval.Fact{Key: key, Value: strings.TrimSpace(s.Name + " " + s.Date.String()), Origin: fromText, Sentence: s.Sentence})
			continue
		case declared.AsOf:
			d.document.AsOf = s.Date
		case declared.Ends:
			if day.IsZero() {
				day = cmp.Or(d.document.AsOf, dayOf(modified))
			}
		}
		if !day.IsZero() && !d.fits(key, day) {
			d.warnings = append(d.warnings, fmt.Sprintf("its text says %s %s, which contradicts what else is known: not used", key, day))
			continue
		}
		if !day.IsZero() {
			d.facts = append(d.facts, retrieval.Fact{Key: key, Value: day.String(), Origin: fromText, Sentence: s.Sentence})
		}
	}
}

// fits reports whether a limit of validity does not contradict the other one.
func (d *description) fits(key string, day retrieval.Date) bool {
	known := retrieval.Document{}
	if err := fill(&known, valuesOf(d.facts)); err != nil {
		return false
	}
	switch key {
	case keyFrom:
		return known.ValidUntil.IsZero() || day.Compare(known.ValidUntil) <= 0
	case keyUntil:
		return known.ValidFrom.IsZero() || known.ValidFrom.Compare(day) <= 0
	}
	return true
}

// fill reads the values into the document's fields.
func fill(d *retrieval.Document, values map[string]string) (err error) {
	if values[keyOwner] != "" {
		d.Owner, d.Contact = retrieval.ParseOwner(values[keyOwner])
	}
	if text := values[keyRank]; text != "" {
		if d.Rank, err = strconv.Atoi(text); err != nil || d.Rank < 1 || d.Rank > 1_000_000 {
			return fmt.Errorf("rank: %q is not a whole number from 1", text)
		}
	}
	for _, field := range []struct {
		key  string
		date *retrieval.Date
	}{{keyFrom, &d.ValidFrom}, {keyUntil, &d.ValidUntil}, {keyReview, &d.ReviewOn}} {
		if *field.date, err = parseDate(values[field.key]); err != nil {
			return fmt.Errorf("%s: %w", field.key, err)
		}
	}
	if !d.ValidFrom.IsZero() && !d.ValidUntil.IsZero() && d.ValidUntil.Compare(d.ValidFrom) < 0 {
		return fmt.Errorf("valid_until %s lies before valid_from %s", d.ValidUntil, d.ValidFrom)
	}
	d.Supersedes = values[keySupersedes]
	return nil
}

// valuesOf returns what the facts say, except what only the text names: that is
// resolved when all documents are known.
func valuesOf(facts []retrieval.Fact) map[string]string {
	values := make(map[string]string, len(facts))
	for _, f := range facts {
		if f.Key != keySupersedes || f.Origin != fromText {
			values[f.Key] = f.Value
		}
	}
	return values
}

func declaredBlocks(blocks []extract.Block) []declared.Block {
	all := make([]declared.Block, len(blocks))
	for i, b := range blocks {
		all[i] = declared.Block{Kind: string(b.Kind), Text: b.Text, Path: b.Path}
	}
	return all
}

func dayOf(t time.Time) retrieval.Date {
	if t.IsZero() {
		return retrieval.Date{}
	}
	return retrieval.DateOf(t)
}

func withoutKeys(values map[string]string, keys ...string) map[string]string {
	rest := make(map[string]string, len(values))
	for key, value := range values {
		if !slices.Contains(keys, key) {
			rest[key] = value
		}
	}
	return rest
}

// unknownKeys returns keys that look like a slip of a known one.
func unknownKeys(meta map[string]string) []string {
	var unknown []string
	for key := range meta {
		if !slices.Contains(headKeys, key) && (strings.HasPrefix(key, "valid") || strings.HasPrefix(key, "supersede") ||
			strings.HasPrefix(key, "collection") || strings.HasPrefix(key, "review")) {
			unknown = append(unknown, key)
		}
	}
	slices.Sort(unknown)
	return unknown
}

// maxTitle is the number of characters of a first line that make a title.
const maxTitle = 120

// firstLine returns how a text begins, for a title.
func firstLine(blocks []extract.Block) string {
	for _, b := range blocks {
		line, _, _ := strings.Cut(strings.TrimSpace(b.Text), "\n")
		if runes := []rune(line); len(runes) > maxTitle {
			return string(runes[:maxTitle]) + "…"
		}
		if line != "" {
			return line
		}
	}
	return ""
}

// titleFromName makes a readable title of a file name.
func titleFromName(name string) string {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	if title := strings.TrimSpace(strings.NewReplacer("_", " ", "-", " ").Replace(base)); title != "" {
		return title
	}
	return name
}

var (
	isoDate    = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$`)
	germanDate = regexp.MustCompile(`^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$`)
)

// parseDate reads 2026-12-03 or 03.12.2026; empty text is no date.
func parseDate(text string) (retrieval.Date, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return retrieval.Date{}, nil
	}
	var year, month, day int
	if m := isoDate.FindStringSubmatch(text); m != nil {
		year, month, day = number(m[1]), number(m[2]), number(m[3])
	} else if m := germanDate.FindStringSubmatch(text); m != nil {
		year, month, day = number(m[3]), number(m[2]), number(m[1])
	} else {
		return retrieval.Date{}, fmt.Errorf("%q is not a date such as 2026-12-03", text)
	}
	date := retrieval.Date{Year: year, Month: time.Month(month), Day: day}
	if retrieval.DateOf(time.Date(year, date.Month, day, 0, 0, 0, 0, time.UTC)) != date {
		return retrieval.Date{}, fmt.Errorf("%q is not a day of the calendar", text)
	}
	return date, nil
}

// number reads digits that a pattern already matched.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
