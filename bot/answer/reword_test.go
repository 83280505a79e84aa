package answer

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"lvr.example/sprechstunde/prompts"
)

// wording is a model that says one thing.
type wording struct {
	reply string
	err   error
}

func (s wording) Complete(context.Context, string, string) (string, error) { return s.reply, s.err }

func TestARewordedQuestionHasOnlyItsAskersWords(t *testing.T) {
	t.Parallel()
	before, question := []string{"Darf ich im Ausland mobil arbeiten?"}, "und mehr als 10 Tage am Stück?"
	for reply, want := range map[string]bool{
		"Darf ich im Ausland mehr als 10 Tage am Stück mobil arbeiten?":                true,
		"„Darf ich im Ausland mehr als 10 Tage am Stück mobil arbeiten?“":              true,
		"Darf ich im Ausland mehr als 20 Tage am Stück mobil arbeiten?":                false,
		"Darf ich im Ausland mobil arbeiten?":                                          false, // what is asked is lost
		"Darf ich im Ausland nicht mehr als 10 Tage am Stück mobil arbeiten?":          false,
		"Darf ich im Ausland mehr als 10 Tage am Stück mobil arbeiten? Ja, in Kanada.": false,
		"Darf ich im Ausland\nmehr als 10 Tage am Stück mobil arbeiten?":               false,
		"Darf ich im [Ausland](https://x.example) 10 Tage am Stück mobil arbeiten?":    false,
		"10 Tage am Stück " + strings.Repeat("im Ausland ", 60):                        false,
		"": false,
	} {
		c := New(Config{Texts: prompts.Default(), Log: slog.New(slog.DiscardHandler), Model: wording{reply: reply}})
		got, ok := c.Reword(t.Context(), before, question)
		if ok != want || ok && !strings.HasPrefix(got, "Darf ich im Ausland mehr als 10") {
			t.Errorf("%q: %q, %t", reply, got, ok)
		}
	}
	for name, c := range map[string]*Composer{
		"no model": New(Config{Texts: prompts.Default(), Log: slog.New(slog.DiscardHandler)}),
		"fault":    New(Config{Texts: prompts.Default(), Log: slog.New(slog.DiscardHandler), Model: wording{err: errors.New("down")}}),
	} {
		if _, ok := c.Reword(t.Context(), before, question); ok {
			t.Errorf("%s: reworded", name)
		}
	}
}
