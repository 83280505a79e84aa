package dialogue

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/chat"
)

func TestGoesOnAndAsks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct{ goesOn, asks bool }{
		"Und im Ausland?":                 {true, true},
		"Gilt das auch für Externe?":      {true, true},
		"Was ist mit Bildern?":            {true, true},
		"Was ist KI?":                     {false, true},
		"Darf ich das":                    {false, true},
		"Welche Regel gilt da":            {false, true},
		"Ich frage mal im Team nach.":     {false, false},
		"Protokolle mit KI":               {false, false},
		"":                                {false, false},
		"?!":                              {false, true},
		"aber nicht im Ausland":           {true, false},
		"wie sieht es mit Bildern aus":    {true, true},
		"Sonst noch etwas zu beachten":    {true, false},
		"Wie ist die Telefonnummer von X": {false, true},
	} {
		if got := GoesOn(text); got != want.goesOn {
			t.Errorf("GoesOn(%q) = %t", text, got)
		}
		if got := Asks(text); got != want.asks {
			t.Errorf("Asks(%q) = %t", text, got)
		}
	}
}

func TestLastQuestionIsTheAskersOwnThatWasAnswered(t *testing.T) {
	t.Parallel()
	ear := newEar(t)
	self := chat.User{ID: "bot", Username: "ki"}
	at := time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)
	post := func(id, user, text string) chat.Post {
		at = at.Add(time.Second)
		p := chat.Post{ID: id, UserID: user, Text: text, CreatedAt: at}
		if user == self.ID {
			p.Marker = "q." + id + ".1"
		}
		return p
	}
	talk := []chat.Post{
		post("1", "anna", "@ki Darf ich das?"), post("2", "bot", "Ja."),
		post("3", "berta", "@ki Und ich?"), post("4", "bot", "Nein."),
		post("5", "anna", "Sprechstunde"), post("6", "bot", "Vorschau"),
		post("7", "anna", "ändern: Darf ich jenes?"), post("8", "bot", "Vorschau"),
		post("9", "anna", "Noch eine Frage?"),
		post("10", "dora", "Darf ich Folien bebildern lassen?"), post("11", "bot", "Am nächsten kommt: …"),
		post("12", "dora", "gibts da noch was andres zu"), post("13", "bot", "Mehr habe ich nicht."),
		post("14", "dora", "ich will mit einem menschen reden"),
		post("15", "emil", "Darf ich Folien bebildern lassen?"), post("16", "bot", "Am nächsten kommt: …"),
		post("17", "emil", "tut sich da schon was"), post("18", "bot", "Nr. 3 wartet auf eine Antwort."),
		post("19", "emil", "Sprechstunde"),
		post("20", "fred", "Darf ich Musik machen lassen?"), post("21", "bot", "Am nächsten kommt: …"),
		post("22", "fred", "Mein Chef beleidigt mich"), post("23", "bot", "Bitte wenden Sie sich an …"),
		post("24", "fred", "Sprechstunde"),
	}
	refuses := func(text string) bool { return strings.Contains(text, "Chef") }
	for _, c := range []struct{ user, before, want string }{
		{"anna", "9", "1"}, // words that steer are no questions
		{"berta", "9", "3"},
		{"berta", "3", ""},
		{"carl", "9", ""},
		{"anna", "1", ""},
		{"emil", "19", "15"}, // a word about a ticket, which only one that waits makes one
		{"fred", "24", "22"}, // what no machine decides is the last, whatever it sounds like
		{"fred", "22", "20"}, // until then
		{"dora", "14", "10"}, // a wish for more, which only a close answer makes one
	} {
		var before chat.Post
		for _, p := range talk {
			if p.ID == c.before {
				before = p
			}
		}
		got, found := ear.LastQuestion(talk, c.user, before, self, refuses)
		if got.ID != c.want || found != (c.want != "") {
			t.Errorf("before %s, %s: %q, %t, want %q", c.before, c.user, got.ID, found, c.want)
		}
	}
	unanswered := talk[:1]
	if got, found := ear.LastQuestion(unanswered, "anna", talk[8], self, refuses); found {
		t.Errorf("a question without an answer: %+v", got)
	}
}

// TestLongMessagesArePartedAtTheirEnds keeps what a long message costs within
// bounds: each place where it is parted is a look at the whole of it.
func TestLongMessagesArePartedAtTheirEnds(t *testing.T) {
	t.Parallel()
	ear := newEar(t)
	if got := ear.seams(read("ja, gut, dann, ein Mensch bitte, ob das geht")); !slices.Equal(got, []int{1, 2, 3, 5, 6}) {
		t.Errorf("a short message is parted at %v", got)
	}
	if got := ear.seams(read(strings.Repeat("ja, ", 5000))); len(got) != 2*mostSeams || got[0] != 1 || got[len(got)-1] != 4999 {
		t.Errorf("a message of 5000 clauses is parted at %v", got)
	}
}
