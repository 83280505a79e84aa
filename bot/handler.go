package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// message is one arrival with the post that it is about, as read again.
type message struct {
	inbox.Question
	post    Post
	channel Channel
	text    string // without the mention of the bot
}

// direct reports whether the bot and one person are alone.
func (m message) direct() bool { return m.channel.Kind == DirectChannel }

// root is the thread that the reply goes to.
func (m message) root() string { return rootOf(m.Key, m.RootID) }

// lookup asks for rights past the caches once a reply has been started anew: the
// caches may be what was wrong with it.
func (m message) lookup(d Directory) lookup { return lookup{directory: d, fresh: m.Try > 1} }

// Handle works out the replies to one arrival. It may be called again for the
// same one: whatever it changes is marked with the arrival's id.
func (b *Bot) Handle(ctx context.Context, q inbox.Question) (inbox.Reply, error) {
	switch q.Origin {
	case inbox.FromButton:
		return b.pressed(ctx, q)
	case inbox.FromHouse:
		return b.notices(ctx, q)
	}
	post, err := b.cfg.Posts.Post(ctx, q.Key)
	if err != nil {
		return inbox.Reply{}, fmt.Errorf("read question (%s): %w", q.ID, unreachable(err))
	}
	ours, err := b.judge(ctx, post) // an edit may have taken the mention away
	if err != nil {
		return inbox.Reply{}, fmt.Errorf("judge question (%s): %w", q.ID, err)
	}
	channel, err := b.cfg.Directory.Channel(ctx, post.ChannelID, false)
	if err != nil {
		return inbox.Reply{}, fmt.Errorf("read channel of question (%s): %w", q.ID, unreachable(err))
	}
	m := message{Question: q, post: post, channel: channel, text: withoutMention(post.Text, b.cfg.Self.Username)}
	m.ChannelID, m.RootID, m.UserID = post.ChannelID, post.RootID, post.UserID
	m.Revision = revision(post)
	if !ours {
		return inbox.Reply{Drop: true, Reason: "not addressed", Revision: m.Revision}, nil
	}
	reply, err := b.route(ctx, m)
	if err != nil {
		return inbox.Reply{}, fmt.Errorf("handle question (%s): %w", q.ID, err)
	}
	reply.Revision = m.Revision
	return reply, nil
}

// revision is the time of a post's last edit as the inbox counts it.
func revision(p Post) int64 {
	if p.EditedAt.IsZero() {
		return 0
	}
	return p.EditedAt.UnixMilli()
}

// route finds the way of a message. A word that steers must be the whole
// message; in a direct message "ja" and its like are always such words, so that
// a yes that comes too late is not searched for.
func (b *Bot) route(ctx context.Context, m message) (inbox.Reply, error) {
	if m.Action == actionPause {
		return b.notice(m, "pause", b.cfg.Texts.Budget()), nil
	}
	hosts, err := b.hosts(ctx)
	if err != nil {
		return inbox.Reply{}, err
	}
	if hosts.ID != "" && m.ChannelID == hosts.ID && isHostAnswer(m.text) {
		return b.hostAnswers(ctx, m)
	}
	if word, ok := careWordIn(m.text); ok && m.direct() {
		return b.care(ctx, m.talk(), word)
	}
	admitted, err := b.admits(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	if !admitted {
		return b.pilotNotice(m), nil
	}
	switch word, text := wordIn(m.text); {
	case word == wordHandover:
		return b.preview(ctx, m)
	case m.direct() && word == wordYes:
		return b.agree(ctx, m.talk(), "")
	case m.direct() && word == wordNo:
		return b.decline(ctx, m.talk(), "")
	case m.direct() && word == wordChange:
		return b.change(ctx, m, text)
	case m.direct() && word == wordSettled:
		return b.settle(ctx, m.talk(), 0)
	case m.direct() && word == wordOpen:
		return b.reopen(ctx, m.talk(), 0)
	case word == wordThanks && (m.direct() || m.RootID == ""):
		return b.notice(m, "thanks", b.cfg.Texts.Thanks()), nil
	case word != wordNone && m.RootID != "": // people among themselves
		return inbox.Reply{Drop: true, Reason: "no question"}, nil
	}
	return b.question(ctx, m)
}

// pressed does what a button says. The word for it does the same.
func (b *Bot) pressed(ctx context.Context, q inbox.Question) (inbox.Reply, error) {
	channel, err := b.cfg.Directory.Channel(ctx, q.ChannelID, false)
	if err != nil {
		return inbox.Reply{}, fmt.Errorf("read channel of button (%s): %w", q.ID, unreachable(err))
	}
	t := talk{question: q, asker: q.UserID, rootID: q.RootID}
	if channel.Kind == DirectChannel {
		t.channelID = q.ChannelID
	}
	var reply inbox.Reply
	switch q.Action {
	case actionPreview:
		reply, err = b.previewOf(ctx, t, q.Subject)
	case actionYes:
		reply, err = b.agree(ctx, t, q.Subject)
	case actionNo:
		reply, err = b.decline(ctx, t, q.Subject)
	case actionSettled:
		reply, err = b.settle(ctx, t, numberOf(q.Subject))
	case actionOpen:
		reply, err = b.reopen(ctx, t, numberOf(q.Subject))
	case actionBlock, actionRelease:
		reply, err = b.care(ctx, t, careWord{action: q.Action, document: numberOf(q.Subject)})
	default:
		return inbox.Reply{Drop: true, Reason: "unknown button"}, nil
	}
	if err != nil {
		return inbox.Reply{}, fmt.Errorf("handle button (%s): %w", q.ID, err)
	}
	return reply, nil
}

// Failed says that there will be no answer, and where people help.
func (b *Bot) Failed(ctx context.Context, q inbox.Question) inbox.Reply {
	draft := inbox.Draft{Text: b.programText(b.cfg.Texts.Failed(b.nextDate(officehours.Single))), Machine: true}
	switch q.Origin {
	case inbox.FromPost:
		draft.ChannelID, draft.RootID = q.ChannelID, rootOf(q.Key, q.RootID)
	case inbox.FromHouse:
		draft.ToUserID, draft.Text = q.UserID, b.programText(b.cfg.Texts.CareFailed())
	default:
		draft.ToUserID = q.UserID
	}
	b.cfg.Log.WarnContext(ctx, "question told as failed", "question", q.ID, "state", string(q.State))
	return inbox.Reply{Outcome: "failed", Drafts: []inbox.Draft{draft}}
}

// Confirm looks once more, past every cache, whether a reply may still go out:
// the asking post is there and unchanged, and everybody who will read the reply
// may read what it rests on. While the platform cannot be asked, nothing goes.
func (b *Bot) Confirm(ctx context.Context, q inbox.Question, d inbox.Draft) error {
	if numberAbout(d.About, aboutCard) != 0 {
		return b.confirmHosts(ctx, d.ChannelID)
	}
	if numberAbout(d.About, aboutBundle) != 0 {
		return b.confirmNotices(ctx, q, d)
	}
	used, rests := restsOn(d.About)
	if !rests {
		return nil
	}
	post, err := b.cfg.Posts.Post(ctx, q.Key)
	switch {
	case err != nil:
		return fmt.Errorf("confirm (%s): %w", q.ID, unreachable(err))
	case post.Deleted:
		return fmt.Errorf("confirm (%s): question deleted: %w", q.ID, inbox.ErrGone)
	case revision(post) > q.Revision:
		return fmt.Errorf("confirm (%s): question edited: %w", q.ID, inbox.ErrChanged)
	case len(used) == 0:
		return nil
	}
	return b.confirmRights(ctx, post, d, used)
}

func (b *Bot) confirmRights(ctx context.Context, post Post, d inbox.Draft, used []string) error {
	channel, err := b.cfg.Directory.Channel(ctx, post.ChannelID, true)
	if err != nil {
		return fmt.Errorf("confirm rights: %w", unreachable(err))
	}
	collections, err := b.collections(ctx, used)
	if err != nil {
		return fmt.Errorf("confirm rights: %w", err)
	}
	readers, err := b.audience(ctx, lookup{b.cfg.Directory, true}, channel, post.UserID, collections)
	if err != nil {
		return fmt.Errorf("confirm rights: %w", err)
	}
	may := readers.here
	if d.ToUserID != "" {
		may = readers.personal
	}
	for _, name := range used {
		if !may.May(name) {
			return fmt.Errorf("confirm rights: a reader may not read what the answer rests on: %w", inbox.ErrChanged)
		}
	}
	return nil
}

// notice is a short word to whoever wrote.
func (b *Bot) notice(m message, outcome, text string) inbox.Reply {
	return inbox.Reply{Outcome: outcome, Drafts: []inbox.Draft{{
		ChannelID: m.ChannelID, RootID: m.root(), Text: b.programText(text), Machine: true,
	}}}
}

// programText says below a text that a program wrote it.
func (b *Bot) programText(text string) string {
	return text + "\n\n" + b.cfg.Texts.Machine(prompts.Made{})
}

// next is the next date of the format that fits a kind of question.
func (b *Bot) next(kind officehours.Kind) *prompts.NextSession {
	return sessionText(b.cfg.Calendar.Propose(kind, b.cfg.Now()))
}

// NextSession returns the date that belongs below an answer: that of the format
// that the question speaks of, because documents tell of past dates, too; below
// an answer that settles nothing, that of the format which fits the question.
// Nil: none.
func NextSession(c *officehours.Calendar, question string, settled bool, now time.Time) *prompts.NextSession {
	if f, ok := c.Named(question); ok {
		return sessionText(c.Next(f.ID, now))
	}
	if settled {
		return nil
	}
	return sessionText(c.Propose(officehours.KindOf(question), now))
}

func sessionText(s officehours.Session, ok bool) *prompts.NextSession {
	if !ok {
		return nil
	}
	return &prompts.NextSession{
		Format: answer.Link(s.Format.Name, s.Format.Link),
		At:     s.At,
		Place:  answer.Safe(s.Format.Place),
	}
}

// nextDate is the same as a ticket's text wants it.
func (b *Bot) nextDate(kind officehours.Kind) prompts.Ticket {
	n := b.next(kind)
	if n == nil {
		return prompts.Ticket{}
	}
	return prompts.Ticket{Format: n.Format, At: n.At, Place: n.Place}
}

// A word that steers the talk, if it is the whole message.
type word int

const (
	wordNone word = iota
	wordHandover
	wordYes
	wordNo
	wordChange
	wordSettled
	wordOpen
	wordThanks
)

var words = map[string]word{
	"sprechstunde":        wordHandover,
	"in die sprechstunde": wordHandover,
	"ja":                  wordYes,
	"ja bitte":            wordYes,
	"ja gern":             wordYes,
	"ja gerne":            wordYes,
	"ja übergeben":        wordYes,
	"nein":                wordNo,
	"nein danke":          wordNo,
	"geklärt":             wordSettled,
	"geklaert":            wordSettled,
	"ist geklärt":         wordSettled,
	"geklärt danke":       wordSettled,
	"danke geklärt":       wordSettled,
	"noch offen":          wordOpen,
	"ist noch offen":      wordOpen,
	"leider noch offen":   wordOpen,
	"danke":               wordThanks,
	"dankeschön":          wordThanks,
	"danke schön":         wordThanks,
	"danke sehr":          wordThanks,
	"vielen dank":         wordThanks,
	"ok danke":            wordThanks,
	"super danke":         wordThanks,
	"alles klar danke":    wordThanks,
}

// wordIn returns the word that the whole message is, whatever its case and
// signs; for wordChange also what stands behind it.
func wordIn(message string) (w word, rest string) {
	plain := strings.Join(strings.FieldsFunc(strings.ToLower(message), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
	if w := words[plain]; w != wordNone {
		return w, ""
	}
	trimmed := strings.TrimLeftFunc(message, func(r rune) bool { return !unicode.IsLetter(r) })
	head, rest, found := strings.Cut(trimmed, ":")
	head = strings.ToLower(strings.TrimRight(strings.TrimSpace(head), "*_"))
	if found && (head == "ändern" || head == "aendern") {
		return wordChange, strings.TrimSpace(strings.TrimLeft(rest, "*_"))
	}
	return wordNone, ""
}

// isErr reports whether an error is one of those given.
func isErr(err error, targets ...error) bool {
	for _, t := range targets {
		if errors.Is(err, t) {
			return true
		}
	}
	return false
}

// pauseBeforeRetry is how long a reply waits for something that people must put right.
const pauseBeforeRetry = time.Minute
