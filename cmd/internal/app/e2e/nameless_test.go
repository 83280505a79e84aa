package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"
)

// nameless looks for who asks in all that hosts, operators and the outside can read:
// every post of the hosts' channel with what hangs on it, the log, what is served
// over HTTP, and the tables of what was handed over except the links to persons.
// Of each asker are given the places that are theirs alone.
func (h *house) nameless(askers map[string][]string) {
	h.t.Helper()
	sees := map[string]string{
		"the log":     h.log.String(),
		"metrics":     h.get("/metrics"),
		"readyz":      h.get("/readyz"),
		"the tickets": h.rows(hostsRead),
	}
	list := must(h.town.admin.GetPostsForChannel(h.t.Context(), h.hosts, 0, 200, "", false, false))(h.t)
	for id, post := range list.Posts {
		raw, err := json.Marshal(post)
		if err != nil {
			h.t.Fatal(err)
		}
		sees["post "+id] = string(raw)
		for _, file := range post.FileIds {
			info := must(h.town.admin.GetFileInfo(h.t.Context(), file))(h.t)
			content, _, err := h.town.admin.GetFile(h.t.Context(), file)
			if err != nil {
				h.t.Fatal(err)
			}
			sees["file "+file] = info.Name + "\n" + string(content)
		}
	}
	calendars := 0
	for name := range askers {
		for where, text := range h.calendars(name) {
			sees[where] = text
			calendars++
		}
	}
	if calendars == 0 {
		h.t.Error("nobody was sent a calendar file")
	}
	if len(list.Posts) < 8 {
		h.t.Errorf("the hosts read only %d posts", len(list.Posts))
	}
	for name, places := range askers {
		user := must(h.town.admin.GetUser(h.t.Context(), h.person(name).ID, ""))(h.t)
		for _, secret := range append(h.secrets(user), places...) {
			pattern := regexp.MustCompile(`(?i)(^|[^\pL\pN@._-])@?` + regexp.QuoteMeta(secret) + `($|[^\pL\pN])`)
			for where, text := range sees {
				for line := range strings.Lines(text) {
					if pattern.MatchString(line) && (where != "the log" || !operational.MatchString(line)) {
						h.t.Errorf("%s tells %q, who asks: %s", where, secret, line)
					}
				}
			}
		}
	}
}

// calendars are the calendar files that an asker was sent: into a calendar that others
// may read.
func (h *house) calendars(name string) map[string]string {
	h.t.Helper()
	messages, err := h.person(name).Recent(h.t.Context(), h.direct(name))
	if err != nil {
		h.t.Fatal(err)
	}
	found := map[string]string{}
	for _, m := range messages {
		files, err := h.person(name).Files(h.t.Context(), m)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, f := range files {
			if strings.HasSuffix(f.Name, ".ics") {
				found["calendar file of "+m.ID] = f.Name + "\n" + string(f.Content)
			}
		}
	}
	return found
}

// operational are lines that name a post or channel by its id alone, for whoever runs
// the bot: of a failed call, never with a person.
var operational = regexp.MustCompile(`\b(post|channel)=`)

// hostsRead is what the database keeps of tickets for hosts: everything but the
// columns that link to persons and to the asker's own posts and channel.
const hostsRead = `
	SELECT (to_jsonb(t) - '{person_id,host_person_id}'::text[])::text FROM bot.ticket t
	UNION ALL SELECT (to_jsonb(a) - '{host_person_id}'::text[])::text FROM bot.ticket_answer a
	UNION ALL SELECT (to_jsonb(a) - '{person_id}'::text[])::text FROM bot.ticket_asker a
	UNION ALL SELECT to_jsonb(e)::text FROM bot.ticket_event e
	UNION ALL SELECT (to_jsonb(v) - '{author_person_id,approver_person_id,contact_person_id}'::text[])::text FROM bot.approved_answer v
	UNION ALL SELECT (to_jsonb(d) - '{file}'::text[])::text FROM bot.draft d WHERE d.kind IN ('card', 'hosts')`

func (h *house) rows(query string) string {
	h.t.Helper()
	rows, err := h.pool.Query(h.t.Context(), query)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	var all strings.Builder
	for rows.Next() {
		var row string
		if err := rows.Scan(&row); err != nil {
			h.t.Fatal(err)
		}
		all.WriteString(row + "\n")
	}
	if rows.Err() != nil || all.Len() == 0 {
		h.t.Fatalf("no rows, %v", rows.Err())
	}
	return all.String()
}

// secrets are what tells who somebody is on the server.
func (h *house) secrets(user *model.User) (all []string) {
	for _, s := range []string{user.Id, user.Username, user.Email, user.Nickname, user.FirstName, user.LastName, user.GetFullName()} {
		if s != "" {
			all = append(all, s)
		}
	}
	for _, channel := range must(h.town.admin.GetChannelsForUserWithLastDeleteAt(h.t.Context(), user.Id, 0))(h.t) {
		if channel.Type == model.ChannelTypeDirect {
			all = append(all, channel.Id, channel.Name)
		}
	}
	return all
}

// get is what the bot serves at a path.
func (h *house) get(path string) string {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), http.MethodGet, "http://"+h.conf.HTTP.Listen+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return string(text)
}
