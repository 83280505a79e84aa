package mattermost_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mattermost/mattermost/server/public/model"
)

// Not parallel: it takes the server away from everybody.
func TestServerRestart(t *testing.T) {
	h := newHouse(t)
	anna := h.person()
	direct := anna.direct(h.bot.UserId)
	cfg := h.config()
	cur := cfg.Cursors.(*cursors)
	in := &intake{}
	c := newClient(t, cfg)
	stop := run(t, c, in)
	cur.swept(t)
	first := anna.write(direct, "", "vorher")
	await(t, "first question", in.has(first.Id))

	if err := h.server.Stop(); err != nil {
		t.Fatal(err)
	}
	await(t, "loss to be noticed", func() bool { return c.Ready() != nil })
	if err := h.server.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	// The stream is not back yet, or just coming back: written in between.
	written := anna.write(direct, "", "dazwischen")
	await(t, "question from the gap", in.has(written.Id))
	await(t, "event stream", func() bool { return c.Ready() == nil })
	last := anna.write(direct, "", "nachher")
	await(t, "question after the gap", in.has(last.Id))
	stop()
	if got, want := in.texts(), []string{"dazwischen", "nachher", "vorher"}; !cmp.Equal(got, want) {
		t.Errorf("handed over %q, want %q", got, want)
	}
}

// TestDowntime writes while no bot runs, in channels old and new, and starts the
// bot again with the cursors that it had.
func TestDowntime(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	anna, ben := h.person(), h.person()
	cfg := h.config()
	cur := cfg.Cursors.(*cursors)

	anna.write(h.channel.Id, "", "vor dem ersten Start")
	// The server's time comes in whole seconds: let the next one begin.
	<-time.After(time.Until(time.Now().Truncate(time.Second).Add(1100 * time.Millisecond)))
	in := &intake{}
	stop := run(t, newClient(t, cfg), in)
	cur.swept(t)
	live := anna.write(h.channel.Id, "", "live")
	later := anna.write(h.channel.Id, "", "wird geändert")
	gone := anna.write(h.channel.Id, "", "wird gelöscht")
	for _, p := range []*model.Post{live, later, gone} {
		await(t, p.Message, in.has(p.Id))
	}
	stop()

	root := ""
	for i := range 450 {
		if i%100 == 0 {
			root = ""
		}
		p := anna.write(h.channel.Id, root, fmt.Sprintf("Frage %03d", i))
		if root == "" {
			root = p.Id
		}
	}
	fresh := ben.write(ben.direct(h.bot.UserId), "", "neue Direktnachricht")
	added := h.makeChannel("neu", model.ChannelTypePrivate)
	h.join(added.Id, ben.id)
	inAdded := ben.write(added.Id, "", "neuer Kanal")
	text := "@" + h.bot.Username + " geändert"
	must(anna.PatchPost(ctx, later.Id, &model.PostPatch{Message: &text}))(t)
	if _, err := anna.DeletePost(ctx, gone.Id); err != nil {
		t.Fatal(err)
	}

	cfg.Known = func(context.Context) ([]string, error) { return []string{live.Id, gone.Id}, nil }
	_, since, _, _ := cur.Cursor(ctx, "")
	_ = cur.SaveCursor(ctx, "", "the first run", since)
	in = &intake{}
	in.failWith(errors.New("database away"))
	stop = run(t, newClient(t, cfg), in)
	in.failWith(nil)
	await(t, "new direct message", in.has(fresh.Id))
	await(t, "new channel", in.has(inAdded.Id))
	await(t, "edit", in.hasEdited(later.Id, text))
	await(t, "deletion", in.hasDeleted(gone.Id))
	want := append(numbered(450, "Frage %03d"), "live", "neue Direktnachricht", "neuer Kanal", text)
	slices.Sort(want)
	await(t, "all questions", func() bool { return len(in.texts()) >= len(want) })
	if got := in.texts(); !cmp.Equal(got, want) {
		t.Errorf("handed over otherwise than written:\n%s", cmp.Diff(want, got))
	}
	await(t, "the run's end", func() bool { mark, _, _, _ := cur.Cursor(ctx, ""); return mark == "" })
	stop()
	if _, _, kept, _ := cur.Cursor(ctx, fresh.ChannelId); kept {
		t.Error("the channel of a direct message is kept")
	}
}

func TestPurgedAnchor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anna := h.person()
	cfg := h.config()
	cur := cfg.Cursors.(*cursors)
	start := anna.write(h.channel.Id, "", "alt")
	ctx := t.Context()
	_ = cur.SaveCursor(ctx, "", "", start.CreateAt)
	_ = cur.SaveCursor(ctx, h.channel.Id, model.NewId(), start.CreateAt+1) // an anchor that the server does not know
	asked := anna.write(h.channel.Id, "", "neu")
	in := &intake{}
	run(t, newClient(t, cfg), in)
	await(t, "question behind a purged anchor", in.has(asked.Id))
}

// Posts of one millisecond lie across the border of two pages.
func TestEqualTimes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anna := h.person()
	cfg := h.config()
	cur := cfg.Cursors.(*cursors)
	start := anna.write(h.channel.Id, "", "Anfang")
	for i := range 210 {
		p := &model.Post{ChannelId: h.channel.Id, Message: fmt.Sprintf("Frage %03d", i), CreateAt: start.CreateAt + int64(min(i, 190)) + 1}
		must(h.admin.CreatePost(t.Context(), p))(t) // only an administrator may say when
	}
	_ = cur.SaveCursor(t.Context(), "", "", start.CreateAt)
	_ = cur.SaveCursor(t.Context(), h.channel.Id, start.Id, start.CreateAt)
	in := &intake{}
	run(t, newClient(t, cfg), in)
	want := numbered(210, "Frage %03d")
	await(t, "all questions", func() bool { return len(in.texts()) >= len(want) })
	if got := in.texts(); !cmp.Equal(got, want) {
		t.Errorf("handed over otherwise than written:\n%s", cmp.Diff(want, got))
	}
}

// A channel at rest costs no request after its last post was seen twice.
func TestRestingChannelIsLeftAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anna := h.person()
	clock := &clock{now: time.Now()}
	cfg := h.config()
	cfg.Now = clock.Now
	cfg.CatchUpEvery = 50 * time.Millisecond
	cur := cfg.Cursors.(*cursors)
	run(t, newClient(t, cfg), &intake{})
	cur.swept(t)
	clock.add(3 * time.Second)
	last := anna.write(h.channel.Id, "", "Frage")
	readTo := func() int64 {
		_, at, _, _ := cur.Cursor(t.Context(), h.channel.Id)
		return at
	}
	await(t, "first look", func() bool { return readTo() == last.CreateAt-1 })
	clock.add(time.Minute)
	await(t, "second look", func() bool { return readTo() == last.CreateAt })
}
