package e2e

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
)

// edits changes what somebody wrote.
func (h *house) edits(m colleague.Message, text string) {
	h.t.Helper()
	if err := h.person(m.Author).Edit(h.t.Context(), m.ID, text); err != nil {
		h.t.Fatal(err)
	}
	h.mu.Lock()
	h.written = append(h.written, text)
	h.mu.Unlock()
}

// awaitGone waits until a post of the bot is deleted.
func (h *house) awaitGone(m colleague.Message) {
	h.t.Helper()
	h.await("the end of a post", func(ctx context.Context) (bool, error) {
		_, resp, err := h.town.admin.GetPost(ctx, m.ID, "")
		if resp != nil && resp.StatusCode == http.StatusNotFound {
			return true, nil
		}
		return false, err
	})
}

// awaitNoReaction waits until no sign of work is left on a post.
func (h *house) awaitNoReaction(post string) {
	h.t.Helper()
	h.await("the end of the sign of work", func(ctx context.Context) (bool, error) {
		reactions, _, err := h.town.admin.GetReactions(ctx, post)
		return len(reactions) == 0, err
	})
}

func (h *house) administrator() string {
	h.t.Helper()
	return must(h.town.admin.GetMe(h.t.Context(), ""))(h.t).Id
}

// callWebhook posts a text as an integration.
func (h *house) callWebhook(id, text string) {
	h.t.Helper()
	body, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		h.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(h.t.Context(), http.MethodPost, h.town.server.URL()+"/hooks/"+id, strings.NewReader(string(body)))
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		h.t.Fatalf("webhook: %s", resp.Status)
	}
}

// firstAfter waits for the first post of anybody in a channel after another one.
func (h *house) firstAfter(name, channel, after string) (id string) {
	h.t.Helper()
	h.await("a post", func(ctx context.Context) (bool, error) {
		messages, err := h.person(name).Recent(ctx, channel)
		i := slices.IndexFunc(messages, func(m colleague.Message) bool { return m.ID == after })
		if err != nil || i+1 >= len(messages) {
			return false, err
		}
		id = messages[i+1].ID
		return true, nil
	})
	return id
}

// mentions is how often a person was called in a channel and has not looked.
func (h *house) mentions(name, channel string) int64 {
	h.t.Helper()
	member := must(h.town.admin.GetChannelMember(h.t.Context(), channel, h.person(name).ID, ""))(h.t)
	return max(member.MentionCount, member.MentionCountRoot)
}

// leave takes a person out of a channel.
func (h *house) leave(channel, name string) {
	h.t.Helper()
	if _, err := h.town.admin.RemoveUserFromChannel(h.t.Context(), channel, h.person(name).ID); err != nil {
		h.t.Fatal(err)
	}
}

// newcomer is a person that only this test knows.
func (h *house) newcomer(name string) string {
	h.t.Helper()
	name += h.bot
	person, err := h.town.moveIn(h.t.Context(), name)
	if err != nil {
		h.t.Fatal(err)
	}
	if h.newcomers == nil {
		h.newcomers = map[string]*colleague.Colleague{}
	}
	h.newcomers[name] = person
	return name
}

// makeGuest makes a guest of a person, in the channels that the person is in
// already: a server without a licence takes no guest into a channel.
func (h *house) makeGuest(name string) {
	h.t.Helper()
	if err := h.town.admin.MakeGuest(h.t.Context(), h.person(name).ID); err != nil {
		h.t.Fatal(err)
	}
}

// botPosts are the bot's posts of a channel, as mika reads them.
func (h *house) botPosts(channel string) []colleague.Message {
	h.t.Helper()
	messages, err := h.person(mika).Recent(h.t.Context(), channel)
	if err != nil {
		h.t.Fatal(err)
	}
	return slices.DeleteFunc(messages, func(m colleague.Message) bool { return m.UserID != h.botID })
}

// awaitText waits for a post of the bot that holds a text.
func (h *house) awaitText(reader, channel, after, text string) colleague.Message {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	found, err := h.person(reader).NextWith(ctx, channel, after, h.bot, text)
	if err != nil {
		h.t.Fatalf("waited for a post with „%s“: %v", text, err)
	}
	h.noted(found)
	return found
}

// seen is how often the server has fetched any of these paths of the tracker.
func (h *house) seen(paths ...string) (n int) {
	places.tracker.mu.Lock()
	defer places.tracker.mu.Unlock()
	for _, path := range paths {
		n += places.tracker.seen[path]
	}
	return n
}
