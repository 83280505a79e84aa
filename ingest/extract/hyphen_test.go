package extract

import (
	"testing"
)

func TestJoinLines(t *testing.T) {
	for _, test := range []struct{ text, next, want string }{
		{"Verfahrensfüh\u0002", "rung", "Verfahrensführung"},
		{"KI\u0002", "Kongress", "KI-Kongress"},
		{"Zustim-", "mung", "Zustimmung"},
		{"Zustim\u00AD", "mung", "Zustimmung"},
		{"Zustim\u2010", "mung", "Zustimmung"},
		{"Vor-", "und Nachteile", "Vor- und Nachteile"},
		{"DIN-", "5008", "DIN-5008"},
		{"ein –", "zwei", "ein – zwei"},
		{"Ende.", "Anfang", "Ende. Anfang"},
	} {
		if got := JoinLines(test.text, test.next); got != test.want {
			t.Errorf("JoinLines(%q, %q) = %q, want %q", test.text, test.next, got, test.want)
		}
	}
	for text, want := range map[string]string{
		"füh\u0002rung": "führung", "KI\u0002Kongress": "KI-Kongress", "am Ende\u0002": "am Ende-", "\u0002x": " x", "a \u0002b": "a  b",
	} {
		if got := Mend(text); got != want {
			t.Errorf("Mend(%q) = %q, want %q", text, got, want)
		}
	}
}
