package talk_test

import (
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
)

func TestSmallTalkLeavesTheAnswerBeforeStanding(t *testing.T) {
	t.Parallel()
	for _, between := range [][]string{{"danke"}, {"ok"}, {"Hallo"}, {"bist du ein Mensch?"}, {"danke dir!", "wie geht's?"}, {"tschüss"}} {
		for said, want := range map[string]string{
			"woher hast du das": "weiter", "das war mal so": "Fassung", "zu lang": "> **Protokolle dürfen", "das stimmt nicht": "Danke für den Hinweis",
		} {
			t.Run(between[0]+" "+said, func(t *testing.T) {
				t.Parallel()
				h, dm := bottest.NewHouse(t), bottest.Direct("anna")
				h.Wants(h.Reply(func() { h.Says("anna", dm, "", settledQ) }), "Protokolle dürfen")
				for _, text := range between {
					h.Says("anna", dm, "", text)
				}
				h.Library.Searched()
				made := h.Reply(func() { h.Says("anna", dm, "", said) })
				if said != "woher hast du das" {
					h.Wants(made, want)
				} else if asked := h.Library.Searched(); len(asked) != 1 || asked[0] != settledQ {
					t.Errorf("searched %q", asked)
				}
			})
		}
	}
}

// Whoever was asked whether all may be forgotten and talks of something else has not
// said yes.
func TestSmallTalkEndsTheQuestionWhetherToForget(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	h.Says("anna", dm, "", settledQ)
	h.Says("anna", dm, "", "vergiss mich")
	h.Says("anna", dm, "", "wie geht's dir?")
	h.Lacks(h.Reply(func() { h.Says("anna", dm, "", "ja") }), "gelöscht", "vergessen")
}

func TestABareWordAfterSmallTalkIsNotAboutTheAnswerBefore(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	h.Says("anna", dm, "", settledQ)
	h.Says("anna", dm, "", "ok")
	h.Lacks(h.Reply(func() { h.Says("anna", dm, "", "nein danke") }), "nicht getroffen")
}
