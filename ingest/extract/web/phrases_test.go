package web

import (
	"regexp"
	"testing"
)

// TestPhrases holds each line of phrases.txt and related.txt to its examples.
func TestPhrases(t *testing.T) {
	t.Parallel()
	for file, text := range map[string]string{"phrases.txt": phrasesText, "related.txt": relatedText} {
		for expr, examples := range lineExpressions(text) {
			own := regexp.MustCompile(`(?i)^(?:` + expr + `)$`)
			for _, example := range examples {
				if !own.MatchString(example) {
					t.Errorf("%s: %q does not match its example %q", file, expr, example)
				}
			}
		}
	}
	for _, sentence := range []string{"Teilen Sie uns Änderungen mit", "Der Antrag wird gedruckt", "Werbung ist im Haus untersagt", "Die Antwort ergeht schriftlich"} {
		if phrases.MatchString(sentence) || related.MatchString(sentence) {
			t.Errorf("%q is taken for one that only leads on", sentence)
		}
	}
}

func TestNamesOfWhatIsNotThePage(t *testing.T) {
	t.Parallel()
	for names, frame := range map[string]bool{
		"breadcrumb-list": true, "top klickpfad": true, "mainnav": true, "site-footer": true, "author-box": true, "widget_recent": true,
		"adsorption": false, "content": false, "sharing-rules-text": true, "sachgebiet": false,
	} {
		if got := frameNames.MatchString(names); got != frame {
			t.Errorf("%q stands around a page: %v", names, got)
		}
	}
	for names, clutter := range map[string]bool{"search": true, "back-to-top": true, "modal open": true, "modalitaeten": false, "printed": false, "meta_nav": true} {
		if got := clutterNames.MatchString(names); got != clutter {
			t.Errorf("%q is no part of a page: %v", names, got)
		}
	}
}
