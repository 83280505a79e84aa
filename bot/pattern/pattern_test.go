package pattern_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/bot/pattern"
)

// plain is a dialect with a number of its own.
var plain = pattern.Dialect{
	Signs: "?+*",
	Form:  func(word string) (string, error) { return word, nil },
	Own: func(e string) (pattern.Part, bool, error) {
		return pattern.Part{Expr: `\d+ `}, e == "<nr>", nil
	},
}

func TestPatterns(t *testing.T) {
	t.Parallel()
	list, err := plain.Parse("gern / sehr gern", nil)
	if err != nil {
		t.Fatal(err)
	}
	lists := pattern.Lists{"gern": list}
	for _, c := range []struct {
		pattern, fits, misses string
		needs                 []pattern.OneOf
	}{
		{"ja", "ja", "jaja", []pattern.OneOf{{"ja"}}},
		{"dank* dir?", "dankbar dir", "dir", []pattern.OneOf{{"dank*"}}},
		{"(ja / nein) $gern", "nein sehr gern", "nein", []pattern.OneOf{{"ja", "nein"}, {"gern", "sehr"}}},
		{"(ja/jo)+ $gern*", "ja jo gern gern", "gern", []pattern.OneOf{{"ja", "jo"}}},
		{"nr? <nr>", "12", "nr", nil},
		{"a / b?", "b", "a b", nil},
	} {
		whole, err := plain.Parse(c.pattern, lists)
		if err != nil {
			t.Fatalf("%s: %v", c.pattern, err)
		}
		expr := regexp.MustCompile("^(?:" + whole.Expr + ")$")
		if !expr.MatchString(c.fits+" ") || expr.MatchString(c.misses+" ") {
			t.Errorf("%s: fits %q %t, fits %q %t", c.pattern, c.fits, expr.MatchString(c.fits+" "), c.misses, expr.MatchString(c.misses+" "))
		}
		if diff := cmp.Diff(c.needs, whole.Needs); diff != "" {
			t.Errorf("%s: needs (-want +got):\n%s", c.pattern, diff)
		}
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "are empty", "a / ": "are empty", "( / a)": "are empty",
		"(a": "not closed", "a)": "closed that was not opened", "(a)x": "not closed",
		"$x": `no list is called "x"`, strings.Repeat("(", 99) + "a": "too many brackets",
	} {
		if _, err := plain.Parse(text, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("(ja / nein)? $gern+ *x* <nr>")
	f.Fuzz(func(t *testing.T, text string) {
		whole, err := plain.Parse(text, pattern.Lists{"gern": {Expr: "gern "}})
		if err != nil {
			return
		}
		if _, err := regexp.Compile(whole.Expr); err != nil && !strings.Contains(err.Error(), "invalid UTF-8") && len(text) < 100 {
			t.Errorf("%q: %v", text, err)
		}
	})
}
