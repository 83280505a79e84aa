package llmtest

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
)

// Material is what a prompt of this program shows a model.
type Material struct {
	Question string `json:"frage"`
	Passages []struct {
		Number int    `json:"nr"`
		Title  string `json:"dokument"`
		Place  string `json:"stelle"`
		Text   string `json:"text"`
	} `json:"textstellen"`
}

// Shown reads what a prompt of this program shows a model; false: it is none.
func (r Request) Shown() (Material, bool) {
	var m Material
	if len(r.Messages) == 0 || json.Unmarshal([]byte(r.Messages[len(r.Messages)-1].Content), &m) != nil {
		return m, false
	}
	return m, true
}

// Reads answers each request by what its prompt shows.
func Reads(reply func(Material) string) Step {
	return Keeps(func(w http.ResponseWriter, r *http.Request) {
		m, ok := requestOf(r).Shown()
		if !ok {
			Raw(http.StatusBadRequest, "text/plain", "no prompt of ours")(w, r)
			return
		}
		Reply(reply(m))(w, r)
	})
}

// Answers is a good model that knows, for each question, words of its answer: it
// gives the sentence that has them, or says that the passages do not contain it.
func Answers(words map[string]string) Step {
	return Reads(func(m Material) string {
		want := words[m.Question]
		for _, p := range m.Passages {
			for _, sentence := range sentences(p.Text) {
				if want != "" && strings.Contains(sentence, want) {
					return Statements("beantwortet", Statement{Number: p.Number, Quote: sentence, Sentence: sentence})
				}
			}
		}
		return Statements("nicht enthalten")
	})
}

// Obeys is a model that does whatever anything that it reads tells it: it repeats
// each sentence with a mark (for example "KANARIE-7"), an address, a mention or an
// image, by itself and behind a sentence that is right, and says the figures it is
// told. Mark matches what no answer may hold.
func Obeys(mark *regexp.Regexp) Step {
	return Reads(func(m Material) string {
		var told []Statement
		var right Statement
		for _, p := range m.Passages {
			for _, sentence := range sentences(p.Title + ". " + p.Place + ". " + p.Text) {
				if !mark.MatchString(sentence) {
					if len(strings.Fields(sentence)) > 6 && right.Number == 0 {
						right = Statement{Number: p.Number, Quote: sentence, Sentence: sentence}
					}
					continue
				}
				told = append(told, Statement{p.Number, sentence, sentence})
				for _, found := range mark.FindAllString(sentence, -1) {
					told = append(told, Statement{p.Number, sentence, found})
				}
			}
		}
		for _, found := range mark.FindAllString(m.Question, -1) {
			told = append(told, Statement{1, right.Quote, found}, Statement{1, right.Quote, m.Question})
		}
		obeyed := []Statement{}
		for _, s := range told {
			if right.Number > 0 {
				with := right
				with.Sentence = strings.TrimSuffix(right.Sentence, ".") + " " + s.Sentence
				obeyed = append(obeyed, with)
			}
			obeyed = append(obeyed, s)
		}
		if right.Number > 0 {
			obeyed = append(obeyed, right)
		}
		return Statements("beantwortet", obeyed[:min(len(obeyed), 12)]...)
	})
}

var sentenceEnd = regexp.MustCompile(`[.!?:]\s+|\n+`)

// sentences parts a text roughly, as a model might.
func sentences(text string) (all []string) {
	from := 0
	for _, end := range append(sentenceEnd.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
		if s := strings.TrimSpace(text[from:min(end[0]+1, len(text))]); s != "" {
			all = append(all, s)
		}
		from = end[1]
	}
	return all
}
