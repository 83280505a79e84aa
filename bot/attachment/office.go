package attachment

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

// What an office file may hold once it is unpacked.
const (
	mostParts    = 5000
	mostUnpacked = 100 << 20
)

// office writes an office file (OOXML or OpenDocument) anew, part by part: times,
// authors, paths and what only machines read of them stay behind.
func office(ending string) func([]byte) ([]byte, string, error) {
	return func(content []byte) ([]byte, string, error) {
		in, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			return nil, "", err
		}
		if len(in.File) > mostParts {
			return nil, "", refused(TooLarge)
		}
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		left := int64(mostUnpacked)
		for _, f := range in.File {
			if err := carry(w, f, &left); err != nil {
				return nil, "", err
			}
		}
		if err := w.Close(); err != nil {
			return nil, "", err
		}
		return out.Bytes(), ending, nil
	}
}

// carry writes one part; left is how much may still be unpacked.
func carry(w *zip.Writer, f *zip.File, left *int64) error {
	name := f.Name
	if strings.HasSuffix(name, "/") {
		return nil
	}
	if acts(name) {
		return refused(Active)
	}
	if signed(name) { // a signature names its signer, and holds no more once anything is changed
		return nil
	}
	part, err := unpack(f, left)
	if err != nil {
		return err
	}
	if part, err = cleanPart(name, part); err != nil {
		return err
	}
	header := &zip.FileHeader{Name: name, Method: f.Method}
	if header.Method != zip.Store {
		header.Method = zip.Deflate
	}
	to, err := w.CreateHeader(header)
	if err != nil {
		return err
	}
	_, err = to.Write(part)
	return err
}

func unpack(f *zip.File, left *int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		if errors.Is(err, zip.ErrAlgorithm) {
			return nil, &Refused{Reason: Locked, Err: err}
		}
		return nil, err
	}
	defer r.Close()
	part, err := io.ReadAll(io.LimitReader(r, *left+1))
	if err != nil {
		return nil, err
	}
	if *left -= int64(len(part)); *left < 0 {
		return nil, refused(TooLarge)
	}
	return part, nil
}

// acts reports whether a part is a program or another file.
func acts(name string) bool {
	name = strings.ToLower(name)
	for _, folder := range []string{"/embeddings/", "/activex/", "basic/", "scripts/"} {
		if strings.Contains("/"+name, "/"+strings.TrimPrefix(folder, "/")) {
			return true
		}
	}
	switch path.Base(name) {
	case "vbaproject.bin", "vbadata.xml", "macros.xml":
		return true
	}
	return programs[path.Ext(name)]
}

func signed(name string) bool {
	return strings.HasPrefix(name, "_xmlsignatures/") || strings.HasPrefix(name, "META-INF/") && strings.Contains(name, "signatures")
}

// cleanPart takes out of a part what says who made the file.
func cleanPart(name string, part []byte) ([]byte, error) {
	lower := strings.ToLower(name)
	ending := path.Ext(lower)
	for _, blank := range blanks {
		if blank.part.MatchString(lower) {
			return []byte(blank.content), nil
		}
	}
	switch {
	case ending == ".xml" || ending == ".rels" || ending == ".rdf":
		if !utf8.Valid(part) {
			return nil, refused(Unknown)
		}
		return cleanXML(lower, part), nil
	case ending == ".jpg" || ending == ".jpeg" || ending == ".png" || ending == ".gif":
		return drawn(part, ending)
	case strings.Contains(lower, "printersettings"):
		return make([]byte, len(part)), nil // names a printer, often with its room
	}
	return part, nil
}

// drawn is an image of a document without what it says of itself; a GIF that moves
// goes on as it is.
func drawn(part []byte, ending string) ([]byte, error) {
	if ending == ".gif" {
		return part, nil
	}
	if stripped, ok := bare(part); ok {
		return stripped, nil // drawn as its document says, however the camera was held
	}
	drawn, made, err := picture(part)
	if err != nil {
		return nil, err
	}
	if made != "png" || ending != ".png" {
		return nil, refused(Broken) // it is not what its name says
	}
	return drawn, nil
}

// blanks are the parts that are only about who made a file, and what stands there
// instead: their place is named elsewhere in the file.
var blanks = []struct {
	part    *regexp.Regexp
	content string
}{
	{regexp.MustCompile(`^docprops/core\.xml$`), xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`},
	{regexp.MustCompile(`^docprops/app\.xml$`), xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`},
	{regexp.MustCompile(`^docprops/custom\.xml$`), xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`},
	{regexp.MustCompile(`^customxml/item\d+\.xml$`), xmlHead + `<empty/>`},
	{regexp.MustCompile(`(?:^|/)meta\.xml$`), xmlHead + `<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>`},
	{regexp.MustCompile(`^docprops/thumbnail\.[a-z]+$|^thumbnails/`), onePixel},
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// onePixel is the smallest PNG.
const onePixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89" +
	"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"

var (
	// namingAttr are attributes that name people, whatever they stand at.
	namingAttr = regexp.MustCompile(`(\s(?:[\w-]+:)?(?:author|initials|lastModifiedBy|last-modified-by|userId|providerId|presenceInfo|creator|author-name|sender|displayName|userName|uName)\s*=\s*)(?:"[^"]*"|'[^']*')`)
	// nameAttr besides, in the lists of people.
	nameAttr = regexp.MustCompile(`(\s(?:[\w-]+:)?name\s*=\s*)(?:"[^"]*"|'[^']*')`)
	people   = regexp.MustCompile(`^(?:word/people|xl/persons/.*|ppt/commentauthors|ppt/authors)\.xml$`)
	// namingElement are elements whose text names people.
	namingElement = regexp.MustCompile(`(<(?:[\w-]+:)?(?:creator|author|initial-creator|printed-by|author-name|author-initials|creator-initials|sender-initials|lastModifiedBy|userName)(?:\s[^>]*)?>)[^<]*(</)`)
	// ownPath are paths of the machine that a file was made on.
	ownPath    = regexp.MustCompile(`(?i)(Target\s*=\s*)(?:"file:[^"]*"|'file:[^']*')`)
	absPath    = regexp.MustCompile(`<(?:[\w-]+:)?absPath\b[^>]*/>`)
	odfPrinter = regexp.MustCompile(`(<config:config-item [^>]*config:name="(?:PrinterName|PrinterSetup|CurrentDatabaseDataSource|CurrentDatabaseCommand)"[^>]*>)[^<]*(</)`)
)

// cleanXML empties what names people or their machine.
func cleanXML(name string, part []byte) []byte {
	part = namingAttr.ReplaceAll(part, []byte(`$1""`))
	part = namingElement.ReplaceAll(part, []byte(`$1$2`))
	part = ownPath.ReplaceAll(part, []byte(`$1"about:blank"`))
	part = absPath.ReplaceAll(part, nil)
	part = odfPrinter.ReplaceAll(part, []byte(`$1$2`))
	if people.MatchString(name) {
		part = nameAttr.ReplaceAll(part, []byte(`$1""`))
	}
	return part
}
