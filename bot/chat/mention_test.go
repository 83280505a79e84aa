package chat

import (
	"strings"
	"testing"
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
		"> alt\n@ki neu":                    true, // people leave no line empty
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
		if got := Mentions(text, "ki"); got != want {
			t.Errorf("Mentions(%q) = %t, want %t", text, got, want)
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
		if got := WithoutMention(text, "ki"); got != want {
			t.Errorf("WithoutMention(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzMentions(f *testing.F) {
	for _, seed := range []string{"@ki Darf ich?", "`@ki`", "```\n@ki\n```", "> @ki", "@ki.", "    @ki", "``@ki`", "@kiü", "\\`@ki`", "@ki\x00\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rest := WithoutMention(text, "ki")
		if Mentions(text, "ki") && len(rest) >= len(text) {
			t.Errorf("WithoutMention(%q) = %q: nothing removed", text, rest)
		}
		if utf8.ValidString(text) && !utf8.ValidString(rest) {
			t.Errorf("WithoutMention(%q) = %q: broken text", text, rest)
		}
		fence := "````````````\n" + text
		if !strings.Contains(text, "````````````") && Mentions(fence, "ki") {
			t.Errorf("a mention in a code block counts: %q", fence)
		}
		for _, m := range findMentions(text) {
			if m.from < 0 || m.to > len(text) || m.from+1 >= m.to || text[m.from] != '@' {
				t.Errorf("findMentions(%q) holds %v", text, m)
			}
		}
	})
}
