package website

import (
	"cmp"
	"errors"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"lvr.example/sprechstunde/ingest/extract/formats"
)

// address is a page's in its one canonical form: scheme and host in lower case,
// no default port, no fragment, no dot segments, percent-encoding only where it
// must be, parameters sorted and without those that only follow people about.
type address struct {
	scheme, host string
	path         string // escaped, begins with /
	query        string // without ?
}

// longestAddress bounds what traps for crawlers grow.
const longestAddress = 2000

// canonical reports false for what is no page's address.
func canonical(u *url.URL) (address, bool) {
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.Opaque != "" {
		return address{}, false
	}
	host, err := idna.Lookup.ToASCII(strings.ToLower(u.Hostname()))
	if err != nil {
		host = strings.ToLower(u.Hostname()) // underscores, which houses use and the rules do not know
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" && port != map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		host += ":" + port
	}
	a := address{scheme: u.Scheme, host: host, path: normalize(session.ReplaceAllString(u.EscapedPath(), "")), query: sortQuery(u.RawQuery)}
	if a.path == "" {
		a.path = "/"
	}
	return a, len(a.path)+len(a.query) <= longestAddress
}

// String returns the URL.
func (a address) String() string {
	text := a.scheme + "://" + a.host + a.path
	if a.query != "" {
		text += "?" + a.query
	}
	return text
}

// link is the template of links to places on the page.
func (a address) link() string { return a.String() + "#{place}" }

// document is the path of the page's document. Nothing lies below a document, but
// below a page /ki there may be /ki/regeln: pages without the ending of a file
// end in a slash here, whether their address does or not.
func (a address) document() string {
	if a.query != "" {
		return a.host + a.path + "?" + strings.ReplaceAll(a.query, "/", "%2F")
	}
	if strings.HasSuffix(a.path, "/") || formats.Supported(a.path) {
		return a.host + a.path
	}
	return a.host + a.path + "/"
}

// ending is that of the path, in lower case.
func (a address) ending() string { return strings.ToLower(path.Ext(a.path)) }

// isFile reports an address of a document that is no page.
func (a address) isFile() bool {
	switch a.ending() {
	case ".html", ".htm", ".xhtml":
		return false
	}
	return formats.Supported(a.path)
}

var (
	session = regexp.MustCompile(`(?i);(?:jsessionid|phpsessid)=[^/;]*`)
	escaped = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
)

// normalize decodes what need not be encoded, encodes what must be, and writes
// the rest in upper case (RFC 3986, section 6.2.2).
func normalize(text string) string {
	text = escaped.ReplaceAllStringFunc(text, func(code string) string {
		if char, err := url.PathUnescape(code); err == nil && isUnreserved(char[0]) {
			return char
		}
		return strings.ToUpper(code)
	})
	const digits = "0123456789ABCDEF"
	var out strings.Builder
	for i := range len(text) {
		if c := text[i]; c <= ' ' || c >= 0x7F || strings.IndexByte(`"<>{}\^|`+"`", c) >= 0 {
			out.Write([]byte{'%', digits[c>>4], digits[c&15]})
		} else {
			out.WriteByte(c)
		}
	}
	return out.String()
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// followers are parameters that name who came from where, not a page.
var followers = []string{"fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "phpsessid", "jsessionid"}

func sortQuery(raw string) string {
	var kept []string
	for _, pair := range strings.Split(raw, "&") {
		key, _, _ := strings.Cut(strings.ToLower(pair), "=")
		if pair != "" && !strings.HasPrefix(key, "utm_") && !slices.Contains(followers, key) {
			kept = append(kept, normalize(pair))
		}
	}
	slices.SortStableFunc(kept, func(a, b string) int {
		keyA, _, _ := strings.Cut(a, "=")
		keyB, _, _ := strings.Cut(b, "=")
		return cmp.Compare(keyA, keyB)
	})
	return strings.Join(kept, "&")
}

// realm is a host with the beginning of the paths that are listed there.
type realm struct{ host, prefix string }

// scope is where pages may lie.
type scope []realm

func (s scope) admits(a address) bool {
	return slices.ContainsFunc(s, func(p realm) bool { return a.host == p.host && strings.HasPrefix(a.path, p.prefix) })
}

// parseRealm reads "host", "host:port" or "host/path/prefix".
func parseRealm(text string) (realm, error) {
	if strings.Contains(text, "://") {
		return realm{}, errors.New("write the host alone, such as intranet.example or intranet.example/ki/")
	}
	for _, scheme := range []string{"https", "http"} { // the port of one is no default of the other
		u, err := url.Parse(scheme + "://" + strings.TrimSpace(text))
		if err != nil || u.RawQuery != "" || u.Fragment != "" {
			break
		}
		if a, ok := canonical(u); ok && (u.Port() == "" || strings.HasSuffix(a.host, ":"+u.Port())) {
			return realm{host: a.host, prefix: a.path}, nil
		}
	}
	return realm{}, errors.New("is no host, such as intranet.example or intranet.example/ki/")
}
