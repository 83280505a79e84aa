package extract

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
)

// File is one document being read.
type File struct {
	*Builder
	name  string
	Data  []byte
	Zip   *Archive // of formats that are archives
	Inner any      // of formats in another container: what their room opened of it, once
	Depth int      // of attachments above it

	steps   Steps
	later   bool // another day there may be time for more of it
	formats *Registry
	parts   []Named  // attachments
	readers []string // stamps of the formats that read parts of it

	names    map[string]int // of attachments, with the last number that a name got
	attached int            // weight of the attachments, in bytes
	handed   int            // bytes of them that are handed on to a second reader
}

func (r *Registry) file(name string, data []byte) *File {
	return &File{Builder: NewBuilder(), name: name, Data: data, formats: r}
}

// read reads a file. Foreign parsers may panic on what nobody foresaw: that is a
// damaged file, not the end of the process.
func (r *Registry) read(f *File) (docs []Named) {
	own := Named{Name: f.name, Readers: r.Unread()}
	defer func() {
		if recover() != nil {
			own.Document, own.Problem = Document{}, &Error{Reason: Damaged, Detail: "the parser for " + own.Type + " failed"}
			docs = append([]Named{own}, f.parts...)
		}
	}()
	format, err := r.detect(f)
	if format != nil {
		own.Type, own.Readers = format.Name, []string{stampOf(format)}
	}
	if err == nil {
		err = format.Read(f)
	}
	own.Readers = append(own.Readers, f.readers...)
	if err == nil && f.Full && f.unfolds() {
		err = &Error{Reason: TooLarge, Detail: "it unfolds into far more text than stands in it"}
	}
	if err == nil {
		own.Document, err = f.finish()
	}
	if f.later {
		own.Readers = append(own.Readers, r.partial())
	}
	if ReasonOf(err) == TooSlow {
		own.Readers = r.Later()
	}
	if err != nil {
		own.Document, own.Problem = Document{Hidden: f.Doc.Hidden, Remarks: f.Doc.Remarks}, problemOf(err)
	}
	if format.wantsSecond(&own) {
		own.Readers = append(own.Readers, Unaided)
		if f.Depth > 0 {
			own.Data = f.Data
		}
	}
	return append([]Named{own}, f.parts...)
}

// unfolds reports files whose text is many times as long as what stands in them, by
// cells that repeat. What a compressed page holds is not known.
func (f *File) unfolds() bool {
	const often = 4
	return f.Zip != nil && int64(f.size) > often*(maxInflated-f.Zip.left)
}

// maxAttached is how deep files may hang on files, or be inserted into them.
const maxAttached = 4

// Attach reads a file that hangs on this one as a document of its own.
func (f *File) Attach(name string, data []byte) {
	switch {
	case f.Depth >= maxAttached:
		f.Remark(EmbeddedFile, 1, name)
		return
	case f.attached > maxWeight/2:
		f.Beyond("attachments")
		return
	}
	name = f.unique(name)
	part := f.formats.file(name, data)
	part.Depth = f.Depth + 1
	for _, doc := range f.formats.read(part) {
		if f.handed += len(doc.Data); f.handed > maxHanded {
			doc.Data = nil
		}
		if doc.Name != name {
			doc.Name = name + "/" + doc.Name
		}
		f.parts = append(f.parts, doc)
	}
	f.attached += part.weight + part.attached
}

// maxHanded is how many bytes of attachments a file hands on to a second reader.
const maxHanded = 16 << 20

// unique numbers names that come again.
func (f *File) unique(name string) string {
	if f.names == nil {
		f.names = map[string]int{}
	}
	unique := name
	for i := max(f.names[name], 1); f.names[unique] > 0; i++ {
		unique = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, path.Ext(name)), i+1, path.Ext(name))
		f.names[name] = i + 1
	}
	f.names[unique] = max(f.names[unique], 1)
	return unique
}

// Insert adds the blocks of another file in this place, as programs do that show
// both as one document. What hangs on it hangs on this file.
func (f *File) Insert(name string, data []byte) error { return f.InsertBelow(0, name, data) }

// InsertBelow is Insert below headings of as many levels.
func (f *File) InsertBelow(levels int, name string, data []byte) error {
	if f.Depth >= maxAttached {
		return &Error{Reason: Unsafe, Detail: "files are put into files too deeply"}
	}
	inner := f.formats.file(name, data)
	inner.Depth, inner.attached = f.Depth+1, f.attached
	format, err := f.formats.detect(inner)
	if format != nil {
		inner.readers = append(inner.readers, stampOf(format))
	}
	if err == nil {
		err = format.Read(inner)
	}
	for _, stamp := range inner.readers {
		if !slices.Contains(f.readers, stamp) {
			f.readers = append(f.readers, stamp)
		}
	}
	f.Full = f.Full || inner.Full
	f.Take(inner.Builder)
	f.attached = inner.attached
	for _, part := range inner.parts {
		part.Name = f.unique(part.Name)
		f.parts = append(f.parts, part)
	}
	for _, block := range inner.Doc.Blocks {
		if block.Kind == Heading {
			f.HeadingAt(levels+block.Level, block.Text, block.Anchor)
			continue
		}
		f.Add(block)
	}
	return err
}

// Name returns the file's name.
func (f *File) Name() string { return f.name }

// Apart returns the same file with no text read of it, for what is put together
// elsewhere, such as a cell.
func (f *File) Apart() *File {
	apart := *f
	apart.Builder, apart.parts, apart.readers, apart.names = NewBuilder(), nil, nil, nil
	return &apart
}

// Unzip opens the archive that the file is.
func (f *File) Unzip() (err error) {
	if f.Zip == nil {
		f.Zip, err = openArchive(f.Data)
	}
	return err
}

// IsZip recognises archives by how they begin.
func IsZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// Mimetype returns what an archive of OpenDocument's or EPUB's kind says that it is.
func (f *File) Mimetype() (string, error) {
	if err := f.Unzip(); err != nil || !f.Zip.Has("mimetype") {
		return "", err
	}
	data, err := f.Zip.Part("mimetype")
	return strings.TrimSpace(string(data)), err
}

// Refuse makes a reader of files that there is none for.
func Refuse(detail string) func(*File) error {
	return func(*File) error { return &Error{Reason: Unsupported, Detail: detail} }
}
