package web

import (
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
	for _, main := range findAll(root, func(n *html.Node) bool { return n.DataAtom == atom.Main || attr(n, "role") == "main" }) {
		if p.isHidden(main) || !hasText(main) {
			continue
		}
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
		case node.Type == html.ElementNode && (dropped[node.DataAtom] || isClutter(node) || p.isPageFurniture(node)):
			return
		}
		for child := range node.ChildNodes() {
			count(child, in || node == article)
		}
	}
	count(whole, false)
	return 2*inside > all
}

// isClutter reports what frames the content of pages that mark none, by the
// names that web designers give it, and lists of links.
func isClutter(node *html.Node) bool {
	switch node.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article, atom.H1, atom.Table, atom.Tbody, atom.Tr:
		return false
	}
	names := attr(node, "class") + " " + attr(node, "id")
	if names != " " && (frameNames.MatchString(names) || clutterNames.MatchString(names) && !contentNames.MatchString(names)) {
		return len(findAll(node, func(n *html.Node) bool { return n.DataAtom == atom.H1 })) == 0 || cookieNames.MatchString(names)
	}
	switch node.DataAtom {
	case atom.Ul, atom.Div, atom.Aside, atom.Header, atom.P:
		return isLinkList(node)
	}
	return false
}

var (
	cookieNames  = regexp.MustCompile(`(?i)cookie|consent|gdpr|dsgvo-`)
	contentNames = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:content|inhalt|main|article|entry|post-body|body)(?:[\s_-]|$)`)
	frameNames   = regexp.MustCompile(`(?i)cookie|consent|gdpr|breadcrumb|brotkrumen|(?:^|[\s_-])(?:nav|navi|navbar|navigation|menu|menue|topbar|skip|skiplinks?|skipnav|sprungmarken|sidebar|side-bar|foot|footer|fuss|fusszeile|pagination|pager|newsletter|login|signin|disqus|advert|ads?)(?:[\s_-]|$)`)
	clutterNames = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:toolbar|impressum|social|share|sharing|teilen|related|teaser|subscribe|search|suche|suchfeld|comments?|banner|promo|sponsor(?:ed)?|popup|modal|overlay|copyright|meta-?nav|tags|tagcloud|widget|print-?only|noprint|masthead|logo|author-?box|byline|recommend(?:ed|ations)?|trending|popular|outbrain|taboola)(?:[\s_-]|$)`)
)

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
