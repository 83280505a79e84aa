package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"lvr.example/sprechstunde/bot/answer"
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
	// Refuse leads a question of the hard list to its contact.
	Refuse(topic answer.Topic, contacts answer.Contacts) answer.Answer
	// Redirect leads a question of another field to who is in charge.
	Redirect(contact answer.Contact) answer.Answer
	// Decline says why a message is no question.
	Decline(p answer.Problem) answer.Answer
}

// HardList knows the questions that no machine decides.
type HardList interface {
	Check(question string) (answer.Topic, bool)
}

// AnswererConfig sets up an Answerer; all fields but Now are required.
type AnswererConfig struct {
	Searcher Searcher
	Composer Composer
	HardList HardList
	Contacts answer.Contacts // for the hard list
	Fields   answer.Fields   // what others are in charge of
	Texts    *prompts.Catalogue
	Now      func() time.Time
}

// Answerer answers questions out of the documents. It knows no chat: whoever
// asks says who reads.
type Answerer struct{ cfg AnswererConfig }

// NewAnswerer returns an Answerer, or what the configuration lacks.
func NewAnswerer(cfg AnswererConfig) (*Answerer, error) {
	if cfg.Searcher == nil || cfg.Composer == nil || cfg.HardList == nil || cfg.Texts == nil {
		return nil, errors.New("answerer: Searcher, Composer, HardList and Texts must be set")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Answerer{cfg: cfg}, nil
}

// Ask answers one question for readers. The error is one of the search or the
// context's; everything else is an answer.
func (a *Answerer) Ask(ctx context.Context, text string, readers retrieval.Readers) (answer.Answer, error) {
	found, err := a.answer(ctx, asked{text: text, readers: readers})
	return found.Answer, err
}

// asked is one question and where it comes from.
type asked struct {
	text    string
	files   int    // attached; they are not read
	before  string // what the same person asked before in this talk; empty: nothing
	readers retrieval.Readers
}

// given is an answer and what may follow it.
type given struct {
	answer.Answer
	question string // as searched; empty: no search took place
	declined bool   // the message was no question
}

// settled reports whether the documents settle the question.
func (g given) settled() bool { return g.Outcome == answer.Answered }

// answer goes the way of one question. The hard list comes first, and sees the
// whole message where it is no question that can be searched: somebody in need
// does not write to be parsed.
func (a *Answerer) answer(ctx context.Context, q asked) (given, error) {
	question, problem := answer.Clean(q.text, q.files)
	if refused, hit := a.refuse(cmp.Or(question, q.text)); hit {
		return given{Answer: refused}, nil
	}
	if problem.Kind != "" {
		return given{Answer: a.cfg.Composer.Decline(problem), declined: true}, nil
	}
	if q.readers.Empty() {
		return given{Answer: answer.Answer{Outcome: answer.NotFound, Body: a.cfg.Texts.NoAccess(), Reason: reasonNoCollection}}, nil
	}
	question, found, err := a.search(ctx, question, q)
	if err != nil {
		return given{}, fmt.Errorf("answer: %w", err)
	}
	if contact, other := a.cfg.Fields.Find(question, found); other {
		return given{Answer: a.cfg.Composer.Redirect(contact), question: question}, nil
	}
	composed, err := a.cfg.Composer.Compose(ctx, question, found, a.cfg.Now())
	if err != nil {
		return given{}, fmt.Errorf("answer: %w", err)
	}
	return given{Answer: composed, question: question}, nil
}

// refuse leads a text of the hard list to its contact.
func (a *Answerer) refuse(text string) (answer.Answer, bool) {
	topic, hit := a.cfg.HardList.Check(text)
	if !hit {
		return answer.Answer{}, false
	}
	return a.cfg.Composer.Refuse(topic, a.cfg.Contacts), true
}

// search finds passages for a question that may lean on the one before. A
// question that goes on ("Und im Ausland?") is searched together with it first;
// any other short one only when it finds nothing alone.
func (a *Answerer) search(ctx context.Context, question string, q asked) (string, retrieval.Result, error) {
	before, _ := answer.Clean(q.before, 0)
	leans := before != "" && len(strings.Fields(question)) <= leaningWords
	if leans && goesOn(question) {
		both, found, err := a.together(ctx, before, question, q.readers)
		if err != nil || settles(found) {
			return both, found, err
		}
	}
	found, err := a.find(ctx, question, q.readers)
	if err != nil || settles(found) || !leans || goesOn(question) {
		return question, found, err
	}
	both, foundBoth, err := a.together(ctx, before, question, q.readers)
	if err != nil || !settles(foundBoth) {
		return question, found, err
	}
	return both, foundBoth, nil
}

// together searches both questions as one. What was found settles nothing if a
// word of the second one is missing: then only the first was answered again.
func (a *Answerer) together(ctx context.Context, before, question string, r retrieval.Readers) (string, retrieval.Result, error) {
	both := before + " " + question
	found, err := a.find(ctx, both, r)
	if err == nil && sharesWord(question, found.Sufficiency.Missing) {
		found.Sufficiency.Band = retrieval.Nearest
	}
	return both, found, err
}

func (a *Answerer) find(ctx context.Context, question string, r retrieval.Readers) (retrieval.Result, error) {
	return a.cfg.Searcher.Search(ctx, retrieval.Query{Text: question, At: a.cfg.Now()}, r)
}

func settles(r retrieval.Result) bool {
	return r.Sufficiency.Band == retrieval.Answered || r.Sufficiency.Band == retrieval.Conflicting
}

// leaningWords is the length up to which a question may lean on another.
const leaningWords = 10

// goesOn reports whether a question begins as only a second one does.
func goesOn(question string) bool {
	words := wordsOf(question)
	if len(words) == 0 {
		return false
	}
	switch words[0] {
	case "und", "oder", "aber", "auch", "sondern", "sonst":
		return true
	case "gilt", "was", "wie":
		return len(words) > 2 && (words[1] == "das" || words[1] == "ist" && words[2] == "mit" || words[1] == "sieht")
	}
	return false
}

// asks reports whether a text is put as a question.
func asks(text string) bool {
	if strings.Contains(text, "?") {
		return true
	}
	words := wordsOf(text)
	return len(words) > 0 && (questionWords[words[0]] || strings.HasPrefix(words[0], "welche"))
}

var questionWords = setOf(`wer wen wem wessen was wie wo wohin woher wann warum wieso weshalb womit wofür wozu
	darf dürfen kann können muss müssen soll sollen sollte gilt gelten gibt ist sind hat haben habe brauche brauchen
	braucht und oder`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

func sharesWord(text string, words []string) bool {
	own := setOf(strings.Join(wordsOf(text), " "))
	for _, w := range words {
		for _, part := range wordsOf(w) {
			if own[part] {
				return true
			}
		}
	}
	return false
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// reasonNoCollection says that the readers may see nothing.
const reasonNoCollection = "no readable collection"
