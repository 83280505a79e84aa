package dialogue

import (
	"slices"
	"strings"
	"testing"
)

// TestPhrases holds each line of phrases.txt to its examples.
func TestPhrases(t *testing.T) {
	t.Parallel()
	for name, lines := range phrases() {
		for _, p := range lines {
			if len(p.yes) == 0 {
				t.Errorf("phrases.txt:%d: %s has no example", p.line, name)
			}
			for _, text := range p.yes {
				if !p.fits(plainOf(text).line) {
					t.Errorf("phrases.txt:%d: %s does not meet its example %q", p.line, name, text)
				}
			}
			for _, text := range p.no {
				if p.fits(plainOf(text).line) {
					t.Errorf("phrases.txt:%d: %s meets its counter-example %q", p.line, name, text)
				}
			}
		}
	}
}

// TestPhrasesAreThoseThatAreAskedFor finds names that are misspelt.
func TestPhrasesAreThoseThatAreAskedFor(t *testing.T) {
	t.Parallel()
	asked := []string{"format", "rather", "to channel", "coffee opens", "reminders", "asks date", "not", "remind ticket", "remind of", "own tickets", "points back", "remindable", "host needs help", "own goes on", "forget all"}
	for _, a := range aspects {
		asked = append(asked, "own "+string(a))
	}
	for _, c := range choices {
		asked = append(asked, string(c))
	}
	for _, kind := range coffeeWords {
		asked = append(asked, string(kind))
	}
	for _, one := range decisive {
		asked = append(asked, one.name)
	}
	for _, one := range hostsSay {
		asked = append(asked, one.name)
	}
	for _, one := range saidAlone {
		asked = append(asked, one.name)
	}
	for _, one := range asksOfAbove {
		asked = append(asked, one.name)
	}
	for _, name := range asked {
		if len(phrases()[name]) == 0 {
			t.Errorf("no phrase is called %q", name)
		}
	}
	for name := range phrases() {
		if !slices.Contains(asked, name) {
			t.Errorf("nobody asks for the phrase %q", name)
		}
	}
}

func TestPhrasesInWhatIsNoText(t *testing.T) {
	t.Parallel()
	if !plainOf("\xff\xffschriftlich reicht").is(string(Written)) {
		t.Error("not heard")
	}
}

func TestFilesOfPhrasesThatCannotBe(t *testing.T) {
	t.Parallel()
	_, err := parsePhrases("f", "a | b | c\nb | (a | a |\n\nc | $none | a |\nlist x")
	if err == nil {
		t.Fatal("taken")
	}
	for _, want := range []string{"f:1: write a phrase", "f:2: ", `f:4: no list is called "none"`, "f:5: write a list"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not told: %v", want, err)
		}
	}
}
