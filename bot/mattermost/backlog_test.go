package mattermost

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
)

// backlog is a server with one channel of many posts, one for each millisecond.
type backlog struct {
	posts int
	self  *model.User
}

const backlogChannel = "channel"

func (b *backlog) id(i int) string { return fmt.Sprintf("%026d", i) }

func (b *backlog) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch path := r.URL.Path; {
	case strings.HasSuffix(path, "/users/me"):
		_ = json.NewEncoder(w).Encode(b.self)
	case strings.HasSuffix(path, "/channels"):
		_ = json.NewEncoder(w).Encode([]*model.Channel{{Id: backlogChannel, LastPostAt: int64(b.posts)}})
	case strings.HasSuffix(path, "/posts"):
		_ = json.NewEncoder(w).Encode(b.page(r))
	default:
		http.Error(w, "no such thing", http.StatusNotFound)
	}
}

// page answers with the posts from (included) to to (excluded), the newest first.
func (b *backlog) page(r *http.Request) *model.PostList {
	q := r.URL.Query()
	from, to := max(0, b.posts-perPage), b.posts
	if before, err := strconv.Atoi(q.Get("before")); err == nil {
		from, to = max(0, before-perPage), before
	}
	if after, err := strconv.Atoi(q.Get("after")); err == nil {
		from, to = after+1, min(b.posts, after+1+perPage)
	}
	list := model.NewPostList()
	if q.Has("since") {
		return list
	}
	for i := to - 1; i >= from; i-- {
		p := &model.Post{Id: b.id(i), ChannelId: backlogChannel, UserId: "anna", Message: "Frage", CreateAt: int64(i) + 1}
		list.AddPost(p)
		list.AddOrder(p.Id)
	}
	return list
}

// counting is an intake that counts, and may fail at one post.
type counting struct {
	chat.Intake
	seen map[string]int
	fail string
}

func (c *counting) Posted(_ context.Context, p chat.Post) error {
	if p.ID == c.fail {
		return errors.New("database away")
	}
	c.seen[p.ID]++
	return nil
}
func (c *counting) Edited(context.Context, chat.Post) error { return nil }
func (c *counting) Deleted(context.Context, string) error   { return nil }

// noted is a cursor store in memory.
type noted map[string]struct {
	post string
	at   int64
}

func (n noted) Cursor(_ context.Context, channel string) (string, int64, bool, error) {
	at, found := n[channel]
	return at.post, at.at, found, nil
}

func (n noted) SaveCursor(_ context.Context, channel, post string, at int64) error {
	n[channel] = struct {
		post string
		at   int64
	}{post, at}
	return nil
}

func TestAnyBacklogIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	const posts = 100_450
	b := &backlog{posts: posts, self: &model.User{Id: "ki", Username: "ki", IsBot: true}}
	server := httptest.NewServer(b)
	defer server.Close()
	cursors := noted{}
	_ = cursors.SaveCursor(t.Context(), allChannels, "", 0)
	c, err := New(Config{URL: server.URL, Token: "t", Cursors: cursors, Rate: 1e6, Burst: 1e6, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	in := &counting{seen: map[string]int{}, fail: b.id(posts / 2)}
	if err := newCatchUp(c, in, "ki").once(t.Context()); err == nil || len(in.seen) != posts/2 {
		t.Fatalf("%d posts before the fault; %v", len(in.seen), err)
	}
	in.fail = ""
	if err := newCatchUp(c, in, "ki").once(t.Context()); err != nil {
		t.Fatal(err)
	}
	again := 0
	for i := range posts {
		n := in.seen[b.id(i)]
		if n == 0 {
			t.Fatalf("post %d was never handed over", i)
		}
		again += n - 1
	}
	if again > 3*perPage {
		t.Errorf("%d posts were handed over again: the catch-up began anew", again)
	}
	if _, at, _, _ := cursors.Cursor(t.Context(), backlogChannel); at != posts-1 {
		t.Errorf("the cursor stands at %d", at)
	}
}
