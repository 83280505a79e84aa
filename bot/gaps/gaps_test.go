package gaps_test

import (
	"context"
	"flag"
	"fmt"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/gaps"
)

var update = flag.Bool("update", false, "write golden files anew")

// A month of questions: many about one thing, four about another, each with words of
// its own.
func TestWhatManyAskedInVainIsToldOnce(t *testing.T) {
	t.Parallel()
	store := &bottest.Gaps{}
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Gaps.Store = store })
	ask := func(person, text string, unhelpful bool) {
		p := h.Chat.Write("anna", bottest.Direct("anna"), "", text)
		store.Questions = append(store.Questions, gaps.Question{PostID: p.ID, Person: person, Unhelpful: unhelpful})
	}
	for i, own := range []string{"für Frau Lieselotte Pulvermacher", "im Bauhof", "in der Nachtschicht", "mit Zwetschgenmus", "am Freitag", ""} {
		ask(fmt.Sprint("p", i), "Wann kommt der Grundkurs auf Ukrainisch "+own+"?", false)
		ask(fmt.Sprint("q", i), "Das Protokoll ist falsch, Frage "+fmt.Sprint(i), true)
	}
	for i := range 4 {
		ask(fmt.Sprint("r", i), "Wer repariert den Aufzug im Altbau?", false)
	}
	gone := h.Chat.Write("anna", bottest.Direct("anna"), "", "Wer repariert den Aufzug im Altbau?")
	store.Questions = append(store.Questions, gaps.Question{PostID: gone.ID, Person: "r9"}, gaps.Question{Typed: "frage Wer repariert den Aufzug?", Person: "r0"})
	h.Chat.Remove(gone.ID) // or they would be five

	tick := func() {
		for range 2 { // replicas
			h.Check(h.Gaps.LastMonth(context.Background(), h.Pipeline))
		}
		h.Works()
	}
	made := h.New(tick)
	h.Golden(*update, "report", made...)
	for _, m := range made {
		h.Lacks(m, "Pulvermacher", "Zwetschgenmus", "Aufzug", "anna")
	}
	// Another one asks, and nothing changes: the difference would tell what.
	ask("r10", "Wer repariert den Aufzug im Altbau?", false)
	h.Silent(tick)
	if n := store.Looked(); n != 1 {
		t.Errorf("the month was looked at %d times", n)
	}
	h.Now = h.Now.AddDate(0, 1, 0)
	h.Wants(h.New(tick)[0], "Aufzug")
}

func TestAMonthWithoutGapsIsSilent(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Silent(func() {
		h.Check(h.Gaps.LastMonth(context.Background(), h.Pipeline))
		h.Works()
	})
	if _, err := (&bottest.Gaps{}).Report(t.Context(), time.Now()); err == nil {
		t.Error("a report that nobody made")
	}
}
