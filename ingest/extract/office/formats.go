// Package office reads what Microsoft's office programs write: Word and PowerPoint
// since 2007, Excel since 1997. The older files and Outlook's are recognised and refused
// with what to do. Pictures, macros and links to elsewhere are not followed.
package office

import (
	"bytes"

	"lvr.example/sprechstunde/ingest/extract"
)

// refused is why a second reader is asked.
var refused = []extract.Reason{extract.Unsupported}

// Formats are those of Microsoft's office programs.
func Formats() []extract.Format {
	return []extract.Format{
		{Name: "docx", Version: 5, Endings: []string{".docx", ".docm", ".dotx", ".dotm"}, Begins: extract.IsZip, Is: isKind("docx"), Read: readDOCX},
		{Name: "pptx", Version: 5, Endings: []string{".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"}, Begins: extract.IsZip, Is: isKind("pptx"), Read: readPPTX},
		{Name: "xlsx", Version: 6, Endings: []string{".xlsx", ".xlsm", ".xltx", ".xltm"}, Begins: extract.IsZip, Is: isKind("xlsx"), Read: readXLSX},
		{Name: "xlsb", Version: 2, Second: refused, Endings: []string{".xlsb"}, Begins: extract.IsZip, Is: isKind("xlsb"), Read: extract.Refuse("binary spreadsheet: save it as .xlsx")},
		{Name: "ooxml", Version: 1, Endings: []string{".vsdx"}, Begins: extract.IsZip, Is: isKind("ooxml"), Read: extract.Refuse("no reader for Office files of this kind")},

		{Name: "sealed", Version: 2, Begins: isOLE, Is: hasStream("EncryptedPackage"), Read: readSealed},
		{Name: "msg", Version: 2, Second: refused, Endings: []string{".msg", ".oft"}, Begins: isOLE, Is: hasStream("__substg1.0_"), Read: extract.Refuse("mail in Outlook's own format: save it as .eml")},
		{Name: "doc", Version: 2, Second: refused, Endings: []string{".doc", ".dot"}, Begins: isOLE, Is: hasStream("WordDocument"), Read: readOld(isSealedWord, "Word document in the format from before 2007: save it as .docx")},
		{Name: "ppt", Version: 2, Second: refused, Endings: []string{".ppt", ".pps", ".pot"}, Begins: isOLE, Is: hasStream("PowerPoint Document"), Read: readOld(isSealedSlides, "slides in the format from before 2007: save them as .pptx")},
		{Name: "xls", Version: 4, Second: refused, Endings: []string{".xls", ".xlt"}, Begins: isOLE, Is: hasStream("Workbook", "Book"), Read: readXLS},
		{Name: "ole", Version: 2, Endings: []string{".vsd", ".mpp", ".pub"}, Begins: isOLE, Read: extract.Refuse("an office format from before 2007")},
		{Name: "rtf", Version: 1, Second: refused, Endings: []string{".rtf"}, Begins: isRTF, Read: extract.Refuse("rich text: save it as .docx")},
	}
}

func isKind(kind string) func(*extract.File) (bool, error) {
	return func(f *extract.File) (bool, error) {
		found, err := kindOf(f)
		return found == kind, err
	}
}

func isRTF(head []byte) bool { return bytes.HasPrefix(head, []byte(`{\rtf`)) }
