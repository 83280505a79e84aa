package answer

import (
	"strings"
	"testing"
)

func TestAQuoteIsFoundHoweverItIsSet(t *testing.T) {
	t.Parallel()
	passage := "Vorab ein Satz. Die „Leit\u00adlinie“ gilt\u00a0für alle\nBeschäftigten der Verwaltung. Danach folgt einer. Und noch einer."
	for name, quote := range map[string]string{
		"as it stands":   "Die „Leitlinie“ gilt für alle Beschäftigten",
		"straight marks": `Die "Leitlinie" gilt für alle Beschäftigten der Verwaltung.`,
		"apart and wide": "gilt  für alle\tBeschäftigten",
		"decomposed":     "gilt fu\u0308r alle Bescha\u0308ftigten",
		"two sentences":  "Beschäftigten der Verwaltung. Danach folgt einer.",
	} {
		basis, ok := quoted(quote, passage)
		if !ok || !strings.Contains(basis, "Danach folgt einer.") {
			t.Errorf("%s: %v, %q", name, ok, basis)
		}
	}
	for name, quote := range map[string]string{
		"one letter changed": "gilt für alle Beschäftigtem der Verwaltung",
		"half a word":        "gilt für alle Beschäft",
		"starts in a word":   "inie“ gilt für alle Beschäftigten",
		"too short":          "gilt für alle",
		"words left out":     "Die „Leitlinie“ gilt für Beschäftigten der Verwaltung",
		"nothing":            "",
	} {
		if basis, ok := quoted(quote, passage); ok {
			t.Errorf("%s: found in %q", name, basis)
		}
	}
	if basis, _ := quoted("Vorab ein Satz. Die „Leitlinie“", passage); strings.Contains(basis, "noch einer") {
		t.Errorf("the basis reaches beyond the neighbours: %q", basis)
	}
}

func FuzzShapedReply(f *testing.F) {
	f.Add(`{"status":"beantwortet","aussagen":[{"nr":1,"zitat":"a b c d","satz":"a"}]}`)
	f.Add(`{"status":"nicht enthalten","aussagen":[]}{}`)
	f.Fuzz(func(t *testing.T, text string) {
		reply, err := parseShaped(text)
		if err == nil && (reply.Status == nil || reply.Statements == nil) {
			t.Errorf("half a reply of %q", text)
		}
	})
}

func FuzzQuoted(f *testing.F) {
	f.Add("gilt für alle Beschäftigten", "Sie gilt für alle Beschäftigten. Ja.")
	f.Fuzz(func(t *testing.T, quote, passage string) {
		if basis, ok := quoted(quote, passage); ok && !strings.Contains(passage, basis) {
			t.Errorf("basis %q is not of the passage", basis)
		}
	})
}
