package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"lvr.example/sprechstunde/ingest/chunk"
	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/retrieval"
)

// settings names the form of the index. Raise it when reading, cutting or units
// change: every document is then read again at the next sync.
const settings = "5"

// refusedError is a document that cannot be taken in as it is now.
type refusedError struct {
	reason  string
	again   bool   // it may be another time without a change: do not remember the verdict
	hash    string // of the content that the verdict is on; empty: of the version only
	unclear bool   // the new version may have other readers: the old one must not serve on
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
	hash := contentHash(data, item.Collection.Name)
	if known := s.known[item.Path]; known.State == retrieval.Indexed && known.Hash == hash && known.Listed == item.Collection.Name {
		p.same = true
		return p
	}
	if reason, again := s.refusedBefore(item, hash); again {
		p.err = &refusedError{reason: reason, hash: hash}
		return p
	}
	docs, err := s.Reader.Read(ctx, item.name(), data)
	if err != nil {
		p.err = &refusedError{reason: fmt.Sprintf("cannot be read now: %v", err), again: true}
		return p
	}
	s.prepare(&p, docs[0], hash)
	for _, doc := range docs[1:] {
		part := prepared{item: item.part(doc.Name)}
		s.prepare(&part, doc, hash)
		p.parts = append(p.parts, part)
	}
	return p
}

// prepare makes a revision of a document, or says why there is none.
func (s *syncer) prepare(p *prepared, doc extract.Named, hash string) {
	item := p.item
	if doc.Problem != nil {
		p.err = &refusedError{reason: doc.Problem.Error(), unclear: doc.Problem.Reason == extract.FrontMatter, hash: hash}
		return
	}
	p.hidden = doc.Hidden
	for _, remark := range doc.Remarks {
		p.warnings = append(p.warnings, item.Path+": "+remark)
	}
	document, err := describe(item.Path, doc.Document)
	if err != nil {
		p.err = &refusedError{reason: err.Error()}
		return
	}
	if err := s.place(&document, item); err != nil {
		p.err = &refusedError{reason: err.Error(), again: true, unclear: true}
		return
	}
	for _, key := range unknownKeys(doc.Meta) {
		p.warnings = append(p.warnings, fmt.Sprintf("%s: unknown key %q in its head", item.Path, key))
	}
	document.Source, document.Hash, document.ModifiedAt = s.source.Name(), hash, item.Modified
	p.revision = retrieval.Revision{Document: document, Listed: item.Collection.Name, Mark: mark(item)}
	p.cut(doc.Document)
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
func contentHash(data []byte, collection string) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\x00%s\x00", settings, collection)
	sum.Write(data)
	return hex.EncodeToString(sum.Sum(nil))
}

// mark is the source's version of an item with the form of the index.
func mark(item Item) string { return settings + " " + item.Version }

// verdictSign stands in the mark of a refused document before the hash of the
// content that was refused.
const verdictSign = " refused "

// refusedMark is the mark of an item whose content was refused.
func refusedMark(item Item, hash string) string {
	if hash == "" {
		return mark(item)
	}
	return mark(item) + verdictSign + hash
}

// isMarked reports whether a stored mark is that of the item as it is listed.
func isMarked(stored string, item Item) bool {
	version, _, _ := strings.Cut(stored, verdictSign)
	return version == mark(item)
}

// refusedBefore returns the verdict on the same content under another version,
// as when a file was copied or touched: it is not read again.
func (s *syncer) refusedBefore(item Item, hash string) (reason string, ok bool) {
	known := s.known[item.Path]
	_, refused, _ := strings.Cut(known.Mark, verdictSign)
	return known.Reason, refused == hash && known.Reason != "" && known.Listed == item.Collection.Name
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
func (p *prepared) cut(doc extract.Document) {
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
			Ordinal: i, Headings: piece.Headings, Place: piece.Place, Anchor: piece.Anchor, Text: piece.Text,
		})
		for j, text := range retrieval.Units(rev.Document.Title, piece.Headings, piece.Text) {
			rev.Units = append(rev.Units, retrieval.Unit{Passage: i, Ordinal: j, Hash: retrieval.HashUnit(text)})
			p.texts = append(p.texts, text)
		}
	}
}

// isRefusal returns the refusal in err's chain.
func isRefusal(err error) (*refusedError, bool) { return errors.AsType[*refusedError](err) }
