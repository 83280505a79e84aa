package mattermost

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/ingest"
)

// counting counts requests by what they ask for, and can put the server's clock on.
type counting struct {
	mu    sync.Mutex
	asked map[string]int
	later time.Duration
}

func (c *counting) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	what := "other"
	switch query := request.URL.Query(); {
	case strings.HasSuffix(request.URL.Path, "/pinned"):
		what = "pinned"
	case strings.HasSuffix(request.URL.Path, "/posts") && query.Has("since"):
		what = "changes"
	case strings.HasSuffix(request.URL.Path, "/posts"):
		what = "posts"
	}
	c.asked[what]++
	if at, err := http.ParseTime(response.Header.Get("Date")); err == nil {
		response.Header.Set("Date", at.Add(c.later).UTC().Format(http.TimeFormat))
	}
	return response, nil
}

// follower lists again and again, as syncs do.
type follower struct {
	*house
	source *Source
	count  *counting
	memory ingest.Memory
}

func (h *house) follow(change func(*Options)) *follower {
	f := &follower{house: h, count: &counting{}}
	f.source = h.source(func(o *Options) {
		o.Base, o.Channels = f.count, []string{h.name(h.open)}
		if change != nil {
			change(o)
		}
	})
	return f
}

// list returns the names of the files and how often posts were asked for.
func (f *follower) list() (names []string, asked map[string]int) {
	f.t.Helper()
	f.count.asked = map[string]int{}
	versions := map[string]string{}
	position, err := f.source.Revisit(f.t.Context(), f.memory, func(item ingest.Item) error {
		if item.Problem != nil {
			f.t.Errorf("%+v", item)
		}
		names = append(names, item.Name)
		versions[item.Path] = item.Version
		return nil
	})
	if err != nil {
		f.t.Fatal(err)
	}
	f.memory = ingest.Memory{Versions: versions, Position: position}
	slices.Sort(names)
	return names, maps.Clone(f.count.asked)
}

func (f *follower) wants(what string, asked map[string]int, names ...string) {
	f.t.Helper()
	got, requests := f.list()
	delete(requests, "other")
	if !slices.Equal(got, names) {
		f.t.Errorf("%s: files %q, want %q", what, got, names)
	}
	if diff := cmp.Diff(asked, requests); diff != "" {
		f.t.Errorf("%s: requests (-want +got):\n%s", what, diff)
	}
}

func (h *house) write(channel *model.Channel, n int) {
	h.t.Helper()
	for i := range n {
		if _, _, err := h.admin.CreatePost(h.t.Context(), &model.Post{ChannelId: channel.Id, Message: fmt.Sprint(i)}); err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h *house) delete(post *model.Post) {
	h.t.Helper()
	if _, err := h.admin.DeletePost(h.t.Context(), post.Id); err != nil {
		h.t.Fatal(err)
	}
}

var (
	inFull  = map[string]int{"pinned": 1, "posts": 2}
	changes = map[string]int{"pinned": 1, "changes": 1}
)

// TestOnlyChangesAreAskedFor of a channel of two pages: what is new, edited, deleted
// or pinned is noticed at once.
func TestOnlyChangesAreAskedFor(t *testing.T) {
	h := newHouse(t)
	old := h.attach(h.open, "alt.txt", "x")
	h.attach(h.open, "bleibt.txt", "x")
	h.attach(h.open, "bild.png", "x") // no index reads it, but it is said
	h.write(h.open, pageSize)
	f := h.follow(nil)
	f.wants("first", inFull, "alt.txt", "bild.png", "bleibt.txt")
	f.wants("nothing changed", changes, "alt.txt", "bild.png", "bleibt.txt")
	h.attach(h.open, "neu.txt", "x")
	f.wants("a new file", changes, "alt.txt", "bild.png", "bleibt.txt", "neu.txt")
	h.delete(old)
	f.wants("a deleted post", changes, "bild.png", "bleibt.txt", "neu.txt")
	h.pin(h.open, "a", "Angeheftet")
	f.wants("a pinned post", changes, "", "bild.png", "bleibt.txt", "neu.txt")
	h.pin(h.open, "a", "Angeheftet, geändert")
	before := versionsOf(f.memory, "/pinned/")
	f.wants("an edited pin", changes, "", "bild.png", "bleibt.txt", "neu.txt")
	if slices.Equal(before, versionsOf(f.memory, "/pinned/")) {
		t.Error("an edited pin has the same version")
	}
	if _, err := h.admin.UnpinPost(t.Context(), h.posts["a"].Id); err != nil {
		t.Fatal(err)
	}
	f.wants("no longer pinned", changes, "bild.png", "bleibt.txt", "neu.txt")
	for path := range f.memory.Versions {
		if got := h.read(f.source, path); got != "x" {
			t.Errorf("%s gives %q", path, got)
		}
	}
}

// TestEditedAttachmentsAreNoticed: an edit takes a file from an old post, and puts
// another one there.
func TestEditedAttachmentsAreNoticed(t *testing.T) {
	h := newHouse(t)
	post := h.attach(h.open, "alt.txt", "x")
	h.write(h.open, pageSize)
	f := h.follow(nil)
	f.wants("first", inFull, "alt.txt")
	uploaded, _, err := h.admin.UploadFile(t.Context(), []byte("y"), h.open.Id, "neu.txt")
	if err != nil {
		t.Fatal(err)
	}
	files := model.StringArray{uploaded.FileInfos[0].Id}
	if _, _, err := h.admin.PatchPost(t.Context(), post.Id, &model.PostPatch{FileIds: &files}); err != nil {
		t.Fatal(err)
	}
	f.wants("edited", changes, "neu.txt")
}

// TestReadsInFullWhereChangesDoNotTell: too much changed, a day is over, or what is
// known is not what was listed.
func TestReadsInFullWhereChangesDoNotTell(t *testing.T) {
	h := newHouse(t)
	h.attach(h.open, "a.txt", "x")
	h.attach(h.open, "b.txt", "x")
	h.write(h.open, pageSize)
	f := h.follow(nil)
	f.wants("first", inFull, "a.txt", "b.txt")
	f.wants("nothing changed", changes, "a.txt", "b.txt")
	for what, spoil := range map[string]func(){
		"an index without one of them": func() { delete(f.memory.Versions, pathOf(f.memory, "a.txt")) },
		"an empty index":               func() { f.memory.Versions = nil },
		"a mark of former times":       func() { f.memory.Versions[pathOf(f.memory, "a.txt")] = "x-1" },
		"no position":                  func() { f.memory.Position = "" },
		"a position of another kind":   func() { f.memory.Position = `["x"]` },
		"another channel of the name":  func() { f.memory.Position = strings.Replace(f.memory.Position, h.open.Id, h.zu.Id, 1) },
	} {
		spoil()
		f.wants(what, inFull, "a.txt", "b.txt")
		f.wants("after "+what, changes, "a.txt", "b.txt")
	}
	for _, later := range []time.Duration{-time.Hour, readAgain} { // a clock put back, a day over
		f.count.later = later
		f.wants(later.String()+" later", inFull, "a.txt", "b.txt")
		f.wants(later.String()+" later, again", changes, "a.txt", "b.txt")
	}
	h.write(h.open, mostChanges)
	f.wants("a rush", map[string]int{"pinned": 1, "changes": 1, "posts": 4}, "a.txt", "b.txt")
}

func pathOf(memory ingest.Memory, name string) string {
	for path := range memory.Versions {
		if strings.HasSuffix(path, "/"+name) {
			return path
		}
	}
	return ""
}

func versionsOf(memory ingest.Memory, below string) (versions []string) {
	for path, version := range memory.Versions {
		if strings.Contains(path, below) {
			versions = append(versions, version)
		}
	}
	return versions
}

func FuzzKnownFiles(f *testing.F) {
	const id = "abcdefghijklmnopqrstuvwxyz"
	f.Add("haus/ki/files/"+id+"/a.md", id+"-1-"+id+"-2", `{"haus/ki":{"since":1}}`)
	f.Add("haus/ki/files/x", "--", "[]")
	f.Fuzz(func(t *testing.T, path, version, position string) {
		parsePosition(position)
		if got, ok := parseFile(path, version); ok && (got.path != path || got.id == "" || !strings.Contains(path, got.id)) {
			t.Errorf("%q, %q: %+v", path, version, got)
		}
		files, ok := knownFiles("haus/ki", map[string]string{path: version})
		if !ok && files != nil {
			t.Errorf("%q: %v", path, files)
		}
	})
}
