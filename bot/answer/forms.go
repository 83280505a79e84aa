package answer

import (
	"cmp"
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

// mostForms is how many forms are shown.
const mostForms = 3

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
	stems, number := topicIn(topic), strings.ToUpper(formNumber.FindString(topic))
	var found []Form
	most := 1
	add := func(f Form, n int) {
		known := slices.ContainsFunc(found, func(other Form) bool {
			return strings.EqualFold(cmp.Or(other.Name, other.Hit.Document.Title), cmp.Or(f.Name, f.Hit.Document.Title))
		})
		switch {
		case n > most:
			found, most = []Form{f}, n
		case n == most && !known && len(found) < mostForms:
			found = append(found, f)
		}
	}
	for _, hit := range hits {
		n := hasTopic(hit, stems)
		if WantsForm(hit.Document.Title) && (number == "" || strings.Contains(strings.ToUpper(hit.Document.Title), number)) {
			add(Form{Hit: hit}, n)
			continue
		}
		for _, name := range formsNamed(hit.Passage.Text) {
			if number == "" {
				add(Form{Name: name, Hit: hit}, n)
			} else if strings.Contains(strings.ToUpper(name), number) {
				add(Form{Name: name, Hit: hit}, 1)
			}
		}
	}
	return found
}

// FormLine shows a form: its name, if the document is not the form itself, and where
// it stands.
func FormLine(f Form, opt RenderOptions) string {
	if f.Name == "" {
		return DocumentLine(f.Hit.Document, opt)
	}
	return "**" + Safe(f.Name) + "** · " + sourceText(opt.Texts, sourceOf(excerpt{hit: f.Hit}), opt.Now)
}

// hasTopic is how many of a topic's stems a hit has.
func hasTopic(hit retrieval.Hit, stems []string) (n int) {
	words := german.Content(german.Words(hit.Document.Title + "\n" + strings.Join(hit.Passage.Headings, "\n") + "\n" + hit.Passage.Text))
	for _, stem := range stems {
		if asks(words, stem) {
			n++
		}
	}
	return n
}

// topicIn are the stems of what a document is wanted about.
func topicIn(request string) []string {
	var stems []string
	for _, w := range german.Content(german.Words(request)) {
		if !wanting[w.Stem] && !kinds[w.Stem] && letters(w.Form) > 2 {
			stems = append(stems, w.Stem)
		}
	}
	return stems
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

var (
	formName   = regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{N}-])((?:[\p{L}-]*(?:formular|vordruck|formblatt)|antrag))(?:e?s)?(\s+(?:[„"»][^“”"«\n]{2,60}[“”"«]|[A-Z]{1,3}[ -]?\d[\d/.-]*\d|[A-Z]{1,3}[ -]?\d))?(?:[^\p{L}]|$)`)
	formNumber = regexp.MustCompile(`(?i)\b[a-z]{1,3}-\d[\d/.-]*\d\b`)
)

func isForm(form string) bool {
	return slices.ContainsFunc([]string{"formular", "formulare", "formulars", "formularen", "vordruck", "vordrucke", "formblatt", "formblatter", "antrag", "antrage", "antrags"},
		func(head string) bool { return strings.HasSuffix(form, head) })
}

// kinds are stems that say which kind of document is wanted, and not about what.
var kinds = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range german.Words(strings.Join([]string{
		"Formular Formulare Antrag Anträge Antragsformular Papierformular Onlineformular Vordruck Vordrucke Formblatt Formblätter",
		"Merkblatt Merkblätter Anleitung Handbuch Leitfaden Handreichung Dienstanweisung Dienstvereinbarung Richtlinie Leitlinie Vorlage Vorlagen Muster",
		"Checkliste Broschüre Flyer Liste Übersicht Unterlage Unterlagen Infoblatt Formulars",
	}, " ")) {
		set[w.Stem] = true
	}
	return set
}()
