package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot"
	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/rights"
)

func TestOnlyWhatIsAddressedIsAnswered(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Silent(func() { h.Says("anna", bottest.Everybody, "", "Darf ich Protokolle mit KI schreiben?") })
	h.Silent(func() { h.Says("anna", bottest.Everybody, "", "`@sprechstunde` Darf ich Protokolle schreiben?") })
	h.Silent(func() {
		h.Says("anna", bottest.Everybody, "", "@sprechstunde Protokoll?", func(p *chat.Post) { p.Automated = true })
	})
	h.Chat.AddUser("anderer.bot", func(u *chat.User) { u.Bot = true })
	h.Silent(func() { h.Says("anderer.bot", bottest.Direct("anderer.bot"), "", "Protokoll?") })
	got := h.Reply(func() { h.Says("anna", bottest.Everybody, "", "@Sprechstunde, darf ich Protokolle mit KI schreiben?") })
	h.Wants(got, "Protokolle dürfen")
}

func TestEditedAndDeletedQuestions(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	q := h.Says("anna", bottest.Everybody, "", "@sprechstunde Darf ich Protokolle schreiben?")
	edit := func(text string) {
		h.Now = h.Now.Add(time.Second)
		h.Check(h.Intake.Edited(context.Background(), h.Chat.Edit(q.ID, text)))
		h.Works()
	}
	h.Wants(h.Reply(func() { edit("@sprechstunde Wo ist der Eingang?") }), "Gäste melden sich")
	if n := len(h.Chat.Made("")); n != 1 {
		t.Errorf("%d answers stand after the edit, want 1", n)
	}
	edit("Hat sich erledigt")
	if n := len(h.Chat.Made("")); n != 0 {
		t.Errorf("%d answers stand after the mention went, want none", n)
	}
	h.Reply(func() { edit("@sprechstunde Darf ich Protokolle schreiben?") })
	h.Chat.Remove(q.ID)
	h.Check(h.Intake.Deleted(context.Background(), q.ID))
	h.Works()
	if n := len(h.Chat.Made("")); n != 0 {
		t.Errorf("%d answers stand after the deletion, want none", n)
	}

	late := h.Chat.Write("berta", bottest.Everybody, "", "Darf ich Protokolle schreiben?")
	h.Check(h.Intake.Posted(context.Background(), late))
	q = late
	h.Wants(h.Reply(func() { edit("@sprechstunde Darf ich Protokolle schreiben?") }), "Protokolle dürfen")
}

func TestLateAnswerSaysSo(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	p := h.Chat.Write("anna", bottest.Direct("anna"), "", "Darf ich Protokolle schreiben?")
	h.Now = h.Now.Add(time.Hour)
	got := h.Reply(func() {
		h.Check(h.Intake.Posted(context.Background(), p))
		h.Works()
	})
	h.Wants(got, "verspätet", "Protokolle dürfen")
}

func TestFailureIsToldWithAWayToPeople(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Library.Err = bottest.ErrDown
	got := h.Reply(func() {
		h.Says("anna", bottest.Direct("anna"), "", "Darf ich Protokolle schreiben?")
		for range 10 {
			h.Wakes(2 * time.Minute)
		}
	})
	h.Wants(got, "nicht geklappt", "Offene KI-Sprechstunde", "Donnerstag, 5. März 2026")
	h.Lacks(got, "down")
}

func TestBudgetEndsALoopWithOneNotice(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Bot.Budget.PerUser = 3 })
	made := h.New(func() {
		for range 6 {
			h.Says("anna", bottest.Direct("anna"), "", "Darf ich Protokolle schreiben?")
		}
	})
	if len(made) != 4 {
		t.Fatalf("the bot made %d posts, want 3 answers and a notice", len(made))
	}
	h.Wants(made[3], "kurze Pause")
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Direct("berta"), "", "Darf ich Protokolle schreiben?") }), "Protokolle dürfen")
	h.Now = h.Now.Add(time.Minute)
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "Darf ich Protokolle schreiben?") }), "Protokolle dürfen")
}

func TestBudgetOfAThread(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Bot.Budget.PerThread = 2 })
	q := h.Says("anna", bottest.Everybody, "", "@sprechstunde Darf ich Protokolle schreiben?")
	h.Reply(func() { h.Says("berta", bottest.Everybody, q.ID, "@sprechstunde Wo ist der Eingang?") })
	h.Wants(h.Reply(func() { h.Says("carl", bottest.Everybody, q.ID, "@sprechstunde Wo ist der Eingang?") }), "kurze Pause")
	h.Silent(func() { h.Says("anna", bottest.Everybody, q.ID, "@sprechstunde Wo ist der Eingang?") })
}

func TestPilotAnswersItsGroupAndTellsOthersOnceADay(t *testing.T) {
	t.Parallel()
	const question = "Darf ich Protokolle schreiben?"
	h := bottest.NewHouse(t, func(c *bottest.Setup) {
		c.Rights.Pilot = rights.Pilot{Users: []string{"@Anna"}, Channels: []string{bottest.Personnel}}
	})
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", question) }), "Protokolle dürfen")
	h.Wants(h.Reply(func() { h.Says("carl", bottest.Direct("carl"), "", question) }), "Protokolle dürfen")
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Direct("berta"), "", question) }), "kleine Gruppe")
	h.Silent(func() { h.Says("berta", bottest.Direct("berta"), "", question) })
	h.Now = h.Now.Add(24 * time.Hour)
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Direct("berta"), "", question) }), "kleine Gruppe")

	told := &bottest.Told{} // what replicas share
	outside := func(s *bottest.Setup) { s.Rights.Pilot, s.Talk.Told = rights.Pilot{Users: []string{"anna"}}, told }
	first, second := bottest.NewHouse(t, outside), bottest.NewHouse(t, outside)
	first.Wants(first.Reply(func() { first.Says("berta", bottest.Direct("berta"), "", question) }), "kleine Gruppe")
	second.Says("carl", bottest.Direct("carl"), "", question)
	second.Silent(func() { second.Says("berta", bottest.Direct("berta"), "", question) })

	team := bottest.NewHouse(t, func(c *bottest.Setup) { c.Rights.Pilot.Teams = []string{bottest.Team} })
	team.Chat.AddChannel("town-square", chat.PublicChannel, "berta")
	team.Wants(team.Reply(func() { team.Says("berta", bottest.Direct("berta"), "", question) }), "Protokolle dürfen")
	team.Wants(team.Reply(func() { team.Says("carl", bottest.Direct("carl"), "", question) }), "kleine Gruppe")
}

func TestConfigSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	if _, err := bot.New(bot.Config{}); err == nil || !strings.Contains(err.Error(), "Posts and Directory must be set") ||
		!strings.Contains(err.Error(), "Talk, Rights, Asking, Desk, Care, Coffee, Knowledge, Reminders, Gaps, Channels, Feedback and OwnData must be set") {
		t.Errorf("New = %v", err)
	}
}

func TestWhatColleaguesSayShowsNoSignOfWork(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	q := h.Says("berta", bottest.Everybody, "", "@sprechstunde Darf ich Protokolle schreiben?")
	mention := h.Says("berta", bottest.Everybody, q.ID, "@sprechstunde Und im Ausland?")
	reply := h.Says("berta", bottest.Everybody, q.ID, "Und am Eingang?")
	direct := h.Says("berta", bottest.Direct("berta"), "", "Darf ich Protokolle schreiben?")
	for id, want := range map[string]bool{q.ID: false, mention.ID: false, reply.ID: true, direct.ID: false} {
		if got, err := h.Inbox.Lookup(t.Context(), inbox.FromPost, id); err != nil || got.Overheard != want {
			t.Errorf("%s: overheard %t, %v", id, got.Overheard, err)
		}
	}
}

func TestGonePostIsDropped(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	p := h.Chat.Write("anna", bottest.Direct("anna"), "", "Darf ich Protokolle schreiben?")
	h.Check(h.Intake.Posted(context.Background(), p))
	h.Chat.Remove(p.ID)
	h.Silent(h.Works)
	q, err := h.Inbox.Lookup(context.Background(), inbox.FromPost, p.ID)
	if err != nil || q.State != inbox.Dropped {
		t.Errorf("the question is %s, %v, want dropped", q.State, err)
	}
}

func TestAPressIsNeverLeftWithoutAWord(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(s *bottest.Setup) { s.Buttons = true })
	q, reply := h.Asks("anna", bottest.Everybody)
	h.Chat.Remove(q.ID) // a moment ago: the answer is still there
	over := h.Reply(func() { h.Press("anna", reply, "In die Sprechstunde") })
	h.Wants(over, "gilt nicht mehr")
	if over.ChannelID != bottest.Direct("anna") {
		t.Errorf("said in %s", over.ChannelID)
	}
	unknown := reply
	unknown.Draft.Buttons = []inbox.Button{{Label: "Früher", Action: "gone with an earlier version"}}
	h.Wants(h.Reply(func() { h.Press("anna", unknown, "Früher") }), "gilt nicht mehr")
}
