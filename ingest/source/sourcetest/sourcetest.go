// Package sourcetest is what every source of documents must keep to, as tests.
// A source's own tests supply a [Fixture]: an origin that can be filled, changed
// and broken, and the source that lists it.
package sourcetest

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/extract"
)

// Fixture is an origin of documents and the source on it. Names are those of
// Markdown files with slashes; where an origin has no folders, what lies below
// "zu/" must still be what Break takes away.
type Fixture struct {
	Source ingest.Source
	Put    func(name, content string) // makes or changes a document
	Remove func(name string)
	Path   func(name string) string // under which it is listed
	Break  func()                   // lets what is below "zu/" not be listed; nil: cannot be done here
	Mend   func()                   // takes Break back

	// Gives is what Open gives of the content put; nil: the same.
	Gives func(content string) string
	// Posts says that documents are short texts without names: tests of names and
	// of size are left out.
	Posts bool
}

// Run tests a source. Each call of open must give an origin of its own, empty.
func Run(t *testing.T, open func(t *testing.T) Fixture) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, Fixture){
		"lists all, the same twice":      testStable,
		"follows change and removal":     testChange,
		"opens what it lists":            testOpen,
		"keeps what cannot be listed":    testBroken,
		"ends with context and yield":    testEnds,
		"takes any name":                 testNames,
		"lists twice at a time":          testTogether,
		"bounds what is huge":            testHuge,
		"opens nothing else":             testStrange,
		"asks for changes only, if able": testRevisit,
		"is known again by a sync":       testKnown,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func testStable(t *testing.T, f Fixture) {
	names := []string{"a.md", "b.md", "ordner/c.md", "ordner/tief/d.md", "zu/e.md"}
	for _, name := range names {
		f.Put(name, "# "+name)
	}
	first := f.list(t)
	for _, name := range names {
		item, listed := first[f.Path(name)]
		switch {
		case !listed:
			t.Errorf("%s is not listed as %s; listed: %v", name, f.Path(name), slices.Sorted(maps.Keys(first)))
		case item.Problem != nil || item.Skip != "" || item.Folder:
			t.Errorf("%s: %+v", name, item)
		case item.Version == "" || item.Collection.Name == "":
			t.Errorf("%s: version %q, collection %q", name, item.Version, item.Collection.Name)
		}
	}
	if diff := cmp.Diff(first, f.list(t), byText); diff != "" {
		t.Errorf("listed again (-first +second):\n%s", diff)
	}
}

func testChange(t *testing.T, f Fixture) {
	f.Put("a.md", "# Alt")
	f.Put("b.md", "# Bleibt")
	first := f.list(t)
	f.Put("a.md", "# Neu und länger")
	second := f.list(t)
	if a := f.Path("a.md"); first[a].Version == second[a].Version {
		t.Errorf("changed, but still version %q", second[a].Version)
	}
	if b := f.Path("b.md"); first[b].Version != second[b].Version {
		t.Errorf("not changed, but version %q, then %q", first[b].Version, second[b].Version)
	}
	gone := f.Path("a.md")
	f.Remove("a.md")
	third := f.list(t)
	if _, listed := third[gone]; listed {
		t.Errorf("removed, but listed: %+v", third[gone])
	}
	if _, listed := third[f.Path("b.md")]; !listed {
		t.Error("b.md is no longer listed")
	}
	f.Put("a.md", "# Wieder da")
	if _, listed := f.list(t)[f.Path("a.md")]; !listed {
		t.Error("back again, but not listed")
	}
}

func testOpen(t *testing.T, f Fixture) {
	contents := map[string]string{"a.md": "# Ä\n\nText mit Umlauten: äöüß €.\n", "ordner/b.md": "Zeile 1\r\nZeile 2"}
	for name, content := range contents {
		f.Put(name, content)
	}
	f.list(t)
	for name, content := range contents {
		f.wants(t, name, content)
		f.wants(t, name, content) // twice is allowed
	}
	f.Put("a.md", "# Geändert")
	f.list(t)
	f.wants(t, "a.md", "# Geändert")
}

func testBroken(t *testing.T, f Fixture) {
	if f.Break == nil {
		t.Skip("cannot be broken here")
	}
	f.Put("offen/a.md", "# A")
	f.Put("zu/b.md", "# B")
	whole := f.list(t)
	f.Break()
	part, _ := f.revisit(t, ingest.Memory{Versions: versions(whole)})
	if diff := cmp.Diff(whole[f.Path("offen/a.md")], part[f.Path("offen/a.md")], byText); diff != "" {
		t.Errorf("what can be listed (-before +after):\n%s", diff)
	}
	said := false
	for _, item := range part {
		above := strings.TrimSuffix(item.Path, "/") + "/"
		said = said || item.Folder && item.Problem != nil && !item.Unclear && strings.HasPrefix(f.Path("zu/b.md"), above)
	}
	if !said {
		t.Errorf("nothing says that what is below zu/ could not be listed: %+v", part)
	}
	f.Mend()
	if diff := cmp.Diff(whole, f.list(t), byText); diff != "" {
		t.Errorf("mended (-before +after):\n%s", diff)
	}
}

func testEnds(t *testing.T, f Fixture) {
	f.Put("a.md", "# A")
	f.Put("b.md", "# B")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := f.Source.List(ctx, func(ingest.Item) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	if err := f.Source.List(ctx, func(ingest.Item) error { cancel(); return ctx.Err() }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled meanwhile: %v", err)
	}
	stop := errors.New("stop")
	if err := f.Source.List(t.Context(), func(ingest.Item) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("stopped by yield: %v", err)
	}
	f.list(t)
	if file, err := f.Source.Open(ctx, f.Path("a.md")); err == nil {
		_ = file.Close() // a file at hand may be opened at any time
	} else if !errors.Is(err, context.Canceled) {
		t.Errorf("opened with a cancelled context: %v", err)
	}
}

func testNames(t *testing.T, f Fixture) {
	if f.Posts {
		t.Skip("documents have no names here")
	}
	names := []string{
		"Prüfung & Maß.md", "mit Leerzeichen/zwei  Leerzeichen.md", "100 %.md", "a%20b.md", "a%2Fb.md", "punkte..md", "a..b/c...md",
		"plus+und=.md", "raute#1.md", "frage?.md", "semikolon;x.md", "klammer[1](2){3}.md", "anführung\"'.md", "日本.md", strings.Repeat("l", 200) + ".md",
	}
	for _, name := range names {
		f.Put(name, "# "+name)
	}
	items := f.list(t)
	paths := map[string]string{}
	for _, name := range names {
		item, listed := items[f.Path(name)]
		if !listed || item.Problem != nil || item.Skip != "" {
			t.Errorf("%q as %q: listed %t, %+v", name, f.Path(name), listed, item)
			continue
		}
		if other := paths[item.Path]; other != "" {
			t.Errorf("%q and %q have the same path %q", name, other, item.Path)
		}
		paths[item.Path] = name
		if slices.Contains(strings.Split(item.Path, "/"), "..") || strings.HasPrefix(item.Path, "/") {
			t.Errorf("path %q climbs", item.Path)
		}
		f.wants(t, name, "# "+name)
	}
}

func testTogether(t *testing.T, f Fixture) {
	f.Put("a.md", "# A")
	f.Put("ordner/b.md", "# B")
	want := f.list(t)
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			if diff := cmp.Diff(want, f.list(t), byText); diff != "" {
				t.Errorf("two at a time (-alone +together):\n%s", diff)
			}
			f.wants(t, "a.md", "# A")
		})
	}
	group.Wait()
}

// testHuge lets the reader see that a file is larger than what is read.
func testHuge(t *testing.T, f Fixture) {
	if f.Posts {
		t.Skip("documents are short here")
	}
	f.Put("riesig.md", strings.Repeat("Wort\n", extract.MaxFile/5+1000))
	f.Put("klein.md", "# Klein")
	f.list(t)
	file, err := f.Source.Open(t.Context(), f.Path("riesig.md"))
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, io.LimitReader(file, extract.MaxFile+1))
	if err != nil || n != extract.MaxFile+1 {
		t.Errorf("read %d bytes, %v", n, err)
	}
	if err := file.Close(); err != nil {
		t.Errorf("closed early: %v", err)
	}
	f.wants(t, "klein.md", "# Klein")
}

func testStrange(t *testing.T, f Fixture) {
	f.Put("a.md", "# A")
	f.list(t)
	for _, path := range []string{"", ".", "..", "../a.md", "/etc/hostname", "fehlt.md", f.Path("a.md") + "/x", "x/../" + f.Path("a.md")} {
		if file, err := f.Source.Open(t.Context(), path); err == nil {
			_ = file.Close()
			t.Errorf("%q was opened", path)
		}
	}
}

func testRevisit(t *testing.T, f Fixture) {
	if _, able := f.Source.(ingest.Revisiting); !able {
		t.Skip("lists without asking for changes")
	}
	f.Put("a.md", "# A")
	f.Put("ordner/b.md", "# B")
	first := f.list(t)
	again, memory := f.revisit(t, ingest.Memory{Versions: versions(first)})
	if diff := cmp.Diff(first, again, byText); diff != "" {
		t.Errorf("nothing changed (-list +revisit):\n%s", diff)
	}
	again, memory = f.revisit(t, memory)
	if diff := cmp.Diff(first, again, byText); diff != "" {
		t.Errorf("nothing changed, from its own position (-list +revisit):\n%s", diff)
	}
	f.wants(t, "a.md", "# A") // not fetched by the listing, but open to be read
	b := f.Path("ordner/b.md")
	f.Put("a.md", "# A, geändert")
	f.Remove("ordner/b.md")
	f.Put("c.md", "# C")
	second, memory := f.revisit(t, memory)
	if a := f.Path("a.md"); second[a].Version == "" || second[a].Version == first[a].Version {
		t.Errorf("changed, but version %q, then %q", first[a].Version, second[a].Version)
	}
	if _, listed := second[b]; listed {
		t.Errorf("removed, but listed: %+v", second[b])
	}
	if _, listed := second[f.Path("c.md")]; !listed {
		t.Error("new, but not listed")
	}
	f.wants(t, "a.md", "# A, geändert")
	for what, untrue := range map[string]ingest.Memory{
		"marks of another kind":    {Versions: map[string]string{f.Path("a.md"): "kein Zeichen von hier"}, Position: memory.Position},
		"a position and no marks":  {Position: memory.Position},
		"a position of other kind": {Versions: versions(second), Position: "kein Ort von hier"},
	} {
		found, _ := f.revisit(t, untrue)
		if diff := cmp.Diff(second, found, byText); diff != "" {
			t.Errorf("with %s (-before +now):\n%s", what, diff)
		}
	}
}

// list lists all by path; a path twice is a fault.
func (f Fixture) list(t *testing.T) map[string]ingest.Item {
	t.Helper()
	return collect(t, func(yield func(ingest.Item) error) error { return f.Source.List(t.Context(), yield) })
}

// revisit returns also what the source is to be told next time.
func (f Fixture) revisit(t *testing.T, known ingest.Memory) (items map[string]ingest.Item, next ingest.Memory) {
	t.Helper()
	source, able := f.Source.(ingest.Revisiting)
	if !able {
		return f.list(t), ingest.Memory{}
	}
	items = collect(t, func(yield func(ingest.Item) error) (err error) {
		next.Position, err = source.Revisit(t.Context(), known, yield)
		return err
	})
	next.Versions = versions(items)
	return items, next
}

func collect(t *testing.T, list func(yield func(ingest.Item) error) error) map[string]ingest.Item {
	t.Helper()
	items := map[string]ingest.Item{}
	err := list(func(item ingest.Item) error {
		if _, twice := items[item.Path]; twice {
			t.Errorf("%q is listed twice", item.Path)
		}
		items[item.Path] = item
		return nil
	})
	if err != nil {
		t.Errorf("list: %v", err)
	}
	return items
}

func versions(items map[string]ingest.Item) map[string]string {
	known := map[string]string{}
	for path, item := range items {
		if item.Version != "" {
			known[path] = item.Version
		}
	}
	return known
}

func (f Fixture) wants(t *testing.T, name, content string) {
	t.Helper()
	if f.Gives != nil {
		content = f.Gives(content)
	}
	file, err := f.Source.Open(t.Context(), f.Path(name))
	if err != nil {
		t.Errorf("open %s: %v", name, err)
		return
	}
	defer file.Close()
	got, err := io.ReadAll(file)
	if err != nil || string(got) != content {
		t.Errorf("%s gives %q, %v; want %q", name, got, err, content)
	}
}

// byText compares errors by what they say.
var byText = cmp.Options{
	cmp.Comparer(func(a, b error) bool { return a == nil && b == nil || a != nil && b != nil && a.Error() == b.Error() }),
	cmpopts.EquateEmpty(),
}
