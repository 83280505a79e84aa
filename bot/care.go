package bot

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// Care is the house's documents as those see them who look after them.
type Care interface {
	// Gather puts what has happened since the last call into bundles, one for
	// each person, each event once, and returns all that are not handed over.
	Gather(ctx context.Context, day retrieval.Date) ([]retrieval.Bundle, error)
	// HandOver notes that a bundle will be told.
	HandOver(ctx context.Context, bundle int64) error
	// Notices returns what a bundle tells, as far as it still holds.
	Notices(ctx context.Context, bundle int64, day retrieval.Date) ([]retrieval.Notice, error)
	// Cared returns a document, or retrieval.ErrNoDocument.
	Cared(ctx context.Context, document int64) (retrieval.Cared, error)
	// Block takes a document and its attachments out of every answer; Release ends
	// it, or returns a *retrieval.CoveredError for an attachment that stays blocked
	// with its file. Repeating either changes nothing.
	Block(ctx context.Context, document int64, block retrieval.Block) error
	Release(ctx context.Context, document int64) error
}

// Actions on documents; subject: the document's number. Of notices: the bundle's.
const (
	actionNotices = "notices"
	actionBlock   = "block"
	actionRelease = "release"
)

// aboutBundle begins what a draft of notices is about.
const aboutBundle = "bundle:"

// Tell has owners told what happened to their documents: what was gathered
// reaches the inbox once, whatever crashes in between, and is worked on there
// like a question. It is to be called after each sync and every few minutes.
// What has nobody to reach stays gathered.
func (b *Bot) Tell(ctx context.Context, p Pipeline) error {
	if b.cfg.Care == nil {
		return nil
	}
	bundles, err := b.cfg.Care.Gather(ctx, b.today())
	if err != nil {
		return err
	}
	var errs []error
	unreached := 0
	for _, bundle := range bundles {
		reached, err := b.tell(ctx, p, bundle)
		if err != nil {
			errs = append(errs, fmt.Errorf("tell bundle %d: %w", bundle.ID, err))
		} else if !reached {
			unreached++
		}
	}
	if unreached > 0 {
		b.cfg.Log.WarnContext(ctx, "owners of documents cannot be reached: no such account, or not one of the staff", "bundles", unreached)
	}
	return errors.Join(errs...)
}

func (b *Bot) tell(ctx context.Context, p Pipeline, bundle retrieval.Bundle) (reached bool, err error) {
	user, err := b.cfg.Directory.UserByName(ctx, bundle.Contact)
	if errors.Is(err, inbox.ErrGone) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	staff, err := b.cfg.Directory.Staff(ctx, user.ID, false)
	if err != nil || !staff {
		return false, err
	}
	number := strconv.FormatInt(bundle.ID, 10)
	err = p.Receive(ctx, inbox.Arrival{
		Origin: inbox.FromHouse, Key: aboutBundle + number, UserID: user.ID, Action: actionNotices, Subject: number, At: b.cfg.Now(),
	})
	if err != nil {
		return false, err
	}
	return true, b.cfg.Care.HandOver(ctx, bundle.ID)
}

// today is the day in the house.
func (b *Bot) today() retrieval.Date { return retrieval.DateOf(b.cfg.Now().In(b.cfg.Calendar.Zone())) }

// notices writes a bundle to its owner.
func (b *Bot) notices(ctx context.Context, q inbox.Question) (inbox.Reply, error) {
	if b.cfg.Care == nil || q.Action != actionNotices {
		return inbox.Reply{Drop: true, Reason: "unknown notice"}, nil
	}
	bundle := numberOf(q.Subject)
	notices, err := b.cfg.Care.Notices(ctx, bundle, b.today())
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(notices) == 0 {
		return inbox.Reply{Drop: true, Reason: "settled meanwhile"}, nil
	}
	d := inbox.Draft{
		ToUserID: q.UserID, Text: b.programText(b.cfg.Texts.CareNotices(b.careText(notices))), Machine: true,
		Buttons: b.blockButtons(notices), About: about(aboutBundle, bundle),
	}
	return inbox.Reply{Outcome: "notices", Drafts: []inbox.Draft{d}}, nil
}

// What fits one message that people read: documents, and buttons below them.
const (
	maxNotices      = 25
	maxBlockButtons = 5
)

func (b *Bot) careText(notices []retrieval.Notice) prompts.Care {
	text := prompts.Care{More: max(0, len(notices)-maxNotices), Example: notices[0].DocumentID}
	lists := map[retrieval.NoticeKind]*[]prompts.OwnDocument{
		retrieval.Failed: &text.Failed, retrieval.Expiring: &text.Expiring, retrieval.Review: &text.Review, retrieval.Superseded: &text.Superseded,
	}
	for _, n := range notices[:min(len(notices), maxNotices)] {
		if list := lists[n.Kind]; list != nil {
			*list = append(*list, b.noticeText(n))
		}
	}
	return text
}

func (b *Bot) noticeText(n retrieval.Notice) prompts.OwnDocument {
	d := ownText(retrieval.Cared{ID: n.DocumentID, Title: n.Title, Path: n.Path})
	d.By, d.Serves = answer.Safe(n.By), n.Serves
	if n.Kind == retrieval.Failed {
		d.Why = b.cfg.Texts.CareWhy(failureKind(n.Reason))
	}
	if !n.Day.IsZero() {
		d.Day = time.Date(n.Day.Year, n.Day.Month, n.Day.Day, 0, 0, 0, 0, b.cfg.Calendar.Zone())
		d.Ended = n.Day.Compare(b.today()) < 0
	}
	if n.Kind == retrieval.Superseded && n.Day.Compare(b.today()) <= 0 {
		d.Day = time.Time{} // the new one is there already
	}
	return d
}

func ownText(c retrieval.Cared) prompts.OwnDocument {
	title := c.Title
	if title == "" { // it was never read
		title = c.Path[strings.LastIndexByte(c.Path, '/')+1:]
	}
	return prompts.OwnDocument{Number: c.ID, Title: answer.Safe(title), Path: answer.Safe(c.Path), Attached: c.Attached}
}

// failures are the reasons of the index by how they begin.
var failures = []struct{ beginning, kind string }{
	{"empty", "empty"}, {"too large", "large"}, {"not text", "not_text"}, {"unsupported type", "unsupported"}, {"front matter", "head"},
	{"damaged", "damaged"}, {"reader crashed", "damaged"}, {"encrypted", "encrypted"}, {"no text layer", "pictures"}, {"unsafe", "unsafe"},
	{"too slow", "heavy"}, {"too much memory", "heavy"},
	{"valid_", "head"}, {"rank:", "head"}, {"review_date:", "head"}, {"collection ", "head"},
}

func failureKind(reason string) string {
	for _, f := range failures {
		if strings.HasPrefix(reason, f.beginning) {
			return f.kind
		}
	}
	if strings.Contains(reason, ".meta.yaml:") {
		return "sidecar"
	}
	return "other"
}

// blockButtons are one for each of the first documents that are answered from.
func (b *Bot) blockButtons(notices []retrieval.Notice) (buttons []inbox.Button) {
	for _, n := range notices[:min(len(notices), maxNotices)] {
		button := b.blockButton(retrieval.Cared{ID: n.DocumentID})
		same := func(other inbox.Button) bool { return other.Subject == button[0].Subject }
		if n.Serves && b.cfg.Buttons && len(buttons) < maxBlockButtons && !slices.ContainsFunc(buttons, same) {
			buttons = append(buttons, button...)
		}
	}
	return buttons
}

// blockButton blocks a document, or releases one that is blocked.
func (b *Bot) blockButton(c retrieval.Cared) []inbox.Button {
	button := inbox.Button{Label: b.cfg.Texts.WordBlock(ownText(c)), Action: actionBlock, Subject: strconv.FormatInt(c.ID, 10), Spends: inbox.SpendsItself}
	if c.Blocked {
		button.Label, button.Action = b.cfg.Texts.WordRelease(ownText(c)), actionRelease
	}
	return []inbox.Button{button}
}

// careWord is what an owner wants of a document.
type careWord struct {
	action   string
	document int64
	reason   string
}

var careWords = regexp.MustCompile(`(?is)^[\s*_` + "`" + `]*(sperren|freigeben)\s+(?:nr\.?\s*)?(\d{1,18})[\s*_` + "`" + `.!]*(?::\s*(.*))?$`)

// careWordIn reads "sperren 412", "freigeben Nr. 412", "sperren 412: Anlage fehlt".
func careWordIn(message string) (careWord, bool) {
	m := careWords.FindStringSubmatch(message)
	if m == nil {
		return careWord{}, false
	}
	w := careWord{action: actionBlock, document: numberOf(m[2]), reason: shortReason(m[3])}
	if strings.EqualFold(m[1], "freigeben") {
		w.action = actionRelease
	}
	return w, true
}

// reasonRunes is the length up to which a reason is kept.
const reasonRunes = 300

func shortReason(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")), " ")
	return string([]rune(text)[:min(reasonRunes, runes(text))])
}

// care does what an owner wants of a document. Only the owner may: everybody
// else hears the same kind words, whether there is such a document or not.
func (b *Bot) care(ctx context.Context, t talk, w careWord) (inbox.Reply, error) {
	refusal := t.says("not the owner", b.cfg.Texts.CareNotYours())
	if b.cfg.Care == nil {
		return refusal, nil
	}
	document, err := b.cfg.Care.Cared(ctx, w.document)
	if errors.Is(err, retrieval.ErrNoDocument) {
		return refusal, nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	if own, err := b.looksAfter(ctx, t.asker, document); err != nil || !own {
		return refusal, err
	}
	reply, err := b.blockOrRelease(ctx, t, w, document)
	if errors.Is(err, retrieval.ErrNoDocument) { // it left its source a moment ago
		return refusal, nil
	}
	return reply, err
}

// blockOrRelease does it and says how the document stands now.
func (b *Bot) blockOrRelease(ctx context.Context, t talk, w careWord, document retrieval.Cared) (inbox.Reply, error) {
	own := ownText(document)
	text := b.cfg.Texts.CareReleased(own)
	document.Blocked = w.action == actionBlock
	var err error
	if document.Blocked {
		text = b.cfg.Texts.CareBlocked(own)
		err = b.cfg.Care.Block(ctx, document.ID, retrieval.Block{At: b.cfg.Now(), By: retrieval.ByOwner, Reason: w.reason})
	} else {
		err = b.cfg.Care.Release(ctx, document.ID)
	}
	if covered, ok := errors.AsType[*retrieval.CoveredError](err); ok {
		own.Whole = covered.Whole
		return t.says(w.action, b.cfg.Texts.CareCovered(own)), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	reply := t.says(w.action, text)
	if b.cfg.Buttons {
		reply.Drafts[0].Buttons = b.blockButton(document)
	}
	return reply, nil
}

// looksAfter reports whether the user is the contact of a document now, asked
// past every cache.
func (b *Bot) looksAfter(ctx context.Context, userID string, document retrieval.Cared) (bool, error) {
	user, err := b.cfg.Directory.User(ctx, userID, true)
	if err != nil {
		return false, unreachable(err)
	}
	staff, err := b.cfg.Directory.Staff(ctx, userID, true)
	if err != nil {
		return false, unreachable(err)
	}
	return staff && document.Contact != "" && strings.EqualFold(user.Username, document.Contact), nil
}

// confirmNotices looks once more whether notices may go to whom they are for, and
// whether they still hold: the platform may have been away for hours.
func (b *Bot) confirmNotices(ctx context.Context, q inbox.Question, d inbox.Draft) error {
	staff, err := b.cfg.Directory.Staff(ctx, d.ToUserID, true)
	if err != nil {
		return fmt.Errorf("confirm owner: %w", unreachable(err))
	}
	if !staff {
		return fmt.Errorf("confirm owner: not one of the staff: %w", inbox.ErrGone)
	}
	now, err := b.notices(ctx, q)
	if err != nil {
		return fmt.Errorf("confirm notices: %w", err)
	}
	if now.Drop || now.Drafts[0].Text != d.Text {
		return fmt.Errorf("confirm notices: %w", inbox.ErrChanged)
	}
	return nil
}
