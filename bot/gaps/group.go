package gaps

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
	"lvr.example/sprechstunde/retrieval/vector"
)

// fewest is of how many people something is said at least.
const fewest = 5

// asked is one question in memory.
type asked struct {
	person    string // pseudonym of the month
	text      string // masked
	vector    []float32
	unhelpful bool // there was an answer, and it did not help
	words     map[string]string
}

// group is what many have asked.
type group struct {
	questions []*asked
}

// together is how alike a question is on average to those of its group.
const (
	together     = 0.4
	wordsCount   = 0.5 // beside the vectors
	leastRounds  = 3   // of putting questions to the group that they are most alike
	mostOfAMonth = 500
)

// grouped puts questions together that ask about the same, and leaves out groups of
// too few people. The same questions make the same groups, however they come.
func grouped(all []*asked) []group {
	slices.SortFunc(all, func(a, b *asked) int { return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.person, b.person)) })
	centre(all)
	likes := likenesses(all)
	place := make([]int, len(all))
	for i := range place {
		place[i] = -1
	}
	for range leastRounds {
		groups := 0
		for _, p := range place {
			groups = max(groups, p+1)
		}
		for i := range all {
			place[i] = -1
			sums, sizes := make([]float64, groups), make([]int, groups)
			for j, p := range place {
				if p >= 0 {
					sums[p] += likes[i][j]
					sizes[p]++
				}
			}
			best, most := -1, together
			for g := range groups {
				if sizes[g] > 0 && sums[g]/float64(sizes[g]) >= most {
					best, most = g, sums[g]/float64(sizes[g])
				}
			}
			if best < 0 {
				best = groups
				groups++
			}
			place[i] = best
		}
	}
	return large(all, place)
}

// large are the groups of enough people, the largest first.
func large(all []*asked, place []int) []group {
	byPlace := map[int]*group{}
	var groups []group
	for i, p := range place {
		if byPlace[p] == nil {
			byPlace[p] = &group{}
		}
		byPlace[p].questions = append(byPlace[p].questions, all[i])
	}
	for p := range len(all) {
		if g := byPlace[p]; g != nil && g.people() >= fewest {
			groups = append(groups, *g)
		}
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(b.people(), a.people()) })
	return groups
}

// people are how many have asked.
func (g group) people() int {
	seen := map[string]bool{}
	for _, q := range g.questions {
		seen[q.person] = true
	}
	return len(seen)
}

// unhelpful reports whether most of the questions had an answer.
func (g group) unhelpful() bool {
	n := 0
	for _, q := range g.questions {
		if q.unhelpful {
			n++
		}
	}
	return 2*n > len(g.questions)
}

// mostWords is how many words name a group.
const mostWords = 4

// A word that more of the other questions use than one in ten, and than two, names nothing.
const (
	commonShare = 10
	commonLeast = 2
)

// topic are the words that name a group: each used by at least five people, most of
// them, and more often than elsewhere.
func (g group) topic(all []*asked) []string {
	elsewhere := map[string]int{}
	for _, q := range all {
		for stem := range q.words {
			elsewhere[stem]++
		}
	}
	type said struct {
		form   string
		weight float64
	}
	var words []said
	written := g.forms()
	for stem, forms := range written {
		form, people := forms.most()
		users := len(usersOf(stem, written))
		others := elsewhere[stem] - g.using(stem)
		if users < fewest || people < 1 || others > max(commonLeast, (len(all)-len(g.questions))/commonShare) {
			continue
		}
		inside := float64(users) / float64(g.people())
		outside := float64(elsewhere[stem]) / float64(len(all))
		words = append(words, said{form, inside * math.Log(1+inside/outside)})
	}
	slices.SortFunc(words, func(a, b said) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.form, b.form)) })
	var topic []string
	for _, w := range words[:min(mostWords, len(words))] {
		topic = append(topic, w.form)
	}
	return topic
}

// using counts the questions of a group that have a word.
func (g group) using(stem string) (n int) {
	for _, q := range g.questions {
		if _, has := q.words[stem]; has {
			n++
		}
	}
	return n
}

// forms are who used which form of a word.
type forms map[string]map[string]bool

func (g group) forms() map[string]forms {
	all := map[string]forms{}
	for _, q := range g.questions {
		for stem, form := range q.words {
			if all[stem] == nil {
				all[stem] = forms{}
			}
			if all[stem][form] == nil {
				all[stem][form] = map[string]bool{}
			}
			all[stem][form][q.person] = true
		}
	}
	return all
}

// most is the form that most people use, and by how many.
func (f forms) most() (form string, people int) {
	for written, persons := range f {
		if len(persons) > people || len(persons) == people && written < form {
			form, people = written, len(persons)
		}
	}
	return form, people
}

// longBeginning is from how many bytes on a stem stands for the words that it begins:
// "Starkregen" for "Starkregenwarnung".
const longBeginning = 6

// usersOf are those who use a word, in any form or at the beginning of another.
func usersOf(stem string, all map[string]forms) map[string]bool {
	who := map[string]bool{}
	for other, forms := range all {
		if other != stem && (len(stem) < longBeginning || !strings.HasPrefix(other, stem)) {
			continue
		}
		for _, persons := range forms {
			for p := range persons {
				who[p] = true
			}
		}
	}
	return who
}

// masks are what stands where something was masked: no word of the asker.
var masks = regexp.MustCompile(`\[[^\]\n]{1,40}\]`)

// wordsOf are the words of weight of a question by their stems, as written.
func wordsOf(text string) map[string]string {
	text = masks.ReplaceAllString(text, " ")
	words := map[string]string{}
	for _, w := range german.Words(text) {
		form := text[w.Start:w.End]
		if !w.Stop && !everyday[w.Form] && len(form) > 2 && !strings.ContainsAny(form, "@/:") {
			words[w.Stem] = form
		}
	}
	return words
}

// everyday are words that every question may have.
var everyday = german.Set(`nutzen benutzen verwenden machen tun gehen geht geben gibt gibts konnen kann durfen darf erlaubt bitte hallo moin frage fragen wissen weiss
	sagen muss mussen soll sollen finde finden bekomme bekommen brauche brauchen lassen arbeit dienstlich danke`)

// centre takes out of the vectors what all of them have: of one model they are all
// alike.
func centre(all []*asked) {
	if len(all) == 0 || len(all[0].vector) == 0 {
		return
	}
	mean := make([]float64, len(all[0].vector))
	for _, q := range all {
		for d, x := range q.vector {
			mean[d] += float64(x) / float64(len(all))
		}
	}
	for _, q := range all {
		for d := range q.vector {
			q.vector[d] -= float32(mean[d])
		}
	}
}

// likenesses are how alike each two questions are.
func likenesses(all []*asked) [][]float64 {
	often := map[string]int{}
	for _, q := range all {
		for stem := range q.words {
			often[stem]++
		}
	}
	weight := func(stem string) float64 { return math.Log(1 + float64(len(all))/float64(often[stem])) }
	likes := make([][]float64, len(all))
	for i := range all {
		likes[i] = make([]float64, len(all))
		for j := range i {
			likes[i][j] = like(all[i], all[j], weight)
			likes[j][i] = likes[i][j]
		}
	}
	return likes
}

// like is how alike two questions are: by their vectors, and by how much of the one with
// fewer words stands in the other, where a word of many questions counts little.
func like(a, b *asked, weight func(stem string) float64) float64 {
	var shared, ofA, ofB float64
	for stem := range a.words {
		ofA += weight(stem)
		if _, both := b.words[stem]; both {
			shared += weight(stem)
		}
	}
	for stem := range b.words {
		ofB += weight(stem)
	}
	words := 0.0
	if least := min(ofA, ofB); least > 0 {
		words = shared / least
	}
	if len(a.vector) == 0 || len(b.vector) == 0 {
		return words
	}
	return vector.Cosine(a.vector, b.vector) + wordsCount*words
}
