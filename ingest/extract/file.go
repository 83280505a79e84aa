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
	Depth int      // of attachments above it

	steps   Steps
	formats *Registry
	parts   []Named  // attachments
	readers []string // stamps of the formats that read parts of it
}

// read reads a file's bytes. Foreign parsers may panic on what nobody foresaw:
// that is a damaged file, not the end of the process.
func (r *Registry) read(name string, data []byte, depth int, steps Steps) (docs []Named) {
	f := &File{Builder: NewBuilder(), name: name, Data: data, Depth: depth, steps: steps, formats: r}
	own := Named{Name: name, Readers: r.Unread()}
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
	if err == nil {
		own.Document, err = f.finish()
	}
	if own.Partial {
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
		if depth > 0 {
			own.Data = data
		}
	}
	return append([]Named{own}, f.parts...)
}

// maxAttached is how deep files may hang on files, or be inserted into them.
const maxAttached = 4

// Attach reads a file that hangs on this one as a document of its own.
func (f *File) Attach(name string, data []byte) {
	if f.Depth >= maxAttached {
		f.Remark(EmbeddedFile, 1, name)
		return
	}
	name = f.unique(name)
	handed := 0
	for _, part := range f.parts {
		handed += len(part.Data)
	}
	for _, doc := range f.formats.read(name, data, f.Depth+1, Steps{}) {
		if handed += len(doc.Data); handed > maxHanded {
			doc.Data = nil
		}
		if doc.Name != name {
			doc.Name = name + "/" + doc.Name
		}
		f.parts = append(f.parts, doc)
	}
}

// maxHanded is how many bytes of attachments a file hands on to a second reader.
const maxHanded = 16 << 20

// unique numbers names that come again.
func (f *File) unique(name string) string {
	taken := func(name string) bool {
		return slices.ContainsFunc(f.parts, func(part Named) bool { return part.Name == name })
	}
	unique := name
	for i := 2; taken(unique); i++ {
		unique = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, path.Ext(name)), i, path.Ext(name))
	}
	return unique
}

// Insert adds the blocks of another file in this place, as programs do that show
// both as one document. What hangs on it hangs on this file.
func (f *File) Insert(name string, data []byte) error {
	if f.Depth >= maxAttached {
		return &Error{Reason: Unsafe, Detail: "files are put into files too deeply"}
	}
	inner := &File{Builder: NewBuilder(), name: name, Data: data, Depth: f.Depth + 1, formats: f.formats}
	format, err := f.formats.detect(inner)
	if format != nil {
		f.readers = append(f.readers, stampOf(format))
	}
	if err == nil {
		err = format.Read(inner)
	}
	f.readers = append(f.readers, inner.readers...)
	if err == nil && inner.Full {
		f.Full = true
	}
	f.Take(inner.Builder)
	for _, part := range inner.parts {
		part.Name = f.unique(part.Name)
		f.parts = append(f.parts, part)
	}
	for _, block := range inner.Doc.Blocks {
		if block.Kind == Heading {
			f.HeadingAt(block.Level, block.Text, block.Anchor)
			continue
		}
		f.Add(block)
	}
	return err
}

// Apart returns the same file with no text read of it, for what is put together
// elsewhere, such as a cell.
func (f *File) Apart() *File {
	apart := *f
	apart.Builder, apart.parts, apart.readers = NewBuilder(), nil, nil
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
