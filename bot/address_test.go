package bot

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestMentionsCountOutsideCodeAndQuotesOnly(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"@ki Darf ich das?":                 true,
		"@KI darf ich das?":                 true,
		"Frag doch @ki.":                    true,
		"Frag doch (@ki), bitte":            true,
		"Was meint **@ki**?":                true,
		"@ki: Darf ich das?":                true,
		"@ki... hallo?":                     true,
		"@ki\nDarf ich das?":                true,
		"Liste:\n    @ki darf ich":          true, // no code: the line before is text
		"> alt\n\n@ki neu":                  true,
		"`a` @ki `b`":                       true,
		"ein ` allein @ki":                  true,
		"\\`@ki\\`":                         true,
		"ki Darf ich das?":                  false,
		"@kim Darf ich das?":                false,
		"@ki-lotse Darf ich das?":           false,
		"@ki.meier Darf ich das?":           false,
		"@kiü":                              false,
		"post@ki":                           false,
		"a/@ki":                             false,
		"@@ki":                              false,
		"`@ki` ist der Name":                false,
		"``ein ` und @ki``":                 false,
		"```\n@ki Darf ich?\n```":           false,
		"```\n@ki Darf ich?":                false,
		"~~~ text\n@ki\n~~~":                false,
		"    @ki eingerückt":                false,
		"Text\n\n\t@ki eingerückt":          false,
		"> @ki hat gesagt":                  false,
		"Er schrieb:\n  > @ki hat gesagt\n": false,
		"":                                  false,
		"@":                                 false,
		"@all @channel @here":               false,
	} {
		if got := mentions(text, "ki"); got != want {
			t.Errorf("mentions(%q) = %t, want %t", text, got, want)
		}
	}
}

func TestQuestionIsTheTextWithoutTheMention(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"@ki Darf ich das?":               "Darf ich das?",
		"@ki, darf ich das?":              "darf ich das?",
		"@ki: darf ich das?":              "darf ich das?",
		"Hallo @ki darf ich das?":         "Hallo  darf ich das?",
		"Darf ich das, @ki?":              "Darf ich das, ?",
		"@ki":                             "",
		"@KI @ki Sprechstunde":            "Sprechstunde",
		"@ki was heißt `@ki`?":            "was heißt `@ki`?",
		"@kim und @anna, darf ich das?":   "@kim und @anna, darf ich das?",
		"Ohne Erwähnung":                  "Ohne Erwähnung",
		"@ki.\n\nDarf ich das?\n- a\n- b": "Darf ich das?\n- a\n- b",
	} {
		if got := withoutMention(text, "ki"); got != want {
			t.Errorf("withoutMention(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestJudgeKnowsWhoseBusinessAPostIs(t *testing.T) {
	t.Parallel()
	a := address{selfID: "bot", username: "ki", hostsID: "hosts"}
	post := func(change func(*Post)) Post {
		p := Post{ID: "p", ChannelID: "c", UserID: "anna", Text: "Darf ich das?"}
		change(&p)
		return p
	}
	for name, c := range map[string]struct {
		post Post
		kind ChannelKind
		want verdict
	}{
		"direct message":            {post(func(*Post) {}), DirectChannel, addressed},
		"direct message in code":    {post(func(p *Post) { p.Text = "`@ki`" }), DirectChannel, addressed},
		"root without mention":      {post(func(*Post) {}), PublicChannel, ignored},
		"group without mention":     {post(func(*Post) {}), GroupChannel, ignored},
		"group with mention":        {post(func(p *Post) { p.Text = "@ki Darf ich?" }), GroupChannel, addressed},
		"private with mention":      {post(func(p *Post) { p.Text = "@ki Darf ich?" }), PrivateChannel, addressed},
		"mention in code":           {post(func(p *Post) { p.Text = "`@ki` Darf ich?" }), PublicChannel, ignored},
		"mention of everybody":      {post(func(p *Post) { p.Text = "@all Darf ich?" }), PublicChannel, ignored},
		"reply":                     {post(func(p *Post) { p.RootID = "r" }), PublicChannel, askThread},
		"reply to somebody else":    {post(func(p *Post) { p.RootID = "r"; p.Text = "@berta, weißt du das?" }), PublicChannel, ignored},
		"own post":                  {post(func(p *Post) { p.UserID = "bot" }), DirectChannel, ignored},
		"own post by marker":        {post(func(p *Post) { p.Marker = "m" }), DirectChannel, ignored},
		"bot or webhook":            {post(func(p *Post) { p.Automated = true }), DirectChannel, ignored},
		"system post":               {post(func(p *Post) { p.Type = "system_join_channel" }), DirectChannel, ignored},
		"from another server":       {post(func(p *Post) { p.Remote = true }), DirectChannel, ignored},
		"deleted":                   {post(func(p *Post) { p.Deleted = true }), DirectChannel, ignored},
		"host's answer":             {post(func(p *Post) { p.ChannelID = "hosts"; p.RootID = "card"; p.Text = " !Antwort: Ja." }), PrivateChannel, hostAnswer},
		"host's answer by mention":  {post(func(p *Post) { p.ChannelID = "hosts"; p.RootID = "card"; p.Text = "@ki !antwort Ja." }), PrivateChannel, hostAnswer},
		"host's answer elsewhere":   {post(func(p *Post) { p.RootID = "r"; p.Text = "!antwort Ja." }), PrivateChannel, askThread},
		"hosts among themselves":    {post(func(p *Post) { p.ChannelID = "hosts"; p.RootID = "card"; p.Text = "Wer weiß das?" }), PrivateChannel, ignored},
		"hosts ask the bot":         {post(func(p *Post) { p.ChannelID = "hosts"; p.RootID = "card"; p.Text = "@ki Darf ich?" }), PrivateChannel, addressed},
		"other word in the hosts'":  {post(func(p *Post) { p.ChannelID = "hosts"; p.RootID = "card"; p.Text = "!antworten sollte Berta" }), PrivateChannel, ignored},
		"bot's answer quoted alone": {post(func(p *Post) { p.Text = "> @ki sagte" }), PublicChannel, ignored},
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
	thread := []Post{
		{ID: "1", UserID: "anna", Text: "@ki Darf ich das?", CreatedAt: at},
		{ID: "2", RootID: "1", UserID: "bot", Marker: "q.1.1", Text: "Ja.", CreatedAt: at.Add(time.Second)},
		{ID: "3", RootID: "1", UserID: "berta", Text: "Gilt das auch für mich?", CreatedAt: at.Add(2 * time.Second)},
		{ID: "4", RootID: "1", UserID: "carl", Text: "Hast du das probiert?", CreatedAt: at.Add(3 * time.Second)},
		{ID: "5", RootID: "1", UserID: "anna", Text: "Und im Ausland?", CreatedAt: at.Add(4 * time.Second)},
		{ID: "6", RootID: "1", UserID: "dora", Text: "Prima.", CreatedAt: at.Add(5 * time.Second)},
	}
	for i, want := range map[int]bool{2: true, 3: false, 4: true, 5: false} {
		if got := a.followsUp(thread[i], thread); got != want {
			t.Errorf("%s %q: followsUp = %t, want %t", thread[i].UserID, thread[i].Text, got, want)
		}
	}
	unanswered := []Post{thread[0], {ID: "7", RootID: "1", UserID: "anna", Text: "Hallo?", CreatedAt: at.Add(time.Second)}}
	if a.followsUp(unanswered[1], unanswered) {
		t.Error("a thread in which the bot has not answered counts")
	}
	stranger := []Post{{ID: "1", UserID: "anna", CreatedAt: at}, {ID: "2", RootID: "1", UserID: "bot", Text: "ohne Marke", CreatedAt: at}, thread[4]}
	if a.followsUp(thread[4], stranger) {
		t.Error("a post of the bot's account that is no answer counts")
	}
}

func FuzzMentions(f *testing.F) {
	for _, seed := range []string{"@ki Darf ich?", "`@ki`", "```\n@ki\n```", "> @ki", "@ki.", "    @ki", "``@ki`", "@kiü", "\\`@ki`", "@ki\x00\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rest := withoutMention(text, "ki")
		if mentions(text, "ki") && len(rest) >= len(text) {
			t.Errorf("withoutMention(%q) = %q: nothing removed", text, rest)
		}
		if utf8.ValidString(text) && !utf8.ValidString(rest) {
			t.Errorf("withoutMention(%q) = %q: broken text", text, rest)
		}
		fence := "````````````\n" + text
		if !strings.Contains(text, "````````````") && mentions(fence, "ki") {
			t.Errorf("a mention in a code block counts: %q", fence)
		}
		for _, m := range findMentions(text) {
			if m.from < 0 || m.to > len(text) || m.from+1 >= m.to || text[m.from] != '@' {
				t.Errorf("findMentions(%q) holds %v", text, m)
			}
		}
	})
}
