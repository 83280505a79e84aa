package website

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/polite"
)

const (
	maxQueries = 50 // different parameters of one path that are followed: a calendar has them without end
	maxFaults  = 3  // faults of a host one after another after which it is taken to be down
)

// crawl is one listing. Pages are asked for in levels: where the listing starts,
// what is linked from there, and so on; known pages stand in the level in which
// they were found, because one that did not change is not read for links again.
//
// Nothing may get lost in that: where a known page has no version any more, or one
// of other options, all pages are fetched as if none were known, and a listing
// that ends early keeps no validators of the pages that it read, so that the next
// one reads their links again.
type crawl struct {
	source *Source
	yield  func(ingest.Item) error
	known  map[string]version // of pages found under the same options, by document
	afresh bool               // ask for all of each page
	levels [][]visit
	seen   map[string]bool // documents visited or in a level
	asked  int
	read   []readPage

	robots  map[string]robots
	queries map[string]int
	faults  map[string]int           // one after another, by host
	away    map[string]error         // hosts, or parts of the listing, whose documents stay as they are
	broken  map[string][]ingest.Item // pages with a fault, by host
}

// readPage is a page whose links were read in this listing.
type readPage struct {
	item  ingest.Item
	found version
	hash  string
}

// visit is one page to ask for.
type visit struct {
	address address
	depth   int
	start   bool // named by an operator
	sitemap bool
}

func newCrawl(s *Source, known map[string]string, yield func(ingest.Item) error) *crawl {
	c := &crawl{
		source: s, yield: yield, known: map[string]version{}, seen: map[string]bool{}, robots: map[string]robots{},
		queries: map[string]int{}, faults: map[string]int{}, away: map[string]error{}, broken: map[string][]ingest.Item{},
	}
	for document, mark := range known {
		if s.sitemap != nil && document == s.sitemap.document() {
			continue // reported as missing then, and no page
		}
		v, ok := parseVersion(mark)
		if !ok || v.settings != s.fingerprint {
			c.afresh = true
			continue
		}
		c.known[document] = v
	}
	return c
}

// plan fills the levels with start pages, the sitemap's and those known.
func (c *crawl) plan(ctx context.Context) error {
	for _, a := range c.source.starts {
		c.add(visit{address: a, start: true})
	}
	complete, err := c.planSitemap(ctx)
	if err != nil {
		return err
	}
	for _, document := range slices.Sorted(maps.Keys(c.known)) {
		v := c.known[document]
		if v.sitemap && complete {
			continue // it would be in the sitemap if it were still there
		}
		if a, err := named(v.address); err == nil && a.document() == document && c.source.scope.admits(a) {
			c.add(visit{address: a, depth: v.depth, sitemap: v.sitemap})
		}
	}
	return nil
}

// planSitemap reports whether the sitemap could be read as a whole. Its pages are
// as far as links are followed: it names all of them.
func (c *crawl) planSitemap(ctx context.Context) (complete bool, err error) {
	if c.source.sitemap == nil {
		return true, nil
	}
	pages, err := c.readSitemap(ctx, *c.source.sitemap)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	for _, a := range pages {
		if c.source.scope.admits(a) {
			c.add(visit{address: a, depth: c.source.options.Depth, sitemap: true})
		}
	}
	if err != nil {
		return false, c.yield(ingest.Item{Path: c.source.sitemap.document(), Problem: err})
	}
	return true, nil
}

// add puts a page into its level, once.
func (c *crawl) add(v visit) {
	document := v.address.document()
	if c.seen[document] {
		return
	}
	c.seen[document] = true
	for len(c.levels) <= v.depth {
		c.levels = append(c.levels, nil)
	}
	c.levels[v.depth] = append(c.levels[v.depth], v)
}

func (c *crawl) run(ctx context.Context) error {
	for depth := 0; depth < len(c.levels); depth++ {
		for i := 0; i < len(c.levels[depth]); i++ { // redirects add to the level
			if err := c.visit(ctx, c.levels[depth][i]); err != nil {
				return err
			}
		}
	}
	return c.finish()
}

// finish yields the pages read and reports what could not be listed.
func (c *crawl) finish() error {
	for _, page := range c.read {
		if len(c.away) > 0 {
			page.found.etag, page.found.modified, page.found.hash = "", "", page.hash
			page.item.Version = page.found.String()
		}
		if err := c.yield(page.item); err != nil {
			return err
		}
	}
	for _, host := range slices.Sorted(maps.Keys(c.broken)) {
		if c.away[host] != nil {
			continue // said of the host as a whole
		}
		for _, item := range c.broken[host] {
			if err := c.yield(item); err != nil {
				return err
			}
		}
	}
	for _, host := range slices.Sorted(maps.Keys(c.away)) {
		if err := c.yield(ingest.Item{Path: host, Folder: true, Problem: c.away[host]}); err != nil {
			return err
		}
	}
	return nil
}

// visit asks for one page and yields it.
func (c *crawl) visit(ctx context.Context, v visit) error {
	host := v.address.host
	if err := ctx.Err(); err != nil || c.away[host] != nil {
		return err
	}
	if c.asked >= c.source.options.Pages {
		c.away[host] = fmt.Errorf("more than %d pages: allow more, or name fewer start pages or a smaller part of the host", c.source.options.Pages)
		return nil
	}
	allowed, err := c.allows(ctx, v.address)
	if err != nil || c.away[host] != nil {
		return err
	}
	if !allowed {
		return c.turnedAway(v, "forbidden by robots.txt")
	}
	c.asked++
	answer, err := c.source.fetch(ctx, v.address, c.conditions(v))
	if err != nil {
		return c.fault(ctx, v, err)
	}
	return c.accept(ctx, v, answer)
}

// conditions returns the version under which a page need not be sent. After a
// change of robots.txt its links may lead further than before.
func (c *crawl) conditions(v visit) version {
	known := c.known[v.address.document()]
	if c.afresh || known.robots != c.robots[v.address.host].sum {
		return version{}
	}
	return known
}

// allows asks the host's robots.txt, fetched once in a listing. A host that does
// not say what it allows is not asked for anything (RFC 9309, section 2.3.1.4).
func (c *crawl) allows(ctx context.Context, a address) (bool, error) {
	rules, ok := c.robots[a.host]
	if !ok {
		var err error
		if rules, err = c.fetchRobots(ctx, a); err != nil {
			if ctx.Err() == nil {
				c.away[a.host] = fmt.Errorf("robots.txt cannot be read: %w", err)
			}
			return false, ctx.Err()
		}
		c.robots[a.host] = rules
		c.source.polite.Slow(a.host, rules.delay)
	}
	return rules.allows(a), nil
}

func (c *crawl) fetchRobots(ctx context.Context, a address) (robots, error) {
	at := address{scheme: a.scheme, host: a.host, path: "/robots.txt"}
	for range maxHops {
		answer, err := c.source.fetchAny(ctx, at)
		if err != nil {
			return robots{}, err
		}
		defer answer.drop()
		switch {
		case answer.target != nil && (answer.target.host == a.host || c.source.scope.admits(*answer.target)):
			at = *answer.target
			continue
		case answer.status >= http.StatusInternalServerError:
			return robots{}, fmt.Errorf("answers %d", answer.status)
		case answer.file == "":
			return robots{}, nil // there is none
		}
		file, err := os.Open(answer.file)
		if err != nil {
			return robots{}, err
		}
		defer file.Close()
		data, err := io.ReadAll(io.LimitReader(file, maxRobots))
		rules := parseRobots(data)
		rules.sum = answer.hash
		return rules, err
	}
	return robots{}, errTooManyHops
}

// fault notes that a page could not be had. After a few of them the host is taken
// to be down: its documents stay.
func (c *crawl) fault(ctx context.Context, v visit, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	host := v.address.host
	c.faults[host]++
	var busy *polite.BusyError
	if errors.As(err, &busy) || c.faults[host] >= maxFaults {
		c.away[host] = fmt.Errorf("does not answer: %w", err)
		return nil
	}
	c.broken[host] = append(c.broken[host], c.problem(v, fmt.Errorf("cannot be had: %w", err)))
	return nil
}

// accept decides what an answer means.
func (c *crawl) accept(ctx context.Context, v visit, answer *answer) error {
	document := v.address.document()
	known, isKnown := c.known[document]
	if answer.status < http.StatusInternalServerError {
		c.faults[v.address.host] = 0
	}
	switch status := answer.status; {
	case status == http.StatusNotModified && isKnown:
		c.source.remember(document, page{address: v.address})
		return c.yield(c.item(v, known))
	case status == http.StatusOK:
		return c.takeIn(v, answer)
	case answer.target != nil:
		return c.redirected(ctx, v, answer)
	case status == http.StatusNotFound || status == http.StatusGone:
		return c.turnedAway(v, "")
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		// Who may read it is no longer known, so it must not serve on.
		return c.refused(v, isKnown, status, true)
	case status >= http.StatusInternalServerError:
		return c.fault(ctx, v, fmt.Errorf("answers %d", status))
	default:
		return c.refused(v, isKnown, status, false)
	}
}

// turnedAway leaves a page out: what is known of it goes. An operator who named
// it is told why.
func (c *crawl) turnedAway(v visit, why string) error {
	if v.start {
		if why == "" {
			why = "the start page does not exist"
		}
		item := c.problem(v, errors.New(why))
		item.Unclear = true
		return c.yield(item)
	}
	if why == "" {
		return nil
	}
	return c.yield(ingest.Item{Path: v.address.document(), Skip: why})
}

// refused is a page that is there but not given out.
func (c *crawl) refused(v visit, isKnown bool, status int, unclear bool) error {
	why := fmt.Sprintf("answers %d %s", status, http.StatusText(status))
	if !isKnown && !v.start {
		return c.yield(ingest.Item{Path: v.address.document(), Skip: why})
	}
	item := c.problem(v, errors.New(why))
	item.Unclear = unclear
	return c.yield(item)
}

// redirected goes on where the page is now. What it was known under is left out,
// unless it moved for the time being to where nothing is listed, such as a page
// for signing in: then it stays as it is.
func (c *crawl) redirected(ctx context.Context, v visit, answer *answer) error {
	target := *answer.target
	if !c.source.scope.admits(target) {
		lasting := answer.status == http.StatusMovedPermanently || answer.status == http.StatusPermanentRedirect
		const why = "redirects off the hosts listed"
		if _, isKnown := c.known[v.address.document()]; isKnown && !lasting || v.start {
			return c.yield(c.problem(v, errors.New(why+", to "+target.host)))
		}
		return c.yield(ingest.Item{Path: v.address.document(), Skip: why})
	}
	if target.document() != v.address.document() {
		v.address = target
		c.add(v)
		return nil
	}
	if target == v.address {
		return c.fault(ctx, v, errTooManyHops)
	}
	return c.sameDocument(ctx, v, target, 1)
}

// sameDocument follows a redirect between two addresses of one document: to
// https, or to the slash at the end.
func (c *crawl) sameDocument(ctx context.Context, v visit, target address, hops int) error {
	v.address = target
	answer, err := c.source.fetch(ctx, target, c.conditions(v))
	switch {
	case err != nil:
		return c.fault(ctx, v, err)
	case answer.target == nil || answer.target.document() != target.document():
		return c.accept(ctx, v, answer)
	case hops == maxHops:
		return c.fault(ctx, v, errTooManyHops)
	}
	return c.sameDocument(ctx, v, *answer.target, hops+1)
}

// takeIn takes a page that was sent: its links, and the page itself.
func (c *crawl) takeIn(v visit, answer *answer) error {
	document := v.address.document()
	if answer.ending == "" {
		return c.yield(ingest.Item{Path: document, Skip: "unsupported type " + answer.media})
	}
	if answer.ending == ".html" {
		own, err := c.follow(v, answer.file)
		if err != nil || own != nil {
			answer.drop()
			return err
		}
	}
	found := c.version(v)
	found.etag, found.modified, found.ending = answer.etag, answer.modified, answer.ending
	if found.etag == "" && found.modified == "" {
		found.hash = answer.hash
	}
	c.source.remember(document, page{address: v.address, file: answer.file, size: answer.size})
	c.read = append(c.read, readPage{item: c.item(v, found), found: found, hash: answer.hash})
	return nil
}

// follow puts the links of a page into the next level. If the page is only
// another address of one without its parameters, that one is returned and takes
// its place.
func (c *crawl) follow(v visit, name string) (own *address, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read links of %s: %w", v.address, err)
	}
	defer file.Close()
	found, own := links(file, v.address)
	if own != nil && own.host == v.address.host && own.path == v.address.path && own.query != v.address.query {
		v.address = *own
		c.add(v)
		return own, nil
	}
	for _, a := range found {
		if err := c.followLink(v, a); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func (c *crawl) followLink(from visit, a address) error {
	document := a.document()
	if c.seen[document] || !c.source.scope.admits(a) || from.depth >= c.source.options.Depth && !a.isFile() {
		return nil
	}
	if slices.Contains(noPages, a.ending()) {
		c.seen[document] = true
		return c.yield(ingest.Item{Path: document, Skip: "unsupported type " + a.ending()})
	}
	if a.query != "" {
		at := a.host + a.path
		if c.queries[at]++; c.queries[at] > maxQueries {
			c.seen[document] = true
			return c.yield(ingest.Item{Path: document, Skip: "too many parameters for one page"})
		}
	}
	c.add(visit{address: a, depth: from.depth + 1})
	return nil
}

// noPages are endings of what need not be asked for to know that it has no text.
var noPages = strings.Fields(`.avi .bmp .css .dmg .exe .gif .gz .ico .ics .jpeg .jpg .js .json .m4a .mjs .mov .mp3 .mp4 .msi .ogg
	.png .rar .rss .svg .tar .tif .tiff .ttf .vcf .wav .webm .webp .woff .woff2 .xml .zip .7z .atom`)

// version is where a page was found, without what its server says of it.
func (c *crawl) version(v visit) version {
	return version{
		address: v.address.String(), depth: v.depth, sitemap: v.sitemap,
		settings: c.source.fingerprint, robots: c.robots[v.address.host].sum,
	}
}

// item makes the item of a page.
func (c *crawl) item(v visit, found version) ingest.Item {
	item := ingest.Item{
		Path: v.address.document(), Collection: c.source.options.Collection, Version: found.String(),
		Name: strings.TrimSuffix(path.Base(v.address.path), v.address.ending()) + found.ending,
	}
	if at, err := http.ParseTime(found.modified); err == nil {
		item.Modified = at
	}
	if item.Collection.Link == "" {
		item.Link = v.address.link()
	}
	return item
}

// problem makes the item of a page that cannot be had. It will be asked for again,
// even if no page that is read then links to it.
func (c *crawl) problem(v visit, why error) ingest.Item {
	return ingest.Item{Path: v.address.document(), Collection: c.source.options.Collection, Version: c.version(v).String(), Problem: why}
}
