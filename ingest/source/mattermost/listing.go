package mattermost

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/settings"
)

const (
	pageSize  = 200     // the most that the server gives at once
	maxPosts  = 500_000 // of one channel; more than a house of 20 000 writes in years
	ownerless = "its channel is public, so it gates nothing: name a collection with readers for this source, or make the channel private"
)

// listing is what holds for one listing.
type listing struct {
	self  string            // the bot's own id
	site  string            // where people reach the server
	began int64             // by the server's clock, in milliseconds; 0: it does not say
	known map[string]string // versions, by path
	from  position
}

// listChannel returns all documents of a channel, or none: a part of them would
// let the rest go. reached is where its next listing goes on.
func (s *Source) listChannel(ctx context.Context, name string, l listing) (items []ingest.Item, reached channelPosition, err error) {
	channel, err := s.channel(ctx, name)
	if err != nil {
		return nil, reached, err
	}
	items, err = s.pinned(ctx, channel, name, l)
	if err != nil {
		return nil, reached, err
	}
	files, reached, err := s.files(ctx, channel, name, l)
	if err != nil {
		return nil, reached, err
	}
	for _, f := range files {
		items = append(items, s.item(f, name, l))
	}
	for i := range items {
		s.place(&items[i], channel, name)
	}
	return items, reached, nil
}

// files returns the files of all posts of a channel, by what is known and what
// changed since, or else by reading all posts.
func (s *Source) files(ctx context.Context, channel *model.Channel, name string, l listing) (files []file, reached channelPosition, err error) {
	from := l.from[name]
	files, reliable, err := s.changed(ctx, channel, name, l, from)
	if err != nil {
		return nil, reached, err
	}
	if !reliable {
		from.Read = l.began
		if files, err = s.all(ctx, channel, name, l); err != nil {
			return nil, reached, err
		}
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.path, b.path) })
	return files, channelPosition{Channel: channel.Id, Since: min(l.began, channel.LastPostAt), Read: from.Read, Files: fingerprint(files)}, nil
}

// place gives an item its collection.
func (s *Source) place(item *ingest.Item, channel *model.Channel, name string) {
	item.Settled = true
	switch {
	case s.options.Collection != nil:
		item.Collection = *s.options.Collection
	case channel.Type == model.ChannelTypePrivate:
		item.Collection = settings.OfChannel(name)
	default:
		item.Problem, item.Unclear = errors.New(ownerless), true
	}
}

// pinned lists the posts that people pinned.
func (s *Source) pinned(ctx context.Context, channel *model.Channel, name string, l listing) ([]ingest.Item, error) {
	list, _, err := s.api.GetPinnedPosts(ctx, channel.Id, "")
	if err != nil {
		return nil, fmt.Errorf("read pinned posts of %s: %w", name, err)
	}
	var items []ingest.Item
	for _, id := range list.Order {
		post := list.Posts[id]
		if !l.lists(post) || strings.TrimSpace(post.Message) == "" {
			continue
		}
		item := ingest.Item{
			Path: name + "/pinned/" + post.Id + ".md", Untitled: true,
			Version: strconv.FormatInt(post.UpdateAt, 10), Modified: time.UnixMilli(max(post.EditAt, post.CreateAt)), Link: l.permalink(name, post.Id),
		}
		s.remember(item.Path, content{text: markdown(post.Message)})
		items = append(items, item)
	}
	slices.SortFunc(items, func(a, b ingest.Item) int { return strings.Compare(a.Path, b.Path) })
	return items, nil
}

// lists leaves out what the server and the bot itself wrote, and what is deleted.
func (l listing) lists(post *model.Post) bool {
	return post != nil && post.DeleteAt == 0 && post.Type == "" && post.UserId != l.self
}

// permalink leads to a post.
func (l listing) permalink(channel, postID string) string {
	team, _, _ := strings.Cut(channel, "/")
	return l.site + "/" + team + "/pl/" + postID
}

// markdown makes a document of a post, with an empty head: what a post begins with
// is none. Its reader finds the title, see [ingest.Item].
func markdown(message string) string { return "---\n---\n\n" + message + "\n" }

// all returns the files of all posts, which it reads from the newest to the oldest.
func (s *Source) all(ctx context.Context, channel *model.Channel, name string, l listing) ([]file, error) {
	var files []file
	seen := map[string]bool{}
	before := ""
	for posts := 0; posts < maxPosts; {
		list, err := s.posts(ctx, channel.Id, before)
		if err != nil {
			return nil, fmt.Errorf("read posts of %s: %w", name, err)
		}
		for _, id := range list.Order {
			if !seen[id] {
				seen[id] = true
				posts++
				files = append(files, l.filesOf(list.Posts[id], name)...)
			}
		}
		next := anchor(list)
		if len(list.Order) < pageSize || next == before {
			return files, nil
		}
		before = next
	}
	return nil, fmt.Errorf("has more than %d posts: name a channel with fewer", maxPosts)
}

// posts reads a page of posts, replies included, that are older than the one named.
func (s *Source) posts(ctx context.Context, channelID, before string) (*model.PostList, error) {
	var list *model.PostList
	var err error
	if before == "" {
		list, _, err = s.api.GetPostsForChannel(ctx, channelID, 0, pageSize, "", false, false)
	} else {
		list, _, err = s.api.GetPostsBefore(ctx, channelID, before, 0, pageSize, "", false, false)
	}
	return list, err
}

// anchor is the post to go on before: pages by number would skip a post when
// another is deleted meanwhile. The server leaves out posts of the anchor's own
// millisecond, so it is the last one that is younger than the oldest.
func anchor(list *model.PostList) string {
	if len(list.Order) == 0 {
		return ""
	}
	oldest := list.Posts[list.Order[len(list.Order)-1]]
	for _, id := range slices.Backward(list.Order) {
		if list.Posts[id].CreateAt > oldest.CreateAt {
			return id
		}
	}
	return oldest.Id
}

// baseName makes one segment of a path of what somebody called a file.
func baseName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == '/' || r == '\\' || unicode.IsControl(r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	if strings.Trim(name, ".") == "" {
		return "_"
	}
	return name
}
