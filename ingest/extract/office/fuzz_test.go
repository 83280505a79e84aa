package office

import (
	"testing"
	"unicode/utf8"
)

// FuzzNumberFormat writes any number in any format.
func FuzzNumberFormat(f *testing.F) {
	for _, code := range []string{"General", `#,##0.00 "€";[Red]-#,##0.00`, "[$-407]d. mmmm yyyy", "[h]:mm", "# ?/?", `[<1]"a";0.0`, "0.00E+00", "@", `_-* #,##0\ `, "AM/PM", "[", `"`, `\`, "[$"} {
		f.Add(code, 1234.5)
	}
	f.Fuzz(func(t *testing.T, code string, value float64) {
		if len(code) > maxFormat || !utf8.ValidString(code) {
			return
		}
		format := parseNumberFormat(code)
		format.number(value, false)
		format.number(-value, true)
		format.written("a")
	})
}
