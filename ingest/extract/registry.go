package extract

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Format is a kind of file and its reader.
type Format struct {
	Name    string   // as it is told: "docx"
	Version int      // raised when the reader sees something else in the same file: what it read or refused is read again
	Endings []string // of files' names, in lower case, with the dot
	Limit   int64    // bytes up to which such files are read; 0: [MaxFile], of text [MaxText]. Of text the beginning is kept

	Begins func(head []byte) bool    // how its files begin, judged by up to 1 KiB; nil: nothing tells
	Is     func(*File) (bool, error) // where several begin alike, whether a file is one; nil: the beginning tells
	Text   bool                      // its files are text: names tell them apart before beginnings do
	Named  bool                      // there is no reader and none is looked for: its files are named, and not fetched from elsewhere
	Second []Reason                  // for which its files are refused, but a second reader may be able to read them
	Read   func(*File) error         // adds the file's blocks
}

// Registry is the formats that can be read. The order counts: the first one
// whose signs fit is it.
type Registry struct {
	formats  []Format
	byName   map[string]*Format
	byEnding map[string]*Format
	stamp    string // of files that no format claims
	now      func() time.Time
}

// NewRegistry makes a registry. Names and endings are unique in it.
func NewRegistry(groups ...[]Format) *Registry {
	r := &Registry{formats: slices.Concat(groups...), byName: map[string]*Format{}, byEnding: map[string]*Format{}, now: time.Now}
	sum := fnv.New32a()
	for i := range r.formats {
		f := &r.formats[i]
		if r.byName[f.Name] != nil {
			panic("two formats are named " + f.Name)
		}
		r.byName[f.Name] = f
		for _, suffix := range f.Endings {
			if r.byEnding[suffix] != nil {
				panic("two formats claim " + suffix)
			}
			r.byEnding[suffix] = f
		}
		fmt.Fprintln(sum, stampOf(f), f.Endings)
	}
	r.stamp = fmt.Sprintf("all/%08x", sum.Sum32())
	return r
}

func stampOf(f *Format) string { return f.Name + "/" + strconv.Itoa(f.Version) }

// IsCurrent reports whether readers of today would give what those with these
// stamps gave. A file without a stamp is read again when any format changes.
func (r *Registry) IsCurrent(stamps []string) bool {
	for _, stamp := range stamps {
		name, _, _ := strings.Cut(stamp, "/")
		if stamp == r.partial() || name == SecondReader {
			continue // another day there may be time for the rest; what the second reader gave, it knows
		}
		if f := r.byName[name]; stamp != r.stamp && (f == nil || stamp != stampOf(f)) {
			return false
		}
	}
	return len(stamps) > 0
}

// Unread returns the stamps of a file that no reader came to an end with.
func (r *Registry) Unread() []string { return []string{r.stamp} }

// SecondReader begins the stamps that tell whether a second reader has seen a file.
const SecondReader = "second"

// Unaided is the stamp of a file that a second reader may read, and none has.
const Unaided = SecondReader + "/0"

// wantsSecond reports whether a second reader may read what this one could not.
func (f *Format) wantsSecond(doc *Named) bool {
	switch {
	case f == nil || len(f.Second) == 0:
		return false
	case doc.Problem != nil:
		return slices.Contains(f.Second, doc.Problem.Reason)
	}
	return slices.ContainsFunc(doc.Remarks, func(r Remark) bool { return r.Code == ScannedPages })
}

// partial is the stamp of what was read in part today.
func (r *Registry) partial() string { return "partial/" + r.now().UTC().Format("20060102") }

// Later returns the stamps of a file for which there was no time: it is tried again
// another day.
func (r *Registry) Later() []string { return []string{r.partial()} }

// Supported reports whether files of this name are opened to be read.
func (r *Registry) Supported(name string) bool {
	f := r.byEnding[Ending(name)]
	return f != nil && !f.Named
}

// Closed returns why files of this name are not even opened; nil: they are, if only
// to say why they are not read.
func (r *Registry) Closed(name string) *Error {
	switch suffix := Ending(name); {
	case r.byEnding[suffix] != nil:
		return nil
	case suffix == "":
		return &Error{Reason: Unsupported, Detail: "no reader for files without an ending"}
	default:
		return &Error{Reason: Unsupported, Detail: fmt.Sprintf("no reader for files ending in %q", suffix)}
	}
}

func Ending(name string) string { return strings.ToLower(path.Ext(name)) }

// Documents reads a file: one document, and those attached to it. There is at
// least one, the file's own first; what is refused has a Problem. The type is
// decided by the content, among text formats by the name. The error is that of in.
func (r *Registry) Documents(name string, in io.Reader) ([]Named, error) {
	return r.InSteps(name, in, Steps{})
}

// InSteps is Documents for a reader that says how far it is with a long file, and
// passes over parts of it.
func (r *Registry) InSteps(name string, in io.Reader, steps Steps) ([]Named, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(in, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("read: %w", err)
	}
	head = head[:n]
	guess := r.guess(name, head)
	data, err := readUpTo(guess.limit()+1, head, in)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	read, isRead := guess.upToLimit(data)
	if !isRead {
		return []Named{{Name: name, Readers: r.Unread(), Problem: guess.tooLarge()}}, nil
	}
	f := r.file(name, read)
	f.steps = steps
	if len(read) < len(data) {
		f.Beyond(fmt.Sprintf("the file behind its first %d MB", guess.limit()>>20))
	}
	return r.read(f), nil
}

// AboveLimit is why nothing of a file is read that is larger than its kind may be; nil:
// it is not, or is read up to there.
func (r *Registry) AboveLimit(name string, data []byte) *Error {
	guess := r.guess(name, data[:min(len(data), headSize)])
	if _, isRead := guess.upToLimit(data); isRead {
		return nil
	}
	return guess.tooLarge()
}

// upToLimit is what is read of a file: all of it, or of a longer text the lines up to the
// limit of its kind; false: nothing.
func (f *Format) upToLimit(data []byte) (read []byte, isRead bool) {
	limit := f.limit()
	if int64(len(data)) <= limit {
		return data, true
	}
	end := bytes.LastIndexByte(data[:limit], '\n')
	if f == nil || !f.Text || end < 0 {
		return nil, false
	}
	return data[:end+1], true
}

func (f *Format) tooLarge() *Error {
	return &Error{Reason: TooLarge, Detail: fmt.Sprintf("files of this kind are read up to %d MB", f.limit()>>20)}
}

// readUpTo reads a file whose head is read. Where its length is known, as of one in
// memory, no more is taken than that: a second large buffer is one too many in the
// process that reads foreign files.
func readUpTo(most int64, head []byte, in io.Reader) ([]byte, error) {
	var all bytes.Buffer
	if rest, known := in.(interface{ Len() int }); known {
		all.Grow(int(min(most, int64(len(head)+rest.Len()))) + bytes.MinRead)
	}
	if _, err := all.ReadFrom(io.LimitReader(io.MultiReader(bytes.NewReader(head), in), most)); err != nil {
		return nil, err //nolint:wrapcheck // the caller says what was read
	}
	return all.Bytes(), nil
}

// headSize is how much of a file its beginning is.
const headSize = 1024

// guess returns the format that a file's beginning and name speak for; nil: none.
func (r *Registry) guess(name string, head []byte) *Format {
	if f := r.begins(head, false); f != nil {
		return f
	}
	if f := r.textNamed(name); f != nil {
		return f
	}
	return r.begins(head, true)
}

// Guess returns the name of the format that a file's beginning and name speak
// for, "" if they speak for none. Archives of all kinds count as the first one.
func (r *Registry) Guess(name string, data []byte) string {
	if f := r.guess(name, data[:min(len(data), headSize)]); f != nil {
		return f.Name
	}
	return ""
}

// limit is the size in bytes up to which files of a format are read; nil: of none.
func (f *Format) limit() int64 {
	switch {
	case f == nil:
		return MaxText
	case f.Limit > 0:
		return f.Limit
	case f.Text:
		return MaxText
	}
	return MaxFile
}

// begins returns the first format whose files begin like this, among those of
// text or the others.
func (r *Registry) begins(head []byte, text bool) *Format {
	for i := range r.formats {
		if f := &r.formats[i]; f.Text == text && f.Begins != nil && f.Begins(head) {
			return f
		}
	}
	return nil
}

// textNamed returns the text format that a name is of.
func (r *Registry) textNamed(name string) *Format {
	if f := r.byEnding[Ending(name)]; f != nil && f.Text {
		return f
	}
	return nil
}

// detect settles what a file is: by its content, among text formats by its name.
func (r *Registry) detect(f *File) (*Format, error) {
	head := f.Data[:min(len(f.Data), headSize)]
	for i := range r.formats {
		format := &r.formats[i]
		if format.Text || format.Begins == nil || !format.Begins(head) {
			continue
		}
		is, err := true, error(nil)
		if format.Is != nil {
			is, err = format.Is(f)
		}
		switch {
		case err != nil:
			return nil, err
		case is:
			return format, nil
		}
	}
	return r.detectText(f, head)
}

// detectText decides by name, and by content where the name is that of another
// kind of file: pages and mails saved under the name of an office program.
func (r *Registry) detectText(f *File, head []byte) (*Format, error) {
	suffix := Ending(f.name)
	if format := r.textNamed(f.name); format != nil {
		return format, nil
	}
	if len(bytes.TrimSpace(head)) == 0 {
		return nil, &Error{Reason: Empty, Detail: "the file has no content"}
	}
	if format := r.begins(head, true); format != nil {
		return format, nil
	}
	switch known := r.byEnding[suffix]; {
	case known != nil && known.Named:
		return known, nil
	case known == nil:
		return nil, r.Closed(f.name)
	}
	if _, err := Decode(f.Data, false); err != nil {
		return nil, &Error{Reason: Damaged, Detail: "the content is not that of a " + strings.TrimPrefix(suffix, ".") + " file"}
	}
	return r.byName["txt"], nil
}
