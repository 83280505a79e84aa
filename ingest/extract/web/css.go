package web

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits of style sheets: rules that matter here, and how much is read of them.
const (
	maxRules = 5000
	maxSheet = 2 << 20
)

// styleSheet is what a page's own style sheets say, as far as it decides what is
// seen: rules for a single screen of usual width.
type styleSheet struct {
	byKey map[string][]*cssRule // by class, id or element of the selector's last part
	rules int
	shows []opening             // rules that show something once it was clicked
	known map[*html.Node]string // styles found before
}

// cssRule is one selector with its declarations.
type cssRule struct {
	parts        []compound // from the outermost to the element itself
	specificity  int
	order        int
	declarations map[string]declaration
}

type declaration struct {
	value     string
	important bool
}

// compound is a part of a selector: an element, classes and an id together.
type compound struct {
	element string
	id      string
	classes []string
	child   bool // it must stand directly in the part before
}

// seenBy are the properties that decide what is seen.
var seenBy = map[string]bool{
	"display": true, "visibility": true, "opacity": true, "font-size": true, "text-indent": true, "left": true, "top": true, "clip": true,
	"color": true, "background": true, "background-color": true, "background-image": true,
	"text-decoration": true, "text-decoration-line": true, "vertical-align": true, "font-family": true, "list-style-type": true, "list-style": true, "font-weight": true,
}

// readStyleSheets reads the style elements of a page.
func readStyleSheets(root *html.Node) *styleSheet {
	s := &styleSheet{byKey: map[string][]*cssRule{}, known: map[*html.Node]string{}}
	for _, style := range findAll(root, func(n *html.Node) bool { return n.DataAtom == atom.Style }) {
		if style.FirstChild == nil || !onScreen(attr(style, "media")) {
			continue
		}
		source := style.FirstChild.Data
		s.read(cssComment.ReplaceAllString(source[:min(len(source), maxSheet)], " "), 0)
	}
	return s
}

var cssComment = regexp.MustCompile(`(?s)/\*.*?\*/|<!--|-->`)

// read reads rules, and those within groups that hold on a screen.
func (s *styleSheet) read(source string, depth int) {
	const deepest = 8
	for depth < deepest && s.rules < maxRules {
		open := strings.IndexByte(source, '{')
		if open < 0 {
			return
		}
		end := closing(source, open)
		head, body := source[:open], source[open+1:end]
		if i := strings.LastIndexByte(head, ';'); i >= 0 { // behind @import and the like
			head = head[i+1:]
		}
		head = strings.TrimSpace(head)
		if strings.HasPrefix(head, "@") {
			if name, condition, _ := strings.Cut(head, " "); isGroup(name) && groupHolds(name, condition) {
				s.read(body, depth+1)
			}
		} else {
			s.apply(head, body)
		}
		source = source[min(end+1, len(source)):]
	}
}

// closing returns where the block that opens at a place ends.
func closing(source string, open int) int {
	depth := 0
	for i := open; i < len(source); i++ {
		switch source[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(source)
}

func isGroup(name string) bool {
	switch strings.ToLower(name) {
	case "@media", "@supports", "@layer", "@scope", "@container":
		return true
	}
	return false
}

// groupHolds reports whether a group's rules count for people of today: their browsers
// support what is asked for.
func groupHolds(name, condition string) bool {
	switch strings.ToLower(name) {
	case "@media":
		return onScreen(condition)
	case "@supports":
		return !strings.HasPrefix(strings.ToLower(strings.TrimSpace(condition)), "not")
	}
	return true
}

// screenWidth is the width in pixels of the screen that people are taken to have.
const screenWidth = 1280

var mediaWidth = regexp.MustCompile(`(min|max)-(?:device-)?width\s*:\s*([\d.]+)\s*(px|em|rem)?`)

// widthRange matches conditions on the width as they are written today.
var widthRange = regexp.MustCompile(`width\s*([<>]=?)\s*([\d.]+)(px|em|rem)`)

// onScreen reports conditions of media that hold on a usual screen.
func onScreen(media string) bool {
	media = strings.ToLower(strings.TrimSpace(media))
	if media == "" {
		return true
	}
	for query := range strings.SplitSeq(media, ",") {
		if holdsOnScreen(strings.TrimSpace(query)) {
			return true
		}
	}
	return false
}

func holdsOnScreen(query string) bool {
	rest, negated := strings.CutPrefix(query, "not ")
	holds := !strings.Contains(rest, "print") && !strings.Contains(rest, "speech") && !strings.Contains(rest, "prefers-") &&
		!strings.Contains(rest, "forced-colors") && !strings.Contains(rest, "portrait") && !strings.Contains(rest, "hover: none") && !strings.Contains(rest, "hover:none")
	for _, found := range mediaWidth.FindAllStringSubmatch(rest, -1) {
		width, err := strconv.ParseFloat(found[2], 64)
		if found[3] == "em" || found[3] == "rem" {
			width *= 16
		}
		if err != nil || found[1] == "min" && width > screenWidth || found[1] == "max" && width < screenWidth {
			holds = false
		}
	}
	for _, found := range widthRange.FindAllStringSubmatch(rest, -1) {
		width, err := strconv.ParseFloat(found[2], 64)
		if found[3] != "px" {
			width *= 16
		}
		if err != nil || found[1][0] == '<' && width < screenWidth || found[1][0] == '>' && width > screenWidth {
			holds = false
		}
	}
	return holds != negated
}

// apply adds the selectors of one rule.
func (s *styleSheet) apply(selectors, body string) {
	declarations := declarationsOf(body)
	if len(declarations) == 0 {
		return
	}
	for selector := range strings.SplitSeq(selectors, ",") {
		if s.rules++; s.rules > maxRules {
			return
		}
		s.noteOpening(strings.TrimSpace(selector), declarations)
		rule := &cssRule{order: s.rules, declarations: declarations}
		if !rule.parse(strings.TrimSpace(selector)) {
			continue
		}
		last := rule.parts[len(rule.parts)-1]
		key := last.element
		switch {
		case last.id != "":
			key = "#" + last.id
		case len(last.classes) > 0:
			key = "." + last.classes[0]
		}
		s.byKey[key] = append(s.byKey[key], rule)
	}
}

// declarationsOf returns the declarations that matter here.
func declarationsOf(body string) map[string]declaration {
	var all map[string]declaration
	for line := range strings.SplitSeq(body, ";") {
		name, value, ok := strings.Cut(line, ":")
		if name = strings.ToLower(strings.TrimSpace(name)); !ok || !seenBy[name] {
			continue
		}
		d := declaration{value: strings.ToLower(strings.TrimSpace(value))}
		if i := strings.LastIndexByte(d.value, '!'); i >= 0 && strings.TrimSpace(d.value[i+1:]) == "important" {
			d.important, d.value = true, strings.TrimSpace(d.value[:i])
		}
		if all == nil {
			all = map[string]declaration{}
		}
		if old, known := all[name]; !known || !old.important || d.important {
			all[name] = d
		}
	}
	return all
}

var (
	compoundForm = regexp.MustCompile(`^([a-zA-Z][\w-]*|\*)?((?:[.#][A-Za-z_-][\w-]*)*)$`)
	compoundPart = regexp.MustCompile(`[.#][\w-]+`)
)

// parse reads a selector of elements, classes and ids within each other. States,
// attributes and neighbours are not known here: such a rule does not count.
func (r *cssRule) parse(selector string) bool {
	const longest = 300
	if len(selector) > longest || strings.ContainsAny(selector, ":[~+") && selector != ":root" {
		return false
	}
	child := false
	for field := range strings.FieldsSeq(strings.ReplaceAll(selector, ">", " > ")) {
		if field == ">" {
			child = true
			continue
		}
		if field == ":root" {
			field = "html"
		}
		found := compoundForm.FindStringSubmatch(field)
		if found == nil {
			return false
		}
		part := compound{element: strings.ToLower(found[1]), child: child}
		for _, name := range compoundPart.FindAllString(found[2], -1) {
			if name[0] == '#' {
				part.id = name[1:]
				r.specificity += 10_000
			} else {
				part.classes = append(part.classes, name[1:])
				r.specificity += 100
			}
		}
		if part.element != "" && part.element != "*" {
			r.specificity++
		}
		r.parts = append(r.parts, part)
		child = false
	}
	return len(r.parts) > 0
}

// matches reports whether the rule is for an element.
func (r *cssRule) matches(node *html.Node) bool {
	if !r.parts[len(r.parts)-1].is(node) {
		return false
	}
	i := len(r.parts) - 1
	for up := node.Parent; i > 0 && up != nil; up = up.Parent {
		if r.parts[i-1].is(up) {
			i--
		} else if r.parts[i].child {
			return false
		}
	}
	return i == 0
}

func (c compound) is(node *html.Node) bool {
	if node.Type != html.ElementNode || c.element != "" && c.element != "*" && c.element != node.Data || c.id != "" && attr(node, "id") != c.id {
		return false
	}
	if len(c.classes) == 0 {
		return true
	}
	own := strings.Fields(attr(node, "class"))
	for _, class := range c.classes {
		if !slices.Contains(own, class) {
			return false
		}
	}
	return true
}

// style returns the declarations that hold for an element, its own last, in the
// form of a style attribute.
func (s *styleSheet) style(node *html.Node) string {
	if s.rules == 0 {
		return attr(node, "style")
	}
	style, ok := s.known[node]
	if !ok {
		style = s.cascade(node)
		s.known[node] = style
	}
	return style
}

func (s *styleSheet) cascade(node *html.Node) string {
	inline := attr(node, "style")
	found := s.rulesFor(node)
	if len(found) == 0 {
		return inline
	}
	winners := map[string]declaration{}
	put := func(all map[string]declaration) {
		for name, d := range all {
			if old, known := winners[name]; !known || !old.important || d.important {
				winners[name] = d
			}
		}
	}
	for _, rule := range found {
		put(rule.declarations)
	}
	put(declarationsOf(inline))
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(winners)) {
		out.WriteString(name + ":" + winners[name].value + ";")
	}
	return out.String()
}

// rulesFor returns the rules for an element, the strongest last.
func (s *styleSheet) rulesFor(node *html.Node) []*cssRule {
	keys := []string{"", "*", node.Data}
	for class := range strings.FieldsSeq(attr(node, "class")) {
		keys = append(keys, "."+class)
	}
	if id := attr(node, "id"); id != "" {
		keys = append(keys, "#"+id)
	}
	var found []*cssRule
	for _, key := range keys {
		for _, rule := range s.byKey[key] {
			if rule.matches(node) && !slices.Contains(found, rule) {
				found = append(found, rule)
			}
		}
	}
	slices.SortFunc(found, func(a, b *cssRule) int {
		return cmp.Or(cmp.Compare(a.specificity, b.specificity), cmp.Compare(a.order, b.order))
	})
	return found
}
