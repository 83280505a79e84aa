package bottest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/bot"
	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/answer/hardlist"
	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/bot/care"
	"lvr.example/sprechstunde/bot/channels"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/desk"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/feedback"
	"lvr.example/sprechstunde/bot/gaps"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
	"lvr.example/sprechstunde/bot/knowledge"
	"lvr.example/sprechstunde/bot/leancoffee"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/owndata"
	"lvr.example/sprechstunde/bot/reminders"
	"lvr.example/sprechstunde/bot/rights"
	"lvr.example/sprechstunde/bot/talk"
	"lvr.example/sprechstunde/prompts"
)

// House is the whole bot with a chat, an inbox and a desk in memory, and a few
// documents. Its clock moves only when a test moves it.
type House struct {
	*testing.T
	Now      time.Time
	Chat     *Chat
	Tickets  officehours.Store
	Inbox    inboxtest.Store
	Pipeline *inbox.Pipeline
	Bot      *bot.Bot
	Desk     *desk.Desk
	Care     *care.Care
	Coffee   *leancoffee.Room
	Known    *knowledge.Knowledge
	Gaps     *gaps.Gaps
	Reminds  *reminders.Reminders
	Shelf    *approved.Shelf
	Intake   chat.Intake
	Library  *Library
	Answers  *ask.Answerer
	Votes    *Votes
	calls    int

	deskConfig desk.Config
}

// Setup is what the rooms are built of; a test may change it before.
type Setup struct {
	Buttons  bool // in all rooms
	Answerer ask.AnswererConfig
	Rights   rights.Config
	Ask      ask.Config
	Desk     desk.Config
	Care     care.Config
	Coffee   leancoffee.Config
	Known    knowledge.Config
	Channels channels.Config
	Gaps     gaps.Config
	Feedback feedback.Config
	OwnData  owndata.Config
	Talk     talk.Config
	Bot      bot.Config
	Reminds  reminders.Config
}

// Stores are what a House keeps its questions and tickets in.
type Stores func(now func() time.Time) (inboxtest.Store, officehours.Store)

// NewHouse has the people anna, berta, carl (staff), gast (guest) and the hosts
// heide and holger, the public channel "allgemein", the private channels
// "personal" (anna; gate of the collection "Personal") and "gastgeber".
func NewHouse(t *testing.T, changes ...func(*Setup)) *House {
	t.Helper()
	return NewHouseOn(t, func(now func() time.Time) (inboxtest.Store, officehours.Store) {
		return inboxtest.NewMemory(now), &Desk{}
	}, changes...)
}

// NewHouseOn is NewHouse on other stores.
func NewHouseOn(t *testing.T, stores Stores, changes ...func(*Setup)) *House {
	t.Helper()
	h := &House{T: t, Now: time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC), Library: &Library{}, Votes: &Votes{}}
	clock := func() time.Time { return h.Now }
	h.Chat = peopled(clock)
	h.Inbox, h.Tickets = stores(clock)
	texts := prompts.Default()
	ear, err := ear()
	h.Check(err)
	self, calendar := h.Chat.Self, h.calendar()
	hard, err := hardlist.Load()
	if err != nil {
		t.Fatal(err)
	}
	posts := talk.WithCommands(h.Chat, h.Inbox, self)
	setup := Setup{
		Answerer: ask.AnswererConfig{
			Searcher: h.Library,
			Composer: answer.New(answer.Config{Texts: texts, Log: slog.New(slog.DiscardHandler)}),
			HardList: hard,
			Contacts: answer.Contacts{answer.Breach: {Name: "Meldestelle", Reach: "Telefon 2055"}, answer.Personnel: {Name: "Personalservice", Reach: "Telefon 2100"}},
			Fields:   answer.Fields{{Words: []string{"drucker"}, Contact: answer.Contact{Name: "IT-Servicedesk", Reach: "Telefon 1234"}}},
			Calendar: calendar,
			Texts:    texts,
			Now:      clock,
		},
		Rights: rights.Config{Directory: h.Chat, Collections: h.Library, Shelf: h.Library},
		Desk: desk.Config{
			Self: self, Posts: posts, Ear: ear, Directory: h.Chat, Store: h.Tickets, Calendar: calendar, Texts: texts,
			Files: h.Chat, Hosts: desk.Hosts{Channel: Hosts, Duty: []string{"heide"}}, Now: clock,
		},
		Coffee:   leancoffee.Config{Store: &Coffees{}, Directory: h.Chat, Texts: texts, Zone: calendar.Zone(), Now: clock},
		Known:    knowledge.Config{Versions: &Versions{}, Documents: h.Library, Collections: h.Library, Directory: h.Chat, Texts: texts, Now: clock},
		Gaps:     gaps.Config{Self: self, Store: &Gaps{}, Posts: h.Chat, Documents: h.Library, Owners: h.Library, Directory: h.Chat, Calendar: calendar, Texts: texts, Now: clock},
		Care:     care.Config{Directory: h.Chat, Texts: texts, Zone: calendar.Zone(), Now: clock},
		Feedback: feedback.Config{Self: self, Posts: posts, Directory: h.Chat, Votes: h.Votes, Answers: h.Inbox, Reactions: h.Chat, Texts: texts, Now: clock},

		Reminds:  reminders.Config{Store: &Reminders{}, Directory: h.Chat, Calendar: calendar, Texts: texts, Now: clock},
		OwnData:  owndata.Config{Texts: texts},
		Channels: channels.Config{Self: self, Posts: h.Chat, Directory: h.Chat, Store: &Channels{}, Questions: h.Inbox, Texts: texts, Now: clock},
		Talk:     talk.Config{Self: self, Posts: posts, Ear: ear, Outcomes: h.Inbox, Told: &Told{}, Texts: texts, Zone: calendar.Zone(), Now: clock},
		Ask:      ask.Config{Self: self, Posts: posts, Directory: h.Chat, Ear: ear, Answers: h.Inbox, Calendar: calendar, Texts: texts, Now: clock},
		Bot:      bot.Config{Self: self, Posts: h.Chat, Directory: h.Chat, Calendar: calendar, Texts: texts, Now: clock},
	}
	for _, change := range changes {
		change(&setup)
	}
	h.build(setup)
	return h
}

// ear is made once: it is the same for all tests.
var ear = sync.OnceValues(func() (*dialogue.Ear, error) {
	return dialogue.New("Offene KI-Sprechstunde", "LeanCoffee", "WissenToGo", "Ethikrunde")
})

// peopled is a chat with everybody in it.
func peopled(clock func() time.Time) *Chat {
	c := NewChat(clock)
	for _, name := range []string{"anna", "berta", "carl", "heide", "holger"} {
		c.AddUser(name)
	}
	c.AddUser("gast", func(u *chat.User) { u.Guest = true })
	c.AddChannel("allgemein", chat.PublicChannel, "anna", "berta", "carl")
	c.AddChannel("gaeste", chat.PublicChannel, "anna", "gast")
	c.AddChannel("personal", chat.PrivateChannel, "anna", "carl")
	c.AddChannel("gastgeber", chat.PrivateChannel, "heide", "holger")
	return c
}

func (h *House) calendar() *officehours.Calendar {
	h.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	h.Check(err)
	calendar, err := officehours.NewCalendar(zone, []officehours.Format{
		{ID: "sprechstunde", Name: "Offene KI-Sprechstunde", Place: "Raum 2.17", Link: "https://intranet.example/sprechstunde",
			Schedule: "DTSTART;TZID=Europe/Berlin:20260108T140000\nRRULE:FREQ=WEEKLY;BYDAY=TH", Accepts: []officehours.Kind{officehours.Single, officehours.Rule}},
		{ID: "ethikrunde", Name: "Ethikrunde", Schedule: "DTSTART;TZID=Europe/Berlin:20260119T150000\nRRULE:FREQ=MONTHLY;BYDAY=3MO", Accepts: []officehours.Kind{officehours.Values}},
	})
	h.Check(err)
	return calendar
}

// build makes the rooms from the ground floor up.
func (h *House) build(s Setup) {
	h.Helper()
	s.Desk.Buttons, s.Care.Buttons, s.Ask.Buttons, s.Coffee.Buttons, s.Known.Buttons = s.Buttons, s.Buttons, s.Buttons, s.Buttons, s.Buttons
	h.Shelf = h.shelf(s)
	if s.Answerer.Approved == nil {
		s.Answerer.Approved = h.Shelf
	}
	answers, err := ask.NewAnswerer(s.Answerer)
	h.Check(err)
	readers, err := rights.New(s.Rights)
	h.Check(err)
	h.Answers, s.Ask.Answerer, s.Desk.Refuser, s.Desk.Whole, s.Desk.Leans = answers, answers, answers, ask.Whole, ask.Leans
	s.Desk.Advisor = ask.Advisor{Answerer: answers, Readers: readers}
	s.Desk.Said = ask.Said{Answers: h.Inbox, Rights: readers, Texts: s.Desk.Texts}
	h.Tickets, h.deskConfig = s.Desk.Store, s.Desk
	h.Desk, err = desk.New(s.Desk)
	h.Check(err)
	h.Care, err = care.New(s.Care)
	h.Check(err)
	h.Coffee, err = leancoffee.New(s.Coffee)
	h.Check(err)
	s.Known.Shelf, s.Known.Desk, s.Known.Tickets, s.Known.Readers = h.Shelf, h.Desk, h.Tickets, readers
	h.Known, err = knowledge.New(s.Known)
	h.Check(err)
	s.Gaps.Desk, s.Gaps.Readers = h.Desk, readers
	h.Gaps, err = gaps.New(s.Gaps)
	h.Check(err)
	s.Bot.Knowledge, s.Bot.Gaps = h.Known, h.Gaps
	s.Ask.Readers, s.Ask.People = readers, h.Desk
	s.Bot.Rights, s.Bot.Desk, s.Bot.Care, s.Bot.Coffee = readers, h.Desk, h.Care, h.Coffee
	s.Feedback.Readers, s.OwnData.Buttons, s.Talk.People = readers, s.Buttons, h.Desk
	s.Bot.Feedback, err = feedback.New(s.Feedback)
	h.Check(err)
	s.Bot.OwnData, err = owndata.New(s.OwnData)
	h.Check(err)
	s.Reminds.Talk, s.Reminds.Tickets = h.Desk, h.Desk.Remind
	h.Reminds, err = reminders.New(s.Reminds)
	h.Check(err)
	s.Bot.Reminders = h.Reminds
	s.Channels.People = h.Desk
	s.Bot.Channels, err = channels.New(s.Channels)
	h.Check(err)
	s.Bot.Talk, err = talk.New(s.Talk)
	h.Check(err)
	s.Ask.Channels = s.Bot.Channels
	s.Bot.Asking, err = ask.New(s.Ask)
	h.Check(err)
	h.Bot, err = bot.New(s.Bot)
	h.Check(err)
	h.Pipeline, err = inbox.New(inbox.Config{Store: h.Inbox, Chat: h.Chat, Handler: h.Bot, Now: s.Bot.Now, Log: slog.New(slog.DiscardHandler)})
	h.Check(err)
	h.Intake = h.Bot.Intake(h.Pipeline)
}

// shelf holds what hosts have approved.
func (h *House) shelf(s Setup) *approved.Shelf {
	h.Helper()
	shelf, err := approved.NewShelf(approved.Config{
		Documents: h.Library, Texts: s.Bot.Texts, Now: s.Bot.Now, Load: func(ctx context.Context) ([]approved.Answer, error) {
			versions, err := s.Known.Versions.Current(ctx, 0, "")
			return approved.Joined(nil, versions), err
		},
	})
	h.Check(err)
	return shelf
}

// Replica is another desk on the same chat and tickets.
func (h *House) Replica(change func(*desk.Config)) *desk.Desk {
	h.Helper()
	cfg := h.deskConfig
	change(&cfg)
	other, err := desk.New(cfg)
	h.Check(err)
	return other
}

// Check ends the test at an error.
func (h *House) Check(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// Says writes a post, lets the bot work and returns the post.
func (h *House) Says(user, channel, root, text string, changes ...func(*chat.Post)) chat.Post {
	h.Helper()
	h.Now = h.Now.Add(time.Second)
	p := h.Chat.Write(user, channel, root, text, changes...)
	h.Check(h.Intake.Posted(context.Background(), p))
	h.Works()
	return p
}

// Works lets the bot do all that is queued.
func (h *House) Works() {
	h.Helper()
	h.Now = h.Now.Add(time.Second)
	for range 20 {
		jobs, err := h.Inbox.TakeJobs(context.Background())
		h.Check(err)
		if len(jobs) == 0 {
			return
		}
		for _, id := range jobs {
			h.Check(h.Pipeline.Work(context.Background(), id))
		}
	}
	h.Fatal("the bot does not come to an end")
}

// Wakes lets the bot take up what has been waiting for another try.
func (h *House) Wakes(after time.Duration) {
	h.Helper()
	h.Now = h.Now.Add(after)
	_, err := h.Inbox.Requeue(context.Background(), 10)
	h.Check(err)
	h.Works()
}

// New runs step and returns what the bot posted meanwhile.
func (h *House) New(step func()) []Made {
	h.Helper()
	before := h.Chat.Made("")
	step()
	return slices.DeleteFunc(h.Chat.Made(""), func(m Made) bool {
		return slices.ContainsFunc(before, func(b Made) bool { return b.ID == m.ID })
	})
}

// Reply runs step and returns the one post that the bot made meanwhile.
func (h *House) Reply(step func()) Made {
	h.Helper()
	made := h.New(step)
	if len(made) != 1 {
		h.Fatalf("the bot made %d posts, want 1: %+v", len(made), made)
	}
	return made[0]
}

// Aside runs step, in a channel, and returns the one post that the bot made to
// its author alone. It is to leave a trace in the channel.
func (h *House) Aside(step func()) Made {
	h.Helper()
	made := h.New(step)
	if len(made) != 2 || !strings.HasPrefix(made[0].ChannelID, "direct/") || !strings.Contains(made[1].Text, "Direktnachricht") {
		h.Fatalf("the bot made %d posts, want a direct message and a trace: %+v", len(made), made)
	}
	return made[0]
}

// Silent runs step, in which the bot is to post nothing.
func (h *House) Silent(step func()) {
	h.Helper()
	if made := h.New(step); len(made) != 0 {
		h.Fatalf("the bot made %d posts, want none: %q", len(made), made[0].Text)
	}
}

// Wants looks for parts of a text.
func (h *House) Wants(m Made, parts ...string) {
	h.Helper()
	for _, part := range parts {
		if !strings.Contains(m.Text, part) {
			h.Errorf("%q is not in the reply:\n%s", part, m.Text)
		}
	}
}

// Lacks looks for parts that must not be there.
func (h *House) Lacks(m Made, parts ...string) {
	h.Helper()
	for _, part := range parts {
		if strings.Contains(m.Text, part) {
			h.Errorf("%q is in the reply:\n%s", part, m.Text)
		}
	}
}

// Golden compares posts with a reviewed file of the test's package, or writes it
// anew.
func (h *House) Golden(update bool, name string, made ...Made) {
	h.Helper()
	var b strings.Builder
	for _, m := range made {
		fmt.Fprintf(&b, "=== %s\n%s\n", m.ChannelID, m.Text)
		for _, button := range m.Draft.Buttons {
			fmt.Fprintf(&b, "[%s]\n", button.Label)
		}
	}
	file := filepath.Join("testdata", name+".golden")
	if update {
		h.Check(os.MkdirAll("testdata", 0o755))
		h.Check(os.WriteFile(file, []byte(b.String()), 0o644))
		return
	}
	want, err := os.ReadFile(file)
	h.Check(err)
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		h.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// Asks is a question in a channel or direct message that the documents do not
// settle, and the bot's answer.
func (h *House) Asks(user, channel string) (q chat.Post, reply Made) {
	h.Helper()
	text := "Darf ich Musik komponieren lassen?"
	if !strings.HasPrefix(channel, "direct/") {
		text = "@sprechstunde " + text
	}
	reply = h.Reply(func() { q = h.Says(user, channel, "", text) })
	return q, reply
}

// HandsOver takes a question of the user to the hosts and returns the card and
// the receipt.
func (h *House) HandsOver(user string) (card, receipt Made) {
	h.Helper()
	dm := Direct(user)
	q, _ := h.Asks(user, dm)
	h.Reply(func() { h.Says(user, dm, q.ID, "Sprechstunde") })
	made := h.New(func() { h.Says(user, dm, q.ID, "ja") })
	if len(made) != 2 {
		h.Fatalf("a yes made %d posts, want card and receipt", len(made))
	}
	return made[0], made[1]
}

// Press presses a button as the post was made, and lets the bot work.
func (h *House) Press(user string, m Made, label string) {
	h.Helper()
	h.Presses(user, m, label, nil)
	h.Works()
}

// Opens presses a button as the post was made, and returns the dialog that it
// opens.
func (h *House) Opens(user string, m Made, label string) (chat.Dialog, chat.Submission) {
	h.Helper()
	h.Now = h.Now.Add(time.Second)
	click, err := h.Chat.PressStale(user, m, label)
	h.Check(err)
	d, err := h.Intake.Opens(context.Background(), click)
	h.Check(err)
	h.Check(d.Check())
	s := chat.Submission{Click: click, Values: map[string]string{}}
	for _, f := range d.Fields {
		s.Values[f.Name] = f.Value
	}
	return d, s
}

// Submits opens a dialog, fills these values in besides those that stand there,
// sends it off and lets the bot work.
func (h *House) Submits(user string, m Made, label string, values map[string]string) chat.Faults {
	h.Helper()
	d, s := h.Opens(user, m, label)
	if len(d.Fields) == 0 {
		h.Fatalf("%q opens no dialog", label)
	}
	maps.Copy(s.Values, values)
	faults, err := h.Intake.Submitted(context.Background(), s)
	h.Check(err)
	h.Works()
	return faults
}

// Calls types a slash command in a channel and lets the bot work.
func (h *House) Calls(user, channel, text string) {
	h.Helper()
	h.Now = h.Now.Add(time.Second)
	h.calls++
	h.Check(h.Intake.Commanded(context.Background(), chat.Command{ID: fmt.Sprint("call", h.calls), Text: text, ChannelID: channel, UserID: user, At: h.Now}))
	h.Works()
}

// Presses presses a button as the post was made, and tells the bot twice.
func (h *House) Presses(user string, m Made, label string, want error) {
	h.Helper()
	h.Now = h.Now.Add(time.Second)
	click, err := h.Chat.PressStale(user, m, label)
	h.Check(err)
	if err := h.Intake.Pressed(context.Background(), click); !errors.Is(err, want) {
		h.Errorf("press %q: %v, want %v", label, err, want)
	}
	if err := h.Intake.Pressed(context.Background(), click); !errors.Is(err, inbox.ErrPressed) {
		h.Errorf("the same press of %q once more: %v", label, err)
	}
}

// The channels.
const (
	Everybody  = Team + "/allgemein"
	WithGuests = Team + "/gaeste"
	Personnel  = Team + "/personal"
	Hosts      = Team + "/gastgeber"
)
