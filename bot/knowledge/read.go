package knowledge

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/masking"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// read makes a version of what was filled in, or says by field what is wrong with
// it. Names are masked, whatever was filled in.
func (k *Knowledge) read(ctx context.Context, t officehours.Ticket, values map[string]string, userID string) (approved.Version, chat.Faults, error) {
	faults := chat.Faults{}
	fault := func(field, text string) {
		if faults[field] == "" {
			faults[field] = k.cfg.Texts.Knowledge(text, prompts.Knowledge{Number: t.Number, Until: k.cfg.Now().AddDate(0, longestMonths, 0)})
		}
	}
	v := approved.Version{Number: t.Number, AuthorID: userID, Answer: approved.Answer{
		Name: approved.NameOf(t.Number), Text: k.cfg.Desk.Masked(strings.TrimSpace(values[fieldText]), masking.Name), Approved: true,
	}}
	for line := range strings.Lines(values[fieldQuestions]) {
		if q := strings.Join(strings.Fields(k.cfg.Desk.Masked(line)), " "); q != "" {
			v.Questions = append(v.Questions, q)
		}
	}
	if v.Until, _ = readDay(values[fieldUntil]); v.Until.Compare(k.cfg.Shelf.Today()) < 0 || v.Until.Compare(retrieval.DateOf(k.cfg.Now().AddDate(0, longestMonths, 0))) > 0 {
		fault(fieldUntil, "fault_until")
	}
	var err error
	if v.Owner, v.ContactID, err = k.owner(ctx, values[fieldOwner], userID); errors.Is(err, errNoContact) {
		fault(fieldOwner, "fault_contact")
	} else if err != nil {
		return v, nil, err
	}
	if v.Basis, err = k.rests(ctx, strings.TrimSpace(values[fieldQuote]), userID); errors.Is(err, errNoBasis) {
		fault(fieldQuote, "fault_quote")
	} else if err != nil {
		return v, nil, err
	}
	for _, f := range v.Check() {
		fault(fieldOf[f.Err], "fault_"+fieldOf[f.Err])
	}
	if tooLong(v) {
		fault(fieldText, "fault_long")
	}
	if len(faults) > 0 {
		return v, faults, nil
	}
	v.Supersedes, faults = k.among(v.Answer)
	return v, faults, nil
}

// among says in whose place an answer will be.
func (k *Knowledge) among(a approved.Answer) (instead string, faults chat.Faults) {
	instead, wrong := k.cfg.Shelf.Among(a)
	replaced := func(f approved.Fault) bool {
		return errors.Is(f, approved.ErrReplaced) || errors.Is(f, approved.ErrLoop)
	}
	switch {
	case len(wrong) == 0:
		return instead, nil
	case slices.ContainsFunc(wrong, replaced):
		return instead, chat.Faults{"": k.cfg.Texts.Knowledge("fault_replaced", prompts.Knowledge{})}
	}
	return instead, chat.Faults{fieldQuestions: k.cfg.Texts.Knowledge("fault_twice", prompts.Knowledge{})}
}

// fieldOf is the field of a dialog that an answer's fault is about.
var fieldOf = map[error]string{
	approved.ErrQuestions: fieldQuestions, approved.ErrText: fieldText, approved.ErrOwner: fieldOwner,
	approved.ErrDocument: fieldQuote, approved.ErrQuote: fieldQuote, approved.ErrUntil: fieldUntil,
}

func tooLong(v approved.Version) bool {
	n := utf8.RuneCountInString
	long := n(v.Text) > longestText || n(v.Owner) > longestOwner || n(v.Basis.Quote) > longestQuote || len(v.Questions) > mostQuestions
	for _, q := range v.Questions {
		long = long || n(q) > longestQuestion
	}
	return long
}

// readDay reads "31.12.2026", "31.12.26" or "2026-12-31"; false: it is no day.
func readDay(text string) (retrieval.Date, bool) {
	for _, form := range []string{"2.1.2006", "2.1.06", time.DateOnly} {
		if at, err := time.Parse(form, strings.ReplaceAll(strings.TrimSpace(text), " ", "")); err == nil {
			return retrieval.DateOf(at), true
		}
	}
	return retrieval.Date{}, false
}

var (
	errNoContact = errors.New("no such account of the house")
	errNoBasis   = errors.New("these words stand in no document that all hosts may read")
)

var userName = regexp.MustCompile(`@([a-z0-9][a-z0-9._-]*)`)

// owner reads "Stabsstelle Digitalethik, @h.mueller". Without a name the author looks
// after it.
func (k *Knowledge) owner(ctx context.Context, text, userID string) (owner, contactID string, err error) {
	owner, contactID = text, userID
	if named := userName.FindStringSubmatch(strings.ToLower(text)); named != nil {
		user, err := k.cfg.Directory.UserByName(ctx, strings.TrimRight(named[1], ".-_"))
		if errors.Is(err, inbox.ErrGone) {
			return "", "", errNoContact
		}
		if err != nil {
			return "", "", chat.Unreachable(err)
		}
		contactID = user.ID
		owner = regexp.MustCompile(`(?i)`+regexp.QuoteMeta(named[0])).ReplaceAllString(text, "")
	}
	staff, err := k.cfg.Directory.Staff(ctx, contactID, false)
	if err != nil && !errors.Is(err, inbox.ErrGone) {
		return "", "", chat.Unreachable(err)
	}
	if !staff {
		return "", "", errNoContact
	}
	return strings.Trim(strings.Join(strings.Fields(owner), " "), " ,;:()"), contactID, nil
}

// quoteHits is among how many passages the words of a basis are looked for.
const quoteHits = 20

// rests finds the document in which words stand, among what all hosts may read.
func (k *Knowledge) rests(ctx context.Context, quote, userID string) (approved.Basis, error) {
	quote = strings.Trim(quote, "\"„“”»«> \n")
	if !approved.Quotable(quote) {
		return approved.Basis{}, errNoBasis
	}
	r, err := k.hostsMay(ctx, userID)
	if err != nil {
		return approved.Basis{}, err
	}
	if r.Empty() {
		return approved.Basis{}, errNoBasis
	}
	result, err := k.cfg.Documents.Search(ctx, retrieval.Query{Text: cut(quote, longestQuestion), At: k.cfg.Now(), Limit: quoteHits}, r)
	if err != nil {
		return approved.Basis{}, fmt.Errorf("find basis: %w", err)
	}
	for _, h := range result.Hits {
		if answer.Stands(quote, h.Passage.Text) {
			return approved.Basis{Document: h.Document.Path, Quote: quote, Version: approved.VersionOf(h.Passage)}, nil
		}
	}
	return approved.Basis{}, errNoBasis
}
