package retrieval_test

import (
	"testing"
	"time"

	"lvr.example/sprechstunde/retrieval"
)

func TestPeriodOfADocument(t *testing.T) {
	t.Parallel()
	day := func(n int) retrieval.Date { return retrieval.Date{Year: 2026, Month: time.March, Day: n} }
	for name, c := range map[string]struct {
		document retrieval.Document
		serves   string // from the 1st to the 9th
		last     retrieval.Date
	}{
		"without limits":           {retrieval.Document{}, "123456789", retrieval.Date{}},
		"with limits":              {retrieval.Document{ValidFrom: day(3), ValidUntil: day(5)}, "345", day(5)},
		"seen to replace":          {retrieval.Document{ReplacesFrom: day(4)}, "456789", retrieval.Date{}},
		"says its day itself":      {retrieval.Document{ValidFrom: day(2), ReplacesFrom: day(4)}, "23456789", retrieval.Date{}},
		"replaced":                 {retrieval.Document{SupersededBy: "neu.md", SupersededFrom: day(4)}, "123", day(3)},
		"replaced after its end":   {retrieval.Document{ValidUntil: day(2), SupersededBy: "neu.md", SupersededFrom: day(4)}, "12", day(2)},
		"replaced before it began": {retrieval.Document{ValidFrom: day(6), SupersededBy: "neu.md", SupersededFrom: day(4)}, "", day(3)},
		"replaced at once":         {retrieval.Document{SupersededBy: "neu.md"}, "", retrieval.Date{}},
	} {
		got := ""
		for n := 1; n <= 9; n++ {
			if c.document.Validity().Holds(day(n)) {
				got += string(rune('0' + n))
			}
		}
		if got != c.serves || c.document.Validity().Last() != c.last {
			t.Errorf("%s: serves on %q until %s, want %q until %s", name, got, c.document.Validity().Last(), c.serves, c.last)
		}
	}
}
