package answer

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval/german"
)

const (
	rewordTime  = 8 * time.Second // a question joined by rule is as good as one that comes late
	rewordRunes = 400
)

// Reword has the model say a question and those of the same person that it leans on
// as one, and keeps that only if every word of weight was said by that person, and
// nothing of the question is lost; false: it did not, or there is no model.
func (c *Composer) Reword(ctx context.Context, before []string, question string) (string, bool) {
	if c.cfg.Model == nil || len(before) == 0 {
		return "", false
	}
	within, cancel := context.WithTimeout(ctx, min(rewordTime, c.modelTime(ctx)/4))
	defer cancel()
	system, user := c.cfg.Texts.RewordPrompt(prompts.RewordPrompt{Before: before, Question: question})
	reply, err := c.cfg.Model.Complete(within, system, user)
	if err != nil {
		c.cfg.Log.WarnContext(ctx, "model did not reword a question, joining by rule", "reason", reasonOf(err))
		return "", false
	}
	whole := strings.Trim(strings.TrimSpace(reply), `"„“`)
	return whole, saysTheSame(whole, before, question)
}

// saysTheSame reports whether a wording has the question's words of weight and none
// that its asker did not say.
func saysTheSame(whole string, before []string, question string) bool {
	if whole == "" || utf8.RuneCountInString(whole) > rewordRunes || strings.ContainsAny(whole, "\n\r") || active.MatchString(whole) {
		return false
	}
	said := weighty(strings.Join(before, " ") + " " + question)
	own := weighty(question)
	for stem := range weighty(whole) {
		if !said[stem] {
			return false
		}
		delete(own, stem)
	}
	return len(own) == 0
}

// weighty are the stems of content words, numbers and words that turn a meaning
// round.
func weighty(text string) map[string]bool {
	stems := map[string]bool{}
	for _, w := range german.Words(text) {
		if !w.Stop || turning[w.Form] {
			stems[w.Stem] = true
		}
	}
	return stems
}

var turning = german.Set("nicht kein keine keinen keiner nie ohne nur ausser")
