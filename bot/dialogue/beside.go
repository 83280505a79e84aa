package dialogue

import "lvr.example/sprechstunde/retrieval/german"

// beside is the question that a message puts besides an act of talk: behind courtesy
// ("danke, und der Lautsprecher?"), or as what one wants to be told: "schreib mir kurz,
// wie man die Meldestelle erreicht" wants nothing written, and "nein, ich wollte wissen,
// ob Azubis das dürfen" says what was meant. A question about the bot is none, and what
// a rule knows as a whole (not guessed) is not parted.
func (e *Ear) beside(h *hearing, s spoken, guessed bool) (question spoken, asks bool) {
	if core, _ := e.peel(h, s); guessed && len(core.tokens) > 0 && len(core.tokens) < len(s.tokens) && e.names(h, core) && e.questions(h, core) {
		return core, true
	}
	return e.indirect(h, s)
}

// indirect is a question that a message puts as what one wants to be told.
func (e *Ear) indirect(h *hearing, s spoken) (question spoken, asks bool) {
	for i := 1; i+leastIndirect <= len(s.tokens) && i <= ruleWords; i++ {
		tail := s.part(i, len(s.tokens))
		if !indirectly[s.tokens[i].form] || !asksToKnow(s.part(0, i)) {
			continue
		}
		return tail, !tail.ofTheBot() && e.names(h, tail)
	}
	return s, false
}

// names reports whether a run names something that one can ask about.
func (e *Ear) names(h *hearing, s spoken) bool {
	return e.model.Talk.strange(s) > 0 || within(h.topic, s)
}

// leastIndirect is how many words an indirect question has at least.
const leastIndirect = 3

var (
	// indirectly are words with which an indirect question begins.
	indirectly = german.Set("ob wer wen wem wessen was wie wo wohin woher wann warum wieso weshalb womit wofur wozu wieviel worin welche welcher welches welchen welchem")
	// telling are verbs for which one wants to be told something.
	telling = german.Set(fold(`wissen weiß weißt wisst wüsste sagen sag sagst sagt erklären erklär erkläre erklärst schreiben schreib schreibst verraten verrat verrätst
		interessieren interessiert fragen frage frag gefragt zeigen zeig zeigst erzählen erzähl nennen nenn suche such`))
)

// asksToKnow reports whether a run wants to be told what stands behind it: it ends as
// such a wish does ("kannst du mir kurz sagen").
func asksToKnow(s spoken) bool {
	last := s.tokens[max(0, len(s.tokens)-4):]
	for _, t := range last {
		if telling[t.form] {
			return true
		}
	}
	return false
}

// ofTheBot reports whether a run speaks to the bot of itself.
func (s spoken) ofTheBot() bool {
	for _, t := range s.tokens {
		if toBot(t) {
			return true
		}
	}
	return false
}

// Names reports whether a message names something that one can ask about, rather than
// being made of the words of talk alone.
func (e *Ear) Names(h Heard) bool {
	whole := read(h.Text)
	return e.names(e.hearing(h, whole), whole)
}
