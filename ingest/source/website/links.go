package website

import (
	"io"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxMarkup is the number of bytes of a page in which links are looked for, and
// maxLinks the number of links taken from it.
const (
	maxMarkup = 8 << 20
	maxLinks  = 5000
)

// links reads a page and returns where it links to, in its order, and the address
// that it says is its own, if it does.
func links(markup io.Reader, at address) (found []address, own *address) {
	base, err := url.Parse(at.String())
	if err != nil {
		return nil, nil
	}
	resolve := func(text string) (address, bool) {
		u, err := url.Parse(strings.TrimSpace(text))
		if err != nil {
			return address{}, false
		}
		return canonical(base.ResolveReference(u))
	}
	tokens := html.NewTokenizer(io.LimitReader(markup, maxMarkup))
	tokens.SetMaxBuf(maxMarkup)
	for len(found) < maxLinks && tokens.Next() != html.ErrorToken {
		token := tokens.Token()
		if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
			continue
		}
		relations := strings.Fields(strings.ToLower(attribute(token, "rel")))
		switch token.DataAtom {
		case atom.Base:
			if u, err := url.Parse(strings.TrimSpace(attribute(token, "href"))); err == nil {
				base = base.ResolveReference(u)
			}
		case atom.A, atom.Area:
			if a, ok := resolve(attribute(token, "href")); ok && attribute(token, "href") != "" && !slices.Contains(relations, "nofollow") {
				found = append(found, a)
			}
		case atom.Iframe, atom.Frame:
			if a, ok := resolve(attribute(token, "src")); ok && attribute(token, "src") != "" {
				found = append(found, a)
			}
		case atom.Link:
			if a, ok := resolve(attribute(token, "href")); ok && slices.Contains(relations, "canonical") {
				own = &a
			}
		}
	}
	return found, own
}

func attribute(token html.Token, name string) string {
	for _, a := range token.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
