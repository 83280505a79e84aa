package answer

import "testing"

func TestALineOfAPassageBecomesOneForPeople(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"Protokolle prüfen Sie selbst.": "Protokolle prüfen Sie selbst.",
		"- Gesundheitsdaten":            "– Gesundheitsdaten",
		"Werkzeug | Freigabe":           "Werkzeug · Freigabe",
		"| ja":                          "ja",
		"Copilot |  | ja |":             "Copilot · ja",
		"--------":                      "",
		"a|b und c":                     "a|b und c",
	} {
		if got := worded(line); got != want {
			t.Errorf("%q is %q, want %q", line, got, want)
		}
	}
}
