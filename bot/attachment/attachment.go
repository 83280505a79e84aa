// Package attachment looks at a file that one person sends to another through the
// bot, and takes out of it what says who made it: names of files, authors, places
// and devices, comments' authors, paths of the machine. Kinds are told by content,
// never by the ending of a name.
//
// Limits: it knows images, PDF, office files and plain text; all else is refused,
// programs, archives and what holds programs first of all. What people see of a file
// (a name in a letter's head, a face in a picture) stays: only its sender can judge
// that. It works in memory and in this process: what it opens is bounded by Most, by
// the pixels of an image and the size of what is packed.
package attachment

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// What may come along with one message.
const (
	Most      = 10       // files
	MostBytes = 10 << 20 // of one file, before and after it was cleaned
)

// File is one that may be handed on.
type File struct {
	Name    string // neutral, with an ending that fits the content
	Content []byte
}

// Reason says why a file is not handed on.
type Reason string

// The reasons.
const (
	TooMany  Reason = "many"    // beyond Most
	TooLarge Reason = "large"   // beyond MostBytes, or so once it is unpacked
	Empty    Reason = "empty"   //
	Program  Reason = "program" // something that a machine executes
	Archive  Reason = "archive" // other files packed in one
	Active   Reason = "active"  // a document with programs or other files in it
	Locked   Reason = "locked"  // by a password, or of the office formats of before 2007
	Unknown  Reason = "unknown" // no kind that can be cleaned
	Broken   Reason = "broken"
)

// Refused is the error of a file that is not handed on.
type Refused struct {
	Reason Reason
	Err    error // what was wrong with it; may be nil
}

func (r *Refused) Error() string {
	if r.Err != nil {
		return fmt.Sprintf("file refused (%s): %v", r.Reason, r.Err)
	}
	return fmt.Sprintf("file refused (%s)", r.Reason)
}

func (r *Refused) Unwrap() error { return r.Err }

func refused(why Reason) error { return &Refused{Reason: why} }

// Clean returns a file as it may be handed on; number, from 1, is in its neutral name.
// The error is a *Refused.
func Clean(name string, content []byte, number int) (f File, err error) {
	defer func() {
		if v := recover(); v != nil { // of a library that met what it did not expect
			f, err = File{}, &Refused{Reason: Broken, Err: fmt.Errorf("%T", v)}
		}
	}()
	switch {
	case len(content) == 0:
		return File{}, refused(Empty)
	case len(content) > MostBytes:
		return File{}, refused(TooLarge)
	case programs[strings.ToLower(path.Ext(strings.TrimSpace(name)))]:
		return File{}, refused(Program)
	}
	k, why := kindOf(content)
	if why != "" {
		return File{}, refused(why)
	}
	clean, ending, err := k.clean(content)
	if err != nil {
		var already *Refused
		if !errors.As(err, &already) {
			err = &Refused{Reason: Broken, Err: err}
		}
		return File{}, err
	}
	if len(clean) > MostBytes {
		return File{}, refused(TooLarge)
	}
	return File{Name: fmt.Sprintf("%s-%d.%s", k.word, number, ending), Content: clean}, nil
}

// kind is one that can be cleaned.
type kind struct {
	word  string // that its neutral name begins with
	clean func(content []byte) (cleaned []byte, ending string, err error)
}

var kinds = map[string]kind{
	"image/jpeg":      {"bild", picture},
	"image/png":       {"bild", picture},
	"image/gif":       {"bild", picture},
	"image/webp":      {"bild", picture},
	"application/pdf": {"anlage", document},
	"text/plain":      {"anlage", plain("txt")},
	"text/csv":        {"anlage", plain("csv")},

	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   {"anlage", office("docx")},
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         {"anlage", office("xlsx")},
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": {"anlage", office("pptx")},
	"application/vnd.oasis.opendocument.text":                                   {"anlage", office("odt")},
	"application/vnd.oasis.opendocument.spreadsheet":                            {"anlage", office("ods")},
	"application/vnd.oasis.opendocument.presentation":                           {"anlage", office("odp")},
}

// refusals are the reasons that are said of kinds, or of those that they are kinds of.
var refusals = map[string]Reason{
	"application/vnd.microsoft.portable-executable": Program, "application/x-elf": Program, "application/x-mach-binary": Program,
	"application/x-sharedlib": Program, "application/x-executable": Program, "application/x-object": Program, "application/x-coredump": Program,
	"application/x-java-applet": Program, "application/jar": Program, "application/java-archive": Program, "application/vnd.android.package-archive": Program,
	"application/wasm": Program, "application/x-ms-shortcut": Program, "application/x-installshield": Program, "application/x-msi": Program, "application/x-ms-installer": Program,
	"text/x-shellscript": Program, "text/x-python": Program, "text/x-perl": Program, "text/x-php": Program, "text/x-lua": Program, "text/x-tcl": Program,
	"text/x-ruby": Program, "text/javascript": Program, "application/javascript": Program, "application/x-shockwave-flash": Program,
	"text/html": Active, "image/svg+xml": Active, "text/rtf": Active,
	"application/zip": Archive, "application/gzip": Archive, "application/x-7z-compressed": Archive, "application/x-rar-compressed": Archive,
	"application/x-tar": Archive, "application/x-bzip2": Archive, "application/x-xz": Archive, "application/zstd": Archive, "application/lzip": Archive,
	"application/vnd.ms-cab-compressed": Archive, "application/x-archive": Archive, "application/x-cpio": Archive, "application/x-rpm": Archive,
	"application/vnd.debian.binary-package": Archive, "application/x-unix-archive": Archive, "application/x-iso9660-image": Archive,
	"application/x-ole-storage": Locked,
}

// programs are endings of what a machine executes, whatever its content looks like:
// many of them are plain text.
var programs = func() map[string]bool {
	set := map[string]bool{}
	for _, ending := range strings.Fields("bat cmd com cpl exe hta inf jar js jse lnk msc msi msp ps1 psm1 pif py pyw rb reg scr sh vb vbe vbs wsf wsh desktop command app") {
		set["."+ending] = true
	}
	return set
}()

// kindOf tells by content; a reason: it is none that is handed on.
func kindOf(content []byte) (kind, Reason) {
	found := mimetype.Detect(content)
	for m := found; m != nil; m = m.Parent() {
		name, _, _ := strings.Cut(m.String(), ";")
		if why := refusals[name]; why != "" {
			return kind{}, why
		}
		if k, known := kinds[name]; known && (m == found || !strings.HasPrefix(name, "text/")) {
			return k, "" // a kind of text of its own, such as mail or XML, is not plain
		}
	}
	return kind{}, Unknown
}
