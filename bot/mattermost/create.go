package mattermost

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval/pacing"
)

// Create posts a draft. A text longer than the server allows becomes several
// posts: the first carries the marker and its id is returned, the others follow
// in its thread. Calling it again after a crash posts only what is missing.
func (c *Client) Create(ctx context.Context, d inbox.Draft) (string, error) {
	bare, err := guard(d.Text)
	if err != nil {
		c.log.Error("draft refused: its text is not safe to post", inbox.KeyMarker, d.Marker, inbox.KeyError, err)
		return "", fmt.Errorf("create post: %w", err)
	}
	if bare {
		c.log.Warn("draft holds a bare address; the server is told not to fetch it", inbox.KeyMarker, d.Marker)
	}
	channelID, err := c.channelOf(ctx, d)
	if err != nil {
		return "", err
	}
	limit, err := c.longestPost(ctx, d.Text)
	if err != nil {
		return "", err
	}
	parts := split(d.Text, limit)
	if len(parts) == 1 {
		return c.createPart(ctx, d, onePost{channelID: channelID, rootID: d.RootID, text: d.Text, number: 1, of: 1, bare: bare})
	}
	return c.createParts(ctx, d, channelID, parts, bare)
}

func (c *Client) createParts(ctx context.Context, d inbox.Draft, channelID string, texts []string, bare bool) (string, error) {
	there, err := c.partsOf(ctx, d, channelID)
	if err != nil {
		return "", err
	}
	first, root := "", d.RootID
	for i, text := range texts {
		id := there[i+1]
		if id == "" {
			id, err = c.createPart(ctx, d, onePost{channelID: channelID, rootID: root, text: text, number: i + 1, of: len(texts), bare: bare})
			if err != nil {
				return "", err
			}
		}
		first = cmp.Or(first, id)
		root = cmp.Or(root, first)
	}
	return first, nil
}

// onePost is one post of a draft.
type onePost struct {
	channelID, rootID, text string
	number, of              int
	bare                    bool
}

func (c *Client) createPart(ctx context.Context, d inbox.Draft, p onePost) (string, error) {
	me, err := c.self(ctx)
	if err != nil {
		return "", err
	}
	post := &model.Post{
		ChannelId: p.channelID, RootId: p.rootID, Message: p.text,
		PendingPostId: pendingID(me.Id, d.Marker, p.number),
	}
	post.SetProps(c.props(d, p, me.Id))
	if p.number == p.of {
		if post.FileIds, err = c.upload(ctx, d, p.channelID); err != nil {
			return "", err
		}
	}
	return c.createPost(ctx, d, post)
}

// upload brings a draft's files to the server, for a post of the channel. What no
// post takes after all is the server's to tidy up.
func (c *Client) upload(ctx context.Context, d inbox.Draft, channelID string) (ids []string, err error) {
	for _, f := range d.Files {
		made, resp, err := c.api.UploadFile(ctx, f.Content, channelID, f.Name)
		if err != nil {
			return nil, classify(fmt.Sprintf("upload file (%s)", d.Marker), resp, err, c.now())
		}
		for _, info := range made.FileInfos {
			ids = append(ids, info.Id)
		}
	}
	return ids, nil
}

// Pauses after a refusal in a direct channel: doubled each time, 3 s together.
const (
	firstRefusal = 100 * time.Millisecond
	lastRefusal  = 1600 * time.Millisecond
)

// createPost makes one post. A direct channel that bot and user open at the same
// moment refuses the bot until the server's caches have noticed both.
func (c *Client) createPost(ctx context.Context, d inbox.Draft, post *model.Post) (string, error) {
	for pause := firstRefusal; ; pause *= 2 {
		created, resp, err := c.api.CreatePost(ctx, post)
		if err == nil {
			return created.Id, nil
		}
		err = classify(fmt.Sprintf("create post (%s)", d.Marker), resp, err, c.now())
		if d.ToUserID == "" || !errors.Is(err, inbox.ErrGone) || pause > lastRefusal {
			return "", err
		}
		if err := pacing.Wait(ctx, pause); err != nil {
			return "", err
		}
	}
}

func (c *Client) props(d inbox.Draft, p onePost, self string) model.StringInterface {
	props := model.StringInterface{markerProp: d.Marker}
	if d.Machine {
		props[model.PostPropsAIGeneratedByUserID] = self
	}
	if p.number > 1 {
		props[partProp] = strconv.Itoa(p.number)
	} else if p.of > 1 {
		props[partsProp] = strconv.Itoa(p.of)
	}
	if p.bare {
		// Keeps the server from fetching; clients then open no link outside it.
		props[model.PostPropsUnsafeLinks] = "true"
	}
	if p.number == p.of {
		if attachment := c.attachment(d, p.channelID); attachment != nil {
			props[model.PostPropsAttachments] = []*model.MessageAttachment{attachment}
		}
	}
	return props
}

// pendingID makes the server itself refuse a second copy for some seconds.
func pendingID(self, marker string, number int) string {
	sum := sha256.Sum256([]byte(marker + "/" + strconv.Itoa(number)))
	return self + ":" + hex.EncodeToString(sum[:12])
}

// Find looks for own posts with the draft's marker, oldest first. A draft of
// several posts is found only when it is complete.
func (c *Client) Find(ctx context.Context, d inbox.Draft) ([]string, error) {
	channelID, err := c.channelOf(ctx, d)
	if err != nil {
		return nil, err
	}
	marked, err := c.marked(ctx, d, channelID)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range marked {
		if text(p, partProp) != "" {
			continue
		}
		complete, err := c.complete(ctx, d, p, marked)
		if err != nil {
			return nil, err
		}
		if complete {
			ids = append(ids, p.Id)
		}
	}
	return ids, nil
}

func (c *Client) complete(ctx context.Context, d inbox.Draft, first *model.Post, marked []*model.Post) (bool, error) {
	of := text(first, partsProp)
	if of == "" {
		return true, nil
	}
	if first.RootId == "" {
		var err error
		if marked, err = c.markedIn(ctx, d, first.Id); err != nil {
			return false, err
		}
	}
	return slices.ContainsFunc(marked, func(p *model.Post) bool { return text(p, partProp) == of }), nil
}

// partsOf finds which posts of a draft are there, by number.
func (c *Client) partsOf(ctx context.Context, d inbox.Draft, channelID string) (map[int]string, error) {
	marked, err := c.marked(ctx, d, channelID)
	if err != nil {
		return nil, err
	}
	parts := map[int]string{}
	for _, p := range marked {
		if text(p, partProp) == "" && parts[1] == "" {
			parts[1] = p.Id
			if p.RootId == "" {
				if marked, err = c.markedIn(ctx, d, p.Id); err != nil {
					return nil, err
				}
			}
		}
	}
	for _, p := range marked {
		if n, err := strconv.Atoi(text(p, partProp)); err == nil {
			parts[n] = cmp.Or(parts[n], p.Id)
		}
	}
	return parts, nil
}

// marked returns own posts with the draft's marker: of the thread, or of the
// channel's recent threads.
func (c *Client) marked(ctx context.Context, d inbox.Draft, channelID string) ([]*model.Post, error) {
	if d.RootID != "" {
		return c.markedIn(ctx, d, d.RootID)
	}
	me, err := c.self(ctx)
	if err != nil {
		return nil, err
	}
	var found []*model.Post
	before := ""
	for range recentPages {
		posts, err := c.older(ctx, channelID, before, perPage, true)
		if err != nil {
			return nil, err
		}
		for _, p := range posts {
			if p.UserId == me.Id && text(p, markerProp) == d.Marker {
				found = append(found, p)
			}
		}
		if len(posts) < perPage {
			break
		}
		before = posts[0].Id
	}
	sortPosts(found)
	return found, nil
}

// recentPages bounds how far back in a channel a lost post is looked for: 1000
// threads, more than any channel sees between a crash and the next start.
const recentPages = 5

func (c *Client) markedIn(ctx context.Context, d inbox.Draft, rootID string) ([]*model.Post, error) {
	me, err := c.self(ctx)
	if err != nil {
		return nil, err
	}
	thread, err := c.readThread(ctx, rootID)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(thread, func(p *model.Post) bool {
		return p.UserId != me.Id || text(p, markerProp) != d.Marker
	}), nil
}

// Delete removes an own post with what continues it. One that is gone already
// is no error.
func (c *Client) Delete(ctx context.Context, postID string) error {
	me, err := c.self(ctx)
	if err != nil {
		return err
	}
	p, err := c.readPost(ctx, postID)
	if errors.Is(err, inbox.ErrGone) {
		return nil
	}
	if err != nil {
		return err
	}
	if p.UserId != me.Id {
		return fmt.Errorf("delete post (%s): it is not the bot's own", postID)
	}
	if text(p, partsProp) != "" && p.RootId != "" {
		// Replies to an own first post go with it; in somebody's thread they stay.
		if err := c.deleteContinuations(ctx, p); err != nil {
			return err
		}
	}
	return c.deleteOne(ctx, postID)
}

func (c *Client) deleteContinuations(ctx context.Context, first *model.Post) error {
	marked, err := c.markedIn(ctx, inbox.Draft{Marker: text(first, markerProp)}, first.RootId)
	if err != nil {
		return err
	}
	for _, p := range marked {
		if text(p, partProp) == "" {
			continue
		}
		if err := c.deleteOne(ctx, p.Id); err != nil {
			return err
		}
	}
	return nil
}

func (c *Client) deleteOne(ctx context.Context, postID string) error {
	resp, err := c.api.DeletePost(ctx, postID)
	if err == nil {
		return nil
	}
	if _, readErr := c.readPost(ctx, postID); errors.Is(readErr, inbox.ErrGone) {
		return nil
	}
	return classify(fmt.Sprintf("delete post (%s)", postID), resp, err, c.now())
}

func (c *Client) channelOf(ctx context.Context, d inbox.Draft) (string, error) {
	if d.ChannelID != "" {
		return d.ChannelID, nil
	}
	return c.directChannel(ctx, d.ToUserID)
}

// shortPost fits every server, also those whose limit is not known.
const shortPost = 4000

// longestPost is how many characters this server takes in a post. It is asked
// for only when a text needs it.
func (c *Client) longestPost(ctx context.Context, text string) (int, error) {
	if known := int(c.maxPost.Load()); known > 0 {
		return known, nil
	}
	if utf8.RuneCountInString(text) <= shortPost {
		return shortPost, nil
	}
	settings, resp, err := c.api.GetClientConfig(ctx, "")
	if err != nil {
		return 0, classify("read the server's limits", resp, err, c.now())
	}
	limit, err := strconv.Atoi(settings["MaxPostSize"])
	if err != nil || limit < shortPost {
		limit = shortPost
	}
	c.maxPost.Store(int64(limit))
	return limit, nil
}
