package ingest

import (
	"bytes"
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
	reason  retrieval.Reason
	again   bool     // it may be another time without a change: do not remember the verdict
	hash    string   // of the content that the verdict is on; empty: of the version only
	readers []string // stamps of the readers of the file's formats that gave the verdict
	unclear bool     // the new version may have other readers: the old one must not serve on
	owner   string   // what the key owner says, as far as it could be read; empty: the source's
}

func (e *refusedError) Error() string { return e.reason.Words }

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
	data, release, err := s.load(ctx, item)
	defer release()
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
	if serves && known.Hash == hash && known.Verdict != retrieval.Reread && s.isCurrent(known.Version.Form) && known.Listed == item.Collection.Name && beside.problem == "" {
		p.same, p.readers = true, readersIn(known.Version.Form)
		return p
	}
	if serves && beside.problem != "" { // the old version serves on, with what was said of it before
		p.err = &refusedError{reason: besideReason(beside.problem), hash: hash, readers: readersIn(known.Version.Form)}
		return p
	}
	if reason, again := s.refusedBefore(item, hash); again {
		p.err = &refusedError{reason: reason, hash: hash, readers: readersIn(known.Version.Form)}
		return p
	}
	docs, err := s.Reader.Read(s.inParts(ctx, item), item.name(), data)
	if err != nil {
		p.err = &refusedError{reason: unreachable("cannot be read now: %v", err), again: true}
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
		p.err = &refusedError{reason: readerReason(doc.Problem), unclear: doc.Problem.Reason == extract.FrontMatter, hash: hash, readers: p.readers, owner: owner}
		return
	}
	p.hidden = doc.Hidden
	p.warnings = append(p.warnings, beside.warnings...)
	described, err := describe(item, doc.Document, beside.values)
	if err != nil {
		p.err = &refusedError{reason: retrieval.Reason{Code: retrieval.ReasonHead, Words: err.Error()}, readers: p.readers, owner: owner}
		return
	}
	document := described.document
	if item.Settled && document.Collection != "" && document.Collection != item.Collection.Name {
		p.warnings = append(p.warnings, fmt.Sprintf("%s: its head names collection %q, but documents from there stay in %q",
			item.Path, document.Collection, item.Collection.Name))
		document.Collection = ""
	}
	if err := s.place(&document, item); err != nil {
		p.err = &refusedError{reason: retrieval.Reason{Code: retrieval.ReasonHead, Words: err.Error()}, again: true, unclear: true, owner: owner}
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
		Document: document, Listed: item.Collection.Name, Version: versionOf(item, p.readers), Facts: described.facts, Named: described.named,
		Hidden: doc.Hidden, Remarks: remarksOf(doc), Reason: besideReason(beside.problem),
	}
	p.cut(doc)
}

// smallFile is what every worker may keep in memory; more waits until the reader
// can take it.
const smallFile = 1 << 20

// load reads the item's bytes, up to one more than the readers take, so that
// they see when it is too large. They are the caller's until release.
func (s *syncer) load(ctx context.Context, item Item) (data []byte, release func(), err error) {
	release = func() {}
	file, err := s.source.Open(ctx, item.Path)
	if err != nil {
		return nil, release, &refusedError{reason: unreachable("cannot be opened: %v", err), again: true}
	}
	defer file.Close()
	var all bytes.Buffer
	size, err := io.Copy(&all, io.LimitReader(file, smallFile))
	if err == nil && size == smallFile {
		if release, err = s.Reader.Hold(ctx); err != nil {
			return nil, func() {}, &refusedError{reason: unreachable("cannot be read now: %v", err), again: true}
		}
		_, err = io.Copy(&all, io.LimitReader(file, extract.MaxFile+1-smallFile))
	}
	if err != nil {
		return nil, release, &refusedError{reason: unreachable("cannot be read: %v", err), again: true}
	}
	return all.Bytes(), release, nil
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
	rev, unsure := &p.revision, confidences(doc.Blocks)
	for i, piece := range chunk.Split(blocks) {
		rev.Passages = append(rev.Passages, retrieval.Passage{
			Ordinal: i, Headings: piece.Headings, Place: placeOf(piece, unsure), Anchor: fragment(doc.Type, piece), Text: piece.Text,
		})
		for j, text := range retrieval.Units(rev.Document.Title, piece.Headings, piece.Text) {
			rev.Units = append(rev.Units, retrieval.Unit{Passage: i, Ordinal: j, Hash: retrieval.HashUnit(text)})
			p.texts = append(p.texts, text)
		}
	}
}

// confidences returns those with which OCR read pages, in percent, the least of each.
func confidences(blocks []extract.Block) map[int]int {
	pages := map[int]int{}
	for _, b := range blocks {
		if known := pages[b.Page]; b.Confidence > 0 && (known == 0 || b.Confidence < known) {
			pages[b.Page] = b.Confidence
		}
	}
	return pages
}

// placeOf returns where a passage stands, and says so where OCR read it.
func placeOf(p chunk.Passage, byOCR map[int]int) string {
	confidence := byOCR[p.Page]
	if confidence == 0 {
		return p.Place
	}
	return strings.TrimPrefix(fmt.Sprintf("%s, gelesen durch OCR (%d %%)", p.Place, confidence), ", ")
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
