package website

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest"
)

// lines lists a source: one line for each item, sorted; hosts as names.
func lines(t *testing.T, s *Source, known map[string]string, hosts map[string]string) (out []string, marks map[string]string) {
	t.Helper()
	var replace []string
	for name, host := range hosts {
		replace = append(replace, host, name)
	}
	marks = map[string]string{}
	_, err := s.Revisit(t.Context(), ingest.Memory{Versions: known}, func(item ingest.Item) error {
		line := item.Path + ": "
		switch {
		case item.Skip != "":
			line += "skip " + item.Skip
		case item.Folder:
			line += "away " + item.Problem.Error()
		case item.Problem != nil:
			line += fmt.Sprintf("problem %v (unclear %t)", item.Problem, item.Unclear)
		default:
			line += item.Name
			marks[item.Path] = item.Version
			if item.Collection.Name != staff.Name || item.Link == "" {
				t.Errorf("%+v", item)
			}
		}
		out = append(out, strings.NewReplacer(replace...).Replace(line))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out, marks
}

func TestUnchangedPagesCostA304(t *testing.T) {
	t.Parallel()
	site := newSite(t)
	site.put("ki/", `<main><a href="regeln#teil-2">Regeln</a></main>`)
	site.put("ki/regeln", `<main><a href="../merkblatt.pdf">Merkblatt</a></main>`)
	site.put("merkblatt.pdf", "%PDF-1.7")
	s := open(t, Options{Start: []string{site.URL + "/ki/"}, Depth: 1})
	hosts := map[string]string{"H": site.host()}
	want := []string{"H/ki/: ki.html", "H/ki/regeln/: regeln.html", "H/merkblatt.pdf: merkblatt.pdf"}
	first, marks := lines(t, s, nil, hosts)
	if diff := cmp.Diff(want, first); diff != "" {
		t.Fatalf("items (-want +got):\n%s", diff)
	}
	if got := site.requests(); !slices.Equal(got, []string{"/ki/ 200", "/ki/regeln 200", "/merkblatt.pdf 200", "/robots.txt 404"}) {
		t.Errorf("first listing: %v", got)
	}
	second, again := lines(t, s, marks, hosts)
	if diff := cmp.Diff(want, second); diff != "" || !cmp.Equal(marks, again) {
		t.Errorf("second listing: %s%s", diff, cmp.Diff(marks, again))
	}
	if got := site.requests(); !slices.Equal(got, []string{"/ki/ 304", "/ki/regeln 304", "/merkblatt.pdf 304", "/robots.txt 404"}) {
		t.Errorf("second listing: %v", got)
	}
	site.remove("merkblatt.pdf") // still linked from a page that did not change
	site.put("ki/neu", "Neu")
	site.put("ki/", `<main><a href="neu">Neu</a></main>`)
	third, marks := lines(t, s, marks, hosts)
	if diff := cmp.Diff([]string{"H/ki/: ki.html", "H/ki/neu/: neu.html", "H/ki/regeln/: regeln.html"}, third); diff != "" {
		t.Errorf("third listing (-want +got):\n%s", diff)
	}
	// Other options: nothing of what was found under the old ones is taken for granted.
	other := open(t, Options{Start: []string{site.URL + "/ki/neu"}, Depth: 1})
	if got, _ := lines(t, other, marks, hosts); !slices.Equal(got, []string{"H/ki/neu/: neu.html"}) {
		t.Errorf("with another start page: %v", got)
	}
}

func TestRobotsAreRespected(t *testing.T) {
	t.Parallel()
	site := newSite(t)
	site.put("offen.html", "x")
	site.put("zu/geheim.html", "x")
	site.put("zu/doch.html", "x")
	s := open(t, Options{Start: []string{site.URL}, Depth: 1})
	hosts := map[string]string{"H": site.host()}
	_, marks := lines(t, s, nil, hosts)
	site.robots = "User-agent: Sprechstunde\nDisallow: /zu/\nAllow: /zu/doch\nUser-agent: *\nDisallow: /\n"
	site.requests()
	got, _ := lines(t, s, marks, hosts)
	want := []string{"H/: /.html", "H/offen.html: offen.html", "H/zu/doch.html: doch.html", "H/zu/geheim.html: skip forbidden by robots.txt"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if asked := site.requests(); slices.ContainsFunc(asked, func(r string) bool { return strings.Contains(r, "geheim") }) {
		t.Errorf("asked for what is forbidden: %v", asked)
	}
}

func TestUnreadableRobotsForbidAllAndKeepAll(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			t.Errorf("asked for %s", r.URL)
		}
		w.WriteHeader(http.StatusInternalServerError)
	}))
	defer server.Close()
	s := open(t, Options{Start: []string{server.URL}, Depth: 1})
	got, _ := lines(t, s, nil, map[string]string{"H": strings.TrimPrefix(server.URL, "http://")})
	if !slices.Equal(got, []string{"H: away robots.txt cannot be read: answers 500"}) {
		t.Errorf("got %v", got)
	}
}

func TestWhatAnswersMean(t *testing.T) {
	t.Parallel()
	foreign := newSite(t)
	broken := false
	main := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answers := map[string]int{"/weg": 404, "/fort": 410, "/login": 401, "/zu": 403, "/kaputt": 500, "/teekanne": 418}
		name := strings.TrimSuffix(r.URL.Path, "/")
		switch status := answers[name]; {
		case broken && status != 0:
			w.WriteHeader(status)
		case broken && name == "/umgezogen":
			http.Redirect(w, r, foreign.URL+"/x", http.StatusMovedPermanently)
		case broken && name == "/anmelden":
			http.Redirect(w, r, foreign.URL+"/login", http.StatusFound)
		case broken && name == "/hier":
			http.Redirect(w, r, "/dort", http.StatusFound)
		case broken && name == "/kreis":
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
		case name == "/schrägstrich" && !strings.HasSuffix(r.URL.Path, "/"):
			http.Redirect(w, r, "/schr%C3%A4gstrich/", http.StatusMovedPermanently)
		case r.URL.Path == "/robots.txt":
			w.WriteHeader(http.StatusNotFound)
		case r.URL.Path == "/":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<a href=weg></a><a href=fort></a><a href=login></a><a href=zu></a><a href=kaputt></a><a href=teekanne></a>
				<a href=umgezogen></a><a href=anmelden></a><a href=hier></a><a href=kreis></a><a href=schr%C3%A4gstrich></a>
				<a href=bild.png></a><a href=daten></a><a href="mailto:x@example.org"></a><a href="javascript:x()"></a><a href="//[::1"></a>
				<a href="`+foreign.URL+`/">andere</a><a rel=nofollow href=nicht-folgen></a>`)
		case name == "/daten":
			w.Header().Set("Content-Type", "application/x-unbekannt")
			fmt.Fprint(w, "x")
		default:
			w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
			fmt.Fprint(w, "Pr\xFCfung")
		}
	}))
	defer main.Close()
	s := open(t, Options{Start: []string{main.URL}, Depth: 1})
	hosts := map[string]string{"H": strings.TrimPrefix(main.URL, "http://"), "F": foreign.host()}
	_, marks := lines(t, s, nil, hosts)
	if len(marks) != 12 {
		t.Errorf("well: %d documents, %v", len(marks), marks)
	}
	path := strings.TrimPrefix(main.URL, "http://") + "/weg/"
	file, err := s.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	text := make([]byte, 20)
	if n, _ := file.Read(text); string(text[:n]) != "Prüfung" {
		t.Errorf("in the header's encoding: %q", text[:n])
	}
	_ = file.Close()

	broken = true
	always := []string{"H/: /.html", "H/bild.png/: skip unsupported type .png", "H/daten/: skip unsupported type application/x-unbekannt",
		"H/dort/: dort.html", "H/schr%C3%A4gstrich/: schr%C3%A4gstrich.html"}
	known := append([]string{
		"H/login/: problem answers 401 Unauthorized (unclear true)", "H/zu/: problem answers 403 Forbidden (unclear true)",
		"H/kaputt/: problem cannot be had: answers 500 (unclear false)", "H/teekanne/: problem answers 418 I'm a teapot (unclear false)",
		"H/umgezogen/: skip redirects off the hosts listed", "H/anmelden/: problem redirects off the hosts listed, to F (unclear false)",
		"H/kreis/: problem cannot be had: redirects more than 10 times (unclear false)",
	}, always...)
	slices.Sort(known)
	got, _ := lines(t, s, marks, hosts)
	if diff := cmp.Diff(known, got); diff != "" {
		t.Errorf("known pages (-want +got):\n%s", diff)
	}
	unknown := append([]string{
		"H/login/: skip answers 401 Unauthorized", "H/zu/: skip answers 403 Forbidden", "H/teekanne/: skip answers 418 I'm a teapot",
		"H/kaputt/: problem cannot be had: answers 500 (unclear false)",
		"H/umgezogen/: skip redirects off the hosts listed", "H/anmelden/: skip redirects off the hosts listed",
		"H/kreis/: problem cannot be had: redirects more than 10 times (unclear false)",
	}, always...)
	slices.Sort(unknown)
	got, _ = lines(t, s, nil, hosts)
	if diff := cmp.Diff(unknown, got); diff != "" {
		t.Errorf("unknown pages (-want +got):\n%s", diff)
	}
	if asked := foreign.requests(); len(asked) != 0 {
		t.Errorf("a host that is not listed was asked: %v", asked)
	}
}

func TestHostThatIsAwayKeepsItsDocuments(t *testing.T) {
	t.Parallel()
	site := newSite(t)
	for i := range 5 {
		site.put(fmt.Sprintf("%d.html", i), "x")
	}
	clock := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	s := open(t, Options{
		Start: []string{site.URL}, Depth: 1, Delay: time.Second, Now: func() time.Time { return clock },
		Sleep: func(_ context.Context, d time.Duration) error { clock = clock.Add(d); return nil },
	})
	hosts := map[string]string{"H": site.host()}
	begin := clock
	_, marks := lines(t, s, nil, hosts)
	if took := clock.Sub(begin); took != 6*time.Second { // robots.txt, / and five pages: six pauses
		t.Errorf("the listing took %s", took)
	}
	site.Close()
	got, _ := lines(t, s, marks, hosts)
	if len(got) != 1 || !strings.HasPrefix(got[0], "H: away robots.txt cannot be read: ") {
		t.Errorf("got %v", got)
	}
	if err := s.Check(t.Context()); err == nil {
		t.Error("Check finds nothing wrong")
	}
}

func TestSitemap(t *testing.T) {
	t.Parallel()
	site := newSite(t)
	site.put("a", `<a href="b">b</a><a href="a.pdf">pdf</a>`)
	site.put("b", `x`)
	site.put("a.pdf", "%PDF-1.7")
	list := func(names ...string) string {
		out := `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`
		for _, name := range names {
			out += "<url><lastmod>2026-11-01</lastmod><loc>\n " + site.URL + name + "\n</loc></url>"
		}
		return out + "</urlset>"
	}
	site.put("teil.xml", list("/a", "/b", "/b#x"))
	site.put("sitemap.xml", `<sitemapindex><sitemap><loc>`+site.URL+`/teil.xml</loc></sitemap>
		<sitemap><loc>http://fremd.invalid/sitemap.xml</loc></sitemap></sitemapindex>`)
	s := open(t, Options{Sitemap: site.URL + "/sitemap.xml"})
	hosts := map[string]string{"H": site.host()}
	got, marks := lines(t, s, nil, hosts)
	if !slices.Equal(got, []string{"H/a.pdf: a.pdf", "H/a/: a.html", "H/b/: b.html"}) {
		t.Errorf("got %v", got)
	}
	site.put("teil.xml", "<html>Wartung")
	got, _ = lines(t, s, marks, hosts)
	if len(got) != 4 || !strings.Contains(got[3], "sitemap "+"http://H/teil.xml: is ") {
		t.Errorf("sitemap that cannot be read: %v", got)
	}
	site.put("teil.xml", list("/a"))
	if got, _ = lines(t, s, marks, hosts); !slices.Equal(got, []string{"H/a.pdf: a.pdf", "H/a/: a.html"}) {
		t.Errorf("b left the sitemap: %v", got)
	}
}

func TestTrapsForCrawlersEnd(t *testing.T) {
	t.Parallel()
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<base href="/"><a href="%s/x/">tiefer</a><a href="/k?monat=%d&utm_source=x">weiter</a><a href="/k?utm_medium=y&monat=%[2]d">gleich</a>`,
			strings.TrimPrefix(r.URL.Path, "/"), asked)
	}))
	defer server.Close()
	s := open(t, Options{Start: []string{server.URL}, Depth: 100, Pages: 400})
	got, marks := lines(t, s, nil, nil)
	queries, full := 0, false
	for _, line := range got {
		if strings.Contains(line, "?monat=") && !strings.Contains(line, "skip") {
			queries++
		}
		full = full || strings.Contains(line, "away more than 400 pages")
	}
	if queries != maxQueries || asked > 401 || !full && asked > 400 {
		t.Errorf("%d pages with parameters, %d requests, %d documents", queries, asked, len(marks))
	}
}

func TestLimitOfPagesKeepsTheRest(t *testing.T) {
	t.Parallel()
	site := newSite(t)
	for i := range 5 {
		site.put(fmt.Sprintf("%d.html", i), "x")
	}
	s := open(t, Options{Start: []string{site.URL}, Depth: 1, Pages: 3})
	got, _ := lines(t, s, nil, map[string]string{"H": site.host()})
	want := []string{"H/0.html: 0.html", "H/1.html: 1.html", "H/: /.html",
		"H: away more than 3 pages: allow more, or name fewer start pages or a smaller part of the host"}
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func TestPageThatIsOnlyAnotherAddress(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.RequestURI() {
		case "/robots.txt":
			w.WriteHeader(http.StatusNotFound)
		case "/":
			fmt.Fprint(w, `<a href="/a?druck=1">x</a>`)
		default:
			fmt.Fprint(w, `<link rel="canonical" href="/a">Text`)
		}
	}))
	defer server.Close()
	s := open(t, Options{Start: []string{server.URL}, Depth: 1})
	got, _ := lines(t, s, nil, map[string]string{"H": strings.TrimPrefix(server.URL, "http://")})
	if !slices.Equal(got, []string{"H/: /.html", "H/a/: a.html"}) {
		t.Errorf("got %v", got)
	}
}

func TestOptionsSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	for want, options := range map[string]Options{
		"start pages or a sitemap": {},
		"https://":                 {Start: []string{"intranet.example"}},
		"without a user":           {Start: []string{"https://u:p@intranet.example"}},
		"outside the hosts":        {Start: []string{"https://a.example/x"}, Hosts: []string{"a.example/y"}},
		"the host alone":           {Start: []string{"https://a.example/"}, Hosts: []string{"https://a.example"}},
		"is no host":               {Start: []string{"https://a.example/"}, Hosts: []string{"a.example?x"}},
	} {
		if _, err := Open(options); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", options, err, want)
		}
	}
}

// TestNothingGetsLost between a page that links and one that could not be had
// when the links were read.
func TestNothingGetsLost(t *testing.T) {
	t.Parallel()
	site := newSite(t)
	site.put("a/", `<a href="b/">b</a>`)
	site.put("a/b/", `<a href="c/">c</a>`)
	site.put("a/b/c/", `Ende`)
	hosts := map[string]string{"H": site.host()}
	whole := []string{"H/a/: a.html", "H/a/b/: b.html", "H/a/b/c/: c.html"}
	options := Options{Start: []string{site.URL + "/a/"}, Depth: 5}
	s := open(t, options)

	_, marks := lines(t, s, nil, hosts)
	marks[site.host()+"/a/b/"] = "" // the index has forgotten it
	site.put("a/neu/", "x")         // which only a page links to that did not change
	if got, _ := lines(t, s, marks, hosts); !slices.Equal(got, whole) {
		t.Errorf("with a mark lost: %v", got)
	}
	site.robots = "User-agent: *\nDisallow: /a/b/c/"
	_, marks = lines(t, s, nil, hosts)
	site.robots = ""
	if got, _ := lines(t, s, marks, hosts); !slices.Equal(got, whole) {
		t.Errorf("no longer forbidden: %v", got)
	}
	few := options
	few.Pages = 2
	_, marks = lines(t, open(t, few), nil, hosts)
	for range 2 { // it is said each time
		var got []string
		if got, marks = lines(t, open(t, few), marks, hosts); len(got) != 3 || !strings.Contains(got[2], "more than 2 pages") {
			t.Errorf("with few pages: %v", got)
		}
	}
	if got, _ := lines(t, s, marks, hosts); !slices.Equal(got, whole) {
		t.Errorf("with more pages: %v", got)
	}
}

// TestListingThatEndsEarlyIsMadeUp: the host goes away after its first page.
func TestListingThatEndsEarlyIsMadeUp(t *testing.T) {
	t.Parallel()
	site := newSite(t)
	for i := range 6 {
		site.put(fmt.Sprintf("%d.html", i), "x")
	}
	hosts := map[string]string{"H": site.host()}
	clock := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	slept := 0
	s := open(t, Options{
		Start: []string{site.URL}, Depth: 1, Delay: time.Second, Now: func() time.Time { return clock },
		Sleep: func(_ context.Context, d time.Duration) error {
			clock = clock.Add(d)
			slept++
			site.setDown(slept == 2 || slept == 3 || slept == 4)
			return nil
		},
	})
	got, marks := lines(t, s, nil, hosts)
	if !slices.Equal(got, []string{"H/: /.html", "H: away does not answer: answers 500"}) {
		t.Errorf("ended early: %v", got)
	}
	if got, _ = lines(t, s, marks, hosts); len(got) != 7 {
		t.Errorf("made up: %v", got)
	}
}
