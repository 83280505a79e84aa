package web

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// weight is how much of a page's text stands below an element, in characters.
type weight struct {
	text    int // all of it
	linked  int // in links
	prose   int // in paragraphs that are long enough to say something, without links
	links   int
	longest int  // the longest link
	at      int  // the prose before it
	title   bool // the page's title stands in it
	asks    bool // a field for an address, a password or a search
}

// isProse is the length from which the text of a block says something.
const isProse = 60

// weigh weighs all elements of a page, once.
func weigh(root *html.Node) map[*html.Node]*weight {
	weights := map[*html.Node]*weight{}
	title := titleOf(root)
	so := 0 // prose so far
	var below func(node *html.Node, inLink bool) (own int, w *weight)
	below = func(node *html.Node, inLink bool) (own int, w *weight) {
		w = &weight{}
		switch node.Type {
		case html.TextNode:
			length := utf8.RuneCountInString(strings.Join(strings.Fields(node.Data), " "))
			w.text = length
			if inLink {
				w.linked, w.longest = length, length
				return 0, w
			}
			return length, w
		case html.ElementNode:
			weights[node] = w
			w.at = so
			if dropped[node.DataAtom] && node.DataAtom != atom.Noscript {
				return 0, w
			}
			w.title = node == title
			w.asks = asksFor(node)
			if node.DataAtom == atom.A && hasAttr(node, "href") {
				w.links, inLink = 1, true
			}
		}
		for child := range node.ChildNodes() {
			text, inner := below(child, inLink)
			own += text
			w.text, w.linked, w.prose, w.links = w.text+inner.text, w.linked+inner.linked, w.prose+inner.prose, w.links+inner.links
			w.longest, w.title, w.asks = max(w.longest, inner.longest), w.title || inner.title, w.asks || inner.asks
		}
		if node.DataAtom == atom.A {
			w.longest = w.linked
		}
		if blockElements[node.DataAtom] || node.DataAtom == atom.Td || node.Type != html.ElementNode {
			if own >= isProse {
				w.prose += own
				so += own
			}
			own = 0
		}
		return own, w
	}
	below(root, false)
	return weights
}

// titleOf returns the heading that names the page: of several, the one that
// the page's title repeats, or the first.
func titleOf(root *html.Node) *html.Node {
	all := findAll(root, func(n *html.Node) bool { return n.DataAtom == atom.H1 })
	if len(all) == 0 {
		return nil
	}
	if titles := findAll(root, func(n *html.Node) bool { return n.DataAtom == atom.Title }); len(titles) > 0 {
		title := strings.ToLower(strings.Join(strings.Fields(textOf(titles[0])), " "))
		for _, heading := range all {
			text := strings.ToLower(strings.Join(strings.Fields(textOf(heading)), " "))
			if text != "" && strings.HasPrefix(title, text[:min(len(text), 20)]) {
				return heading
			}
		}
	}
	for _, heading := range all {
		if hasText(heading) {
			return heading
		}
	}
	return all[0]
}

// asksFor reports fields that belong to what frames a page: for a newsletter, a
// login, a search.
func asksFor(node *html.Node) bool {
	if node.DataAtom != atom.Input {
		return false
	}
	switch strings.ToLower(attr(node, "type")) {
	case "email", "password", "search":
		return true
	}
	return false
}

// weightOf returns the weight of an element; nothing where none were weighed.
func (p *page) weightOf(node *html.Node) weight {
	if w := p.weights[node]; w != nil {
		return *w
	}
	return weight{}
}

// share returns how much of the page's prose stands below an element, in percent.
func (p *page) share(w weight) int {
	if p.prose == 0 {
		return 0
	}
	return 100 * w.prose / p.prose
}

// isLinks reports texts that are mostly links.
func (w weight) isLinks(percent int) bool { return w.links > 0 && 100*w.linked >= percent*w.text }
