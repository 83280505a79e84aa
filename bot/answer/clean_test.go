package answer

import (
	"strings"
	"testing"
)

func TestCleanFindsTheQuestion(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{
		"KI Leitlinie?":                            "KI Leitlinie?",
		"@sprechstunde Darf ich das?":              "Darf ich das?",
		"@sprechstunde, @kollege: wie geht RPA":    "wie geht RPA",
		"Was ist\n\n  WissenToGo?":                 "Was ist WissenToGo?",
		"Copilot?":                                 "Copilot?",
		"Is Copilot erlaubt?":                      "Is Copilot erlaubt?",
		"Darf ich the big picture mit KI machen?":  "Darf ich the big picture mit KI machen?",
		"ChatGPT for Teams":                        "ChatGPT for Teams",
		"Machine Learning with Python Schulung wo": "Machine Learning with Python Schulung wo",
		"Wer hilft bei `make run`?":                "Wer hilft bei `make run`?",
		"Was macht das?\n```\nrm -rf /\n```":       "Was macht das?",
		"🙂 Wann ist LeanCoffee?":                   "🙂 Wann ist LeanCoffee?",
		"Termin morgen":                            "Termin morgen",
		"§ 26?":                                    "§ 26?",
		"wat is mit copilot op der arbeit":         "wat is mit copilot op der arbeit",
		"a\x00b\u202ec?":                           "abc?",
		strings.Repeat("ä", QuestionRunes):         strings.Repeat("ä", QuestionRunes),
	} {
		got, problem := Clean(message, 0)
		if got != want || problem.Kind != "" {
			t.Errorf("Clean(%.60q) = %.60q, %+v; want %.60q", message, got, problem, want)
		}
	}
}

func TestCleanNamesTheProblem(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]ProblemKind{
		"":                                    Empty,
		" \n\t\u200b":                         Empty,
		"@sprechstunde":                       Empty,
		"👍👍🏽":                                 EmojiOnly,
		":thumbsup: :smile:":                  EmojiOnly,
		"???":                                 EmojiOnly,
		"```\nSELECT 1\n```":                  CodeOnly,
		"`rm -rf`":                            CodeOnly,
		"~~~\nx = 1\n~~~":                     CodeOnly,
		"@sprechstunde ```go\nx()\n```":       CodeOnly,
		"```unclosed code":                    CodeOnly,
		strings.Repeat("Wort ", 3200):         TooLong, // 16 000 characters
		"What is the AI policy of the house?": NotGerman,
		"Can I use ChatGPT for my reports?":   NotGerman,
		"Est-ce que je peux utiliser ChatGPT pour mon travail ?": NotGerman,
		"Yapay zeka için kurallar ne ve nasıl kullanılır?":       NotGerman,
		"Можно ли использовать ChatGPT?":                         NotGerman,
		"هل يمكنني استخدام الذكاء":                               NotGerman,
		"¿Puedo usar la IA para los informes?":                   NotGerman,
	} {
		text, problem := Clean(message, 0)
		if problem.Kind != want || text != "" {
			t.Errorf("Clean(%.60q) = %.60q, %q; want %q", message, text, problem.Kind, want)
		}
	}
	if _, problem := Clean("", 2); problem.Kind != AttachmentOnly {
		t.Errorf("a file alone is %q", problem.Kind)
	}
	if _, problem := Clean("Was steht hier?", 2); problem.Kind != "" {
		t.Errorf("a question with a file is %q", problem.Kind)
	}
}

func TestEachProblemHasItsSentence(t *testing.T) {
	t.Parallel()
	c := composer(nil)
	seen := map[string]bool{}
	for _, kind := range []ProblemKind{Empty, EmojiOnly, CodeOnly, AttachmentOnly, TooLong, NotGerman} {
		a := c.Decline(Problem{Kind: kind, Length: 16000})
		if seen[a.Body] || a.Body == "" || a.Outcome != NotFound || a.Reason != "question: "+string(kind) {
			t.Errorf("%s: %+v", kind, a)
		}
		seen[a.Body] = true
	}
	if got := c.Decline(Problem{Kind: TooLong, Length: 16000}).Body; !strings.Contains(got, "16000") || !strings.Contains(got, "4000") {
		t.Errorf("too long says %q", got)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("@a `b` ```c``` d", 0)
	f.Fuzz(func(t *testing.T, message string, files int) {
		text, problem := Clean(message, files)
		if (text == "") != (problem.Kind != "") {
			t.Errorf("Clean(%q) = %q, %+v", message, text, problem)
		}
	})
}
