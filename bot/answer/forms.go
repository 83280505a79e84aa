package answer

import (
	"cmp"
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// Form is a form to fill in: a document that is one, or one that a passage names.
type Form struct {
	Name string        // as the passage names it ("Formular F-210"); empty: the document is it
	Hit  retrieval.Hit // where it stands
}

// WantsForm reports whether a request is for a form to fill in.
func WantsForm(request string) bool {
	return slices.ContainsFunc(german.Words(request), func(w german.Word) bool { return isForm(w.Form) })
}

// NamesTopic reports whether a request for a document says what the document is to be
// about, and not only of which kind it is ("das Formular dazu").
func NamesTopic(request string) bool { return len(topicIn(request)) > 0 }

// Forms returns the forms that hits name for a topic: those of the passages that have
// most of its words, each once. A topic with the number of a form means that one.
func Forms(topic string, hits []retrieval.Hit) []Form {
	wanted, number := topicIn(topic), strings.ToUpper(formNumber.FindString(topic))
	best := foremost[Form]{same: func(a, b Form) bool { return strings.EqualFold(a.title(), b.title()) }}
	for _, hit := range hits {
		n := has(textOf(hit), wanted)
		if WantsForm(hit.Document.Title) && (number == "" || strings.Contains(strings.ToUpper(hit.Document.Title), number)) {
			best.add(Form{Hit: hit}, n)
			continue
		}
		for _, name := range formsNamed(hit.Passage.Text) {
			if number == "" {
				best.add(Form{Name: name, Hit: hit}, n)
			} else if strings.Contains(strings.ToUpper(name), number) {
				best.add(Form{Name: name, Hit: hit}, 1)
			}
		}
	}
	return best.found
}

func (f Form) title() string { return cmp.Or(f.Name, f.Hit.Document.Title) }

// FormLine shows a form: its name, if the document is not the form itself, and where
// it stands.
func FormLine(f Form, opt RenderOptions) string {
	if f.Name == "" {
		return DocumentLine(f.Hit.Document, opt)
	}
	return "**" + Safe(f.Name) + "** · " + sourceText(opt.Texts, sourceOf(excerpt{hit: f.Hit}), opt.Now)
}

// topicIn are the words of what a document is wanted about.
func topicIn(request string) []german.Word {
	return slices.DeleteFunc(namedIn(request), func(w german.Word) bool { return kinds[w.Stem] || letters(w.Form) <= 2 })
}

// letters counts letters and digits: two ("KI") tell no topic from another here.
func letters(form string) (n int) {
	for _, r := range form {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// formsNamed are the forms that a passage names: by a number or a name in quotes
// behind the word, or in one word with what they are for ("Ideenformular").
func formsNamed(text string) []string {
	var names []string
	for _, m := range formName.FindAllStringSubmatch(text, -1) {
		head, which := m[1], strings.TrimSpace(m[2])
		switch bare := kinds[german.Stem(german.Fold(head))]; {
		case which != "":
			names = append(names, head+" "+which)
		case !bare:
			names = append(names, head)
		}
	}
	return names
}

//go:embed forms.txt
var formsText string

var (
	formWords  = german.Lists(formsText)
	formHeads  = strings.Join(formWords["forms"], "|")
	formName   = regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{N}-])((?:[\p{L}-]*(?:` + formHeads + `)|antrag))(?:e?s)?(\s+(?:[„"»][^“”"«\n]{2,60}[“”"«]|[A-Z]{1,3}[ -]?\d[\d/.-]*\d|[A-Z]{1,3}[ -]?\d))?(?:[^\p{L}]|$)`)
	formNumber = regexp.MustCompile(`(?i)\b[a-z]{1,3}-\d[\d/.-]*\d\b`)
	formEnds   = folded(formWords["form-ends"])
	// kinds are stems that say which kind of document is wanted, and not about what.
	kinds = stemsOf(formWords["kinds"])
)

func folded(words []string) (all []string) {
	for _, word := range words {
		all = append(all, german.Fold(word))
	}
	return all
}

func isForm(form string) bool {
	return slices.ContainsFunc(formEnds, func(head string) bool { return strings.HasSuffix(form, head) })
}
