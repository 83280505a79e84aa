package bot

import (
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/chat"
)

func TestJudgeKnowsWhoseBusinessAPostIs(t *testing.T) {
	t.Parallel()
	a := address{selfID: "bot", username: "ki", hostsID: "hosts"}
	post := func(change func(*chat.Post)) chat.Post {
		p := chat.Post{ID: "p", ChannelID: "c", UserID: "anna", Text: "Darf ich das?"}
		change(&p)
		return p
	}
	for name, c := range map[string]struct {
		post chat.Post
		kind chat.ChannelKind
		want verdict
	}{
		"direct message":            {post(func(*chat.Post) {}), chat.DirectChannel, addressed},
		"direct message in code":    {post(func(p *chat.Post) { p.Text = "`@ki`" }), chat.DirectChannel, addressed},
		"root without mention":      {post(func(*chat.Post) {}), chat.PublicChannel, ignored},
		"group without mention":     {post(func(*chat.Post) {}), chat.GroupChannel, ignored},
		"group with mention":        {post(func(p *chat.Post) { p.Text = "@ki Darf ich?" }), chat.GroupChannel, addressed},
		"private with mention":      {post(func(p *chat.Post) { p.Text = "@ki Darf ich?" }), chat.PrivateChannel, addressed},
		"mention in code":           {post(func(p *chat.Post) { p.Text = "`@ki` Darf ich?" }), chat.PublicChannel, ignored},
		"mention of everybody":      {post(func(p *chat.Post) { p.Text = "@all Darf ich?" }), chat.PublicChannel, ignored},
		"reply":                     {post(func(p *chat.Post) { p.RootID = "r" }), chat.PublicChannel, overheard},
		"reply to somebody else":    {post(func(p *chat.Post) { p.RootID = "r"; p.Text = "@berta, weißt du das?" }), chat.PublicChannel, ignored},
		"own post":                  {post(func(p *chat.Post) { p.UserID = "bot" }), chat.DirectChannel, ignored},
		"own post by marker":        {post(func(p *chat.Post) { p.Marker = "m" }), chat.DirectChannel, ignored},
		"bot or webhook":            {post(func(p *chat.Post) { p.Automated = true }), chat.DirectChannel, ignored},
		"system post":               {post(func(p *chat.Post) { p.Type = "system_join_channel" }), chat.DirectChannel, ignored},
		"from another server":       {post(func(p *chat.Post) { p.Remote = true }), chat.DirectChannel, ignored},
		"deleted":                   {post(func(p *chat.Post) { p.Deleted = true }), chat.DirectChannel, ignored},
		"host's answer":             {post(func(p *chat.Post) { p.ChannelID = "hosts"; p.RootID = "card"; p.Text = " !Antwort: Ja." }), chat.PrivateChannel, hostWord},
		"host's answer by mention":  {post(func(p *chat.Post) { p.ChannelID = "hosts"; p.RootID = "card"; p.Text = "@ki !antwort Ja." }), chat.PrivateChannel, hostWord},
		"host's answer elsewhere":   {post(func(p *chat.Post) { p.RootID = "r"; p.Text = "!antwort Ja." }), chat.PrivateChannel, overheard},
		"hosts among themselves":    {post(func(p *chat.Post) { p.ChannelID = "hosts"; p.RootID = "card"; p.Text = "Wer weiß das?" }), chat.PrivateChannel, ignored},
		"hosts ask the bot":         {post(func(p *chat.Post) { p.ChannelID = "hosts"; p.RootID = "card"; p.Text = "@ki Darf ich?" }), chat.PrivateChannel, addressed},
		"other word in the hosts'":  {post(func(p *chat.Post) { p.ChannelID = "hosts"; p.RootID = "card"; p.Text = "!antworten sollte Berta" }), chat.PrivateChannel, hostWord},
		"bot's answer quoted alone": {post(func(p *chat.Post) { p.Text = "> @ki sagte" }), chat.PublicChannel, ignored},
	} {
		if got := a.judge(c.post, c.kind); got != c.want {
			t.Errorf("%s: judge = %d, want %d", name, got, c.want)
		}
	}
}

func TestThreadUnderAnAnswerNeedsNoNewMention(t *testing.T) {
	t.Parallel()
	a := address{selfID: "bot", username: "ki"}
	at := time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)
	thread := []chat.Post{
		{ID: "1", UserID: "anna", Text: "@ki Darf ich das?", CreatedAt: at},
		{ID: "2", RootID: "1", UserID: "bot", Marker: "q.1.1", Text: "Ja.", CreatedAt: at.Add(time.Second)},
		{ID: "3", RootID: "1", UserID: "berta", Text: "Gilt das auch für mich?", CreatedAt: at.Add(2 * time.Second)},
		{ID: "4", RootID: "1", UserID: "carl", Text: "Hast du das probiert?", CreatedAt: at.Add(3 * time.Second)},
		{ID: "5", RootID: "1", UserID: "anna", Text: "Und im Ausland?", CreatedAt: at.Add(4 * time.Second)},
		{ID: "6", RootID: "1", UserID: "dora", Text: "Prima.", CreatedAt: at.Add(5 * time.Second)},
		{ID: "7", RootID: "1", UserID: "anna", Text: "@ki Und im Ausland?", CreatedAt: at.Add(6 * time.Second)},
		{ID: "8", RootID: "1", UserID: "bot", Marker: "q.2.1", Text: "Auch.", CreatedAt: at.Add(7 * time.Second)},
		{ID: "9", RootID: "1", UserID: "anna", Text: "Und am Wochenende", CreatedAt: at.Add(8 * time.Second)},
	}
	// Carl has taken the thread over: Anna may mean him. Called again, the bot is back.
	for i, want := range map[int]bool{2: true, 3: false, 4: false, 5: false, 8: true} {
		if got := a.followsUp(thread[i], thread); got != want {
			t.Errorf("%s %q: followsUp = %t, want %t", thread[i].UserID, thread[i].Text, got, want)
		}
	}
	unanswered := []chat.Post{thread[0], {ID: "7", RootID: "1", UserID: "anna", Text: "Hallo?", CreatedAt: at.Add(time.Second)}}
	if a.followsUp(unanswered[1], unanswered) {
		t.Error("a thread in which the bot has not answered counts")
	}
	stranger := []chat.Post{{ID: "1", UserID: "anna", CreatedAt: at}, {ID: "2", RootID: "1", UserID: "bot", Text: "ohne Marke", CreatedAt: at}, thread[4]}
	if a.followsUp(thread[4], stranger) {
		t.Error("a post of the bot's account that is no answer counts")
	}
}
