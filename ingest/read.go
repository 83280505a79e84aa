package ingest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/ingest/chunk"
	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/retrieval"
)

// refusedError is a document that cannot be taken in as it is now.
type refusedError struct {
	reason  string
	again   bool     // it may be another time without a change: do not remember the verdict
	hash    string   // of the content that the verdict is on; empty: of the version only
	readers []string // stamps of the readers of the file's formats that gave the verdict
	unclear bool     // the new version may have other readers: the old one must not serve on
	owner   string   // what the key owner says, as far as it could be read; empty: the source's
}

func (e *refusedError) Error() string { return e.reason }

// prepared is a document read and cut, on its way into the index.
type prepared struct {
	item     Item
	revision retrieval.Revision
	texts    []string // of revision.Units
	hidden   int
	warnings []string
	err      error      // it could not be read: *refusedError
	same     bool       // the content is that of the version that serves
	readers  []string   // stamps of the readers of the file's formats
	parts    []prepared // documents attached to it
}

// read opens an item and makes a revision of it.
func (s *syncer) read(ctx context.Context, item Item) prepared {
	p := prepared{item: item}
	data, err := s.load(ctx, item)
	if err != nil {
		p.err = err
		return p
	}
	beside, err := s.aside(ctx, item)
	if err != nil {
		p.err = err
		return p
	}
	hash := contentHash(data, item, beside)
	known := s.known[item.Path]
	serves := known.State == retrieval.Indexed && known.Hash != ""
	if serves && known.Hash == hash && isCurrent(known.Mark) && known.Listed == item.Collection.Name && beside.problem == "" {
		p.same, p.readers = true, readersIn(known.Mark)
		return p
	}
	if serves && beside.problem != "" { // the old version serves on, with what was said of it before
		p.err = &refusedError{reason: beside.problem, hash: hash, readers: readersIn(known.Mark)}
		return p
	}
	if reason, again := s.refusedBefore(item, hash); again {
		p.err = &refusedError{reason: reason, hash: hash, readers: readersIn(known.Mark)}
		return p
	}
	docs, err := s.Reader.Read(ctx, item.name(), data)
	if err != nil {
		p.err = &refusedError{reason: fmt.Sprintf("cannot be read now: %v", err), again: true}
		return p
	}
	p.readers = readersOf(docs)
	s.prepare(&p, docs[0], hash, beside)
	for _, doc := range docs[1:] {
		part := prepared{item: item.part(doc.Name), readers: p.readers}
		s.prepare(&part, doc, hash, aside{})
		p.parts = append(p.parts, part)
	}
	return p
}

// prepare makes a revision of a document, or says why there is none.
func (s *syncer) prepare(p *prepared, doc extract.Named, hash string, beside aside) {
	item := p.item
	if beside.problem != "" { // a document that is new is taken in without what cannot be read
		beside.values = nil
	}
	owner := cmp.Or(beside.values[keyOwner], doc.Meta[keyOwner], doc.Props[keyOwner])
	if doc.Problem != nil {
		p.err = &refusedError{reason: doc.Problem.Error(), unclear: doc.Problem.Reason == extract.FrontMatter, hash: hash, readers: p.readers, owner: owner}
		return
	}
	p.hidden = doc.Hidden
	for _, remark := range doc.Remarks {
		p.warnings = append(p.warnings, item.Path+": "+remark.String())
	}
	p.warnings = append(p.warnings, beside.warnings...)
	described, err := describe(item, doc.Document, beside.values)
	if err != nil {
		p.err = &refusedError{reason: err.Error(), readers: p.readers, owner: owner}
		return
	}
	document := described.document
	if item.Settled && document.Collection != "" && document.Collection != item.Collection.Name {
		p.warnings = append(p.warnings, fmt.Sprintf("%s: its head names collection %q, but documents from there stay in %q",
			item.Path, document.Collection, item.Collection.Name))
		document.Collection = ""
	}
	if err := s.place(&document, item); err != nil {
		p.err = &refusedError{reason: err.Error(), again: true, unclear: true, owner: owner}
		return
	}
	for _, warning := range described.warnings {
		p.warnings = append(p.warnings, item.Path+": "+warning)
	}
	for _, key := range unknownKeys(doc.Meta) {
		p.warnings = append(p.warnings, fmt.Sprintf("%s: unknown key %q in its head", item.Path, key))
	}
	document.Source, document.Hash, document.ModifiedAt, document.Link = s.source.Name(), hash, item.Modified, item.Link
	p.revision = retrieval.Revision{
		Document: document, Listed: item.Collection.Name, Mark: mark(item, p.readers), Facts: described.facts, Named: described.named,
		Hidden: doc.Hidden, Reason: beside.problem,
	}
	p.cut(doc)
}

// load reads the item's bytes, up to one more than the readers take, so that
// they see when it is too large.
func (s *syncer) load(ctx context.Context, item Item) ([]byte, error) {
	file, err := s.source.Open(ctx, item.Path)
	if err != nil {
		return nil, &refusedError{reason: fmt.Sprintf("cannot be opened: %v", err), again: true}
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, extract.MaxFile+1))
	if err != nil {
		return nil, &refusedError{reason: fmt.Sprintf("cannot be read: %v", err), again: true}
	}
	return data, nil
}

// contentHash covers all that the index of a document depends on.
func contentHash(data []byte, item Item, beside aside) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\x00%s\x00%s\x00%q\x00%d\x00%s", settings, item.Collection.Name, item.Link, defaultsOf(item), len(beside.bytes), beside.bytes)
	sum.Write(data)
	return hex.EncodeToString(sum.Sum(nil))
}

// defaultsOf returns what the source says of an item as one text.
func defaultsOf(item Item) string {
	var all strings.Builder
	for _, key := range slices.Sorted(maps.Keys(item.Defaults)) {
		fmt.Fprintf(&all, "%q=%q ", key, item.Defaults[key])
	}
	return all.String()
}

// mark is the source's version of an item and of what is said of it, after the
// form of what was made of it.
func mark(item Item, readers []string) string { return formOf(readers) + " " + itemVersion(item) }

func itemVersion(item Item) string {
	mark := item.Version
	if item.Sidecar == nil && len(item.Defaults) == 0 {
		return mark
	}
	sum := sha256.New()
	fmt.Fprint(sum, defaultsOf(item))
	if item.Sidecar != nil {
		fmt.Fprintf(sum, "\x00%s", item.Sidecar.Version)
	}
	return mark + " " + hex.EncodeToString(sum.Sum(nil)[:8])
}

// versionOf returns the source's version in a stored mark, "" where there is none.
func versionOf(stored string) string {
	_, version, _ := strings.Cut(stored, " ")
	version, _, _ = strings.Cut(version, verdictSign)
	return version
}

// verdictSign stands in the mark of a refused document before the hash of the
// content that was refused.
const verdictSign = " refused "

// refusedMark is the mark of an item whose content was refused.
func refusedMark(item Item, why *refusedError) string {
	if why.hash == "" {
		return mark(item, why.readers)
	}
	return mark(item, why.readers) + verdictSign + why.hash
}

// againMark is the mark of an item to look at again; what serves of it has the
// form that stands in its mark.
func againMark(item Item, known string) string {
	if item.Version == "" {
		return ""
	}
	form, _, _ := strings.Cut(strings.TrimPrefix(known, againSign), " ")
	return againSign + form + " " + item.Version
}

// isMarked reports whether a stored mark is that of the item as it is listed,
// read as it would be read now.
func isMarked(stored string, item Item) bool {
	_, version, _ := strings.Cut(stored, " ")
	version, _, _ = strings.Cut(version, verdictSign)
	return version == itemVersion(item) && isCurrent(stored) && !strings.HasPrefix(stored, againSign)
}

// refusedBefore returns the verdict on the same content under another version,
// as when a file was copied or touched: it is not read again by the same reader.
func (s *syncer) refusedBefore(item Item, hash string) (reason string, ok bool) {
	known := s.known[item.Path]
	_, refused, _ := strings.Cut(known.Mark, verdictSign)
	return known.Reason, refused == hash && isCurrent(known.Mark) && known.Reason != "" && known.Listed == item.Collection.Name
}

// place settles the collection: the one that the document names, if it exists
// and may be used, else the one it lies in.
func (s *syncer) place(document *retrieval.Document, item Item) error {
	if document.Collection == "" || document.Collection == item.Collection.Name {
		document.Collection = item.Collection.Name
		return nil
	}
	if err, refused := s.refused[document.Collection]; refused {
		return fmt.Errorf("collection %q: %w", document.Collection, err)
	}
	if !s.collections[document.Collection] {
		return fmt.Errorf("collection %q, named in its head, does not exist", document.Collection)
	}
	return nil
}

// cut makes passages and units of the extracted blocks.
func (p *prepared) cut(doc extract.Named) {
	blocks := make([]chunk.Block, len(doc.Blocks))
	for i, b := range doc.Blocks {
		blocks[i] = chunk.Block{
			Kind: string(b.Kind), Text: b.Text, Path: b.Path, Page: b.Page, Level: b.Level,
			Anchor: b.Anchor, Header: b.Header, Marker: b.Marker,
		}
	}
	rev := &p.revision
	for i, piece := range chunk.Split(blocks) {
		rev.Passages = append(rev.Passages, retrieval.Passage{
			Ordinal: i, Headings: piece.Headings, Place: piece.Place, Anchor: fragment(doc.Type, piece), Text: piece.Text,
		})
		for j, text := range retrieval.Units(rev.Document.Title, piece.Headings, piece.Text) {
			rev.Units = append(rev.Units, retrieval.Unit{Passage: i, Ordinal: j, Hash: retrieval.HashUnit(text)})
			p.texts = append(p.texts, text)
		}
	}
}

// fragment returns the part of a document's address that leads to a passage. PDF
// viewers open pages (RFC 8118, section 3) and know no headings.
func fragment(kind string, p chunk.Passage) string {
	if kind == "pdf" && p.Page > 0 {
		return "page=" + strconv.Itoa(p.Page)
	}
	return p.Anchor
}

// isRefusal returns the refusal in err's chain.
func isRefusal(err error) (*refusedError, bool) { return errors.AsType[*refusedError](err) }
