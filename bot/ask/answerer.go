package ask

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// Searcher finds passages that the readers may see.
type Searcher interface {
	Search(ctx context.Context, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error)
}

// Composer words the answers.
type Composer interface {
	// Compose makes the answer out of what was found.
	Compose(ctx context.Context, question string, found retrieval.Result, now time.Time) (answer.Answer, error)
	// Brief is Compose for one question of several: one quote, without a model.
	Brief(ctx context.Context, question string, found retrieval.Result, now time.Time) (answer.Answer, error)
	// Reword says a question and those that it leans on as one; false: it cannot.
	Reword(ctx context.Context, before []string, question string) (string, bool)
	// Further makes the answer that shows what Compose did not.
	Further(ctx context.Context, question string, found retrieval.Result, now time.Time) (answer.Answer, error)
	// Statement makes the answer of the one statement that answers, or of the two that
	// differ; false: nothing was found.
	Statement(question string, found retrieval.Result, now time.Time) (answer.Answer, bool)
	// Whence makes the answer that says where an answer stands; false: nothing was found.
	Whence(question string, found retrieval.Result, asks prompts.WhenceAsks, now time.Time) (answer.Answer, bool)
	// Against makes the answer to who says otherwise; wider is found for both together.
	// False: nothing was found.
	Against(question, said string, found, wider retrieval.Result, now time.Time) (answer.Answer, bool)
	// Since is the day from which on what answers is valid; false: it is not known.
	Since(question string, found retrieval.Result) (time.Time, bool)
	// Before makes the answer of what held before, out of what was found for a day before;
	// false: nothing but what still holds.
	Before(question string, before retrieval.Result, now time.Time) (answer.Answer, bool)
	// Simply makes the answer in simpler words, of the passages with these ids alone
	// where there are any; false: it cannot.
	Simply(ctx context.Context, question string, found retrieval.Result, passages []int64) (answer.Answer, bool)
	// Words reports whether there is a model that words answers.
	Words() bool
	// Refuse leads a question of the hard list to its contact.
	Refuse(topic answer.Topic, contacts answer.Contacts) answer.Answer
	// StillLed leads to the contact of a topic of the hard list once more, in one line.
	StillLed(topic answer.Topic, contacts answer.Contacts) answer.Answer
	// Redirect leads a question of another field to who is in charge.
	Redirect(contact answer.Contact) answer.Answer
	// Decline says why a message is no question.
	Decline(p answer.Problem) answer.Answer
}

// Approvals are the answers that people of the house have written and approved.
type Approvals interface {
	// Approved returns such an answer to a question for readers; false: there is none.
	Approved(ctx context.Context, question string, r retrieval.Readers) (answer.Answer, bool, error)
}

// HardList knows the questions that no machine decides.
type HardList interface {
	Check(question string) (answer.Topic, bool)
	Plain(text string) (answer.Topic, bool) // leaves no doubt
}

// AnswererConfig sets up an Answerer. Searcher, Composer, HardList and Texts are
// required.
type AnswererConfig struct {
	Searcher Searcher
	Composer Composer
	HardList HardList
	Contacts answer.Contacts       // for the hard list
	Fields   answer.Fields         // what others are in charge of
	Approved Approvals             // come before all that is searched; nil: there are none
	Calendar *officehours.Calendar // answers questions for dates; nil: the documents do
	Texts    *prompts.Catalogue
	Now      func() time.Time // defaults to time.Now
}

// Answerer answers questions out of the documents. It knows no chat: whoever
// asks says who reads.
type Answerer struct{ cfg AnswererConfig }

// NewAnswerer returns an Answerer, or what the configuration lacks.
func NewAnswerer(cfg AnswererConfig) (*Answerer, error) {
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Answerer{cfg: cfg}, nil
}

func (c AnswererConfig) validate() error {
	if c.Searcher == nil || c.Composer == nil || c.HardList == nil || c.Texts == nil {
		return errors.New("ask: an Answerer needs Searcher, Composer, HardList and Texts")
	}
	return nil
}

// Ask answers one question for readers, given what the same person asked before,
// oldest first. The error is one of the search or the context's; everything else is
// an answer.
func (a *Answerer) Ask(ctx context.Context, text string, readers retrieval.Readers, before ...string) (answer.Answer, error) {
	found, err := a.answer(ctx, asked{text: text, before: before, since: a.still(before), readers: readers})
	return found.Answer, err
}

// asked is one question and where it comes from.
type asked struct {
	text    string           // the question without courtesy
	whole   string           // the message as it stands; empty: text is all
	leans   bool             // on the question before
	files   int              // attached; they are not read
	before  []string         // what the same person asked before in this talk, oldest first
	since   []string         // of the talk, what the calendar goes on from, oldest first
	spoken  retrieval.Spoken // what the talk is about
	readers retrieval.Readers
	brief   bool // one of several: a quote in a few lines
}

// given is an answer and what may follow it.
type given struct {
	answer.Answer
	question string // as searched; empty: no search took place
	declined bool   // the message was no question
	files    []inbox.File
	overview bool // of the dates of several formats
}

// answered reports whether the documents answer the question.
func (g given) answered() bool { return g.Outcome == answer.Answered }

// answer goes the way of one question. The hard list comes first, and sees the
// whole message where it is no question that can be searched: somebody in need
// does not write to be parsed.
func (a *Answerer) answer(ctx context.Context, q asked) (given, error) {
	question, problem := answer.Clean(q.text, q.files)
	if found, ok := a.onlyDates(question, q); ok && problem.Kind == "" {
		return found, nil
	}
	if refused, hit := a.Refuse(cmp.Or(q.whole, question, q.text)); hit {
		return given{Answer: refused}, nil
	}
	if problem.Kind != "" {
		return given{Answer: a.cfg.Composer.Decline(problem), declined: true}, nil
	}
	q, refused, hit := a.behindRefused(q, question)
	if hit {
		return given{Answer: refused}, nil
	}
	switch questions := parts(question); len(questions) {
	case 1:
		return a.one(ctx, questions[0], q)
	default:
		return a.several(ctx, questions, q)
	}
}

// one answers one question: the calendar, or else the documents.
func (a *Answerer) one(ctx context.Context, question string, q asked) (given, error) {
	if found, ok := a.dates(question, q); ok {
		return found, nil
	}
	said := question
	if found, ok, err := a.pointedAtFormat(ctx, question, q); ok || err != nil {
		return found, err
	}
	if q.readers.Empty() {
		return given{Answer: answer.Answer{Outcome: answer.NotFound, Body: a.cfg.Texts.NoAccess(), Reason: reasonNoCollection}}, nil
	}
	if found, ok, err := a.approved(ctx, q.talk(question), q.readers); ok || err != nil {
		return found, err
	}
	question, found, err := a.search(ctx, question, q)
	if err != nil {
		return given{}, fmt.Errorf("answer: %w", err)
	}
	if !sufficient(found) {
		if about, ok, err := a.alsoOfFormat(ctx, said, q); ok || err != nil {
			return about, err
		}
	}
	about := question
	if found.InTalk { // what was said before is answered
		about = said
	}
	if contact, other := a.cfg.Fields.Find(about, found); other {
		return given{Answer: a.cfg.Composer.Redirect(contact), question: question}, nil
	}
	if aspects := answer.Aspects(said); found.InTalk && found.Sufficiency.Band == retrieval.NotFound && len(aspects) > 0 {
		body := a.cfg.Texts.Gap(prompts.Gap{Aspects: aspects})
		return given{Answer: answer.Answer{Outcome: answer.NotFound, Body: body, Reason: found.Sufficiency.Reason}, question: question}, nil
	}
	compose := a.cfg.Composer.Compose
	if q.brief {
		compose = a.cfg.Composer.Brief
	}
	composed, err := compose(ctx, question, found, a.cfg.Now())
	if err != nil {
		return given{}, fmt.Errorf("answer: %w", err)
	}
	composed.Understood = understood(said, question)
	return given{Answer: composed, question: question}, nil
}

// understood is how a question was understood, if that is more than what it says.
func understood(said, question string) string {
	if strings.TrimSpace(said) == strings.TrimSpace(question) {
		return ""
	}
	return question
}

// behindRefused leads a question that names nothing itself ("und jetzt?") where the one
// before it was led, if no machine decides that. To any other it leaves nothing of that
// one, so that none of its words is searched.
func (a *Answerer) behindRefused(q asked, question string) (_ asked, refused answer.Answer, hit bool) {
	before := q.talk(question).Before
	if len(before) == 0 {
		return q, refused, false
	}
	if refused, hit = a.Refuse(before[len(before)-1]); !hit {
		return q, refused, false
	}
	q.before = nil
	return q, refused, dialogue.AsksWhatNow(question) || len(contentOf(question)) == 0 && Leans(question)
}

// Refuse leads a text of the hard list to its contact; false: it is none.
func (a *Answerer) Refuse(text string) (answer.Answer, bool) {
	topic, hit := a.cfg.HardList.Check(text)
	if !hit {
		return answer.Answer{}, false
	}
	return a.cfg.Composer.Refuse(topic, a.cfg.Contacts), true
}

// reasonNoCollection says that the readers may see nothing.
const reasonNoCollection = "no readable collection"
