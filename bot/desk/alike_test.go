package desk

import (
	"os"
	"strings"
	"testing"
)

// pair is two questions and whether they ask the same.
type pair struct {
	a, b string
	same bool
}

func readPairs(t *testing.T, file string) (all []pair) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		sign, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if a, b, found := strings.Cut(rest, " | "); found && sign != "#" {
			all = append(all, pair{a, b, sign == "="})
		}
	}
	return all
}

// Of those who ask the same in nearly the same words 12 of 20 are offered to join, of those
// who say it quite otherwise few; and few are offered another question, though most of the
// others differ from theirs in one word.
func TestLikenessOfTickets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file                  string
		leastFound, mostWrong int
	}{{"testdata/fitted.txt", 12, 1}, {"testdata/alike.txt", 5, 3}} {
		found, wrong := 0, 0
		for _, p := range readPairs(t, c.file) {
			if sameAs(p.a, []string{p.b}) < 0 {
				continue
			}
			if p.same {
				found++
			} else {
				wrong++
				t.Logf("taken for the same: %q and %q", p.a, p.b)
			}
		}
		t.Logf("%s: %d found, %d wrong", c.file, found, wrong)
		if found < c.leastFound || wrong > c.mostWrong {
			t.Errorf("%s: %d found, %d wrong", c.file, found, wrong)
		}
	}
}

// Among many tickets hardly anybody is offered another one's.
func TestLikenessAmongManyTickets(t *testing.T) {
	t.Parallel()
	var pairs []pair
	var open []string
	for _, p := range readPairs(t, "testdata/alike.txt") {
		if p.same {
			pairs, open = append(pairs, p), append(open, p.a)
		}
	}
	wrong := 0
	for n, p := range pairs {
		if i := sameAs(p.b, open); i >= 0 && i != n {
			wrong++
			t.Logf("%q is offered %q", p.b, open[i])
		}
	}
	if wrong > 1 {
		t.Errorf("%d of %d are offered another one's question", wrong, len(pairs))
	}
}
