package text

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/web"
)

// maxNesting is the depth of quotes and lists up to which Markdown is parsed as
// such; no text of people is nested deeper, and the parser's cost grows with it.
const maxNesting = 100

// maxMarkdown is the length in bytes up to which Markdown is parsed, whose tree takes
// some twenty times as much.
const maxMarkdown = 4 << 20

var markdown = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList,
	extension.Footnote, extension.DefinitionList)).Parser()

// readMarkdown reads CommonMark with GitHub's tables, footnotes and definition
// lists, after a YAML head. Emphasis, link targets and images are dropped,
// their words stay.
func readMarkdown(b *extract.Builder, source string) error {
	body, err := extract.CutHead(b, strings.ReplaceAll(source, "\r\n", "\n"))
	if err != nil {
		return err
	}
	if tooNested(body) {
		return readPlain(b, body)
	}
	// NUL is replaced before parsing, as CommonMark says.
	data := []byte(strings.ReplaceAll(b.Beginning(body, maxMarkdown), "\x00", ""))
	m := &markdownReader{Builder: b, source: data}
	m.blocks(markdown.Parse(text.NewReader(data)))
	return nil
}

func tooNested(body string) bool {
	for line := range strings.Lines(body) {
		marks := 0
		for _, c := range line {
			if c == '>' || c == '-' || c == '*' || c == '+' {
				marks++
			} else if c != ' ' && c != '\t' {
				break
			}
		}
		if marks > maxNesting && strings.Trim(line, "-*+ \t\n") != "" {
			return true
		}
		if len(line)-len(strings.TrimLeft(line, " \t")) > 4*maxNesting {
			return true
		}
	}
	return false
}

type markdownReader struct {
	*extract.Builder
	source []byte
	depth  int    // of lists
	bold   string // the last bold line that may be a heading
}

// blocks adds the block nodes below parent.
func (m *markdownReader) blocks(parent ast.Node) {
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		m.block(node)
	}
}

func (m *markdownReader) block(node ast.Node) {
	switch n := node.(type) {
	case *ast.Heading:
		m.Heading(n.Level, m.inline(n))
	case *ast.Paragraph, *ast.TextBlock, *extast.DefinitionTerm:
		m.paragraph(n)
	case *ast.List:
		if day, is := m.day(n); is {
			if last := len(m.Doc.Blocks) - 1; last >= 0 && isParagraph(n.PreviousSibling()) && !n.HasBlankPreviousLines() {
				m.Doc.Blocks[last].Text += "\n" + m.Clean(day, false) // the day went on a sentence
				return
			}
			m.Add(extract.Block{Kind: extract.Paragraph, Text: day})
			return
		}
		m.list(n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		m.Add(extract.Block{Kind: extract.Paragraph, Text: m.lines(n)})
	case *ast.HTMLBlock:
		m.html(n)
	case *extast.Table:
		m.table(n)
	case *extast.Footnote:
		m.Add(extract.Block{Kind: extract.Note, Text: m.allInline(n)})
	case *ast.ThematicBreak, *ast.LinkReferenceDefinition:
	default: // quotes, definitions, lists of footnotes
		m.blocks(n)
	}
}

// paragraph adds a paragraph; one that is all bold is a heading if text follows.
func (m *markdownReader) paragraph(n ast.Node) {
	text := joined(strings.Split(m.inline(n), "\n"))
	if bold, is := n.FirstChild().(*ast.Emphasis); is && bold.Level == 2 && bold.NextSibling() == nil && extract.IsBoldLine(text) {
		level := 2
		if depth := len(m.Levels); depth > 0 {
			if level = min(m.Levels[depth-1]+1, 6); m.Path[depth-1] == m.bold {
				level = m.Levels[depth-1] // beside the bold line before
			}
		}
		m.bold = m.Clean(text, true)
		m.AddBoldLine(level, text)
		return
	}
	m.Follows(text)
	m.Add(extract.Block{Kind: extract.Paragraph, Text: text})
}

func isParagraph(n ast.Node) bool {
	_, is := n.(*ast.Paragraph)
	return is
}

// day returns a paragraph that begins with a day, which the parser takes for a
// list of one item.
func (m *markdownReader) day(list *ast.List) (text string, is bool) {
	item := list.FirstChild()
	if !list.IsOrdered() || item == nil || item.NextSibling() != nil || item.ChildCount() != 1 {
		return "", false
	}
	text = strconv.Itoa(list.Start) + string(list.Marker) + " " + m.inline(item.FirstChild())
	return text, extract.IsDay(text)
}

// list adds each item: its own text as one block, lists inside it after it.
func (m *markdownReader) list(list *ast.List) {
	m.depth++
	defer func() { m.depth-- }()
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		marker := ""
		if list.IsOrdered() {
			marker = strconv.Itoa(number) + string(list.Marker)
			number++
		}
		var own []string
		flush := func() {
			m.Follows(strings.Join(own, "\n"))
			m.Add(extract.Block{Kind: extract.ListItem, Level: m.depth, Marker: marker, Text: strings.Join(own, "\n")})
			own, marker = nil, ""
		}
		for part := item.FirstChild(); part != nil; part = part.NextSibling() {
			switch part.(type) {
			case *ast.Paragraph, *ast.TextBlock:
				own = append(own, joined(strings.Split(m.inline(part), "\n")))
			default:
				flush()
				m.block(part)
			}
		}
		flush()
	}
}

func (m *markdownReader) table(table *extast.Table) {
	header := ""
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, m.inline(cell))
		}
		text := m.Row(cells, header)
		if _, ok := row.(*extast.TableHeader); ok {
			header = text
		}
	}
}

// html reads a block of HTML inside Markdown by the rules of HTML.
func (m *markdownReader) html(n *ast.HTMLBlock) {
	source := m.lines(n)
	if n.HasClosure() {
		source += string(n.ClosureLine.Value(m.source))
	}
	_ = web.AddFragment(m.Builder, source) // what cannot be parsed holds no text
}

// lines returns the raw lines of a block.
func (m *markdownReader) lines(n ast.Node) string {
	var out strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		out.Write(line.Value(m.source))
	}
	return out.String()
}

// allInline returns the text of the blocks below n, one line each.
func (m *markdownReader) allInline(n ast.Node) string {
	var parts []string
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		parts = append(parts, m.inline(child))
	}
	return strings.Join(parts, "\n")
}

// inline returns the words below a node, without markup.
func (m *markdownReader) inline(node ast.Node) string {
	var out inlineText
	_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			out.write(string(plainText(n, m.source)))
			if n.SoftLineBreak() || n.HardLineBreak() {
				out.write("\n")
			}
		case *ast.String:
			out.write(string(n.Value))
		case *ast.AutoLink:
			out.write(string(n.Label(m.source)))
		case *extast.TaskCheckBox:
			out.write(extract.Tick(n.IsChecked) + " ")
		case *extast.Strikethrough:
			m.Remark(extract.StruckText, 1, "")
			return ast.WalkSkipChildren, nil
		case *ast.RawHTML:
			m.rawHTML(n, &out)
		case *extast.FootnoteLink, *extast.FootnoteBacklink:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return out.String()
}

// inlineText collects words, and what tags of HTML among them say.
type inlineText struct {
	strings.Builder
	struck int  // open tags that strike out
	raised bool // what comes is set high
	high   string
}

func (t *inlineText) write(text string) {
	switch {
	case t.struck > 0:
	case t.raised:
		t.high += text
	default:
		t.WriteString(text)
	}
}

// tag follows a tag; it reports one that begins to strike out.
func (t *inlineText) tag(name string) (strikes bool) {
	switch name {
	case "<s", "<del", "<strike":
		t.struck++
		return t.struck == 1
	case "</s", "</del", "</strike":
		t.struck = max(t.struck-1, 0)
	case "<sup":
		t.raised = true
	case "</sup":
		t.WriteString(extract.Raised(t.String(), t.high))
		t.raised, t.high = false, ""
	}
	return false
}

// plainText resolves backslashes and character references, except in code.
func plainText(n *ast.Text, source []byte) []byte {
	value := n.Value(source)
	if _, code := n.Parent().(*ast.CodeSpan); code || n.IsRaw() {
		return value
	}
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
}

// rawHTML drops a tag inside text; a break stays a break, a comment is counted.
func (m *markdownReader) rawHTML(n *ast.RawHTML, out *inlineText) {
	for i := range n.Segments.Len() {
		segment := n.Segments.At(i)
		tag := strings.ToLower(string(segment.Value(m.source)))
		if strings.HasPrefix(tag, "<br") {
			out.write("\n")
		}
		if out.tag(strings.TrimRight(strings.Fields(tag + " ")[0], ">")) {
			m.Remark(extract.StruckText, 1, "")
		}
		if strings.HasPrefix(tag, "<!--") {
			m.Doc.Hidden++
		}
	}
}
