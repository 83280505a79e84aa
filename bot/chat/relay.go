package chat

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Relay returns what one person writes to another as it may be posted by the bot:
// bold, lists, code and links stay, links with their address in sight; whatever
// calls people or makes the server fetch something is words only. Word makes one
// line of plain text safe (answer.Safe), and link a link with a title that is
// safe already; an address that is none gives "".
func Relay(message string, word func(string) string, link func(title, address string) string) string {
	source := []byte(message)
	r := relay{source: source, word: word, link: link}
	return strings.Trim(r.blocks(goldmark.DefaultParser().Parse(text.NewReader(source))), "\n")
}

type relay struct {
	source []byte
	word   func(string) string
	link   func(title, address string) string
}

// blocks writes the blocks below a node, an empty line between two.
func (r relay) blocks(parent ast.Node) string {
	var all []string
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if block := strings.Trim(r.block(n), "\n"); block != "" {
			all = append(all, block)
		}
	}
	return strings.Join(all, "\n\n")
}

func (r relay) block(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Heading:
		return "**" + r.inline(n) + "**"
	case *ast.List:
		return r.list(n)
	case *ast.Blockquote:
		return indent(r.blocks(n), "> ", "> ")
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		return fenced(r.lines(n))
	case *ast.HTMLBlock:
		return r.plain(r.lines(n))
	case *ast.ThematicBreak:
		return ""
	}
	return r.inline(n)
}

func (r relay) list(list *ast.List) string {
	var items []string
	number := max(list.Start, 1)
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		mark := "- "
		if list.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		var parts []string
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if part := r.block(c); part != "" {
				parts = append(parts, part)
			}
		}
		items = append(items, indent(strings.Join(parts, "\n"), mark, strings.Repeat(" ", len(mark))))
	}
	return strings.Join(items, "\n")
}

// inline writes what stands in one block.
func (r relay) inline(parent ast.Node) string {
	var b strings.Builder
	var run strings.Builder // of plain text, whose pieces the parser cuts at any mark
	flush := func() {
		b.WriteString(r.plain(run.String()))
		run.Reset()
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			run.Write(n.Segment.Value(r.source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				run.WriteByte('\n')
			}
		case *ast.String:
			run.Write(n.Value)
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				s := n.Segments.At(i)
				run.Write(s.Value(r.source))
			}
		case *ast.AutoLink:
			run.Write(n.Label(r.source))
		case *ast.Image:
			run.WriteString(r.words(n))
		default:
			flush()
			b.WriteString(r.marked(n))
		}
	}
	flush()
	return b.String()
}

// marked writes what has a mark of its own.
func (r relay) marked(n ast.Node) string {
	switch n := n.(type) {
	case *ast.CodeSpan:
		if code := strings.Join(strings.Fields(strings.ReplaceAll(r.words(n), "`", "'")), " "); code != "" {
			return "`" + code + "`"
		}
		return ""
	case *ast.Emphasis:
		inner := strings.TrimSpace(r.inline(n))
		if mark := strings.Repeat("*", min(n.Level, 2)); inner != "" && !strings.HasPrefix(inner, "*") && !strings.HasSuffix(inner, "*") {
			return mark + inner + mark
		}
		return inner
	case *ast.Link:
		return r.linked(r.words(n), string(n.Destination))
	}
	return r.inline(n)
}

// linked writes a link with its address in sight; where that is no address, its words.
func (r relay) linked(title, address string) string {
	title = strings.TrimSpace(title)
	shown := r.address(address)
	switch {
	case shown == "":
		return r.plain(title)
	case title == "" || title == address:
		return shown
	}
	return r.plain(title) + " (" + shown + ")"
}

// address is a link whose title is the address itself, as code: nobody fetches that.
func (r relay) address(address string) string {
	address = strings.TrimSpace(address)
	if strings.ContainsAny(address, "`\n\t ") {
		return ""
	}
	return r.link("`"+address+"`", address)
}

// plain makes text safe, line by line; bare addresses become links.
func (r relay) plain(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = r.line(line)
	}
	return strings.Join(lines, "\n")
}

func (r relay) line(line string) string {
	var b strings.Builder
	for i, token := range strings.Split(line, " ") {
		if i > 0 {
			b.WriteByte(' ')
		}
		if token == "" {
			continue
		}
		from, to := bare(token)
		shown := ""
		if to > from {
			shown = r.address(token[from:to])
		}
		if shown == "" {
			b.WriteString(r.word(token))
			continue
		}
		b.WriteString(r.word(token[:from]) + shown + r.word(token[to:]))
	}
	return b.String()
}

// bare finds an address with its scheme in a token, without the marks of a sentence
// around it.
func bare(token string) (from, to int) {
	lower := strings.ToLower(token)
	from = strings.Index(lower, "https://")
	if from < 0 {
		from = strings.Index(lower, "http://")
	}
	if from < 0 {
		return 0, 0
	}
	to = from + len(strings.TrimRight(token[from:], `.,;!?"'„“”‚‘’»«*_<>[]{}|\`))
	if !strings.Contains(token[from:to], "(") {
		to = from + len(strings.TrimRight(token[from:to], ")"))
	}
	return from, to
}

// words are the bare words below a node.
func (r relay) words(parent ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(parent, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function has no error
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(r.source))
			if n.SoftLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

func (r relay) lines(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		b.Write(s.Value(r.source))
	}
	return b.String()
}

func fenced(code string) string {
	fence := "```"
	for strings.Contains(code, fence) {
		fence += "`"
	}
	return fence + "\n" + strings.TrimRight(code, "\n") + "\n" + fence
}

// indent puts first before the first line and rest before all others.
func indent(text, first, rest string) string {
	return first + strings.ReplaceAll(text, "\n", "\n"+rest)
}
