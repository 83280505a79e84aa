package extract

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of archives, checked before anything in them is parsed. Office files
// of people stay far below them; bombs do not.
const (
	maxEntries  = 10_000
	maxDeclared = 512 << 20 // bytes that all entries claim to hold
	maxInflated = 128 << 20 // bytes inflated from one archive, all parts together
	maxPart     = 48 << 20  // bytes inflated from one entry
	maxRatio    = 400
	ratioFrom   = 4 << 20 // bytes from which the ratio counts: tables of equal rows pack very well
)

// Archive is a ZIP file whose directory was found harmless. Its parts are
// inflated under the limits, which hold for all of them together.
type Archive struct {
	data  []byte
	files map[string]*zip.File // by name in lower case: part names of OOXML know no case
	Order []*zip.File
	left  int64 // bytes that may still be inflated
}

// openArchive checks the directory of an archive without inflating anything.
func openArchive(data []byte) (*Archive, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, &Error{Reason: Damaged, Detail: "the archive cannot be opened: " + err.Error()}
	}
	if len(r.File) > maxEntries {
		return nil, &Error{Reason: Unsafe, Detail: fmt.Sprintf("%d entries, more than %d", len(r.File), maxEntries)}
	}
	a := &Archive{data: data, files: make(map[string]*zip.File, len(r.File)), Order: r.File, left: maxInflated}
	var declared, packed uint64
	for _, f := range r.File {
		if err := checkEntry(f); err != nil {
			return nil, err
		}
		key := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/")) // programs on Windows wrote them so
		if _, twice := a.files[key]; twice {
			return nil, &Error{Reason: Unsafe, Detail: "two entries have the same name"}
		}
		a.files[key] = f
		declared += f.UncompressedSize64 // each at most maxDeclared: no overflow
		packed += f.CompressedSize64
	}
	if declared > maxDeclared {
		return nil, &Error{Reason: Unsafe, Detail: fmt.Sprintf("inflates to more than %d MB", maxDeclared>>20)}
	}
	if packed > uint64(len(data)) {
		return nil, &Error{Reason: Unsafe, Detail: "entries overlap"}
	}
	return a, nil
}

// checkEntry refuses names that lead out of a folder, and sizes of bombs.
func checkEntry(f *zip.File) error {
	if !isPlainName(strings.ReplaceAll(f.Name, `\`, "/")) {
		return &Error{Reason: Unsafe, Detail: fmt.Sprintf("entry name %.80q leads out of the archive or is not plain", f.Name)}
	}
	if f.UncompressedSize64 > maxDeclared {
		return &Error{Reason: Unsafe, Detail: fmt.Sprintf("inflates to more than %d MB", maxDeclared>>20)}
	}
	if f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/maxRatio > f.CompressedSize64 {
		return &Error{Reason: Unsafe, Detail: fmt.Sprintf("an entry inflates to more than %d times its size", maxRatio)}
	}
	if f.Flags&1 != 0 {
		return &Error{Reason: Encrypted, Detail: "an entry of the archive is encrypted"}
	}
	return nil
}

// isPlainName reports names of entries that stay below the archive: relative,
// with slashes, without dotted parts and control characters.
func isPlainName(name string) bool {
	if name == "" || !utf8.ValidString(name) || strings.HasPrefix(name, "/") ||
		len(name) > 1 && name[1] == ':' || strings.ContainsFunc(name, unicode.IsControl) {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." || part == "." {
			return false
		}
	}
	return true
}

// Has reports whether there is an entry of this name.
func (a *Archive) Has(name string) bool {
	_, ok := a.files[strings.ToLower(name)]
	return ok
}

// ErrNoPart is a part that the archive does not have.
var ErrNoPart = &Error{Reason: Damaged, Detail: "a part of the document is missing"}

// Size returns to how many bytes an entry inflates, as the directory says; 0: there is
// none of this name.
func (a *Archive) Size(name string) int {
	f, ok := a.entry(name)
	if !ok {
		return 0
	}
	return int(f.UncompressedSize64) // at most maxDeclared
}

func (a *Archive) entry(name string) (*zip.File, bool) {
	f, ok := a.files[strings.ToLower(strings.TrimPrefix(name, "/"))]
	return f, ok
}

// Part inflates one entry.
func (a *Archive) Part(name string) ([]byte, error) {
	data, cut, err := a.Beginning(name)
	if cut {
		return nil, &Error{Reason: TooLarge, Detail: fmt.Sprintf("a part of the document inflates to %d MB", a.Size(name)>>20)}
	}
	return data, err
}

// Beginning inflates one entry as far as the limits allow; cut: there is more of it.
func (a *Archive) Beginning(name string) (data []byte, cut bool, err error) {
	f, ok := a.entry(name)
	if !ok {
		return nil, false, ErrNoPart
	}
	limit := min(a.left, maxPart, int64(f.UncompressedSize64))
	cut = int64(f.UncompressedSize64) > limit
	if data, err = a.inflate(f, limit, cut); err != nil {
		return nil, false, err
	}
	return data, cut, nil
}

func (a *Archive) inflate(f *zip.File, limit int64, cut bool) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, &Error{Reason: Damaged, Detail: "a part of the document cannot be read: " + err.Error()}
	}
	defer r.Close()
	var data bytes.Buffer
	data.Grow(int(limit) + bytes.MinRead) // growing by itself it would need twice as much
	n, err := io.Copy(&data, io.LimitReader(r, limit+1))
	a.left -= min(n, limit)
	switch {
	case n > limit && cut:
		return data.Bytes()[:limit], nil
	case n > limit:
		return nil, &Error{Reason: Unsafe, Detail: "an entry inflates to more than it declares"}
	case err != nil:
		return nil, &Error{Reason: Damaged, Detail: "a part of the document cannot be read: " + err.Error()}
	case n > ratioFrom && uint64(n)/maxRatio > f.CompressedSize64:
		return nil, &Error{Reason: Unsafe, Detail: fmt.Sprintf("an entry inflates to more than %d times its size", maxRatio)}
	}
	return data.Bytes(), nil
}
