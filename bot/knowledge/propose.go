package knowledge

import (
	"context"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

const (
	proposedMonths = 6 // of validity
	longestMonths  = 12

	longestQuestion = 300  // characters
	longestText     = 3000 // likewise, and what a dialog takes
	mostQuestions   = 10
	longestOwner    = 150
	longestQuote    = 1000

	basisTime = 2 * time.Second // for a proposal; without one hosts copy the words themselves
)

// proposed is what a draft is filled in with: the version that there is, or else what
// was asked and answered, masked, and the words of a document that say most of it.
func (k *Knowledge) proposed(ctx context.Context, t officehours.Ticket, current []approved.Version, userID string) (map[string]string, error) {
	if len(current) > 0 {
		return k.asWritten(ctx, current[len(current)-1])
	}
	answers, err := k.answers(ctx, t.Number)
	if err != nil {
		return nil, err
	}
	var texts []string
	for _, a := range answers {
		texts = append(texts, strings.TrimSpace(a.Text))
	}
	text := cut(k.cfg.Desk.Masked(strings.Join(texts, "\n\n")), longestText)
	values := map[string]string{
		fieldQuestions: strings.Join(asked(k.cfg.Desk.Masked(t.Text)), "\n"), fieldText: text,
		fieldUntil: prompts.ShortDay(k.cfg.Now().AddDate(0, proposedMonths, 0)),
	}
	me, err := k.username(ctx, userID)
	if err != nil {
		return nil, err
	}
	basis, quote, found := k.basis(ctx, t.Text, text, userID)
	if found {
		values[fieldQuote] = cut(quote, longestQuote)
	}
	values[fieldOwner] = cut(responsible(basis.Document.Owner, me), longestOwner/2)
	return values, nil
}

// asWritten is a version as its fields.
func (k *Knowledge) asWritten(ctx context.Context, v approved.Version) (map[string]string, error) {
	contact, err := k.username(ctx, v.ContactID)
	if err != nil {
		return nil, err
	}
	return map[string]string{
		fieldQuestions: strings.Join(v.Questions, "\n"), fieldText: v.Text, fieldQuote: v.Basis.Quote,
		fieldOwner: responsible(v.Owner, contact), fieldUntil: prompts.ShortDay(timeOf(v.Until)),
	}, nil
}

func responsible(owner, contact string) string {
	if contact == "" {
		return owner
	}
	return strings.TrimPrefix(owner+", @"+contact, ", ")
}

// sentenceEnds is where a sentence ends.
var sentenceEnds = regexp.MustCompile(`[.!?]["“”)]*\s+|\n+`)

func sentences(text string) (all []string) {
	begin := 0
	for _, at := range append(sentenceEnds.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
		if s := strings.TrimSpace(text[begin:at[1]]); s != "" {
			all = append(all, s)
		}
		begin = at[1]
	}
	return all
}

// asked are the sentences of a text that ask; without any the text as one line.
func asked(text string) (all []string) {
	for _, s := range sentences(text) {
		if strings.HasSuffix(s, "?") && len(all) < mostQuestions {
			all = append(all, cut(s, longestQuestion))
		}
	}
	if whole := strings.Join(strings.Fields(text), " "); len(all) == 0 && whole != "" {
		all = append(all, cut(whole, longestQuestion))
	}
	return all
}

// leastShared is how many words of weight an answer and a sentence share at least,
// for that sentence to be proposed as its basis.
const leastShared = 3

// basis finds the sentence of a document that shares most words with an answer, among
// what all hosts may read. That a fault finds none is no harm: hosts see it.
func (k *Knowledge) basis(ctx context.Context, question, text, userID string) (hit retrieval.Hit, quote string, found bool) {
	ctx, cancel := context.WithTimeout(ctx, basisTime)
	defer cancel()
	r, err := k.hostsMay(ctx, userID)
	if err != nil || r.Empty() {
		return hit, "", false
	}
	wanted := stems(question + " " + text)
	most := leastShared - 1
	for _, query := range []string{cut(text, longestQuestion), cut(question, longestQuestion)} {
		result, err := k.cfg.Documents.Search(ctx, retrieval.Query{Text: query, At: k.cfg.Now()}, r)
		if err != nil {
			return hit, quote, found
		}
		for _, h := range result.Hits {
			for _, s := range sentences(h.Passage.Text) {
				if n := shared(wanted, stems(s)); n > most && approved.Quotable(s) {
					hit, quote, found, most = h, s, true, n
				}
			}
		}
	}
	return hit, quote, found
}

func stems(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range german.Words(text) {
		if !w.Stop {
			set[w.Stem] = true
		}
	}
	return set
}

func shared(a, b map[string]bool) (n int) {
	for stem := range b {
		if a[stem] {
			n++
		}
	}
	return n
}

func cut(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:limit-1])) + "…"
}

// timeOf is midnight of a day.
func timeOf(d retrieval.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}
