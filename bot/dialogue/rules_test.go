package dialogue

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/pattern"
)

var formats = []string{"Offene KI-Sprechstunde", "LeanCoffee", "WissenToGo", "Ethikrunde"}

func newEar(t testing.TB) *Ear {
	t.Helper()
	ear, err := New(formats...)
	if err != nil {
		t.Fatal(err)
	}
	return ear
}

func TestRulesMeetTheirExamples(t *testing.T) {
	t.Parallel()
	ear := newEar(t)
	for _, r := range ear.rules {
		for _, text := range r.yes {
			h := r.where.example(text)
			got := ear.Hear(h)
			if _, above := ofAbove(plainOf(text)); got.Kind != r.kind && (!above || !canBeSaid(h, belowAnswer)) {
				t.Errorf("%s: %q is heard as %s, want %s", r.line, text, got.Kind, r.kind)
			}
		}
	}
}

func TestRulesFileSaysWhatIsWrongAndWhere(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"# ok\n\nthanks | | danke | danke; merci":                    `r.txt:3: the rule does not meet its example "merci"`,
		"thanks | | dank* | danke | dankbar":                         `r.txt:1: the rule meets its counter-example "dankbar"`,
		"merci | | danke | danke":                                    `r.txt:1: no act is called "merci"`,
		"thanks | abends | danke | danke":                            `r.txt:1: "abends" is neither`,
		"thanks | max | danke | danke":                               `write max and a number`,
		"thanks | | (danke | danke":                                  `r.txt:1: a bracket is not closed`,
		"thanks | | danke) | danke":                                  `r.txt:1: a bracket is closed that was not opened`,
		"thanks | | $dank | danke":                                   `r.txt:1: no list is called "dank"`,
		"thanks | | danke":                                           `r.txt:1: write a rule as`,
		"thanks | | danke |":                                         `r.txt:1: a rule needs an example`,
		"list x y = a":                                               `r.txt:1: write a list as`,
		"a\nthanks | plain | danke | danke\nbye | plain | ade | ade": `r.txt:3: no list is called "topic"`,
		"thanks | | | danke\nbye | | ade | ade; tschüss":             `r.txt:2: the rule does not meet its example "tschüss"`,
	} {
		_, err := parseRules("r.txt", text, pattern.Lists{})
		var p *pattern.Fault
		if err == nil || !strings.Contains(err.Error(), want) || !errors.As(err, &p) {
			t.Errorf("parseRules(%q) = %v, want %q", text, err, want)
		}
	}
}

func TestPatterns(t *testing.T) {
	t.Parallel()
	lists := pattern.Lists{}
	if err := addList(dialect, "gern = gern / gerne", lists); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"danke", "Danke!", true},
		{"danke", "danke dir", false},
		{"danke dir?", "danke dir", true},
		{"dank* ...", "Dankeschön an alle", true},
		{"*formular*", "Das Anmeldeformulare", false},
		{"*formular*", "Anmeldeformulare", true},
		{"(ja / nein) $gern?", "nein gerne", true},
		{"(ja/jo)+ bitte", "ja jo ja bitte", true},
		{"<nr>", "Nr. 12", false},
		{"nr <nr>", "Nr. 12", true},
		{"grüß gott", "GRUSS gott", true},
		{"muss", "muß", true},
	} {
		p, err := compile(dialect, c.pattern, lists)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.fits(read(c.text).line()); got != c.want {
			t.Errorf("%q fits %q: %t", c.pattern, c.text, got)
		}
	}
}

func TestPressedButtonIsTheWordForIt(t *testing.T) {
	t.Parallel()
	on := inbox.Subject{Ticket: 3}
	if got := Pressed(inbox.Settle, on); got != (Act{Kind: Settled, Subject: on}) {
		t.Errorf("Pressed = %+v", got)
	}
	if got := Pressed("of an older version", on); got.Kind != Nothing {
		t.Errorf("Pressed = %+v", got)
	}
}

func FuzzHear(f *testing.F) {
	for _, seed := range []string{"ja", "ändern: x", "sperren 412: weil", "!antwort x", "", "\xff", "Sprechstunde!", "Hallo, ich will mit einem Menschen reden: darf ich?", "…", "👍🏽"} {
		f.Add(seed, uint8(Direct), uint8(0), false)
	}
	ear := newEar(f)
	f.Fuzz(func(t *testing.T, text string, place, state uint8, overheard bool) {
		h := Heard{Text: text, Place: Place(place), Waits: States[int(state)%len(States)], Overheard: overheard}
		got := ear.Hear(h)
		if !slices.Contains(Kinds, got.Kind) || got.Kind == Block && len([]rune(got.Text)) > reasonRunes {
			t.Errorf("Hear(%+v) = %+v", h, got)
		}
	})
}
