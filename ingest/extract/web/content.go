package web

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// content reads the element that holds the page's content: main, with the title
// that stands above it, an article that is the page, or the body without what
// its names call clutter.
func (p *page) content(root *html.Node) {
	if main := p.mainOf(root); main != nil {
		p.inMain = true
		p.lead(root, main)
		p.walk(main)
		return
	}
	whole := body(root)
	if found := findAll(root, func(n *html.Node) bool { return n.DataAtom == atom.Article }); len(found) == 1 && p.isPage(whole, found[0]) {
		p.inMain = true
		p.lead(root, found[0])
		p.walk(found[0])
		return
	}
	p.loose = true
	p.walk(whole)
}

// mainOf returns the element that is marked as the content: of several the one
// that says most. One that says little beside all else is none.
func (p *page) mainOf(root *html.Node) *html.Node {
	var best *html.Node
	for _, main := range findAll(root, func(n *html.Node) bool { return n.DataAtom == atom.Main || attr(n, "role") == "main" }) {
		if p.isHidden(main) || !hasText(main) {
			continue
		}
		if best == nil || p.weightOf(main).prose > p.weightOf(best).prose {
			best = main
		}
	}
	if best != nil && p.prose > 1000 && p.share(p.weightOf(best)) < 25 {
		return nil
	}
	return best
}

func body(root *html.Node) *html.Node {
	if found := findAll(root, func(n *html.Node) bool { return n.DataAtom == atom.Body }); len(found) > 0 {
		return found[0]
	}
	return root
}

// lead reads the title of the page and the lines under it, where they stand in a
// header of their own above the content and that has none.
func (p *page) lead(root, content *html.Node) {
	isTitle := func(n *html.Node) bool { return n.DataAtom == atom.H1 }
	if len(findAll(content, isTitle)) > 0 {
		return
	}
	for _, header := range findAll(root, func(n *html.Node) bool { return n.DataAtom == atom.Header || attr(n, "role") == "banner" }) {
		if isWithin(header, content) || len(findAll(header, isTitle)) == 0 {
			continue
		}
		p.loose = true
		p.blockChildren(header)
		p.loose = false
		return
	}
}

func (p *page) blockChildren(node *html.Node) {
	p.flush()
	p.children(node)
	p.flush()
}

// isPage reports an article that is what the page is about: it has the page's
// title, or more text than all around it.
func (p *page) isPage(whole, article *html.Node) bool {
	isTitle := func(n *html.Node) bool { return n.DataAtom == atom.H1 }
	if len(findAll(article, isTitle)) > 0 {
		return true
	}
	inside, all := 0, 0
	var count func(node *html.Node, in bool)
	count = func(node *html.Node, in bool) {
		switch {
		case node.Type == html.TextNode:
			if n := len(strings.TrimSpace(node.Data)); in {
				inside, all = inside+n, all+n
			} else {
				all += n
			}
			return
		case node.Type == html.ElementNode && (dropped[node.DataAtom] || p.isClutter(node) || p.isPageFurniture(node)):
			return
		}
		for child := range node.ChildNodes() {
			count(child, in || node == article)
		}
	}
	count(whole, false)
	return 2*inside > all
}

// isClutter reports what frames the content of a page: by the names that web
// designers give it, and lists of links to elsewhere. What holds much of the
// page's text, or its title, is none, whatever its name.
func (p *page) isClutter(node *html.Node) bool {
	switch node.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.H1, atom.Table, atom.Tbody, atom.Tr:
		return false
	}
	if !standsApart(node) && p.weightOf(node.Parent).prose > 0 {
		return false // words of a sentence
	}
	w := p.weightOf(node)
	names := namesOf(node)
	share := p.share(w)
	switch {
	case cookieNames.MatchString(names) && share < 50:
		return true
	case w.title || w.text == 0:
		return false
	case talkNames.MatchString(names) && !contentNames.MatchString(names):
		return share < 60
	case frameNames.MatchString(names):
		return share < 25
	case sideNames.MatchString(names):
		return share < 10
	case clutterNames.MatchString(names) && !contentNames.MatchString(names):
		return share < 10 && (w.isLinks(20) || w.text < 300 || w.asks)
	case teaserNames.MatchString(names):
		return share < 10 && w.isLinks(20)
	case w.asks && node.DataAtom == atom.Form:
		return share < 10
	}
	if node.DataAtom == atom.Article && p.isTeaser(node, w) {
		return true
	}
	switch node.DataAtom {
	case atom.Aside, atom.Footer, atom.Section, atom.Article, atom.Ul, atom.Ol, atom.Div, atom.Header, atom.P:
		return p.isElsewhere(node, w) || p.isRelated(node, w)
	}
	return false
}

// standsApart reports elements that are no words of a sentence.
func standsApart(node *html.Node) bool {
	switch node.DataAtom {
	case atom.Ul, atom.Ol, atom.Td, atom.Th:
		return true
	}
	return blockElements[node.DataAtom]
}

var (
	//go:embed frames.txt
	framesText string
	//go:embed clutter.txt
	clutterText string

	cookieNames  = regexp.MustCompile(`(?i)cookie|consent|gdpr|dsgvo-`)
	contentNames = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:content|inhalt|main|article|entry|post-body|body)(?:[_-]+(?:content|text|body|main|wrap(?:per)?|inner|container|area|box|\d+))*(?:\s|$)`)
	talkNames    = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:comments?|comment-?(?:list|form)|post-?comment|respond|disqus\w*|kommentare?|kommentar-?formular)(?:[\s_-]|$)`)
	frameNames   = named(framesText)
	clutterNames = named(clutterText)
)

// named matches names of an element of which one is in a list.
func named(list string) *regexp.Regexp {
	var all []string
	for line := range strings.Lines(list) {
		if !strings.HasPrefix(line, "#") {
			all = append(all, strings.Fields(line)...)
		}
	}
	return regexp.MustCompile(`(?i)(?:^|[\s_-])(?:` + strings.Join(all, "|") + `)(?:[\s_-]|$)`)
}

// sideNames are those of side columns, teaserNames those of what leads to other
// pages, and of the lines that lead into this one.
var (
	sideNames   = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:(?:right|left|rechte|linke)-?(?:bx|box|col\w*|rail|side|spalte)|sub-?content|supplement|marginal\w*|randspalte|side-?col\w*|widget-?area)(?:[\s_-]|$)`)
	teaserNames = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:\w*teasers?)(?:[\s_-]|$)`)
)

// namesOf returns the names of an element, put apart where they are run together:
// "relatedItemBox".
func namesOf(node *html.Node) string {
	return runTogether.ReplaceAllString(attr(node, "class")+" "+attr(node, "id"), "$1-$2")
}

var runTogether = regexp.MustCompile(`([a-z])([A-Z])`)

// isElsewhere reports blocks that only lead away from the page: most of their
// text is links, and none of it says something by itself. On a page that says
// little else, links are its content.
func (p *page) isElsewhere(node *html.Node, w weight) bool {
	if w.prose > 0 || w.links < 2 {
		return false
	}
	if p.loose && isLinkList(node) {
		return true
	}
	const enough = 600 // characters of prose from which a page has content beside its links
	if p.prose < enough || 2*w.text > p.prose {
		return false
	}
	const headlines = 25 // characters of a link on average from which it is a headline
	return w.isLinks(65) && w.linked/w.links >= headlines && p.isAround(w)
}

// isTeaser reports small articles beside a page's text whose heading is a link to
// another page.
func (p *page) isTeaser(node *html.Node, w weight) bool {
	if p.prose < 600 || p.share(w) >= 10 || w.links == 0 || !p.isAround(w) {
		return false
	}
	return len(findAll(node, func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.H2, atom.H3, atom.H4, atom.H5:
			heading := p.weightOf(n)
			return within(n, atom.A) || heading.text > 0 && heading.linked == heading.text
		}
		return false
	})) > 0
}

// isAround reports what stands before all of a page's text, or behind it.
func (p *page) isAround(w weight) bool { return w.at == 0 || 10*w.at >= 9*(p.prose-p.talk) }

// talkBelow returns how much of a page's prose is what readers wrote below it.
func (p *page) talkBelow(root *html.Node) (prose int) {
	for _, talk := range findAll(root, func(n *html.Node) bool { return blockElements[n.DataAtom] && talkNames.MatchString(namesOf(n)) }) {
		if w := p.weightOf(talk); p.share(w) < 60 {
			prose += w.prose
		}
	}
	return prose
}

// leadsAway reports links to other pages, neither to files, which a page is often
// about, nor to people.
func leadsAway(node *html.Node) bool {
	href := strings.ToLower(attr(node, "href"))
	return href != "" && !strings.HasPrefix(href, "#") && !strings.HasPrefix(href, "mailto:") && !strings.HasPrefix(href, "tel:") && !filePath.MatchString(href)
}

var filePath = regexp.MustCompile(`\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|zip|csv|ics|txt)(?:$|[?#])|blob=publicationfile`)

// isWayOut reports a line that is one link to another page, before all of the
// page's text or behind it.
func (p *page) isWayOut(line string) bool {
	if p.weights == nil || p.prose < 600 || p.linked == 0 || p.isTitled && p.here > 0 && 10*p.here < 9*(p.prose-p.talk) {
		return false
	}
	return 10*p.linked >= 9*utf8.RuneCountInString(strings.Join(strings.Fields(line), " "))
}

// isLinkList reports menus: several links, and little beside them.
func isLinkList(node *html.Node) bool {
	links, linked, all := 0, 0, 0
	longest := 0
	var count func(n *html.Node, in bool)
	count = func(n *html.Node, in bool) {
		if n.Type == html.TextNode {
			size := utf8.RuneCountInString(strings.TrimSpace(n.Data))
			if all += size; in {
				linked += size
				longest = max(longest, size)
			}
			return
		}
		if dropped[n.DataAtom] {
			return
		}
		if n.DataAtom == atom.A {
			links, in = links+1, true
		}
		for child := range n.ChildNodes() {
			count(child, in)
		}
	}
	count(node, false)
	const few, short = 3, 30
	return links >= few && 10*linked >= 8*all && longest <= short
}
