package extract

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
	utf "golang.org/x/text/encoding/unicode"
)

// Limits of XML parts: elements below each other, and elements and texts of one
// tree (about 150 MB at most).
const (
	MaxDepth = 400
	maxNodes = 1 << 20
)

// Node is an element or, without a name, a piece of text.
type Node struct {
	Name     string // usual prefix and local name: "w:p"
	Text     string
	attrs    []attribute
	Children []*Node
}

type attribute struct{ name, value string }

// Attr returns an attribute by its local name, or by prefix and name where it
// has one: "val", "r:id".
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.name == name {
			return a.value
		}
	}
	for _, a := range n.attrs {
		if _, local, ok := strings.Cut(a.name, ":"); ok && local == name {
			return a.value
		}
	}
	return ""
}

// Child returns the descendant reached by taking the first child of each name.
func (n *Node) Child(names ...string) *Node {
	for _, name := range names {
		if n == nil {
			return nil
		}
		var found *Node
		for _, c := range n.Children {
			if c.Name == name {
				found = c
				break
			}
		}
		n = found
	}
	return n
}

// Find returns the first descendant of this name, in document order.
func (n *Node) Find(name string) *Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if c.Name == name {
			return c
		}
		if found := c.Find(name); found != nil {
			return found
		}
	}
	return nil
}

// FindLocal returns the first descendant of this name in any namespace.
func (n *Node) FindLocal(local string) *Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if c.Name == local || strings.HasSuffix(c.Name, ":"+local) {
			return c
		}
		if found := c.FindLocal(local); found != nil {
			return found
		}
	}
	return nil
}

// Each calls fn for the topmost descendants of this name.
func (n *Node) Each(name string, fn func(*Node)) {
	if n == nil {
		return
	}
	for _, c := range n.Children {
		if c.Name == name {
			fn(c)
			continue
		}
		c.Each(name, fn)
	}
}

// Content returns all text below the node.
func (n *Node) Content() string {
	if n == nil {
		return ""
	}
	var out strings.Builder
	n.writeTo(&out)
	return out.String()
}

func (n *Node) writeTo(out *strings.Builder) {
	out.WriteString(n.Text)
	for _, c := range n.Children {
		c.writeTo(out)
	}
}

// IsOn reports a switch element such as <w:b/> that is not switched off.
func (n *Node) IsOn() bool {
	if n == nil {
		return false
	}
	switch n.Attr("val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// xmlPart reads one XML part piece by piece.
type xmlPart struct {
	decoder *xml.Decoder
	names   map[xml.Name]string
	nodes   int
	open    int // elements around the place in the tree being filled, itself among them
}

// newXML begins to read a part. A document type is refused where the format
// forbids it: nothing but an attack has one there.
func newXML(data []byte) *xmlPart {
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		if decoded, err := utf.UTF16(utf.LittleEndian, utf.ExpectBOM).NewDecoder().Bytes(data); err == nil {
			data = decoded
		}
	}
	decoder := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	decoder.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return input, nil // decoded above
		}
		return charset.NewReaderLabel(label, input)
	}
	return &xmlPart{decoder: decoder, names: map[xml.Name]string{}}
}

// ParseXML reads a whole part as one tree.
func ParseXML(data []byte) (*Node, error) {
	var root *Node
	err := StreamXML(data, XMLVisitor{Tree: func(n *Node) error {
		if root == nil {
			root = n
		}
		return nil
	}})
	if err == nil && root == nil {
		err = &Error{Reason: Damaged, Detail: "an XML part is empty"}
	}
	return root, err
}

// XMLVisitor takes a part in pieces, so that a long document is never in memory
// as one tree.
type XMLVisitor struct {
	Enter func(*Node) bool        // the element, without children: look into it piece by piece?
	Tree  func(*Node) error       // an element that was not entered, whole
	Leave func(name string) error // the end of an element that was entered

	At  func(place int64) bool // whether the element that begins at a byte may be read, unless it is entered; nil: all
	Cut bool                   // the part is a beginning, whose end in the middle is no fault

	Short func() // is told of an element with more in it than is taken, before Tree gets its beginning; nil: that is an error
}

// StreamXML walks through a part.
func StreamXML(data []byte, visit XMLVisitor) error {
	x := newXML(data)
	var entered []string
	for {
		token, err := x.decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return visit.ended(err)
		}
		switch t := token.(type) {
		case xml.Directive:
			if isDoctype(t) {
				return errDoctype
			}
		case xml.StartElement:
			n := x.element(t)
			if visit.Enter != nil && visit.Enter(n) {
				if entered = append(entered, n.Name); len(entered) > MaxDepth {
					return errTooDeep
				}
				continue
			}
			if visit.At != nil && !visit.At(x.decoder.InputOffset()) {
				if err := x.decoder.Skip(); err != nil {
					return visit.ended(err)
				}
				continue
			}
			x.nodes = 0
			err := x.fill(n, len(entered))
			if errors.Is(err, errTooMany) && visit.Short != nil {
				visit.Short()
				err = x.skipRest()
			}
			if err != nil {
				return visit.ended(err)
			}
			if err := visit.Tree(n); err != nil {
				return err
			}
		case xml.EndElement:
			name := entered[len(entered)-1] // the decoder refuses an end without a start
			entered = entered[:len(entered)-1]
			if visit.Leave != nil {
				if err := visit.Leave(name); err != nil {
					return err
				}
			}
		}
	}
}

var (
	errDoctype = &Error{Reason: Unsafe, Detail: "an XML part declares a document type"}
	errTooDeep = &Error{Reason: Unsafe, Detail: "XML elements are nested too deeply"}
	errTooMany = &Error{Reason: TooLarge, Detail: "an XML part has too many elements"}
)

func isDoctype(d xml.Directive) bool {
	return len(d) >= 7 && strings.EqualFold(string(d[:7]), "doctype")
}

// ended says what an error of the decoder means: the end of a beginning, or a fault.
func (visit XMLVisitor) ended(err error) error {
	if syntax, is := errors.AsType[*xml.SyntaxError](err); is && visit.Cut && strings.Contains(syntax.Msg, "unexpected EOF") {
		return nil
	}
	return brokenXML(err)
}

func brokenXML(err error) error {
	if ReasonOf(err) != "" {
		return err
	}
	return &Error{Reason: Damaged, Detail: fmt.Sprintf("XML cannot be parsed: %.120s", err.Error())}
}

// element makes a node of a start tag.
func (x *xmlPart) element(t xml.StartElement) *Node {
	n := &Node{Name: x.name(t.Name)}
	if len(t.Attr) > 0 {
		n.attrs = make([]attribute, 0, len(t.Attr))
	}
	for _, a := range t.Attr {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			n.attrs = append(n.attrs, attribute{x.name(a.Name), a.Value})
		}
	}
	return n
}

// fill reads what is below n until its end.
func (x *xmlPart) fill(n *Node, depth int) error {
	stack := []*Node{n}
	for len(stack) > 0 {
		if x.open = len(stack); x.nodes > maxNodes {
			return errTooMany
		}
		token, err := x.decoder.Token()
		if err != nil {
			return err
		}
		top := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.Directive:
			if isDoctype(t) {
				return errDoctype
			}
		case xml.StartElement:
			child := x.element(t)
			top.Children = append(top.Children, child)
			stack = append(stack, child)
			if len(stack)+depth > MaxDepth {
				return errTooDeep
			}
			x.nodes += 1 + len(child.attrs)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if keepsSpace(top.Name) || len(bytes.TrimSpace(t)) > 0 {
				top.Children = append(top.Children, &Node{Text: string(t)})
				x.nodes++
			}
		}
	}
	return nil
}

// skipRest goes to the end of a tree that is not filled any more.
func (x *xmlPart) skipRest() error {
	for range x.open {
		if err := x.decoder.Skip(); err != nil {
			return err
		}
	}
	return nil
}

// keepsSpace reports elements in which white space alone is text.
func keepsSpace(name string) bool {
	return strings.HasSuffix(name, ":t") || strings.HasPrefix(name, "text:")
}

// name returns the usual prefix and the local name.
func (x *xmlPart) name(name xml.Name) string {
	if name.Space == "" {
		return name.Local
	}
	known, ok := x.names[name]
	if !ok {
		known = prefixOf(name.Space) + ":" + name.Local
		x.names[name] = known
	}
	return known
}

// prefixOf returns the usual prefix of a namespace. Strict OOXML has its own
// addresses for the same names.
func prefixOf(space string) string {
	space = strings.TrimSuffix(space, "/")
	for _, before := range [...]string{"http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"} {
		if rest, ok := strings.CutPrefix(space, before); ok {
			rest = strings.Replace(strings.Replace(rest, "/2006", "", 1), "//", "/", 1)
			if prefix := ooxmlPrefixes[rest]; prefix != "" {
				return prefix
			}
			return rest
		}
	}
	if rest, ok := strings.CutPrefix(space, "urn:oasis:names:tc:opendocument:xmlns:"); ok {
		prefix, _, _ := strings.Cut(rest, ":")
		if prefix == "drawing" {
			return "draw"
		}
		return strings.TrimPrefix(strings.TrimSuffix(prefix, "-compatible"), "xsl-")
	}
	if prefix := otherPrefixes[space]; prefix != "" {
		return prefix
	}
	return space
}

var ooxmlPrefixes = map[string]string{
	"wordprocessingml/main": "w", "drawingml/main": "a", "presentationml/main": "p", "spreadsheetml/main": "s",
	"drawingml/chart": "c", "drawingml/diagram": "dgm", "drawingml/wordprocessingDrawing": "wp", "drawingml/picture": "pic",
	"drawingml/spreadsheetDrawing": "xdr", "officeDocument/math": "m", "officeDocument/relationships": "r",
	"markup-compatibility": "mc", "package/relationships": "rel", "package/content-types": "ct",
}

var otherPrefixes = map[string]string{
	"urn:schemas-microsoft-com:vml":                                      "v",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingShape":  "wps",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup":  "wpg",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas": "wpc",
	"http://schemas.microsoft.com/office/word/2010/wordml":               "w14",
	"http://schemas.microsoft.com/office/drawing/2008/diagram":           "dsp",
	"http://purl.org/dc/elements/1.1":                                    "dc",
	"http://www.w3.org/1999/xlink":                                       "xlink",
	"http://www.w3.org/1998/Math/MathML":                                 "math",
	"http://www.idpf.org/2007/opf":                                       "opf",
	"http://www.w3.org/XML/1998/namespace":                               "xml",
}

// Tree reads a part as one tree.
func (a *Archive) Tree(name string) (*Node, error) {
	data, err := a.Part(name)
	if err != nil {
		return nil, err
	}
	return ParseXML(data)
}
