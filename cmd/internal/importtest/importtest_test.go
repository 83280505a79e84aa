// Package importtest keeps the walls of the house: which room may import which,
// and in which rooms the big libraries live.
package importtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
)

const module = "lvr.example/sprechstunde"

// rooms lists, for each package of the module, what else of the module it may
// import, directly, and does. A trailing /... admits everything below. The longest key
// that matches counts. What stands below cmd may import all of these; its own floors
// are in the next table.
var rooms = map[string][]string{
	"prompts":                    {},
	"retrieval/german":           {},
	"retrieval/localpart":        {},
	"retrieval/pacing":           {},
	"retrieval/httperr":          {},
	"retrieval/leaktest":         {},
	"retrieval/vector":           {},
	"retrieval/database":         {},
	"retrieval":                  {"retrieval/german"},
	"retrieval/lexical":          {"retrieval", "retrieval/german"},
	"retrieval/embed":            {"retrieval"},
	"retrieval/embed/embedlocal": {"retrieval/localpart"},
	"retrieval/postgres":         {"retrieval", "retrieval/database", "retrieval/german", "retrieval/lexical"},
	"retrieval/postgres/pglocal": {"retrieval/localpart"},
	"retrieval/eval":             {"retrieval"},
	"retrieval/retrievaltest":    {"retrieval", "retrieval/german", "retrieval/lexical", "retrieval/vector"},
	"ingest":                     {"retrieval", "retrieval/pacing", "ingest/chunk", "ingest/declared", "ingest/extract", "ingest/extract/formats"},
	"ingest/chunk":               {},
	"ingest/declared":            {"retrieval", "retrieval/german"},
	"ingest/extract":             {},
	"ingest/extract/office":      {"ingest/extract"},
	"ingest/extract/odf":         {"ingest/extract"},
	"ingest/extract/pdf":         {"ingest/extract"},
	"ingest/extract/web":         {"ingest/extract"},
	"ingest/extract/text":        {"ingest/extract", "ingest/extract/web"},
	"ingest/extract/mail":        {"ingest/extract", "ingest/extract/text", "ingest/extract/web"},
	"ingest/extract/tiff":        {},
	"ingest/extract/formats": {"ingest/extract", "ingest/extract/mail", "ingest/extract/odf", "ingest/extract/office",
		"ingest/extract/pdf", "ingest/extract/text", "ingest/extract/tiff", "ingest/extract/web"},
	"ingest/extract/extracttest":           {"ingest/extract", "ingest/extract/formats", "retrieval/localpart"},
	"ingest/extract/sandbox":               {"ingest/extract", "ingest/extract/formats"},
	"ingest/extract/second":                {"ingest/extract", "ingest/extract/tiff", "retrieval/pacing"},
	"ingest/extract/second/kreuzberglocal": {"retrieval/localpart"},
	"ingest/source/...":                    {"ingest", "retrieval"},
	"ingest/source/settings":               {"ingest", "retrieval"},
	"ingest/source/tree":                   {"ingest", "ingest/source/settings", "retrieval"},
	"ingest/source/polite":                 {"retrieval/pacing"},
	"ingest/source/folder":                 {"ingest", "ingest/source/tree", "retrieval"},
	"ingest/source/website":                {"ingest", "ingest/extract", "ingest/extract/formats", "ingest/source/polite", "retrieval", "retrieval/httperr"},
	"ingest/source/webdav":                 {"ingest", "ingest/source/polite", "ingest/source/tree", "retrieval", "retrieval/httperr"},
	"ingest/source/mattermost":             {"ingest", "ingest/source/polite", "ingest/source/settings", "retrieval"},
	"ingest/source/sourcetest":             {"ingest", "ingest/extract", "retrieval/postgres", "retrieval/postgres/pglocal"},
	"bot":                                  {"prompts", "bot/answer", "bot/ask", "bot/budget", "bot/care", "bot/channels", "bot/chat", "bot/desk", "bot/dialogue", "bot/feedback", "bot/gaps", "bot/inbox", "bot/knowledge", "bot/leancoffee", "bot/officehours", "bot/owndata", "bot/reminders", "bot/rights", "bot/talk"},
	"bot/ask":                              {"bot/ics", "bot/schedule", "retrieval", "retrieval/german", "prompts", "bot/answer", "bot/chat", "bot/dialogue", "bot/inbox", "bot/officehours", "bot/rights"},
	"bot/approved":                         {"retrieval", "retrieval/german", "prompts", "bot/answer"},
	"bot/budget":                           {"bot/chat"},
	"bot/care":                             {"retrieval", "prompts", "bot/answer", "bot/chat", "bot/dialogue", "bot/inbox"},
	"bot/channels":                         {"prompts", "bot/answer", "bot/chat", "bot/dialogue", "bot/inbox"},
	"bot/chat":                             {"bot/inbox"},
	"bot/attachment":                       {},
	"bot/desk":                             {"retrieval/german", "prompts", "bot/answer", "bot/attachment", "bot/chat", "bot/dialogue", "bot/ics", "bot/inbox", "bot/masking", "bot/officehours"},
	"bot/dialogue":                         {"bot/chat", "bot/inbox", "bot/pattern", "retrieval/german"},
	"bot/gaps":                             {"bot/answer", "bot/chat", "bot/dialogue", "bot/inbox", "bot/masking", "bot/officehours", "bot/rights", "prompts", "retrieval", "retrieval/german", "retrieval/vector"},
	"bot/knowledge":                        {"bot/answer", "bot/approved", "bot/chat", "bot/dialogue", "bot/inbox", "bot/masking", "bot/officehours", "bot/rights", "prompts", "retrieval", "retrieval/german"},
	"bot/leancoffee":                       {"retrieval/german", "prompts", "bot/answer", "bot/chat", "bot/dialogue", "bot/inbox", "bot/officehours"},
	"bot/feedback":                         {"prompts", "retrieval", "bot/answer", "bot/chat", "bot/dialogue", "bot/inbox", "bot/rights"},
	"bot/owndata":                          {"prompts", "bot/chat", "bot/dialogue", "bot/inbox", "bot/privacy"},
	"bot/reminders":                        {"prompts", "bot/answer", "bot/chat", "bot/dialogue", "bot/inbox", "bot/officehours", "bot/schedule"},
	"bot/talk":                             {"prompts", "bot/answer", "bot/chat", "bot/dialogue", "bot/inbox"},
	"bot/rights":                           {"retrieval", "bot/chat", "bot/inbox"},
	"bot/inbox":                            {},
	"bot/inbox/inboxtest":                  {"bot/inbox"},
	"bot/masking":                          {},
	"bot/pattern":                          {},
	"bot/privacy":                          {},
	"bot/ics":                              {"bot/officehours", "retrieval/httperr"},
	"bot/schedule":                         {"bot/officehours", "retrieval/german"},
	"bot/officehours":                      {},
	"bot/answer/ground":                    {"retrieval/german"},
	"bot/answer/hardlist":                  {"bot/pattern", "retrieval/german"},
	"bot/answer":                           {"bot/answer/hardlist", "retrieval", "retrieval/german", "bot/answer/ground", "bot/officehours", "prompts", "retrieval/vector"},
	"bot/llm":                              {"bot/answer", "retrieval/pacing"},
	"bot/llm/llmtest":                      {},
	"bot/llm/llmlocal":                     {"retrieval/localpart"},
	"bot/mattermost":                       {"bot/chat", "bot/inbox", "prompts", "retrieval/httperr", "retrieval/pacing"},
	"bot/mattermost/colleague":             {},
	"bot/mattermost/mmlocal":               {"retrieval/localpart", "retrieval/postgres/pglocal"},
	"bot/postgres":                         {"bot/approved", "bot/channels", "bot/feedback", "bot/gaps", "bot/inbox", "bot/officehours", "bot/privacy", "bot/reminders", "retrieval", "retrieval/database"},
	"bot/bottest":                          {"bot", "bot/answer", "bot/answer/hardlist", "bot/approved", "bot/ask", "bot/care", "bot/channels", "bot/chat", "bot/desk", "bot/dialogue", "bot/feedback", "bot/gaps", "bot/inbox", "bot/inbox/inboxtest", "bot/knowledge", "bot/leancoffee", "bot/officehours", "bot/owndata", "bot/reminders", "bot/rights", "bot/talk", "prompts", "retrieval"},
}

// floors lists, for each package below cmd/internal, which others there it may import,
// and does. The commands themselves and the end-to-end tests may import all.
var floors = map[string][]string{
	"config":     {},
	"progress":   {},
	"terminal":   {},
	"importtest": {},
	"mutants":    {},
	"house":      {"config"},
	"neighbours": {"config"},
	"library":    {"config", "house", "neighbours", "progress"},
	"sources":    {"config", "house", "library", "neighbours", "progress"},
	"supervise":  {"config", "sources"},
	"persons":    {"neighbours"},
	"doctor":     {"config", "house", "library", "neighbours", "sources"},
	"app":        {"config", "house", "library", "neighbours", "sources", "supervise"},
	"evaluate":   {"app", "house", "library", "neighbours", "progress", "sources"},
	"demo":       {"app", "config", "house", "library", "longway", "neighbours"},
	"longway":    {},
	"bench":      {"demo"},
	"apptest":    {"config", "neighbours"},
}

// homes says where a library may be imported, and that it really is.
var homes = map[string][]string{
	"github.com/sashabaranov/go-openai":              {"retrieval/embed", "bot/llm"},
	"github.com/pgvector/pgvector-go":                {"retrieval/postgres", "cmd/internal/bench"},
	"github.com/jackc/pgx":                           {"retrieval/database", "retrieval/postgres", "retrieval/postgres/pglocal", "bot/postgres", "cmd/internal/app", "cmd/internal/apptest", "cmd/internal/bench", "cmd/internal/neighbours"},
	"github.com/pressly/goose":                       {"retrieval/database"},
	"github.com/riverqueue/river":                    {"bot/postgres"},
	"github.com/mattermost/mattermost/server/public": {"bot/mattermost", "bot/mattermost/mmlocal", "bot/mattermost/colleague", "ingest/source/mattermost"},
	"github.com/emersion/go-webdav":                  {"ingest/source/webdav"},
	"github.com/teambition/rrule-go":                 {"bot/ics", "bot/officehours"},
	"github.com/arran4/golang-ical":                  {"bot/ics"},
	"github.com/rickar/cal":                          {"bot/officehours", "bot/schedule"},
	"github.com/blevesearch/snowballstem":            {"retrieval/german"},
	"github.com/klippa-app/go-pdfium":                {"ingest/extract/pdf"},
	"github.com/tetratelabs/wazero":                  {"ingest/extract/pdf"},
	"github.com/jhillyerd/enmime":                    {"ingest/extract/mail"},
	"github.com/yuin/goldmark":                       {"bot/chat", "ingest/extract/text"},
	"golang.org/x/time":                              {"bot/mattermost"},
	"github.com/cenkalti/backoff":                    {"retrieval/pacing", "cmd/internal/supervise"},
	"github.com/elastic/go-seccomp-bpf":              {"ingest/extract/sandbox"},
	"github.com/landlock-lsm/go-landlock":            {"ingest/extract/sandbox"},
	"github.com/spf13/cobra":                         {"cmd/sprechstunde"},
	"github.com/fsnotify/fsnotify":                   {"ingest/source/folder"},
}

type pkg struct {
	ImportPath string
	Imports    []string
}

func TestRooms(t *testing.T) {
	t.Parallel()
	checkTable(t, rooms, module+"/", func(room string) bool { return room != "cmd" && !strings.HasPrefix(room, "cmd/") })
}

func TestFloorsOfTheProgram(t *testing.T) {
	t.Parallel()
	checkTable(t, floors, module+"/cmd/internal/", func(room string) bool { return room != "app/e2e" })
}

// checkTable compares what the packages below prefix, those that are listed, import of
// each other with what a table allows.
func checkTable(t *testing.T, table map[string][]string, prefix string, listed func(room string) bool) {
	t.Helper()
	used := map[string]bool{}
	for _, p := range packages(t) {
		room, below := strings.CutPrefix(p.ImportPath, prefix)
		if !below || !listed(room) {
			continue
		}
		allowed, ok := rulesFor(table, room)
		if !ok {
			t.Errorf("%s stands in no row of the table: give it one", room)
			continue
		}
		for _, imported := range p.Imports {
			other, ours := strings.CutPrefix(imported, prefix)
			if ours && !slices.Contains(allowed, other) {
				t.Errorf("%s imports %s; the table allows it only %v", room, other, allowed)
			}
			used[room+" "+other] = true
		}
	}
	for room, allowed := range table {
		for _, other := range allowed {
			if !strings.HasSuffix(room, "...") && !used[room+" "+other] {
				t.Errorf("%s does not import %s: take it out of the table", room, other)
			}
		}
	}
}

func TestLibrariesLiveInTheirRooms(t *testing.T) {
	t.Parallel()
	for library, allowed := range homes {
		used := false
		for _, p := range packages(t) {
			if !slices.ContainsFunc(p.Imports, func(i string) bool { return i == library || strings.HasPrefix(i, library+"/") }) {
				continue
			}
			used = true
			room := strings.TrimPrefix(p.ImportPath, module+"/")
			if !slices.Contains(allowed, room) {
				t.Errorf("%s imports %s, whose rooms are %v", room, library, allowed)
			}
		}
		if !used {
			t.Errorf("%s is imported nowhere: remove it from go.mod and from this table", library)
		}
	}
}

func rulesFor(table map[string][]string, room string) ([]string, bool) {
	if allowed, ok := table[room]; ok {
		return allowed, true
	}
	for key, allowed := range table {
		if prefix, wild := strings.CutSuffix(key, "..."); wild && strings.HasPrefix(room, prefix) {
			return allowed, true
		}
	}
	return nil, false
}

// packages lists the module's packages with the imports of their non-test files.
func packages(t *testing.T) []pkg {
	t.Helper()
	all, err := listed()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// listed asks the tool once for all tests.
var listed = sync.OnceValues(func() (all []pkg, err error) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"/...").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return nil, fmt.Errorf("go list: %w\n%s", err, exit.Stderr)
		}
		return nil, fmt.Errorf("go list: %w", err)
	}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("decode go list: %w", err)
		}
		all = append(all, p)
	}
})
