package german

import "testing"

func TestParseMoment(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Moment{
		"2026-03-01":       {2026, 3, 1},
		"1.3.2026":         {2026, 3, 1},
		"01. 03. 2026":     {2026, 3, 1},
		"1.3.26":           {2026, 3, 1},
		"1.3.":             {0, 3, 1},
		"1. März 2026":     {2026, 3, 1},
		"1. maerz":         {0, 3, 1},
		"24. Dez. 2026":    {2026, 12, 24},
		"Jänner 2027":      {2027, 1, 0},
		"dezember":         {0, 12, 0},
		"03/2026":          {2026, 3, 0},
		"2026":             {2026, 0, 0},
		"31. Februar 2026": {2026, 2, 31}, // the calendar's business
	} {
		if got, ok := ParseMoment(text); !ok || got != want {
			t.Errorf("ParseMoment(%q) = %v (%t), want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "13/2026", "1.13.2026", "märzlich", "26", "am 1.3.2026", "1.3.2026 und", "Mai und Juni"} {
		if got, ok := ParseMoment(text); ok {
			t.Errorf("ParseMoment(%q) = %v, want none", text, got)
		}
	}
}
