package dialogue

import (
	"slices"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/pattern"
	"lvr.example/sprechstunde/retrieval/german"
)

// Ear hears by rules and examples. It is immutable and safe for concurrent use.
type Ear struct {
	rules   []rule
	finder  *finder // of rules
	intro   fitting // leads to a question
	topic   theme   // what the house's questions are about
	model   model
	classes classes

	formats []string // their names
}

// New returns an Ear that knows the names of the house's formats besides those
// in the rules. A name with no letters is left out.
func New(formats ...string) (*Ear, error) {
	e, err := ruled(formats)
	if err != nil {
		return nil, err
	}
	if e.model, err = loadModel(weightsFile); err != nil {
		return nil, err
	}
	return e, nil
}

// ruled is an Ear that has learned nothing.
func ruled(formats []string) (*Ear, error) {
	lists := pattern.Lists{}
	for _, name := range formats {
		var words []string
		for _, t := range read(name).tokens {
			words = append(words, t.form)
		}
		if len(words) > 0 {
			if err := addList(dialect, "format = "+strings.Join(words, " "), lists); err != nil {
				return nil, err
			}
		}
	}
	rules, err := parseRules("rules.txt", rulesText, lists)
	if err != nil {
		return nil, err
	}
	found := findRules(rules)
	intro, err := compile(dialect, "$intro <rest>", lists)
	if err != nil {
		return nil, err
	}
	topic, err := themeOf("$topic", lists, found)
	if err != nil {
		return nil, err
	}
	classes, err := parseClasses("classes.txt", classesText)
	if err != nil {
		return nil, err
	}
	return &Ear{rules: rules, finder: found, intro: intro, topic: topic, classes: classes, formats: formats}, nil
}

// Hear understands a message.
func (e *Ear) Hear(h Heard) Act {
	if h.Waits == "" {
		h.Waits = Idle
	}
	act, ok := commanded(h)
	if !ok && h.Place == Direct {
		act, ok = e.remind(h.Text)
	}
	if !ok && h.Waits == Preview && h.Place&(Direct|Thread) != 0 {
		if act, ok = e.choose(h.Text); !ok {
			act, ok = e.decides(h.Text)
		}
	}
	if !ok {
		act, ok = addsLater(h)
	}
	if !ok {
		act = e.understand(h)
	}
	act.Waits = h.Waits
	act.Subject = e.named(h, act)
	if act.Kind == PersonWithQuestion {
		act.Text = AsAsked(act.Text)
	}
	if act.Kind == StillOpen {
		act.Text = e.reason(h, act)
	}
	if act.Kind == Send && act.loose && e.model.Talk.strange(read(h.Text)) > 0 {
		act = Act{Kind: Unclear, Waits: h.Waits} // a word that nobody says who agrees: "nüscht abschicken"
	}
	if act.Kind == Change && !ok {
		act.Added = act.Text != "" && !act.Guessed
		if act.How = !act.Added; act.How {
			act.Text = strings.TrimSpace(h.Text)
		}
	}
	if word := ok && h.Place&Hosts != 0; h.Overheard && !word && (act.Guessed || !overhearable[act.Kind]) {
		return Act{Kind: Chatter}
	}
	return act
}

// named is the ticket that a word about tickets names; a number in anything else
// names none.
func (e *Ear) named(h Heard, act Act) inbox.Subject {
	switch {
	case act.Kind != Settled && act.Kind != StillOpen && act.Kind != Withdraw && act.Kind != Status && act.Kind != ReplyToHost && act.Kind != Remind && act.Kind != Unremind:
		return inbox.Subject{Document: act.Subject.Document}
	case act.Subject.Ticket != 0:
		return act.Subject
	}
	tokens := read(h.Text).tokens
	for i, t := range tokens {
		number, err := strconv.ParseInt(t.form, 10, 32)
		if err != nil || number <= 0 || i == 0 {
			continue
		}
		behind := (act.Kind == StillOpen || act.Kind == Settled) && stateWords[tokens[i-1].form] && (i+1 == len(tokens) || t.ends() || tokens[i+1].form == "weil")
		if ticketWords[tokens[i-1].form] || behind {
			return inbox.Subject{Ticket: number}
		}
	}
	return inbox.Subject{}
}

// ticketWords stand before the number of a ticket.
var ticketWords = german.Set("nr nummer no anliegen ticket anfrage frage die der das punkt")

// stateWords may stand right before it: "noch offen 4, weil …".
var stateWords = german.Set("offen geklart erledigt unklar")

// overhearable are the acts that count in a thread also where the bot is not
// named: what asks something, and what can only be meant for it, as what is said of the
// answer above. None of them is guessed: people talk among themselves there.
var overhearable = map[Kind]bool{
	TooLong: true, Simpler: true, More: true, Source: true, Verdict: true, Objects: true,
	Question: true, FollowUp: true, Date: true, Document: true, Person: true, PersonWithQuestion: true,
	NotMeant: true, Send: true, Cancel: true, HostAnswer: true,
	CoffeeTopic: true, CoffeeBallot: true, CoffeeVote: true, CoffeeCount: true, CoffeeGoOn: true, CoffeeNext: true, CoffeeNote: true, CoffeeEnd: true,
}

// understand takes what the rules say and lets the model judge it.
func (e *Ear) understand(h Heard) Act {
	whole := read(h.Text)
	if len(whole.tokens) == 0 {
		return Act{Kind: Question}
	}
	if foreign(whole) {
		return Act{Kind: Language}
	}
	now := e.hearing(h, whole)
	if act, ok := e.stillOpen(now, whole); ok {
		return act
	}
	act := e.judge(now, whole, e.byRules(now, whole))
	if act.Kind == Language && act.Guessed && whole.german() {
		return Act{Kind: Question, Text: whole.question()}
	}
	return act
}

// stillOpen hears "noch offen, weil …" before a reason of any length, and "noch offen"
// before whatever comes then.
func (e *Ear) stillOpen(h *hearing, whole spoken) (Act, bool) {
	if clauses := whole.clauses(); len(clauses) > 1 {
		first := clauses[0].tokens
		if act, ok := e.byRule(h, clauses[0]); ok && act.Kind == StillOpen && act.Text == "" && first[len(first)-1].form == "offen" {
			act.Text = join(whole, clauses[1:]).because().said()
			return act, true
		}
	}
	if len(whole.tokens) <= ruleWords {
		return Act{}, false
	}
	act, ok := e.byRule(h, spoken{whole.text, whole.tokens[:ruleWords], whole.all})
	from := strings.Index(whole.text, act.Text)
	if !ok || act.Kind != StillOpen || act.Text == "" || from < 0 {
		return Act{}, false
	}
	act.Text = strings.TrimSpace(whole.text[from:])
	return act, true
}

// reason is why something is still open. Where no rule tells it from the word that it
// is, it is what stands behind that word ("hilft mir nicht, es geht auch um …").
func (e *Ear) reason(h Heard, act Act) string {
	if act.Text != "" {
		said := read(act.Text)
		if n := len(said.tokens); n > 1 && said.tokens[0].form == strconv.FormatInt(act.Subject.Ticket, 10) {
			return said.part(1, n).because().said()
		}
		return act.Text
	}
	whole := read(h.Text)
	now := e.hearing(h, whole)
	clauses := whole.clauses()
	for i, c := range clauses {
		if act, ok := e.byRule(now, c); !ok || !courtesies[act.Kind] {
			if i == 0 {
				return ""
			}
			return join(whole, clauses[i:]).because().said()
		}
	}
	return ""
}

// because is a reason without the word that says so.
func (s spoken) because() spoken {
	if len(s.tokens) > 1 && (s.tokens[0].form == "weil" || s.tokens[0].form == "denn") {
		return s.part(1, len(s.tokens))
	}
	return s
}

// byRules takes the whole message by the rules, then without courtesy around it.
// No kind: no rule fits.
func (e *Ear) byRules(h *hearing, whole spoken) Act {
	if dictated, ok := e.dictated(h, whole); ok {
		return dictated
	}
	act, ok := e.byRule(h, whole)
	if ok && act.Kind != Person && !act.Kind.Searched() {
		return act
	}
	if wished, both := e.wish(h, whole); both {
		return wished
	}
	if ok {
		return act
	}
	core, around := e.peel(h, whole)
	if len(core.tokens) == 0 && around.Kind != "" {
		return around
	}
	if act, ok := e.byRule(h, core); ok && (around.Kind == "" || !courtesies[act.Kind]) {
		return act
	}
	return Act{}
}

// wish hears a wish for a person and a question in one message, whichever comes
// first.
func (e *Ear) wish(h *hearing, s spoken) (Act, bool) {
	clauses := s.clauses()
	for n := min(wishClauses, len(clauses)-1); n > 0; n-- {
		front, back := clauses[:n], clauses[len(clauses)-n:]
		if e.wants(h, join(s, front)) {
			return e.withQuestion(h, join(s, clauses[n:]))
		}
		if e.wants(h, join(s, back)) {
			return e.withQuestion(h, join(s, clauses[:len(clauses)-n]))
		}
	}
	return Act{}, false
}

// dictated hears a wish for a person before a colon: what stands behind it is what they
// are to be told, whatever it would mean to the bot.
func (e *Ear) dictated(h *hearing, s spoken) (Act, bool) {
	clauses := s.clauses()
	for n := 1; n < len(clauses) && n <= wishClauses; n++ {
		last := clauses[n-1].tokens
		if left := join(s, clauses[n:]); strings.Contains(last[len(last)-1].after, ":") && len(left.tokens) >= 3 {
			return Act{Kind: PersonWithQuestion, Text: left.said()}, e.wants(h, join(s, clauses[:n]))
		}
	}
	return Act{}, false
}

// wishClauses is how many clauses a wish for a person takes.
const wishClauses = 3

// wants reports whether a run is a wish for people. After an offer to ask them a yes to
// it may be one ("ja, dann frag die mal").
func (e *Ear) wants(h *hearing, s spoken) bool {
	act, ok := e.byRule(h, s)
	if ok && act.Kind == Yes && h.Waits == Nearest {
		elsewhere := *h
		elsewhere.Waits = Answered
		act, ok = e.firstRule(&elsewhere, s)
	}
	return ok && act.Kind == Person
}

// withQuestion is the wish for a person with what is left of a message. If that
// is courtesy or another wish, no question was named.
func (e *Ear) withQuestion(h *hearing, left spoken) (Act, bool) {
	core, _ := e.peel(h, left)
	core = e.bare(core)
	act, ok := e.byRule(h, core)
	few := len(core.tokens) < 3 || len(core.tokens) < 5 && !core.opens() && !Asks(core.said())
	if few || ok && !act.Kind.Searched() {
		return Act{Kind: Person}, few || act.Kind == Person
	}
	return Act{Kind: PersonWithQuestion, Text: core.said()}, true
}

// bare is a run without words that only lead to a question.
func (e *Ear) bare(s spoken) spoken {
	line := s.line()
	if m := e.intro.find(line); m != nil && m[2] > 0 {
		for at := 0; len(s.tokens) > 1 && at < m[2]; s.tokens = s.tokens[1:] {
			at += len(s.tokens[0].form) + 1
		}
	}
	return s
}

func join(s spoken, clauses []spoken) spoken {
	whole := spoken{text: s.text, all: s.all}
	for _, c := range clauses {
		whole.tokens = append(whole.tokens, c.tokens...)
	}
	return whole
}

// courtesies are acts that may stand before or behind another one and change
// nothing about it, the weightier ones first.
var courtesies, weight = func() (map[Kind]bool, []Kind) {
	weight := []Kind{
		Settled, StillOpen, Send, Cancel, Wrong, Outdated, NotMeant, TooLong, Simpler, No, Yes, Announce, Bye, Thanks, OK, Insult, SmallTalk, Test, Greeting,
	}
	set := map[Kind]bool{}
	for _, k := range weight {
		set[k] = true
	}
	return set, weight
}()

// A word that steers stands for itself only if hardly more is said with it.
const (
	courtesyWords   = 8
	courtesyClauses = 6 // at each end
	steeringWords   = 2
)

var steering = map[Kind]bool{Send: true, Cancel: true, Settled: true, StillOpen: true}

// peel takes courtesy off both ends of a message. What is left may be empty:
// then around is what the courtesy says.
func (e *Ear) peel(h *hearing, s spoken) (core spoken, around Act) {
	clauses := s.clauses()
	take := func(c spoken) bool {
		if len(c.tokens) > courtesyWords {
			return false
		}
		act, ok := e.byRule(h, c)
		if !ok || !courtesies[act.Kind] || steering[act.Kind] && len(c.tokens) > steeringWords {
			return false
		}
		if around.Kind == "" || slices.Index(weight, act.Kind) < slices.Index(weight, around.Kind) {
			around = act
		}
		return true
	}
	for range courtesyClauses {
		if len(clauses) == 0 || !take(clauses[0]) {
			break
		}
		clauses = clauses[1:]
	}
	for range courtesyClauses {
		if len(clauses) == 0 || !take(clauses[len(clauses)-1]) {
			break
		}
		clauses = clauses[:len(clauses)-1]
	}
	if n := len(clauses); n > 2 && len(clauses[n-1].tokens) <= 2 { // the name below a greeting
		if act, ok := e.byRule(h, clauses[n-2]); ok && act.Kind == Bye {
			clauses = clauses[:n-2]
		}
	}
	return join(s, clauses), around
}
