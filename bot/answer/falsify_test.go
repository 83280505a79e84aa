package answer

import (
	"io/fs"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

const falsifications = 1000

// TestFalsifiedQuotesAndCitationsAreCaught takes sentences of the example house as
// statements with their quote and number, and falsifies one thing in each: the quote,
// the number of the passage, or a figure, denial or duty of the sentence. Run with -v
// for the shares.
func TestFalsifiedQuotesAndCitationsAreCaught(t *testing.T) {
	t.Parallel()
	hits := passages(t)
	c := New(Config{Texts: prompts.Default(), Log: slog.New(slog.DiscardHandler)})
	random := rand.New(rand.NewPCG(11, 2026))
	var truths []shapedStatement
	var at []int
	alarms := 0
	for i, hit := range hits {
		for _, span := range german.Sentences(hit.Passage.Text) {
			sentence := strings.TrimSpace(span.Of(hit.Passage.Text))
			if len(strings.Fields(sentence)) < 6 || !strings.HasSuffix(sentence, ".") || active.MatchString(sentence) || strings.ContainsAny(sentence, "\n|*#") {
				continue
			}
			given := stated(1, sentence, sentence)
			truths, at = append(truths, given), append(at, i)
			if _, judged := c.checkQuoted(t.Context(), given, []retrieval.Hit{hit}); !judged.Kept {
				alarms++
				t.Logf("false alarm: %s", sentence)
			}
		}
	}
	kinds := slices.Sorted(maps.Keys(falsify))
	missed, made := map[string]int{}, map[string]int{}
	for n := 0; n < falsifications; {
		k := random.IntN(len(truths))
		name := kinds[n%len(kinds)]
		two := []retrieval.Hit{hits[at[k]], hits[random.IntN(len(hits))]}
		if two[0].Passage.ID == two[1].Passage.ID {
			continue
		}
		lie, ok := falsify[name](random, truths[k])
		if !ok {
			continue
		}
		n++
		made[name]++
		// A citation that names another passage may be set right: its quote says whose it is.
		s, judged := c.checkQuoted(t.Context(), lie, two)
		if judged.Kept && (name != "other passage" || len(s.sources) != 1 || s.sources[0].Passage.ID != two[0].Passage.ID) {
			missed[name]++
			t.Logf("%s missed: %q → %q, quote %q", name, *truths[k].Sentence, *lie.Sentence, *lie.Quote)
		}
	}
	through := 0
	for name, n := range made {
		through += missed[name]
		t.Logf("%-16s %d of %d missed", name, missed[name], n)
	}
	t.Logf("caught %d of %d; false alarms %d of %d", falsifications-through, falsifications, alarms, len(truths))
	if through > falsifications/100 || alarms*200 > len(truths) {
		t.Errorf("%d of %d let through, %d of %d withheld", through, falsifications, alarms, len(truths))
	}
}

func stated(number int, quote, sentence string) shapedStatement {
	return shapedStatement{Number: &number, Quote: &quote, Sentence: &sentence}
}

// falsify says one thing wrong; false: there is nothing of the kind in it.
var falsify = map[string]func(*rand.Rand, shapedStatement) (shapedStatement, bool){
	"other passage": func(_ *rand.Rand, s shapedStatement) (shapedStatement, bool) {
		return stated(2, *s.Quote, *s.Sentence), true
	},
	"no passage": func(_ *rand.Rand, s shapedStatement) (shapedStatement, bool) {
		return stated(3, *s.Quote, *s.Sentence), true
	},
	"letter of quote": func(r *rand.Rand, s shapedStatement) (shapedStatement, bool) {
		letters := []rune(*s.Quote)
		i := r.IntN(len(letters))
		if !isWordRune(letters[i]) || letters[i] == 'x' {
			return s, false
		}
		letters[i] = 'x'
		return stated(1, string(letters), *s.Sentence), true
	},
	"word of quote left out": func(r *rand.Rand, s shapedStatement) (shapedStatement, bool) {
		all := strings.Fields(*s.Quote)
		i := 1 + r.IntN(len(all)-2)
		return stated(1, strings.Join(slices.Delete(all, i, i+1), " "), *s.Sentence), true
	},
	"words of quote swapped": func(r *rand.Rand, s shapedStatement) (shapedStatement, bool) {
		all := strings.Fields(*s.Quote)
		i := r.IntN(len(all) - 2)
		if all[i] == all[i+1] {
			return s, false
		}
		all[i], all[i+1] = all[i+1], all[i]
		return stated(1, strings.Join(all, " "), *s.Sentence), true
	},
	"number": in(`\d+`, func(r *rand.Rand, was string) string {
		digit := r.IntN(len(was))
		return was[:digit] + string('0'+(was[digit]-'0'+byte(1+r.IntN(8)))%10) + was[digit+1:]
	}),
	"unit": in(`\b(Tagen?|Wochen?|Monaten?|Jahren?|Stunden?|Minuten)\b`, func(r *rand.Rand, was string) string {
		units := []string{"Tagen", "Wochen", "Monaten", "Jahren", "Stunden", "Minuten"}
		units = slices.DeleteFunc(units, func(u string) bool { return strings.TrimRight(u, "en") == strings.TrimRight(was, "en") })
		return units[r.IntN(len(units))]
	}),
	"duty": in(`\b(muss|müssen)\b`, func(_ *rand.Rand, was string) string {
		return map[string]string{"muss": "kann", "müssen": "können"}[was]
	}),
	"permission": in(`\b(kann|können|darf|dürfen)\b`, func(_ *rand.Rand, was string) string {
		return map[bool]string{true: "muss", false: "müssen"}[!strings.HasSuffix(was, "en")]
	}),
	"denial lost": in(`\bnicht `, func(*rand.Rand, string) string { return "" }),
	"denial lost (kein)": in(`\b[kK]ein(e|en|em|er)?\b`, func(_ *rand.Rand, was string) string {
		return map[bool]string{true: "E", false: "e"}[was[0] == 'K'] + was[2:]
	}),
	"denied":     in(`\b(ist|sind|wird|werden|gilt|darf|dürfen) `, func(_ *rand.Rand, was string) string { return was + "nicht " }),
	"limit lost": in(`\b(nur|ausschließlich|mindestens|höchstens|spätestens) `, func(*rand.Rand, string) string { return "" }),
}

// in falsifies the first piece of the sentence that matches.
func in(pattern string, change func(*rand.Rand, string) string) func(*rand.Rand, shapedStatement) (shapedStatement, bool) {
	find := regexp.MustCompile(pattern)
	return func(r *rand.Rand, s shapedStatement) (shapedStatement, bool) {
		at := find.FindStringIndex(*s.Sentence)
		if at == nil {
			return s, false
		}
		was := (*s.Sentence)[at[0]:at[1]]
		said := (*s.Sentence)[:at[0]] + change(r, was) + (*s.Sentence)[at[1]:]
		return stated(1, *s.Quote, said), said != *s.Sentence
	}
}

// passages cuts the documents of the example house into passages of a page's length.
func passages(t *testing.T) (hits []retrieval.Hit) {
	t.Helper()
	files := os.DirFS("../../examples/musterland/files")
	err := fs.WalkDir(files, ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".md") {
			return err
		}
		raw, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		for section := range strings.SplitSeq(string(raw), "\n#") {
			_, text, _ := strings.Cut(section, "\n")
			text = strings.Join(strings.Fields(text), " ")
			if utf8.RuneCountInString(text) < 80 || strings.Contains(text, "|") {
				continue
			}
			hits = append(hits, retrieval.Hit{
				Document: retrieval.Document{ID: 1, Title: path},
				Passage:  retrieval.Passage{ID: int64(len(hits) + 1), Text: text},
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return hits
}
