package demo

import (
	"fmt"
	"strings"
)

// checkAnswer checks that a question's thread ended as it should: exactly one
// answer of the bot, in which people and programs see that a machine made it.
func checkAnswer(s Scene, bot string) error {
	answers := 0
	for _, m := range s.Thread {
		if m.Author != bot {
			continue
		}
		answers++
		if m.Props["ai_generated_by"] == nil {
			return fmt.Errorf("%s: the answer is not marked as machine-made", s.Title)
		}
		if !strings.Contains(m.Text, "Quelle") {
			return fmt.Errorf("%s: the answer names no source", s.Title)
		}
	}
	if answers != 1 {
		return fmt.Errorf("%s: %d answers, want exactly one", s.Title, answers)
	}
	return nil
}

// checkCard checks that the card in the hosts' channel shows the question but
// not who asked it, and that the thread ends with the asker's word.
func checkCard(s Scene) error {
	if len(s.Thread) == 0 {
		return fmt.Errorf("%s: the thread is empty", s.Title)
	}
	for _, m := range s.Thread {
		if strings.Contains(strings.ToLower(m.Text), toni) {
			return fmt.Errorf("%s: the asker's name stands there", s.Title)
		}
	}
	if !strings.Contains(s.Thread[0].Text, strings.TrimSuffix(openQuestion, "?")) {
		return fmt.Errorf("%s: the card does not show the question", s.Title)
	}
	if last := s.Thread[len(s.Thread)-1]; !strings.Contains(strings.ToLower(last.Text), settled) {
		return fmt.Errorf("%s: the hosts were not told that it is settled", s.Title)
	}
	return nil
}
