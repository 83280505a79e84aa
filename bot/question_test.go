package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot"
	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval"
)

func TestDirectMessageIsAnsweredInItsThreadAsByAMachine(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var q bot.Post
	got := h.reply(func() { q = h.says("anna", bottest.Direct("anna"), "", "Darf ich Protokolle mit KI schreiben?") })
	h.wants(got, "Protokolle dürfen mit KI entworfen werden.", "KI-Leitlinie", "Abschnitt 1", "ein Programm", "**Sprechstunde**")
	if got.RootID != q.ID || got.ChannelID != q.ChannelID || !got.Draft.Machine {
		t.Errorf("the answer is %+v, want it below %s and marked", got.Draft, q.ID)
	}
	if h.chat.StillWorking() != 0 {
		t.Error("the sign of work stayed")
	}
}

func TestOnlyWhatIsAddressedIsAnswered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.silent(func() { h.says("anna", allgemein, "", "Darf ich Protokolle mit KI schreiben?") })
	h.silent(func() { h.says("anna", allgemein, "", "`@sprechstunde` Darf ich Protokolle schreiben?") })
	h.silent(func() {
		h.says("anna", allgemein, "", "@sprechstunde Protokoll?", func(p *bot.Post) { p.Automated = true })
	})
	h.chat.AddUser("anderer.bot", func(u *bot.User) { u.Bot = true })
	h.silent(func() { h.says("anderer.bot", bottest.Direct("anderer.bot"), "", "Protokoll?") })
	got := h.reply(func() { h.says("anna", allgemein, "", "@Sprechstunde, darf ich Protokolle mit KI schreiben?") })
	h.wants(got, "Protokolle dürfen")
}

func TestFollowUpIsSearchedTogetherWithTheQuestionBefore(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	q := h.says("berta", allgemein, "", "@sprechstunde Darf ich Protokolle mit KI schreiben?")
	h.library.searched()
	h.wants(h.reply(func() { h.says("berta", allgemein, q.ID, "Und im Ausland?") }), "Im Ausland dürfen")
	if got := h.library.searched(); len(got) != 1 || got[0] != "Darf ich Protokolle mit KI schreiben? Und im Ausland?" {
		t.Errorf("searched %q", got)
	}
	h.wants(h.reply(func() { h.says("anna", allgemein, q.ID, "Und wie ist es am Eingang?") }), "Gäste melden sich")
	h.silent(func() { h.says("berta", allgemein, q.ID, "@carl weißt du mehr?") })
	for _, chatter := range []string{"Danke!", "👍", "`code`", "Ich frage mal im Team nach.", "ja"} {
		h.silent(func() { h.says("berta", allgemein, q.ID, chatter) })
	}
	h.wants(h.reply(func() { h.says("berta", allgemein, q.ID, "Gibt es eine Regel für Musik") }), "nichts gefunden")
	h.wants(h.reply(func() { h.says("anna", bottest.Direct("anna"), "", "Vielen Dank!") }), "Gern")
}

func TestLongOrOtherQuestionDoesNotLeanOnTheOneBefore(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dm := bottest.Direct("anna")
	q := h.says("anna", dm, "", "Darf ich Protokolle mit KI schreiben?")
	h.library.searched()
	h.says("anna", dm, q.ID, "Wo melden sich Gäste am Eingang?")
	if got := h.library.searched(); len(got) != 1 || strings.Contains(got[0], "Protokolle") {
		t.Errorf("searched %q, want the question alone", got)
	}
	got := h.reply(func() {
		h.says("anna", dm, q.ID, "Welche Rechte habe ich denn überhaupt als Mitglied im Wahlvorstand der Schwerbehindertenvertretung?")
	})
	h.wants(got, "nichts gefunden")
}

func TestRightsOfChannelAndPerson(t *testing.T) {
	t.Parallel()
	const question = "Sortiert KI eine Bewerbung vor?"
	const secret = "Bewerbungen sortiert keine KI vor."
	t.Run("member by direct message", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.wants(h.reply(func() { h.says("anna", bottest.Direct("anna"), "", question) }), secret)
	})
	t.Run("stranger by direct message", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.lacks(h.reply(func() { h.says("berta", bottest.Direct("berta"), "", question) }), secret, "Vermerk")
		for _, r := range h.library.readers {
			if r.May("Personal") {
				t.Error("a search for a stranger saw the restricted collection")
			}
		}
	})
	t.Run("in the gate channel", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.wants(h.reply(func() { h.says("anna", personal, "", "@sprechstunde "+question) }), secret)
	})
	t.Run("gate channel with a guest", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.chat.AddChannel("personal", bot.PrivateChannel, "gast")
		made := h.new(func() { h.says("anna", personal, "", "@sprechstunde "+question) })
		h.lacks(made[0], secret, "Vermerk")
	})
	t.Run("gate channel became public", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.chat.AddChannel("personal", bot.PublicChannel)
		h.lacks(h.reply(func() { h.says("anna", bottest.Direct("anna"), "", question) }), secret)
	})
	t.Run("public channel: the member reads more by direct message", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		made := h.new(func() { h.says("anna", allgemein, "", "@sprechstunde "+question) })
		if len(made) != 2 || made[0].ChannelID != allgemein || made[1].ChannelID != bottest.Direct("anna") {
			t.Fatalf("made %+v", made)
		}
		h.wants(made[1], secret, "nicht alle lesen")
		stranger := h.reply(func() { h.says("berta", allgemein, "", "@sprechstunde "+question) })
		if stranger.Text != made[0].Text {
			t.Errorf("the channel's reply shows that there is more:\n%s\n---\n%s", made[0].Text, stranger.Text)
		}
	})
	t.Run("channel with a guest", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		made := h.new(func() { h.says("anna", gaeste, "", "@sprechstunde Darf ich Protokolle schreiben?") })
		if len(made) != 2 {
			t.Fatalf("made %d posts", len(made))
		}
		h.lacks(made[0], "Protokolle dürfen")
		h.wants(made[1], "Protokolle dürfen")
		h.wants(h.reply(func() { h.says("gast", gaeste, "", "@sprechstunde Wo ist der Eingang?") }), "Gäste melden sich")
	})
	t.Run("guest, remote and deactivated by direct message", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.lacks(h.reply(func() { h.says("gast", bottest.Direct("gast"), "", "Darf ich Protokolle schreiben?") }), "Protokolle dürfen")
		h.wants(h.reply(func() { h.says("gast", bottest.Direct("gast"), "", "Wo ist der Eingang?") }), "Gäste melden sich")
		h.chat.AddUser("berta", func(u *bot.User) { u.Deactivated = true })
		h.lacks(h.reply(func() { h.says("berta", bottest.Direct("berta"), "", "Wo ist der Eingang?") }), "Gäste melden sich")
	})
	t.Run("membership cannot be found out", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.chat.Err = func(what string, _ bool) error {
			if what == "member" {
				return errDown
			}
			return nil
		}
		h.lacks(h.reply(func() { h.says("anna", bottest.Direct("anna"), "", question) }), secret)
	})
}

func TestRightsAreCheckedAgainRightBeforePosting(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.chat.CacheNow()
	h.chat.Leave(personal, "anna")
	got := h.reply(func() { h.says("anna", bottest.Direct("anna"), "", "Sortiert KI eine Bewerbung vor?") })
	h.lacks(got, "Bewerbungen sortiert", "Vermerk")

	h.chat.Err = func(what string, fresh bool) error {
		if fresh && what != "channel" {
			return errDown
		}
		return nil
	}
	h.silent(func() { h.says("anna", bottest.Direct("anna"), "", "Darf ich Protokolle schreiben?") })
	h.chat.Err = nil
	h.wants(h.reply(func() { h.wakes(20 * time.Second) }), "Protokolle dürfen")
}

func TestHardListLeadsToAPersonWithoutASearch(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	got := h.reply(func() {
		h.says("anna", bottest.Direct("anna"), "", "Ich habe versehentlich eine Liste mit Personendaten an eine falsche Adresse geschickt, was tun?")
	})
	h.wants(got, "Meldestelle", "Telefon 2055")
	h.lacks(got, "**Sprechstunde**")
	if asked := h.library.searched(); len(asked) != 0 {
		t.Errorf("searched %q", asked)
	}
	h.wants(h.reply(func() { h.says("anna", bottest.Direct("anna"), got.RootID, "Sprechstunde") }), "Meldestelle")
}

func TestBadInputGetsAClearWord(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		file int
		want string
	}{
		"empty":      {"@sprechstunde", 0, "leer angekommen"},
		"emoji":      {"@sprechstunde 🤔🤔", 0, "Fragen in Worten"},
		"code":       {"@sprechstunde\n```\nprint(1)\n```", 0, "Programmtext"},
		"long":       {"@sprechstunde " + strings.Repeat("Darf ich das? ", 1200), 0, "zu lang"},
		"english":    {"@sprechstunde What is the policy for using AI tools?", 0, "auf Deutsch"},
		"attachment": {"@sprechstunde", 1, "Dateien und Bilder"},
		"elsewhere":  {"@sprechstunde Mein Drucker druckt nicht, was tun?", 0, "IT-Servicedesk"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.wants(h.reply(func() { h.says("anna", allgemein, "", c.text, func(p *bot.Post) { p.Files = c.file }) }), c.want)
		})
	}
}

func TestNothingFoundNamesTheNextSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	got := h.reply(func() { h.says("anna", bottest.Direct("anna"), "", "Darf ich Musik komponieren lassen?") })
	h.wants(got, "nichts gefunden", "[Offene KI-Sprechstunde](https://intranet.example/sprechstunde)", "Donnerstag, 5. März 2026, 14:00 Uhr", "Raum 2.17")
}

func TestEditedAndDeletedQuestions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	q := h.says("anna", allgemein, "", "@sprechstunde Darf ich Protokolle schreiben?")
	edit := func(text string) {
		h.now = h.now.Add(time.Second)
		h.check(h.intake.Edited(context.Background(), h.chat.Edit(q.ID, text)))
		h.works()
	}
	h.wants(h.reply(func() { edit("@sprechstunde Wo ist der Eingang?") }), "Gäste melden sich")
	if n := len(h.chat.Made("")); n != 1 {
		t.Errorf("%d answers stand after the edit, want 1", n)
	}
	edit("Hat sich erledigt")
	if n := len(h.chat.Made("")); n != 0 {
		t.Errorf("%d answers stand after the mention went, want none", n)
	}
	h.reply(func() { edit("@sprechstunde Darf ich Protokolle schreiben?") })
	h.chat.Remove(q.ID)
	h.check(h.intake.Deleted(context.Background(), q.ID))
	h.works()
	if n := len(h.chat.Made("")); n != 0 {
		t.Errorf("%d answers stand after the deletion, want none", n)
	}

	late := h.chat.Write("berta", allgemein, "", "Darf ich Protokolle schreiben?")
	h.check(h.intake.Posted(context.Background(), late))
	q = late
	h.wants(h.reply(func() { edit("@sprechstunde Darf ich Protokolle schreiben?") }), "Protokolle dürfen")
}

func TestLateAnswerSaysSo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.chat.Write("anna", bottest.Direct("anna"), "", "Darf ich Protokolle schreiben?")
	h.now = h.now.Add(time.Hour)
	got := h.reply(func() {
		h.check(h.intake.Posted(context.Background(), p))
		h.works()
	})
	h.wants(got, "verspätet", "Protokolle dürfen")
}

func TestFailureIsToldWithAWayToPeople(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.library.err = errDown
	got := h.reply(func() {
		h.says("anna", bottest.Direct("anna"), "", "Darf ich Protokolle schreiben?")
		for range 10 {
			h.wakes(2 * time.Minute)
		}
	})
	h.wants(got, "nicht geklappt", "Offene KI-Sprechstunde", "Donnerstag, 5. März 2026")
	h.lacks(got, "down")
}

func TestBudgetEndsALoopWithOneNotice(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *bot.Config) { c.Budget.PerUser = 3 })
	made := h.new(func() {
		for range 6 {
			h.says("anna", bottest.Direct("anna"), "", "Darf ich Protokolle schreiben?")
		}
	})
	if len(made) != 4 {
		t.Fatalf("the bot made %d posts, want 3 answers and a notice", len(made))
	}
	h.wants(made[3], "kurze Pause")
	h.wants(h.reply(func() { h.says("berta", bottest.Direct("berta"), "", "Darf ich Protokolle schreiben?") }), "Protokolle dürfen")
	h.now = h.now.Add(time.Minute)
	h.wants(h.reply(func() { h.says("anna", bottest.Direct("anna"), "", "Darf ich Protokolle schreiben?") }), "Protokolle dürfen")
}

func TestBudgetOfAThread(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *bot.Config) { c.Budget.PerThread = 2 })
	q := h.says("anna", allgemein, "", "@sprechstunde Darf ich Protokolle schreiben?")
	h.reply(func() { h.says("berta", allgemein, q.ID, "@sprechstunde Wo ist der Eingang?") })
	h.wants(h.reply(func() { h.says("carl", allgemein, q.ID, "@sprechstunde Wo ist der Eingang?") }), "kurze Pause")
	h.silent(func() { h.says("anna", allgemein, q.ID, "@sprechstunde Wo ist der Eingang?") })
}

func TestPilotAnswersItsGroupAndTellsOthersOnceADay(t *testing.T) {
	t.Parallel()
	const question = "Darf ich Protokolle schreiben?"
	h := newHouse(t, func(c *bot.Config) { c.Pilot = bot.Pilot{Users: []string{"@Anna"}, Channels: []string{personal}} })
	h.wants(h.reply(func() { h.says("anna", bottest.Direct("anna"), "", question) }), "Protokolle dürfen")
	h.wants(h.reply(func() { h.says("carl", bottest.Direct("carl"), "", question) }), "Protokolle dürfen")
	h.wants(h.reply(func() { h.says("berta", bottest.Direct("berta"), "", question) }), "kleine Gruppe")
	h.silent(func() { h.says("berta", bottest.Direct("berta"), "", question) })
	h.now = h.now.Add(24 * time.Hour)
	h.wants(h.reply(func() { h.says("berta", bottest.Direct("berta"), "", question) }), "kleine Gruppe")

	team := newHouse(t, func(c *bot.Config) { c.Pilot.Teams = []string{bottest.Team} })
	team.chat.AddChannel("town-square", bot.PublicChannel, "berta")
	team.wants(team.reply(func() { team.says("berta", bottest.Direct("berta"), "", question) }), "Protokolle dürfen")
	team.wants(team.reply(func() { team.says("carl", bottest.Direct("carl"), "", question) }), "kleine Gruppe")
}

func TestAskWithoutAChat(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a, err := h.answers.Ask(context.Background(), "Darf ich Protokolle mit KI schreiben?", retrieval.ReadersOf("Leitlinien"))
	if err != nil || a.Outcome != answer.Answered || len(a.Sources) != 1 {
		t.Errorf("Ask = %+v, %v", a, err)
	}
	a, err = h.answers.Ask(context.Background(), "Darf ich Protokolle mit KI schreiben?", retrieval.Readers{})
	if err != nil || a.Outcome != answer.NotFound || !strings.Contains(a.Body, "keine Dokumente freigegeben") {
		t.Errorf("Ask without readers = %+v, %v", a, err)
	}
	h.library.err = errDown
	if _, err = h.answers.Ask(context.Background(), "Darf ich Protokolle schreiben?", retrieval.ReadersOf("Leitlinien")); !errors.Is(err, errDown) {
		t.Errorf("Ask with a store that is down: %v", err)
	}
}

func TestConfigSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	if _, err := bot.New(bot.Config{Hosts: bot.Hosts{Channel: "gastgeber"}}); err == nil || !strings.Contains(err.Error(), "Posts is not set") ||
		!strings.Contains(err.Error(), "Hosts.Channel needs Desk") || !strings.Contains(err.Error(), "team/channel") {
		t.Errorf("New = %v", err)
	}
	for _, name := range []string{"", "all", "Here", "channel", "@heide", "heide und holger"} {
		if _, err := bot.New(bot.Config{Hosts: bot.Hosts{Duty: []string{name}}}); err == nil || !strings.Contains(err.Error(), "Hosts.Duty") {
			t.Errorf("New with %q on duty = %v", name, err)
		}
	}
	if _, err := bot.NewAnswerer(bot.AnswererConfig{}); err == nil {
		t.Error("an Answerer without parts is accepted")
	}
}

func TestGonePostIsDropped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.chat.Write("anna", bottest.Direct("anna"), "", "Darf ich Protokolle schreiben?")
	h.check(h.intake.Posted(context.Background(), p))
	h.chat.Remove(p.ID)
	h.silent(h.works)
	q, err := h.inbox.Lookup(context.Background(), inbox.FromPost, p.ID)
	if err != nil || q.State != inbox.Dropped {
		t.Errorf("the question is %s, %v, want dropped", q.State, err)
	}
}
