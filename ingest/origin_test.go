package ingest_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/website"
	"lvr.example/sprechstunde/retrieval"
)

// pages is a web server with ETags: text by path, and how often it was sent.
type pages struct {
	*httptest.Server
	mu   sync.Mutex
	text map[string]string
	sent int
}

func newPages(t *testing.T, text map[string]string) *pages {
	t.Helper()
	p := &pages{text: text}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		text, found := p.text[r.URL.Path]
		switch tag := fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(text))); {
		case !found:
			http.NotFound(w, r)
		case text == "":
			http.Error(w, "", http.StatusInternalServerError)
		case r.Header.Get("If-None-Match") == tag:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", tag)
			w.Header().Set("Content-Type", "text/html")
			p.sent++
			fmt.Fprint(w, text)
		}
	}))
	t.Cleanup(p.Close)
	return p
}

// put changes a page; empty: it fails.
func (p *pages) put(path, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text[path] = text
}

// source opens the pages as a source; with a link of their collection where one is given.
func (p *pages) source(t *testing.T, link string) ingest.Source {
	t.Helper()
	s, err := website.Open(website.Options{
		Name: "intranet", Start: []string{p.URL}, Depth: 2,
		Collection: retrieval.Collection{Name: "Intranet", Rank: 1, Access: retrieval.Access{Staff: true}, Link: link},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestSyncFollowsAWebsite shows that what the index knows reaches the source, that
// pages keep their own addresses, and that a server that is away takes nothing.
func TestSyncFollowsAWebsite(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := newPages(t, map[string]string{
		"/": `<main><p>Anfang.</p><a href="/ki">x</a></main>`, "/ki": `<main><p>Zur KI.</p><a href="/ki/alt">x</a></main>`, "/ki/alt": "<main><p>Alt.</p></main>",
	})
	bring := func(link string) ingest.Report {
		return h.sync(func(o *ingest.Options) { o.Source = p.source(t, link) })
	}
	if report := bring(""); report.New != 3 || p.sent != 3 {
		t.Errorf("%+v, %d pages sent", report, p.sent)
	}
	if report := bring(""); report.Unchanged != 3 || p.sent != 3 {
		t.Errorf("nothing changed, but %+v, %d pages sent", report, p.sent)
	}
	host := strings.TrimPrefix(p.URL, "http://")
	links := func() map[string]string {
		rows, err := h.store.Documents(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		links := map[string]string{}
		for _, row := range rows {
			links[strings.TrimPrefix(row.Document.Path, host)] = strings.TrimPrefix(row.Document.Link, p.URL)
		}
		return links
	}
	if diff := cmp.Diff(map[string]string{"/": "/#{place}", "/ki/": "/ki#{place}", "/ki/alt/": "/ki/alt#{place}"}, links()); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}

	p.put("/ki", "") // it fails, and what links to it does not change
	if report := bring(""); len(report.Quarantined) != 1 || report.Gone != 0 || report.Unchanged != 2 {
		t.Errorf("a page fails: %+v", report)
	}
	if texts, _ := h.serving(); len(texts) != 3 {
		t.Errorf("a page fails, serving %v", texts)
	}
	p.put("/ki", `<main><p>Zur KI, neu.</p><a href="/ki/alt">x</a></main>`)
	if report := bring(""); report.Changed != 1 || report.Unchanged != 2 || len(report.Quarantined) != 0 {
		t.Errorf("it works again: %+v", report)
	}

	p.mu.Lock()
	delete(p.text, "/ki/alt") // a page below another one is no attachment of it
	p.mu.Unlock()
	if report := bring(""); report.Gone != 1 || len(links()) != 2 {
		t.Errorf("a page went: %+v", report)
	}
	p.Close()
	report := bring("")
	if texts, _ := h.serving(); len(texts) != 2 || report.Gone != 0 || len(report.Quarantined) != 1 {
		t.Errorf("the server is away: %+v, serving %v", report, texts)
	}
}

// TestSyncKnowsPagesAgainWhateverIsSaidOfThem asks for changes only, also where the
// collection says something of all its pages or a page was refused: else a page
// that nobody links to any more would be gone.
func TestSyncKnowsPagesAgainWhateverIsSaidOfThem(t *testing.T) {
	t.Parallel()
	for name, defaults := range map[string]map[string]string{
		"nothing": nil,
		"all":     {"owner": "Zentrum KI (@m.muster)", "valid_from": "2026-01-01", "valid_until": "2030-12-31", "review_date": "2027-01-01"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			p := newPages(t, map[string]string{
				"/":     `<main><p>Anfang.</p><a href="/ki">x</a><a href="/leer">x</a></main>`,
				"/ki":   `<main><p>Zur KI.</p></main>`,
				"/leer": `<meta name="valid_until" content="irgendwann"><main><p>Ohne Tag.</p></main>`,
			})
			bring := func() ingest.Report {
				return h.sync(func(o *ingest.Options) { o.Source, o.Defaults = p.source(t, ""), defaults })
			}
			if report := bring(); report.New != 2 || len(report.Quarantined) != 1 || p.sent != 3 {
				t.Fatalf("%+v, %d pages sent", report, p.sent)
			}
			if report := bring(); report.Unchanged != 2 || len(report.Quarantined) != 1 || p.sent != 3 {
				t.Errorf("nothing changed, but %+v, %d pages sent", report, p.sent)
			}
			p.put("/", `<main><p>Anfang ohne Verweis.</p></main>`)
			if report := bring(); report.Changed != 1 || report.Unchanged != 1 || report.Gone != 0 || p.sent != 4 {
				t.Errorf("not linked any more: %+v, %d pages sent", report, p.sent)
			}
			if texts, _ := h.serving(); len(texts) != 2 {
				t.Errorf("serving %v", texts)
			}
		})
	}
}

// TestChangedLinkReachesTheIndex though the content is the same.
func TestChangedLinkReachesTheIndex(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	linked := retrieval.Collection{Name: "alle", Rank: 1, Access: retrieval.Access{Staff: true}, Link: "https://x.example/{path}"}
	address := func(link, version string) string {
		h.sync(func(o *ingest.Options) {
			o.Source = letters{"Text.", ingest.Item{Path: "a", Name: "a.txt", Link: link, Version: version, Collection: linked}}
		})
		rows, err := h.store.FindDocument(t.Context(), "a")
		if err != nil || len(rows) != 1 {
			t.Fatalf("%v, %v", rows, err)
		}
		return rows[0].Document.Link
	}
	for i, link := range []string{"https://alt.example/a", "https://neu.example/a", ""} {
		want := link
		if link == "" {
			want = "https://x.example/{path}"
		}
		if got := address(link, fmt.Sprint(i)); got != want {
			t.Errorf("link %q, want %q", got, want)
		}
	}
}

func TestHeadOfASettledItemMovesItNowhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("regeln/collection.yaml", "name: Regeln\nrank: 1\nreaders: alle\n")
	h.write("regeln/a.md", "# Regel")
	h.sync()
	chat := retrieval.Collection{Name: "Chat", Rank: 9, Access: retrieval.Access{Channels: []string{"t/c"}}}
	for _, settled := range []bool{false, true} {
		report := h.sync(func(o *ingest.Options) {
			item := ingest.Item{Path: "b", Name: "b.md", Version: fmt.Sprint(settled), Settled: settled, Collection: chat}
			o.Source = letters{fmt.Sprintf("---\ncollection: Regeln\n---\nText %t.", settled), item}
		})
		rows, err := h.store.FindDocument(t.Context(), "b")
		if err != nil || len(rows) != 1 {
			t.Fatalf("%v, %v", rows, err)
		}
		want := map[bool]string{false: "Regeln", true: "Chat"}[settled]
		if got := rows[0].Document.Collection; got != want || settled != (len(report.Warnings) == 1) {
			t.Errorf("settled %t: in %q, want %q; %+v", settled, got, want, report)
		}
	}
}

// TestWhatIsPassedOverNowIsGone: a file that became a symbolic link serves no more.
func TestWhatIsPassedOverNowIsGone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("a.md", "Text.")
	h.sync()
	h.remove("a.md")
	if err := os.Symlink("collection.yaml", filepath.Join(h.dir, "a.md")); err != nil {
		t.Fatal(err)
	}
	report := h.sync()
	if texts, _ := h.serving(); report.Gone != 1 || report.Skipped["symbolic link"] != 1 || len(texts) != 0 {
		t.Errorf("%+v, serving %v", report, texts)
	}
}

// letters is a source of one item with a text.
type letters struct {
	text string
	item ingest.Item
}

func (letters) Name() string { return "briefe" }

func (l letters) List(_ context.Context, yield func(ingest.Item) error) error { return yield(l.item) }

func (l letters) Open(context.Context, string) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(l.text)), nil
}

// TestFirstLineIsTheTitleOfWhatHasNone, without marks of Markdown: what a person
// would call a post.
func TestFirstLineIsTheTitleOfWhatHasNone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	staff := retrieval.Collection{Name: "alle", Rank: 1, Access: retrieval.Access{Staff: true}}
	for text, want := range map[string]string{
		"**Regeln** für [alle](https://x.example) und `KI`\nZweite Zeile\n": "Regeln für alle und KI",
		"> _Wichtig_: bitte lesen\n\n# Später\n":                            "Wichtig: bitte lesen",
		"## Überschrift ##\n\nText\n":                                       "Überschrift",
		"- erster Punkt\n- zweiter\n":                                       "erster Punkt",
		"title: so geht es nicht\n---\n\nText\n":                            "title: so geht es nicht",
		strings.Repeat("ä", 200):                                            strings.Repeat("ä", 120) + "…",
	} {
		h.sync(func(o *ingest.Options) {
			o.Source = letters{"---\n---\n\n" + text, ingest.Item{Path: "a.md", Untitled: true, Version: fmt.Sprintf("%x", text), Collection: staff}}
		})
		rows, err := h.store.FindDocument(t.Context(), "a.md")
		if err != nil || len(rows) != 1 || rows[0].Document.Title != want {
			t.Errorf("%q: %+v, %v; want %q", text, rows, err, want)
		}
	}
}
