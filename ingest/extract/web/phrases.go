package web

import (
	_ "embed"
	"iter"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lvr.example/sprechstunde/ingest/extract"
)

// left notes that something was left out here: a heading right before it may
// have nothing to say any more.
func (p *page) left() {
	p.flush()
	if n := len(p.Doc.Blocks); n > 0 && p.Doc.Blocks[n-1].Kind == extract.Heading {
		p.cut = n
	}
}

// endCut takes back a heading of which nothing is left. The page's title stays.
func (p *page) endCut() {
	n := len(p.Doc.Blocks)
	if p.cut == 0 || p.cut != n || p.Doc.Blocks[n-1].Level == 1 {
		p.cut = 0
		return
	}
	p.cut = 0
	p.Doc.Blocks = p.Doc.Blocks[:n-1]
	if depth := len(p.Path); depth > 0 {
		p.Path, p.Levels = p.Path[:depth-1], p.Levels[:depth-1]
	}
}

// isPhrase reports lines that pages have to lead on, to be shared or commented:
// on a page that says something, they are no part of it.
func (p *page) isPhrase(line string) bool {
	const enough = 400 // characters of prose
	if p.weights == nil || p.prose < enough {
		return false
	}
	line = strings.Trim(strings.Join(strings.Fields(line), " "), " :.…»›>|-–—!?0123456789()[]")
	return utf8.RuneCountInString(line) <= 60 && phrases.MatchString(line)
}

var (
	//go:embed phrases.txt
	phrasesText string
	//go:embed related.txt
	relatedText string

	phrases = wholly(phrasesText)
	related = wholly(relatedText) // headings over what other pages say
)

// wholly matches what one line of a file says, and nothing else.
func wholly(text string) *regexp.Regexp {
	var all []string
	for expr := range lineExpressions(text) {
		all = append(all, expr)
	}
	return regexp.MustCompile(`(?i)^(?:` + strings.Join(all, "|") + `)$`)
}

// lineExpressions yields the expressions of a file like phrases.txt, each with its
// examples.
func lineExpressions(text string) iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			expr, examples, _ := strings.Cut(line, " | ")
			if !yield(expr, strings.Split(examples, "; ")) {
				return
			}
		}
	}
}

// isRelated reports parts of a page that begin with such a heading and lead on,
// behind what the page says.
func (p *page) isRelated(node *html.Node, w weight) bool {
	if p.prose < 600 || w.links == 0 || w.title || p.share(w) >= 15 || !p.isAround(w) {
		return false
	}
	first := p.firstBlock(node)
	if first == node {
		return false
	}
	line := strings.Trim(strings.Join(strings.Fields(textOf(first)), " "), " :.…»›>|-–—!?")
	return utf8.RuneCountInString(line) <= 60 && related.MatchString(line) && len(findAll(node, isFileLink)) == 0
}

// firstBlock returns the innermost block below an element that its text begins with;
// the element itself, if none stands before its words.
func (p *page) firstBlock(node *html.Node) *html.Node {
	for child := range node.ChildNodes() {
		switch {
		case child.Type == html.TextNode && strings.TrimSpace(child.Data) != "":
			return node
		case p.weightOf(child).text > 0:
			return p.firstBlock(child)
		}
	}
	return node
}

func isFileLink(node *html.Node) bool {
	return node.DataAtom == atom.A && filePath.MatchString(strings.ToLower(attr(node, "href")))
}

// isCredit reports captions that say who made a picture; those of drawings say
// more.
func isCredit(node *html.Node) bool {
	names := namesOf(node)
	if creditNames.MatchString(names) && utf8.RuneCountInString(strings.TrimSpace(textOf(node))) <= 90 {
		return true
	}
	if node.DataAtom != atom.Figcaption && !captionNames.MatchString(names) {
		return false
	}
	text := strings.Join(strings.Fields(textOf(node)), " ")
	return utf8.RuneCountInString(text) <= 90 && credits.MatchString(text)
}

var captionNames = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:caption|legend|bildunterschrift|bildquelle|dida|credits?)(?:[\s_-]|$)`)

// creditNames are those of who made a picture.
var creditNames = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:(?:img|image|photo|foto|figure|bild|picture|media|caption)[_-]*(?:author|source|copyrights?|credits?|quelle|nachweis|rechte)|(?:photo|foto|bild)(?:autor|graf|quelle|nachweis|rechte|author|credits?))(?:[\s_-]|$)`)

var credits = regexp.MustCompile(`(?i)©|\(c\)|\b(?:Fotos?|Bild(?:er)?|Fotocredit|Bildquelle|Bildnachweis|Photos?|Photograph|Image|Quelle|Credit)\s*:|shutterstock|istock|getty|\bdpa\b|adobe ?stock|unsplash|pixabay|picture.alliance|imago`)
