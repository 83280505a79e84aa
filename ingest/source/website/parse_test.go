package website

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func at(t testing.TB, text string) address {
	t.Helper()
	a, err := named(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return a
}

func TestCanonicalAddresses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"HTTPS://Intranet.Example:443/a/../b/./c#teil":   "https://intranet.example/b/c",
		"http://x.example:80":                            "http://x.example/",
		"http://x.example:8080/":                         "http://x.example:8080/",
		"http://x.example/%7euser/%C3%bcber%2funs":       "http://x.example/~user/%C3%BCber%2Funs",
		"http://x.example/über uns":                      "http://x.example/%C3%BCber%20uns",
		"http://x.example/?b=2&a=1&utm_source=x&a=0":     "http://x.example/?a=1&a=0&b=2",
		"http://x.example/s;jsessionid=AB12?PHPSESSID=1": "http://x.example/s",
		"http://bücher.example/":                         "http://xn--bcher-kva.example/",
		"http://[::1]:8080/a":                            "http://[::1]:8080/a",
		"http://x.example/{path}":                        "http://x.example/%7Bpath%7D",
	} {
		if got := at(t, text).String(); got != want {
			t.Errorf("%s becomes %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"ftp://x.example/", "mailto:a@b.example", "/a", "http:///a", "http://u@x.example/", "http://x.example/" + strings.Repeat("a", 3000)} {
		if a, err := named(text); err == nil {
			t.Errorf("%.40s is taken as %s", text, a)
		}
	}
}

func TestDocumentsHaveNothingBelowThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"http://x.example/":                      "x.example/",
		"http://x.example/ki":                    "x.example/ki/",
		"http://x.example/ki/":                   "x.example/ki/",
		"http://x.example/ki/regeln.html":        "x.example/ki/regeln.html",
		"http://x.example/index.php/Seite":       "x.example/index.php/Seite/",
		"http://x.example/index.php":             "x.example/index.php/",
		"http://x.example/index.php?id=5&p=/a/b": "x.example/index.php?id=5&p=%2Fa%2Fb",
		"http://x.example/v1.2":                  "x.example/v1.2/",
		"http://x.example/A.PDF":                 "x.example/A.PDF",
	} {
		if got := at(t, text).document(); got != want {
			t.Errorf("%s is document %s, want %s", text, got, want)
		}
	}
}

// TestRobots has the examples of RFC 9309, section 2.2.2 and 5, and what people write.
func TestRobots(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text      string
		allowed   []string
		forbidden []string
	}{
		"longest wins":      {"User-Agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif", []string{"/example/page/"}, []string{"/example/page/disallowed.gif"}},
		"allow wins a tie":  {"User-agent: *\nDisallow: /a\nAllow: /a", []string{"/a", "/ab"}, nil},
		"groups are merged": {"User-agent: sprechstunde\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUSER-AGENT: Sprechstunde/1.0\nDisallow: /b", []string{"/c"}, []string{"/a", "/b"}},
		"own group alone":   {"User-agent: *\nDisallow: /\nUser-agent: Sprechstunde\nDisallow:", []string{"/"}, nil},
		"several names":     {"User-agent: x\nUser-agent: *\n# Kommentar\nDisallow: /a # weg\n", []string{"/b"}, []string{"/a"}},
		"not for us":        {"User-agent: sprechstundenplan\nDisallow: /", []string{"/"}, nil},
		"wildcards":         {"User-agent: *\nDisallow: /*.pdf$\nDisallow: /a*b*c\nDisallow: /x$", []string{"/a.pdf?x", "/acb", "/xy"}, []string{"/d/a.pdf", "/a1b2c3", "/x"}},
		"percent-encoding":  {"User-agent: *\nDisallow: /\u00fcber\nDisallow: /%7ea\nDisallow: /a%2fb", []string{"/a/b"}, []string{"/%C3%BCber", "/~a", "/a%2Fb"}},
		"query":             {"User-agent: *\nDisallow: /*?druck=", []string{"/a?x=1"}, []string{"/a?druck=1"}},
		"rules of nobody":   {"Disallow: /\nUser-agent: *\nDisallow: /b", []string{"/a"}, []string{"/b"}},
		"empty":             {"", []string{"/"}, nil},
		"page instead":      {"<!doctype html><html>Disallow: /", []string{"/"}, nil},
		"old line ends":     {"User-agent: *\rDisallow: /a\r\nDisallow: /b", []string{"/c"}, []string{"/a", "/b"}},
		"byte order mark":   {"\uFEFFUser-agent: *\nDisallow: /a", nil, []string{"/a"}},
	} {
		rules := parseRobots([]byte(c.text))
		for _, path := range c.allowed {
			if !rules.allows(at(t, "http://x.example"+path)) {
				t.Errorf("%s: %s is forbidden", name, path)
			}
		}
		for _, path := range c.forbidden {
			if rules.allows(at(t, "http://x.example"+path)) {
				t.Errorf("%s: %s is allowed", name, path)
			}
		}
	}
	if got := parseRobots([]byte("User-agent: *\nCrawl-delay: 2.5\n")).delay; got != 2500*time.Millisecond {
		t.Errorf("delay %s", got)
	}
}

func TestVersionsComeBack(t *testing.T) {
	t.Parallel()
	for _, v := range []version{
		{address: "https://x.example/a?b=c&d=e", etag: `W/"a b"`, modified: "Wed, 25 Nov 2026 12:00:00 GMT", ending: ".html", depth: 2, settings: "ab"},
		{address: "http://x.example/", hash: "00ff", ending: ".pdf", sitemap: true},
	} {
		if got, ok := parseVersion(v.String()); !ok || got != v {
			t.Errorf("%+v comes back as %+v", v, got)
		}
	}
	for _, mark := range []string{"", "1234-5678", "d=-1&a=x", "a=x&d=%zz"} {
		if v, ok := parseVersion(mark); ok {
			t.Errorf("%q is taken for %+v", mark, v)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*a*$\nAllow: /b"), "/xay")
	f.Fuzz(func(t *testing.T, data []byte, path string) {
		u := &url.URL{Scheme: "http", Host: "x.example", Path: "/" + path}
		if a, ok := canonical(u); ok && !parseRobots(data).allows(a) && !strings.Contains(strings.ToLower(string(data)), "disallow") {
			t.Errorf("%s is forbidden by %q", a, data)
		}
	})
}

func FuzzAddress(f *testing.F) {
	f.Add("https://x.example/a/../b?c=%zz&d#e")
	f.Add("//[::1]/%")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := named(text)
		if err != nil {
			return
		}
		again, err := named(a.String())
		if err != nil || again != a {
			t.Errorf("%q: %q, then %q, %v", text, a, again, err)
		}
	})
}

func FuzzSitemap(f *testing.F) {
	f.Add("<urlset><url><loc>https://x.example/a</loc></url></urlset>")
	f.Add("<sitemapindex><sitemap><loc>https://x.example/s.xml</loc></sitemap>")
	f.Fuzz(func(t *testing.T, text string) {
		pages, maps, err := parseSitemap(strings.NewReader(text))
		if err == nil && !strings.Contains(text, "urlset") && !strings.Contains(text, "sitemapindex") {
			t.Errorf("%d pages, %d sitemaps of what is none", len(pages), len(maps))
		}
	})
}

func FuzzLinks(f *testing.F) {
	f.Add(`<base href="//a"><a href="b?c=d#e">x</a><link rel=canonical href=/>`)
	f.Fuzz(func(t *testing.T, markup string) {
		found, own := links(strings.NewReader(markup), at(t, "http://x.example/a"))
		if own != nil {
			found = append(found, *own)
		}
		for _, a := range found {
			if a.host == "" || !strings.HasPrefix(a.path, "/") || strings.Contains(a.String(), "#") {
				t.Errorf("%q", a)
			}
		}
	})
}
