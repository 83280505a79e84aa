package prompts

import "time"

// Quotes are passages shown word for word, best first, each as [Catalogue.Quote]
// sets it.
type Quotes struct {
	Quotes  []string
	Missing []string // words of the question that nothing was found for
}

// Quote is one passage with its source. Text is safe Markdown, set as a block
// quote; Question is what the document itself answers with it, or empty.
type Quote struct {
	Question string
	Text     string
	Source   string // see [Catalogue.Source]
}

// Parts are the questions of one message with their answers.
type Parts struct{ Parts []Part }

// Part is one of them. Both are safe Markdown.
type Part struct{ Question, Answer string }

// Conflict are passages of two documents that say different things. Ranked: the
// first document is more binding than the second.
type Conflict struct {
	Quotes []string
	Ranked bool
	Unsure bool // they may as well say the same
}

// Contact is somebody who helps where the program does not.
type Contact struct {
	Name  string
	Reach string
}

// CrisisContact is who is there for somebody in need, and which numbers stand
// below besides: those that the contact does not name.
type CrisisContact struct {
	Contact
	Emergency, Helpline bool
}

// Length says how long a question was and may be, in characters.
type Length struct{ Length, Limit int }

// Sources are the lines below an answer, numbered from 1, each as
// [Catalogue.Source] sets it.
type Sources struct{ Sources []string }

// Source is where a passage stands. Title is Markdown: a link or plain.
type Source struct {
	Title string
	Place string
	Owner string
	State string
}

// AsOf says that an answer is about a day in the past.
type AsOf struct {
	Day   time.Time
	Ended []Ended  // sources that are not valid any more
	Since []string // titles of sources that do not say since when they are valid
}

// WhenceAsks is what is asked of an answer.
type WhenceAsks string

// What may be.
const (
	WhenceWhere WhenceAsks = "where"
	WhenceOwner WhenceAsks = "owner"
	WhenceAge   WhenceAsks = "age"
)

// Whence says where an answer stands, who is in charge, or since when it is so.
type Whence struct {
	Asks    WhenceAsks
	Sources []Source
}

// Ended is a source that is not valid any more. Now is Markdown: the title of
// what is valid in its place, a link or plain; empty: nothing is.
type Ended struct {
	Title string
	Until time.Time
	Now   string
}

// State says how current a document is.
type State struct {
	ValidFrom  time.Time // zero: not known
	ValidUntil time.Time // zero: it is valid
	AsOf       time.Time // the state that it names itself
	Age        string    // "vor 3 Jahren"; empty: not worth a word
}

// Made says how an answer came about.
type Made struct {
	People bool // people have written it, a program has found it
	Prose  bool // by a model
	Quotes bool // passages picked by the program
}

// Gap names what was asked and stands in none of the passages: "zur Dauer".
type Gap struct{ Aspects []string }

// NextSession is the next date on which people answer. At is in the house's
// time zone.
type NextSession struct {
	Format string
	At     time.Time
	Place  string
}

// whences are samples of each.
func whences(sources ...Source) (all []Whence) {
	for _, asks := range []WhenceAsks{WhenceWhere, WhenceOwner, WhenceAge} {
		all = append(all, Whence{asks, sources[:1]}, Whence{asks, sources})
	}
	return all
}

var (
	sampleQuotes = []string{
		"> **Protokolle dürfen mit KI entworfen werden.**\n\n[KI-Leitlinie](https://intranet.example/ki), Abschnitt 3.2 · zuständig: Stabsstelle KI",
		"> **Prüfen Sie den Entwurf.**\n\nHäufige Fragen",
	}
	sampleWhence  = whences(Source{Title: "[KI-Leitlinie](https://intranet.example/ki)", Place: "Abschnitt 3.2", Owner: "Stabsstelle KI", State: "gültig seit 01.03.2024"}, Source{Title: "Aushang"})
	sampleDay     = time.Date(2026, time.March, 5, 14, 0, 0, 0, time.UTC)
	sampleContact = []Contact{{Name: "Personalstelle", Reach: "Telefon 1234"}, {Name: "Personalstelle"}}
)

var (
	quotes         = declare("answer/quotes", Quotes{Quotes: sampleQuotes[:1]}, Quotes{Quotes: sampleQuotes})
	nearest        = declare("answer/nearest", Quotes{Quotes: sampleQuotes, Missing: []string{"Fahrtkosten", "Messe"}}, Quotes{})
	notFound       = declare("answer/not_found", Quotes{Missing: []string{"Fahrtkosten"}}, Quotes{})
	conflicting    = declare("answer/conflicting", Conflict{Quotes: sampleQuotes, Ranked: true}, Conflict{Quotes: sampleQuotes}, Conflict{Quotes: sampleQuotes, Ranked: true, Unsure: true})
	stays          = declare("answer/stays", Quotes{Quotes: sampleQuotes[:1]})
	whence         = declare("answer/whence", sampleWhence...)
	partsOf        = declare("answer/parts", Parts{Parts: []Part{{"Darf ich das?", "> **Ja.**\n\nKI-Leitlinie"}, {"Und wer hilft?", "> **Die KI-Lots:innen.**\n\nMerkblatt"}}})
	further        = declare("answer/further", Quotes{Quotes: sampleQuotes}, Quotes{})
	elsewhere      = declare("answer/elsewhere", sampleContact...)
	stillLed       = declare("answer/still_led", sampleContact...)
	personnel      = declare("answer/personnel", sampleContact...)
	legal          = declare("answer/legal", sampleContact...)
	complaint      = declare("answer/complaint", sampleContact...)
	breach         = declare("answer/breach", sampleContact...)
	crisis         = declare("answer/crisis", CrisisContact{sampleContact[0], true, true}, CrisisContact{sampleContact[1], false, false})
	empty          = declare("answer/empty", struct{}{})
	emojiOnly      = declare("answer/emoji_only", struct{}{})
	codeOnly       = declare("answer/code_only", struct{}{})
	attachmentOnly = declare("answer/attachment_only", struct{}{})
	tooLong        = declare("answer/too_long", Length{Length: 16000, Limit: 4000})
	notGerman      = declare("answer/not_german", struct{}{})
	quote          = declare("answer/quote", Quote{Question: "Muss ich den Entwurf prüfen?", Text: "> **Ja.**", Source: "Häufige Fragen"},
		Quote{Text: "> **Prüfen Sie den Entwurf.**", Source: "KI-Leitlinie"})
	source = declare("answer/source", Source{Title: "[KI-Leitlinie](https://intranet.example/ki)", Place: "Abschnitt 3.2", Owner: "Stabsstelle KI", State: "Stand: 05.03.2026"},
		Source{Title: "Häufige Fragen"})
	sources = declare("answer/sources", Sources{Sources: []string{"[KI-Leitlinie](https://intranet.example/ki), Abschnitt 3.2", "Häufige Fragen"}})
	asOf    = declare("answer/as_of", AsOf{Day: sampleDay, Ended: []Ended{
		{Title: "KI-Leitlinie 2024", Until: sampleDay.AddDate(0, 2, 0), Now: "[KI-Leitlinie 2026](https://intranet.example/ki)"}, {Title: "Merkblatt", Until: sampleDay}}},
		AsOf{Day: sampleDay, Since: []string{"„Merkblatt“"}}, AsOf{Day: sampleDay, Since: []string{"„Merkblatt“", "„Häufige Fragen“"}})
	state       = declare("answer/state", State{ValidFrom: sampleDay}, State{ValidFrom: sampleDay, ValidUntil: sampleDay.AddDate(1, 0, 0)}, State{AsOf: sampleDay, Age: "vor 3 Jahren"}, State{})
	gap         = declare("answer/gap", Gap{Aspects: []string{"zur Dauer"}}, Gap{Aspects: []string{"zur Dauer", "zu den Kosten"}})
	machine     = declare("answer/machine", Made{Prose: true}, Made{Quotes: true}, Made{}, Made{Quotes: true, People: true})
	nextSession = declare("answer/session", NextSession{Format: "KI-Sprechstunde", At: sampleDay, Place: "Raum 4.11"}, NextSession{Format: "Ethikrunde", At: sampleDay})
	handover    = declare("answer/handover", struct{}{})
	shortened   = declare("answer/shortened", struct{}{})
)

// Quotes shows passages that answer, each with its source; it claims nothing.
func (c *Catalogue) Quotes(d Quotes) string { return quotes.render(c, d) }

// Nearest shows the closest passages and what is missing.
func (c *Catalogue) Nearest(d Quotes) string { return nearest.render(c, d) }

// NotFound says that nothing was found; it shows no passages.
func (c *Catalogue) NotFound(d Quotes) string { return notFound.render(c, d) }

// Conflicting shows passages that disagree.
func (c *Catalogue) Conflicting(d Conflict) string { return conflicting.render(c, d) }

// StillLed names once more whom a question was led to.
func (c *Catalogue) StillLed(d Contact) string { return stillLed.render(c, d) }

// Elsewhere names who knows about another field.
func (c *Catalogue) Elsewhere(d Contact) string { return elsewhere.render(c, d) }

// Personnel leads one's own personnel case to people.
func (c *Catalogue) Personnel(d Contact) string { return personnel.render(c, d) }

// Legal leads a legal question on a case to people.
func (c *Catalogue) Legal(d Contact) string { return legal.render(c, d) }

// Complaint leads a complaint about a person to people.
func (c *Catalogue) Complaint(d Contact) string { return complaint.render(c, d) }

// Breach leads a data breach to people.
func (c *Catalogue) Breach(d Contact) string { return breach.render(c, d) }

// Crisis leads somebody in need to people.
func (c *Catalogue) Crisis(d CrisisContact) string { return crisis.render(c, d) }

// Empty answers a question without any text.
func (c *Catalogue) Empty() string { return empty.render(c, struct{}{}) }

// EmojiOnly answers a question of emoji or signs alone.
func (c *Catalogue) EmojiOnly() string { return emojiOnly.render(c, struct{}{}) }

// CodeOnly answers a question of code alone.
func (c *Catalogue) CodeOnly() string { return codeOnly.render(c, struct{}{}) }

// AttachmentOnly answers a question that is a file without text.
func (c *Catalogue) AttachmentOnly() string { return attachmentOnly.render(c, struct{}{}) }

// TooLong answers a question that is too long.
func (c *Catalogue) TooLong(d Length) string { return tooLong.render(c, d) }

// NotGerman answers a question in another language.
func (c *Catalogue) NotGerman() string { return notGerman.render(c, struct{}{}) }

// Further shows what other documents say to the question before.
func (c *Catalogue) Further(d Quotes) string { return further.render(c, d) }

// Parts answers several questions one by one.
func (c *Catalogue) Parts(d Parts) string { return partsOf.render(c, d) }

// Quote shows one passage with its source.
func (c *Catalogue) Quote(d Quote) string { return quote.render(c, d) }

// Source says where a passage stands, in one line.
func (c *Catalogue) Source(d Source) string { return source.render(c, d) }

// Sources lists the sources below an answer.
func (c *Catalogue) Sources(d Sources) string { return sources.render(c, d) }

// AsOf says which day in the past an answer is about, and which of its sources
// are not valid any more. It stands below the answer.
func (c *Catalogue) AsOf(d AsOf) string { return asOf.render(c, d) }

// State says how current a document is; empty where nothing is known.
func (c *Catalogue) State(d State) string { return state.render(c, d) }

// Gap says what was asked and stands in none of the passages. It follows prose.
func (c *Catalogue) Gap(d Gap) string { return gap.render(c, d) }

// Machine says that a machine made the answer and that it may be wrong.
func (c *Catalogue) Machine(d Made) string { return machine.render(c, d) }

// NextSession says when people answer next.
func (c *Catalogue) NextSession(d NextSession) string { return nextSession.render(c, d) }

// Handover says how to bring the question to people.
func (c *Catalogue) Handover() string { return handover.render(c, struct{}{}) }

// Shortened marks an answer that was cut to the platform's length.
func (c *Catalogue) Shortened() string { return shortened.render(c, struct{}{}) }

// Stays says once more what an answer says, to who says otherwise.
func (c *Catalogue) Stays(d Quotes) string { return stays.render(c, d) }

// Whence says of an answer where it stands, who is in charge, or since when it is so.
func (c *Catalogue) Whence(d Whence) string { return whence.render(c, d) }

// NoSource is that an answer has no source. Earlier is where the answer before it stands;
// empty: there is none.
type NoSource struct{ Earlier string }

var noSource = declare("answer/no_source", NoSource{}, NoSource{Earlier: "**Quelle:** KI-Leitlinie, Abschnitt 3.2"})

// NoSource says that nothing was found, so that there is no source.
func (c *Catalogue) NoSource(d NoSource) string { return noSource.render(c, d) }

// Before is what held before the answer that stands above: a quote with its source.
type Before struct {
	Until time.Time
	Quote string
}

var before = declare("answer/before", Before{Until: sampleDay, Quote: sampleQuotes[0]})

// Before says what held before the answer that stands above.
func (c *Catalogue) Before(d Before) string { return before.render(c, d) }

var asItWas = declare("answer/as_it_was", sampleDay)

// AsItWas asks what the rule was on a day, as a question is searched.
func (c *Catalogue) AsItWas(day time.Time) string { return asItWas.render(c, day) }
