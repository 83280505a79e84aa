package web

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lvr.example/sprechstunde/ingest/extract"
)

// findControls notes what a click on the page opens, with the words that are
// clicked: panels of accordions and tabs.
func (p *page) findControls(root *html.Node) {
	byID := map[string]*html.Node{}
	for node := range root.Descendants() {
		if id := attr(node, "id"); id != "" && byID[id] == nil {
			byID[id] = node
		}
	}
	for node := range root.Descendants() {
		if node.Type != html.ElementNode {
			continue
		}
		for _, id := range targetsOf(node) {
			if target := byID[id]; target != nil && !isMenu(target) && !isWithin(node, target) {
				p.opened[id] = strings.Join(strings.Fields(textOf(node)), " ")
			}
		}
		if label := byID[attr(node, "aria-labelledby")]; label != nil && isPanel(node) {
			if id := attr(node, "id"); id != "" && p.opened[id] == "" {
				p.opened[id] = strings.Join(strings.Fields(textOf(label)), " ")
			}
		}
	}
}

// targetsOf returns the ids of what a control opens.
func targetsOf(node *html.Node) []string {
	ids := strings.Fields(attr(node, "aria-controls"))
	for _, name := range []string{"data-target", "data-bs-target", "data-toggle-target", "popovertarget"} {
		if id := strings.TrimPrefix(attr(node, name), "#"); id != "" {
			ids = append(ids, id)
		}
	}
	toggles := attr(node, "data-toggle") != "" || attr(node, "data-bs-toggle") != "" || attr(node, "role") == "tab" || attr(node, "role") == "button" || hasAttr(node, "aria-expanded")
	if id, ok := strings.CutPrefix(attr(node, "href"), "#"); ok && toggles && id != "" {
		ids = append(ids, id)
	}
	return ids
}

func isPanel(node *html.Node) bool {
	role := attr(node, "role")
	return role == "region" || role == "tabpanel"
}

// isMenu reports what a control opens that is no text: menus, windows.
func isMenu(node *html.Node) bool {
	switch attr(node, "role") {
	case "menu", "dialog", "alertdialog", "navigation", "search", "listbox", "tooltip":
		return true
	}
	switch node.DataAtom {
	case atom.Nav, atom.Dialog, atom.Form:
		return true
	}
	return menuNames.MatchString(attr(node, "class") + " " + attr(node, "id"))
}

var menuNames = regexp.MustCompile(`(?i)\b(?:modal|offcanvas|dropdown-menu|navbar|nav|menu|search|suche|cookie|consent|lightbox|overlay)`)

func isWithin(node, outer *html.Node) bool {
	for up := node; up != nil; up = up.Parent {
		if up == outer {
			return true
		}
	}
	return false
}

// opens reports what is closed until something on the page is clicked, or the
// text is searched for.
func (p *page) opens(node *html.Node) bool {
	if isMenu(node) {
		return false
	}
	if attr(node, "hidden") == "until-found" || isPanel(node) {
		return true
	}
	if _, opened := p.opened[attr(node, "id")]; opened && attr(node, "id") != "" {
		return true
	}
	if p.sheet.canBeOpened(node) == byClick {
		return true
	}
	question := questionBefore(node)
	if question == nil {
		return false
	}
	return panelNames.MatchString(attr(node, "class")) || p.sheet.canBeOpened(node) != never || expands(question)
}

var panelNames = regexp.MustCompile(`(?i)\b(?:\w*-)?(?:panel|accordion|akkordeon|collaps|expand|disclosure|spoiler|aufklapp|ausklapp|toggle|faq|answer|antwort|tab-?(?:pane|content))`)

// expands reports elements that say of themselves that a click opens something.
func expands(node *html.Node) bool {
	return len(findAll(node, func(n *html.Node) bool { return attr(n, "aria-expanded") == "false" })) > 0
}

// questionBefore returns the heading, or what is to be clicked, that an element
// stands right behind; nil: there is none.
func questionBefore(node *html.Node) *html.Node {
	for before := node.PrevSibling; before != nil; before = before.PrevSibling {
		if before.Type != html.ElementNode {
			continue
		}
		switch before.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Button, atom.Dt, atom.Summary, atom.Label:
			return before
		}
		const longest = 300
		if isRoleHeading(before) || (panelNames.MatchString(attr(before, "class")) || expands(before)) && len(strings.TrimSpace(textOf(before))) < longest {
			return before
		}
		return nil
	}
	return nil
}

// openedHeading sets the words that open a panel over its text.
func (p *page) openedHeading(label string) {
	const longest = 200
	if label == "" || len(label) > longest {
		return
	}
	if strings.EqualFold(label, p.said) { // the heading above names it
		if n := len(p.Levels); n > 0 && strings.EqualFold(label, p.Path[n-1]) {
			p.panel, p.panelLevel = p.Path[n-1], p.Levels[n-1]
		}
		return
	}
	level := 2
	if n := len(p.Levels); n > 0 {
		level = min(p.Levels[n-1]+1, 6)
		if p.panelLevel > 0 && p.Path[n-1] == p.panel {
			level = p.panelLevel // beside the panel before
		}
	}
	p.HeadingAt(level, label, "")
	p.said, p.panel, p.panelLevel = p.Clean(label, true), p.Clean(label, true), level
}

// button reads something to click. In a heading its words are the heading; if it
// opens a panel, they stand over that. Others are no text of the page.
func (p *page) button(node *html.Node) {
	if p.inLine || within(node, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Summary, atom.Dt, atom.Legend) {
		p.children(node)
		return
	}
	if len(targetsOf(node)) > 0 {
		return // its panel says its words
	}
	if attr(node, "aria-expanded") == "" && !panelNames.MatchString(attr(nextElement(node), "class")) {
		return
	}
	if next := nextElement(node); next != nil && !isMenu(node) && !isMenu(next) && hasText(next) {
		p.flush()
		p.openedHeading(strings.Join(strings.Fields(textOf(node)), " "))
	}
}

func within(node *html.Node, atoms ...atom.Atom) bool {
	for up := node.Parent; up != nil; up = up.Parent {
		for _, a := range atoms {
			if up.DataAtom == a {
				return true
			}
		}
	}
	return false
}

func nextElement(node *html.Node) *html.Node {
	for next := node.NextSibling; next != nil; next = next.NextSibling {
		if next.Type == html.ElementNode {
			return next
		}
	}
	return nil
}

// input reads what a field of a form shows: a box to tick, or what is filled in.
func (p *page) input(node *html.Node) {
	switch strings.ToLower(attr(node, "type")) {
	case "checkbox", "radio":
		if isToggle(node) {
			return
		}
		on := hasAttr(node, "checked")
		p.text.WriteString(extract.Tick(on) + " ")
	case "button", "submit":
		if within(node, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6) {
			p.write(attr(node, "value"))
		}
	case "", "text", "date", "number", "email", "tel", "url":
		p.write(" " + attr(node, "value") + " ")
	}
}

// isToggle reports boxes that open the panel behind their label, and say nothing.
func isToggle(node *html.Node) bool {
	label := nextElement(node)
	if label == nil || label.DataAtom != atom.Label {
		return false
	}
	return panelNames.MatchString(attr(nextElement(label), "class"))
}

// isBox reports elements that a script makes a box to tick.
func isBox(node *html.Node) bool {
	switch attr(node, "role") {
	case "checkbox", "radio", "switch", "menuitemcheckbox":
		return hasAttr(node, "aria-checked")
	}
	return false
}

func hasAttr(node *html.Node, key string) bool {
	return slices.ContainsFunc(node.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// selection reads the entry of a list that is chosen in the page itself.
func (p *page) selection(node *html.Node) {
	for option := range node.Descendants() {
		if hasAttr(option, "selected") && option.DataAtom == atom.Option {
			p.write(" " + textOf(option) + " ")
		}
	}
}
