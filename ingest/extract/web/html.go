package web

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lvr.example/sprechstunde/ingest/extract"
)

// readHTML reads a page: its title and meta data, and the text of its main
// content without navigation, page head and foot, forms and scripts, and
// without what a style or attribute hides from view.
func readHTML(f *extract.File) error {
	source, err := extract.Decode(f.Data, true)
	if err != nil {
		return err
	}
	source = f.Beginning(source, maxPage)
	root, err := html.ParseWithOptions(strings.NewReader(source), html.ParseOptionEnableScripting(false))
	if err != nil {
		return &extract.Error{Reason: extract.NotText, Detail: fmt.Sprintf("HTML cannot be parsed: %v", err)}
	}
	p := newPage(f.Builder, root)
	p.weights = weigh(root)
	p.prose = p.weightOf(body(root)).prose
	p.talk = p.talkBelow(root)
	p.head(root)
	p.content(root)
	p.flush()
	p.endCut()
	return nil
}

// maxPage is the length in bytes up to which a page is read, whose tree takes some
// twenty times as much.
const maxPage = 4 << 20

func newPage(b *extract.Builder, root *html.Node) *page {
	p := &page{Builder: b, sheet: readStyleSheets(root), opened: map[string]string{}}
	p.findControls(root)
	return p
}

// AddPage adds the text of a page that is part of something else: all of it
// counts, and its title and meta data do not.
func AddPage(b *extract.Builder, source string) error {
	root, err := html.ParseWithOptions(strings.NewReader(b.Beginning(source, maxPage)), html.ParseOptionEnableScripting(false))
	if err != nil {
		return &extract.Error{Reason: extract.Damaged, Detail: "a page cannot be parsed"}
	}
	p := newPage(b, root)
	p.inMain = true
	p.walk(body(root))
	p.flush()
	return nil
}

// AddFragment reads a piece of HTML inside another format.
func AddFragment(b *extract.Builder, source string) error {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(source), body)
	if err != nil {
		return err
	}
	p := &page{Builder: b, sheet: &styleSheet{}, inMain: true}
	for _, node := range nodes {
		p.walk(node)
	}
	p.flush()
	return nil
}

// page walks the tree and collects running text until a block ends.
type page struct {
	*extract.Builder
	sheet    *styleSheet     // of the page itself
	text     strings.Builder // of the block being read
	kind     extract.Kind
	marker   string
	depth    int // of lists
	pre      bool
	inMain   bool                   // below main or article, where a header is no page head
	loose    bool                   // the page marks no content: short lists of links are left out
	weights  map[*html.Node]*weight // of the page's elements; nil: it is part of something else, and all of it counts
	talk     int                    // of it, what readers wrote below the page
	here     int                    // of it, what was read so far
	linked   int                    // characters of the block being read that lead to other pages
	isTitled bool                   // the page's title was read
	cut      int                    // blocks when something was left out behind a heading; 0: nothing
	prose    int                    // of the whole page, in characters

	opened      map[string]string // what a control opens, by id, with the control's words
	said        string            // the last heading
	panel       string            // the last heading that names a panel
	panelLevel  int
	boldHeading string // the last bold line that may be a heading
	inLine      bool   // within a heading or cell: what is to be clicked there names it
	struck      bool   // text is struck out here
	quoted      int    // quotes around what is read
	font        string // of symbols, in which text stands here
}

// head reads title and meta data.
func (p *page) head(node *html.Node) {
	switch node.DataAtom {
	case atom.Title:
		if p.Doc.Title == "" && node.FirstChild != nil {
			p.Doc.Title = node.FirstChild.Data
		}
	case atom.Meta:
		if name := strings.ToLower(attr(node, "name")); metaNames[name] != "" {
			p.Doc.Meta[metaNames[name]] = attr(node, "content")
		}
	case atom.Svg:
		return
	}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		p.head(child)
	}
}

// metaNames maps names of meta elements to keys of Document.Meta.
var metaNames = map[string]string{
	"owner": "owner", "rank": "rank", "collection": "collection", "review_date": "review_date", "review-date": "review_date", "supersedes": "supersedes", "dcterms.replaces": "supersedes",
	"valid_from": "valid_from", "valid-from": "valid_from", "valid_until": "valid_until", "valid-until": "valid_until", "dcterms.title": "title",
}

// findAll returns the topmost elements that match.
func findAll(node *html.Node, match func(*html.Node) bool) []*html.Node {
	if node.Type == html.ElementNode && match(node) {
		return []*html.Node{node}
	}
	var found []*html.Node
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		found = append(found, findAll(child, match)...)
	}
	return found
}

func (p *page) walk(node *html.Node) {
	switch node.Type {
	case html.TextNode:
		p.write(node.Data)
	case html.CommentNode:
		p.Doc.Hidden++
	case html.ElementNode:
		p.element(node)
	case html.DocumentNode:
		p.children(node)
	}
}

func (p *page) children(node *html.Node) {
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		p.walk(child)
	}
}

// write adds running text; line breaks count only in preformatted text.
func (p *page) write(text string) {
	if p.struck {
		return
	}
	if !p.pre {
		text = strings.NewReplacer("\r", " ", "\n", " ").Replace(text)
	}
	p.text.WriteString(extract.Symbols(p.font, text))
}

// element reads an element unless it is left out: what the page hides is counted.
func (p *page) element(node *html.Node) {
	switch {
	case p.isDropped(node) || p.isPageFurniture(node) || p.weights != nil && (p.isClutter(node) || isCredit(node)):
		if hasText(node) {
			p.left()
		}
	case p.isHidden(node):
		if hasText(node) {
			p.Doc.Hidden++
		}
	case node.DataAtom == atom.Math:
		p.write(" " + formula(node) + " ")
	default:
		p.styled(node)
	}
}

// styled reads an element with what its style and marks say of its text.
func (p *page) styled(node *html.Node) {
	if p.isStruck(node) && !p.struck {
		if hasText(node) {
			p.Remark(extract.StruckText, 1, "")
		}
		p.struck = true
		defer func() { p.struck = false }()
	}
	if font := p.symbolFont(node); font != "" {
		was := p.font
		p.font = font
		defer func() { p.font = was }()
	}
	if label := p.opened[attr(node, "id")]; label != "" && attr(node, "id") != "" {
		p.flush()
		p.openedHeading(label)
	}
	if isBox(node) {
		p.text.WriteString(extract.Tick(attr(node, "aria-checked") == "true") + " ")
	}
	if isRoleHeading(node) && !p.inLine {
		p.headingElement(node)
		return
	}
	p.byName(node)
}

// byName reads an element as what its name says it is.
func (p *page) byName(node *html.Node) {
	switch node.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.headingElement(node)
	case atom.Br:
		p.text.WriteByte('\n')
	case atom.Q:
		p.quotation(node)
	case atom.Wbr:
	case atom.A:
		p.link(node)
	case atom.Ul, atom.Ol, atom.Menu:
		p.list(node)
	case atom.Table:
		p.table(node)
	case atom.Button:
		p.button(node)
	case atom.Input:
		p.input(node)
	case atom.Select:
		p.selection(node)
	case atom.Pre, atom.Textarea:
		p.preformatted(node)
	case atom.Main, atom.Article:
		was := p.inMain
		p.inMain = true
		p.blockElement(node)
		p.inMain = was
	case atom.Td, atom.Th: // outside of a table
		p.blockElement(node)
	default:
		p.running(node)
	}
}

// running reads what is a block of text, or text in one.
func (p *page) running(node *html.Node) {
	switch {
	case blockElements[node.DataAtom]:
		if !p.boldLine(node) {
			p.blockElement(node)
		}
	case p.isRaised(node):
		p.raised(node)
	default:
		p.children(node)
	}
}

func (p *page) preformatted(node *html.Node) {
	p.flush()
	p.pre = true
	p.children(node)
	p.flush()
	p.pre = false
}

func (p *page) quotation(node *html.Node) {
	signs := quoteSigns[p.quoted%2]
	p.write(signs[0])
	p.quoted++
	p.children(node)
	p.quoted--
	p.write(signs[1])
}

// quoteSigns are those that a German browser puts around quotes, and quotes in quotes.
var quoteSigns = [2][2]string{{"„", "“"}, {"‚", "‘"}}

// raised reads what is set high: an exponent, or the sign of a note.
func (p *page) raised(node *html.Node) {
	before := p.text.String()
	p.children(node)
	text := p.text.String()[len(before):]
	p.text.Reset()
	p.text.WriteString(before + extract.Raised(before, text))
	if strings.TrimSpace(before) == "" && noteSign.MatchString(text) {
		p.text.WriteByte(' ')
	}
}

// link reads a link. The sign of a footnote stands apart from the word before it
// and, at the footnote itself, from the text behind it.
func (p *page) link(node *html.Node) {
	if leadsAway(node) {
		length := p.text.Len()
		p.children(node)
		if p.text.Len() > length {
			p.linked += utf8.RuneCountInString(strings.Join(strings.Fields(p.text.String()[length:]), " "))
		}
		return
	}
	before := p.text.String()
	if !strings.HasPrefix(attr(node, "href"), "#") || !noteSign.MatchString(textOf(node)) {
		p.children(node)
		return
	}
	if before != "" {
		p.text.WriteByte(' ')
	}
	p.children(node)
	if strings.TrimSpace(before) == "" {
		p.text.WriteByte(' ')
	}
}

var noteSign = regexp.MustCompile(`^\s*[\[(]?(?:\d{1,3}|[*†‡]+)[\])]?\s*$`)

// textOf returns all text below a node.
func textOf(node *html.Node) string {
	var text strings.Builder
	for child := range node.Descendants() {
		if child.Type == html.TextNode {
			text.WriteString(child.Data)
		}
	}
	return text.String()
}

func (p *page) blockElement(node *html.Node) {
	p.flush()
	p.children(node)
	p.flush()
}

// boldLine reads a paragraph of one bold line, which is a heading if text follows.
func (p *page) boldLine(node *html.Node) bool {
	if node.DataAtom != atom.P && node.DataAtom != atom.Div || p.inLine || p.kind != "" || !isShort(node) || !p.isBold(node, false) {
		return false
	}
	if len(findAll(node, func(n *html.Node) bool {
		return n != node && (blockElements[n.DataAtom] || n.DataAtom == atom.Table || n.DataAtom == atom.Ul)
	})) > 0 {
		return false
	}
	p.flush()
	p.children(node)
	text := strings.TrimSpace(p.text.String())
	if !extract.IsBoldLine(text) {
		p.flush()
		return true
	}
	p.text.Reset()
	if p.isPhrase(text) {
		p.left()
		return true
	}
	level := 2
	if n := len(p.Levels); n > 0 {
		level = min(p.Levels[n-1]+1, 6)
		if p.boldHeading == p.Path[n-1] && p.boldHeading != "" {
			level = p.Levels[n-1] // beside the bold line before
		}
	}
	p.boldHeading = p.Clean(text, true)
	p.AddBoldLine(level, text)
	return true
}

// isShort reports elements of a few words and tags, without looking at more.
func isShort(node *html.Node) bool {
	const longest, most = 400, 40
	length, nodes := 0, 0
	for child := range node.Descendants() {
		if nodes++; child.Type == html.TextNode {
			length += len(child.Data)
		}
		if length > longest || nodes > most {
			return false
		}
	}
	return true
}

// flush ends the block being read.
func (p *page) flush() {
	kind := p.kind
	if kind == "" {
		kind = extract.Paragraph
	}
	block := extract.Block{Kind: kind, Text: p.text.String()}
	if strings.TrimSpace(block.Text) == "" {
		p.text.Reset()
		return
	}
	if kind == extract.ListItem {
		block.Level, block.Marker = p.depth, p.marker
		p.marker = ""
	}
	p.text.Reset()
	length := utf8.RuneCountInString(strings.Join(strings.Fields(block.Text), " "))
	isOut := p.isPhrase(block.Text) || p.isWayOut(block.Text)
	if own := length - p.linked; own >= isProse {
		p.here += own
	}
	if p.linked = 0; isOut {
		p.left()
		return
	}
	p.Follows(block.Text)
	p.Add(block)
}

func (p *page) headingElement(node *html.Node) {
	p.flush()
	p.endCut()
	level := headingLevel(node)
	p.isTitled = p.isTitled || level == 1
	text := p.inlineText(node)
	anchor := attr(node, "id")
	if anchor == "" {
		anchor = idWithin(node)
	}
	p.HeadingAt(level, text, anchor)
	p.said = p.Clean(text, true)
}

// isRoleHeading reports elements that a script or a style makes a heading.
func isRoleHeading(node *html.Node) bool {
	return attr(node, "role") == "heading" && !within(node, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
}

func headingLevel(node *html.Node) int {
	if level := extract.Number(attr(node, "aria-level")); level >= 1 && level <= 6 {
		return level
	}
	switch node.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return int(node.Data[1] - '0')
	}
	return 2 // of a role without a level
}

// idWithin returns the id or name of the first anchor inside a heading.
func idWithin(node *html.Node) string {
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		if child.DataAtom == atom.A {
			if id := attr(child, "id"); id != "" {
				return id
			}
			if name := attr(child, "name"); name != "" {
				return name
			}
		}
	}
	return ""
}

// inlineText returns the text below a node as one run.
func (p *page) inlineText(node *html.Node) string {
	inner := &page{Builder: extract.NewBuilder(), sheet: p.sheet, inMain: true, inLine: true, struck: p.struck, font: p.font}
	inner.children(node)
	inner.flush()
	p.Take(inner.Builder)
	parts := make([]string, 0, len(inner.Doc.Blocks))
	for _, block := range inner.Doc.Blocks {
		text := block.Text
		if block.Kind == extract.TableRow { // of a table in a cell
			text = strings.ReplaceAll(text, " | ", ": ") + ";"
		}
		if block.Marker != "" {
			text = block.Marker + " " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}

func (p *page) list(list *html.Node) {
	p.flush()
	kind, depth := p.kind, p.depth
	p.depth++
	numbers := p.numbersOf(list)
	for item := list.FirstChild; item != nil; item = item.NextSibling {
		if item.DataAtom != atom.Li {
			p.walk(item)
			continue
		}
		p.kind, p.marker = extract.ListItem, ""
		if list.DataAtom == atom.Ol {
			p.marker = numbers.next(item)
		}
		p.element(item)
		p.flush()
		p.kind = kind
	}
	p.kind, p.depth, p.marker = kind, depth, ""
}

// table adds the rows; the first one made of header cells is the header. A
// table that only lays out the page is read as running text.
func (p *page) table(table *html.Node) {
	p.flush()
	rows := rowsOf(table)
	if isLayout(table, rows) {
		p.children(table)
		p.flush()
		return
	}
	for _, caption := range findAll(table, func(n *html.Node) bool { return n.DataAtom == atom.Caption }) {
		p.Add(extract.Block{Kind: extract.Paragraph, Text: p.inlineText(caption)})
	}
	var grid extract.Grid
	var names []string
	heading := true // only header rows so far
	for i, row := range rows {
		if p.isHidden(row) {
			p.Doc.Hidden++
			continue
		}
		cells, heads := p.cells(row)
		texts := grid.Fill(cells)
		heading = heading && len(cells) > 0 && (heads == len(cells) || inHead(row) || i == 0 && p.namesColumns(rows, cells, heads))
		if heading {
			names = p.Head(names, texts)
			continue
		}
		p.Row(texts, extract.HeaderText(names))
	}
}

// rowsOf returns the rows of a table, not those of tables in it.
func rowsOf(table *html.Node) []*html.Node {
	var rows, last []*html.Node
	for child := range table.ChildNodes() {
		switch child.DataAtom {
		case atom.Tr:
			rows = append(rows, child)
		case atom.Thead, atom.Tbody:
			rows = append(rows, rowsOf(child)...)
		case atom.Tfoot: // stands at the end, wherever it is written
			last = append(last, rowsOf(child)...)
		}
	}
	return append(rows, last...)
}

// cells returns the cells of a row that are seen, and how many of them name
// others.
func (p *page) cells(row *html.Node) (cells []extract.Cell, heads int) {
	for cell := range row.ChildNodes() {
		if cell.DataAtom != atom.Td && cell.DataAtom != atom.Th {
			continue
		}
		if p.isHidden(cell) {
			p.Doc.Hidden++
			continue
		}
		if cell.DataAtom == atom.Th {
			heads++
		}
		down := extract.Number(attr(cell, "rowspan"))
		if attr(cell, "rowspan") == "0" {
			down = extract.MaxRows // to the end of its part of the table
		}
		cells = append(cells, extract.Cell{Text: p.inlineText(cell), Across: extract.Number(attr(cell, "colspan")), Down: down})
	}
	return cells, heads
}

// namesColumns reports a first row that names columns though its cells do not say
// so: all but empty ones are heads, or all are bold, and the next row's are not.
func (p *page) namesColumns(rows []*html.Node, cells []extract.Cell, heads int) bool {
	empty := 0
	for _, cell := range cells {
		if strings.TrimSpace(cell.Text) == "" {
			empty++
		}
	}
	if heads > 0 {
		return heads+empty >= len(cells)
	}
	return len(rows) > 1 && len(cells)-empty > 1 && p.isBold(rows[0], false) && !p.isBold(rows[1], false)
}

// isBold reports whether all text below a node is set in bold.
func (p *page) isBold(node *html.Node, bold bool) bool {
	switch {
	case node.Type == html.TextNode:
		return bold || strings.TrimSpace(node.Data) == ""
	case node.Type != html.ElementNode || dropped[node.DataAtom]:
		return true
	}
	switch node.DataAtom {
	case atom.B, atom.Strong, atom.Th:
		bold = true
	}
	if found := weightStyle.FindStringSubmatch(p.sheet.style(node)); found != nil {
		bold = found[1] == "bold" || found[1] == "bolder" || len(found[1]) == 3 && found[1] >= "600"
	}
	for child := range node.ChildNodes() {
		if !p.isBold(child, bold) {
			return false
		}
	}
	return true
}

func inHead(row *html.Node) bool { return row.Parent != nil && row.Parent.DataAtom == atom.Thead }

// isLayout reports tables that hold headings, or mostly other tables, or are
// marked so.
func isLayout(table *html.Node, rows []*html.Node) bool {
	if attr(table, "role") == "presentation" || attr(table, "role") == "none" {
		return true
	}
	all, framing := 0, 0
	for _, row := range rows {
		for cell := range row.ChildNodes() {
			if cell.DataAtom != atom.Td && cell.DataAtom != atom.Th {
				continue
			}
			all++
			inner := findAll(cell, func(n *html.Node) bool {
				switch n.DataAtom {
				case atom.H1, atom.H2, atom.H3, atom.H4:
					return true
				}
				return false
			})
			if len(inner) > 0 {
				return true
			}
			if len(findAll(cell, func(n *html.Node) bool { return n.DataAtom == atom.Table })) > 0 {
				framing++
			}
		}
	}
	return framing > 0 && (len(rows) == 1 || 3*framing > all)
}

// dropped are elements whose content is no text of the page.
var dropped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Svg: true, atom.Iframe: true,
	atom.Object: true, atom.Embed: true, atom.Canvas: true, atom.Audio: true, atom.Video: true, atom.Head: true,
	atom.Dialog: true, atom.Nav: true,
	atom.Noembed: true, atom.Noframes: true, atom.Datalist: true, atom.Img: true,
}

var blockElements = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Section: true, atom.Blockquote: true, atom.Li: true, atom.Dl: true, atom.Dt: true,
	atom.Dd: true, atom.Figure: true, atom.Figcaption: true, atom.Address: true, atom.Details: true, atom.Summary: true,
	atom.Body: true, atom.Html: true, atom.Fieldset: true, atom.Legend: true, atom.Form: true, atom.Hr: true,
	atom.Header: true, atom.Footer: true, atom.Aside: true, atom.Tr: true, atom.Tbody: true, atom.Thead: true,
	atom.Tfoot: true, atom.Caption: true, atom.Center: true, atom.Hgroup: true, atom.Search: true,
}

// isDropped reports elements whose content is no text of the page. What stands
// there for people without scripts is, if it is the page.
func (p *page) isDropped(node *html.Node) bool {
	if node.DataAtom == atom.Noscript {
		return p.share(p.weightOf(node)) < 50
	}
	return dropped[node.DataAtom]
}

// isPageFurniture reports what frames a page: head, foot, side column,
// navigation and search.
func (p *page) isPageFurniture(node *html.Node) bool {
	switch attr(node, "role") {
	case "navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog", "alertdialog":
		return true
	}
	switch node.DataAtom {
	case atom.Header:
		return !p.inMain && !p.loose && !withinMain(node)
	case atom.Footer, atom.Search:
		return !p.inMain && !withinMain(node)
	case atom.Aside:
		return !p.inMain && !p.loose && !withinMain(node)
	}
	return false
}

func withinMain(node *html.Node) bool {
	for up := node.Parent; up != nil; up = up.Parent {
		if up.DataAtom == atom.Main || up.DataAtom == atom.Article || attr(up, "role") == "main" {
			return true
		}
	}
	return false
}

func hasText(node *html.Node) bool {
	if node.Type == html.TextNode && strings.TrimSpace(node.Data) != "" {
		return true
	}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		if hasText(child) {
			return true
		}
	}
	return false
}

// attr returns an attribute's value; "" if there is none, or no node.
func attr(node *html.Node, key string) string {
	if node == nil {
		return ""
	}
	for _, a := range node.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}
