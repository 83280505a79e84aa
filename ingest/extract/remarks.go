package extract

import (
	"fmt"
	"slices"
)

// Remark is something of a file that its blocks do not hold, for whoever looks
// after it. It holds no text of the document beyond names.
type Remark struct {
	Code   RemarkCode
	Count  int    // of what the code names
	Detail string // a name or a reason; empty where the code says all
}

// RemarkCode says what was left out.
type RemarkCode string

// The codes, with what is counted.
const (
	HiddenSheet   RemarkCode = "hidden sheet"          // sheets; detail: name
	HiddenSlide   RemarkCode = "hidden slide"          // slides; detail: number
	HiddenRows    RemarkCode = "hidden rows"           // rows hidden by hand; detail: sheet
	HiddenColumns RemarkCode = "hidden columns"        // columns with something in them, hidden by hand; detail: sheet
	FoldedColumns RemarkCode = "folded columns"        // columns folded up in an outline, but read; detail: sheet
	FilteredRows  RemarkCode = "filtered rows"         // rows that a filter hides, but that are read; detail: sheet
	FoldedRows    RemarkCode = "folded rows"           // rows folded up in an outline, but read; detail: sheet
	NoValue       RemarkCode = "formula without value" // cells that a program has to compute first; detail: sheet
	ScannedPages  RemarkCode = "scanned pages"         // pages that are pictures without text
	DamagedPages  RemarkCode = "damaged pages"         // pages that cannot be read
	UnreadPages   RemarkCode = "unread pages"          // pages, or parts of files without pages, behind a limit; detail: which
	Gibberish     RemarkCode = "unreadable lines"      // lines whose letters the font does not name
	LostLetters   RemarkCode = "lost letters"          // letters that the font does not name, marked in the text
	HiddenLayer   RemarkCode = "layer switched off"    // pieces of text on layers that are not shown
	DynamicForm   RemarkCode = "dynamic form"          // forms that only one program can show
	StruckText    RemarkCode = "struck text"           // pieces of text that are struck out
	EmbeddedFile  RemarkCode = "embedded file"         // files in the document that are not read; detail: name
	AttachedFile  RemarkCode = "attachment not read"   // attachments; detail: name and reason
	BrokenHead    RemarkCode = "head ignored"          // heads that are no list of keys; detail: why
	MissingPart   RemarkCode = "missing part"          // parts that are named and cannot be read; detail: name
	TooMuch       RemarkCode = "left out at a limit"   // things behind a limit; detail: which
	ReadByOCR     RemarkCode = "read by OCR"           // pages read from pictures; detail: confidence
	UnsureLines   RemarkCode = "unsure lines"          // lines that OCR cannot read well enough
	UnsurePages   RemarkCode = "unsure pages"          // pages that OCR cannot read well enough; detail: confidence
)

// remarkTexts say the codes to people, before count and detail.
var remarkTexts = map[RemarkCode]string{
	HiddenSheet:   "hidden sheets left out",
	HiddenSlide:   "hidden slides left out",
	HiddenRows:    "hidden rows left out",
	HiddenColumns: "hidden columns left out",
	FoldedColumns: "columns read that are folded up",
	FilteredRows:  "rows read that a filter hides",
	FoldedRows:    "rows read that are folded up",
	NoValue:       "formulas without a stored value; open the file in its program and save it",
	ScannedPages:  "pages that are pictures without text",
	DamagedPages:  "pages that are damaged and not read",
	UnreadPages:   "pages or parts not read",
	Gibberish:     "lines that cannot be read, as their font does not say which letters it shows",
	LostLetters:   "letters that cannot be read, marked in the text",
	HiddenLayer:   "texts left out on layers that are switched off",
	DynamicForm:   "dynamic forms that cannot be read; print them to PDF",
	StruckText:    "struck texts left out",
	EmbeddedFile:  "embedded files not read",
	AttachedFile:  "attachments not read",
	BrokenHead:    "heads between --- lines ignored, as they cannot be understood",
	MissingPart:   "parts of the file that cannot be read",
	TooMuch:       "left out at a limit",
	ReadByOCR:     "pages read by OCR",
	UnsureLines:   "lines that OCR cannot read well enough, as by hand, left out",
	UnsurePages:   "pages that OCR cannot read well enough, left out",
}

// String says the remark in one English line.
func (r Remark) String() string {
	text := fmt.Sprintf("%s: %d", remarkTexts[r.Code], r.Count)
	if r.Detail == "" {
		return text
	}
	return text + " (" + r.Detail + ")"
}

// Remark counts something that is left out. What the same code and detail name
// is counted together.
func (b *Builder) Remark(code RemarkCode, count int, detail string) {
	if count == 0 {
		return
	}
	detail = b.Clean(detail, true)
	const longest = 200
	if runes := []rune(detail); len(runes) > longest {
		detail = string(runes[:longest])
	}
	i := slices.IndexFunc(b.Doc.Remarks, func(r Remark) bool { return r.Code == code && r.Detail == detail })
	if i < 0 {
		const most = 200 // kinds of remarks on one document
		if len(b.Doc.Remarks) >= most {
			return
		}
		i = len(b.Doc.Remarks)
		b.Doc.Remarks = append(b.Doc.Remarks, Remark{Code: code, Detail: detail})
	}
	b.Doc.Remarks[i].Count += count
}

// Take takes over what was counted while something was read apart.
func (b *Builder) Take(apart *Builder) {
	b.Doc.Hidden += apart.Doc.Hidden
	for _, r := range apart.Doc.Remarks {
		b.Remark(r.Code, r.Count, r.Detail)
	}
}
