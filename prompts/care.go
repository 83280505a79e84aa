package prompts

import "time"

// OwnDocument is a document as its owner hears of it. Words are safe Markdown.
type OwnDocument struct {
	Number int64
	Title  string
	Path   string
	Why    string    // it could not be taken in; see [Catalogue.CareWhy]
	Day    time.Time // last day, day of the review, first day of the replacement; zero: at once
	Ended  bool      // its last day is over
	By     string    // title of the document that replaces it
	Serves bool      // it, or an older version, is answered from

	LeftOut []string // sentences, see [Catalogue.CareLeftOut]

	Attached int   // documents attached to it
	Whole    int64 // number of the one that it is attached to, where it is blocked with that
}

// LeftOut counts something that was not read of a document.
type LeftOut struct {
	Code  string // such as "hidden sheet"; of package ingest/extract
	Count int
}

// Counted are files of one reason that are told by their number.
type Counted struct {
	Count   int
	Endings []string // of their names, safe Markdown
	Others  bool     // there are more endings, or names without one
	Why     string   // see [Catalogue.CareWhy]
}

// Care is what an owner is told in one message.
type Care struct {
	Failed, LeftOut, Expiring, Review, Superseded []OwnDocument

	NoDocuments []Counted // files that are only counted

	More    int   // documents that did not fit
	Example int64 // number of one of them
}

var (
	sampleOwn    = OwnDocument{Number: 412, Title: "Dienstanweisung KI", Path: "da/ki.md"}
	careNotices  = declare("care/notices", sampleCare, Care{Review: sampleCare.Review, More: 1, Example: 412})
	sampleMail   = OwnDocument{Number: 417, Title: "Rundschreiben KI", Path: "post/r.eml", Attached: 2}
	careBlocked  = declare("care/blocked", sampleOwn, sampleMail)
	careReleased = declare("care/released", sampleOwn, sampleMail)
	careCovered  = declare("care/covered", OwnDocument{Number: 418, Title: "Anlage 1", Path: "post/r.eml/anlage1.pdf", Whole: 417})
	careNotYours = declare("care/not_yours", struct{}{})
	careFailed   = declare("care/failed", struct{}{})
	careLeftOut  = declare("care/left_out", LeftOut{"hidden rows", 3}, LeftOut{"read by OCR", 2}, LeftOut{"of another day", 1})
	wordBlock    = declare("care/word_block", sampleOwn)
	wordRelease  = declare("care/word_release", sampleOwn)

	sampleCare = Care{
		Failed: []OwnDocument{
			{Number: 7, Title: "Leitfaden", Path: "leitfaden.pdf", Why: "Die Datei ist beschädigt."},
			{Number: 8, Title: "Merkblatt", Path: "merkblatt.md", Why: "Es steht kein Text darin.", Serves: true}},
		NoDocuments: []Counted{
			{Count: 12, Endings: []string{".mp4", ".zip"}, Others: true, Why: "Diese Art von Datei kann ich nicht lesen."},
			{Count: 1, Endings: []string{".png"}, Why: "Aus Bildern kann ich hier keinen Text lesen."}, {Count: 1, Others: true, Why: "Diese Art von Datei kann ich nicht lesen."}},
		LeftOut: []OwnDocument{{Number: 411, Title: "Aktenplan", Path: "plan.xlsx", LeftOut: []string{"Nicht gelesen: ausgeblendete Zeilen (3)."}}},
		Expiring: []OwnDocument{
			{Number: 412, Title: "Dienstanweisung KI", Path: "da/ki.md", Day: sampleDay},
			{Number: 413, Title: "Rundschreiben 4", Path: "rs/4.md", Day: sampleDay, Ended: true}},
		Review: []OwnDocument{{Number: 414, Title: "FAQ KI", Path: "faq/ki.md", Day: sampleDay, Serves: true}},
		Superseded: []OwnDocument{
			{Number: 415, Title: "DA Textsysteme", Path: "da/alt.md", By: "Dienstanweisung KI"},
			{Number: 416, Title: "DA Bilder", Path: "da/bilder.md", By: "Dienstanweisung KI", Day: sampleDay}},
		More: 12, Example: 412,
	}

	careWhys = map[string]text[struct{}]{
		"empty":       declare("care/why_empty", struct{}{}),
		"large":       declare("care/why_large", struct{}{}),
		"not_text":    declare("care/why_not_text", struct{}{}),
		"unsupported": declare("care/why_unsupported", struct{}{}),
		"head":        declare("care/why_head", struct{}{}),
		"sidecar":     declare("care/why_sidecar", struct{}{}),
		"damaged":     declare("care/why_damaged", struct{}{}),
		"encrypted":   declare("care/why_encrypted", struct{}{}),
		"picture":     declare("care/why_picture", struct{}{}),
		"pictures":    declare("care/why_pictures", struct{}{}),
		"unsafe":      declare("care/why_unsafe", struct{}{}),
		"heavy":       declare("care/why_heavy", struct{}{}),
		"unsure":      declare("care/why_unsure", struct{}{}),
		"waiting":     declare("care/why_waiting", struct{}{}),
		"other":       declare("care/why_other", struct{}{}),
	}
)

// CareNotices tells an owner what has happened to documents.
func (c *Catalogue) CareNotices(d Care) string { return careNotices.render(c, d) }

// CareBlocked says that a document is blocked.
func (c *Catalogue) CareBlocked(d OwnDocument) string { return careBlocked.render(c, d) }

// CareReleased says that a document is not blocked.
func (c *Catalogue) CareReleased(d OwnDocument) string { return careReleased.render(c, d) }

// CareCovered says that a document stays blocked with the one that it is attached to.
func (c *Catalogue) CareCovered(d OwnDocument) string { return careCovered.render(c, d) }

// CareNotYours refuses somebody who does not look after the document.
func (c *Catalogue) CareNotYours() string { return careNotYours.render(c, struct{}{}) }

// CareFailed stands for notices that could not be written.
func (c *Catalogue) CareFailed() string { return careFailed.render(c, struct{}{}) }

// CareWhy says why a document could not be taken in (empty, large, not_text,
// unsupported, head, sidecar, damaged, encrypted, picture, pictures, unsafe, heavy,
// unsure, waiting;
// another one reads like other).
func (c *Catalogue) CareWhy(kind string) string {
	why, known := careWhys[kind]
	if !known {
		why = careWhys["other"]
	}
	return why.render(c, struct{}{})
}

// CareLeftOut says what was not read of a document.
func (c *Catalogue) CareLeftOut(l LeftOut) string { return careLeftOut.render(c, l) }

// WordBlock blocks a document.
func (c *Catalogue) WordBlock(d OwnDocument) string { return wordBlock.render(c, d) }

// WordRelease releases it.
func (c *Catalogue) WordRelease(d OwnDocument) string { return wordRelease.render(c, d) }
