package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/mattermost/mattermost/server/public/model"
	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
	"lvr.example/sprechstunde/bot/mattermost/mmlocal"
	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/sources"
	"lvr.example/sprechstunde/retrieval/embed/embedlocal"
)

// The town's names.
const (
	teamName    = "haus"
	gateChannel = "personalrat-intern"
	password    = "Musterland-2026!"
)

// The people. All are in the house's team.
const (
	anna    = "anna"
	bernd   = "bernd"
	cem     = "cem"
	dora    = "dora"
	petra   = "petra"   // may read what is the staff council's own
	quentin = "quentin" // too, until a test withdraws it
	mika    = "mika"    // hosts the Sprechstunde
)

var names = []string{anna, bernd, cem, dora, petra, quentin, mika}

// town is what all tests share: the server, its people, the documents.
type town struct {
	server *mmlocal.Server
	admin  *mmlocal.Admin
	team   *model.Team
	gate   string // channel id
	people map[string]*colleague.Colleague
}

var (
	sharedTown sync.Once
	theTown    *town
)

// settle returns the town, built by the first test that asks.
func settle(t *testing.T) *town {
	t.Helper()
	server := mmlocal.Test(t)
	var err error
	sharedTown.Do(func() { theTown, err = newTown(context.WithoutCancel(t.Context()), server) })
	if err != nil {
		t.Fatal(err)
	}
	if theTown == nil {
		t.Fatal("the town could not be built; see the first test")
	}
	return theTown
}

func newTown(ctx context.Context, server *mmlocal.Server) (*town, error) {
	admin, err := server.Admin(ctx)
	if err != nil {
		return nil, err
	}
	w := &town{server: server, admin: admin, people: map[string]*colleague.Colleague{}}
	if w.team, err = admin.EnsureTeam(ctx, teamName, "Haus"); err != nil {
		return nil, err
	}
	gate, err := admin.EnsureChannel(ctx, w.team.Id, gateChannel, "Personalrat intern", true)
	if err != nil {
		return nil, err
	}
	w.gate = gate.Id
	var mu sync.Mutex
	var group errgroup.Group
	for _, name := range names {
		group.Go(func() error {
			person, err := w.moveIn(ctx, name)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			w.people[name] = person
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return w, admin.Join(ctx, w.team.Id, []string{w.gate}, w.people[petra].ID, w.people[quentin].ID)
}

func (w *town) moveIn(ctx context.Context, name string) (*colleague.Colleague, error) {
	user, err := w.admin.EnsureUser(ctx, mmlocal.Account{Name: name, Password: password})
	if err != nil {
		return nil, err
	}
	if err := w.admin.Join(ctx, w.team.Id, nil, user.Id); err != nil {
		return nil, err
	}
	return colleague.Login(ctx, w.server.URL(), name, password)
}

// places are the folders on disk, made once.
var places struct {
	sync.Once
	dir, documents, formats string
	tracker                 *tracker
	err                     error
}

func furnish(t *testing.T) {
	t.Helper()
	places.Do(func() {
		places.tracker = newTracker()
		if places.dir, places.err = os.MkdirTemp("", "e2e"); places.err != nil {
			return
		}
		places.documents = filepath.Join(places.dir, "dokumente")
		places.formats = filepath.Join(places.dir, "formats.yaml")
		places.err = writeHouse(places.documents, places.formats, places.tracker.url)
	})
	if places.err != nil {
		t.Fatal(places.err)
	}
}

// tracker is a server that nobody should ever ask for anything.
type tracker struct {
	url  string
	mu   sync.Mutex
	seen map[string]int // path to requests
}

func newTracker() *tracker {
	tr := &tracker{seen: map[string]int{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tr.mu.Lock()
		tr.seen[r.URL.Path]++
		tr.mu.Unlock()
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html><head><title>gesehen</title></head></html>")
	}))
	tr.url = server.URL
	return tr
}

// database returns a database in which the documents are ingested.
func database(t *testing.T, from func(localTB, string, func(context.Context, *pgxpool.Pool) error) *pgxpool.Pool) (*pgxpool.Pool, string) {
	t.Helper()
	furnish(t)
	conf := withEmbedder(t, config.Defaults())
	pool := from(t, "house", func(ctx context.Context, pool *pgxpool.Pool) error {
		conf.Database.URL = config.Secret(pool.Config().ConnString())
		return ingestHouse(ctx, conf, pool)
	})
	return pool, pool.Config().ConnString()
}

func ingestHouse(ctx context.Context, conf config.Config, pool *pgxpool.Pool) error {
	site, err := neighbours.NewSite(conf, discard, os.Stderr)
	if err != nil {
		return err
	}
	n, err := neighbours.Open(ctx, site, app.Needs)
	if err != nil {
		return err
	}
	defer n.Close()
	lib, err := library.Open(ctx, n, "")
	if err != nil {
		return err
	}
	report, err := (&sources.Ingester{Neighbours: n, Library: lib}).Ingest(ctx, config.Source{Name: "haus", Folder: places.documents})
	if err != nil {
		return err
	}
	if len(report.Quarantined) > 0 || report.New != len(documents) {
		return fmt.Errorf("ingested %d of %d documents: %v", report.New, len(documents), report.Quarantined)
	}
	_, err = botpostgres.Migrate(ctx, pool)
	return err
}

func withEmbedder(t *testing.T, conf config.Config) config.Config {
	t.Helper()
	conf.Embedder = config.Embedder{
		URL: embedlocal.Test(t).BaseURL(), Model: embedlocal.Model, Dimensions: embedlocal.Dimensions,
		QueryModel: embedlocal.ModelQuery, PassageModel: embedlocal.ModelPassage,
	}
	return conf
}

// writeHouse writes documents and calendar.
func writeHouse(folder, formats, trackerURL string) error {
	for path, text := range documents {
		path = filepath.Join(folder, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, "TRACKER", trackerURL)), 0o600); err != nil {
			return err
		}
	}
	for dir, settings := range collections {
		if err := os.WriteFile(filepath.Join(folder, dir, "collection.yaml"), []byte(settings), 0o600); err != nil {
			return err
		}
	}
	return os.WriteFile(formats, []byte(calendar), 0o600)
}

// freeAddress returns an address that a bot can listen on: at a port that the system
// gives to no connection that somebody opens meanwhile.
func freeAddress(t *testing.T) string {
	t.Helper()
	for range 1000 {
		address := fmt.Sprintf("127.0.0.1:%d", 12000+rand.IntN(20000))
		if listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", address); err == nil {
			listener.Close()
			return address
		}
	}
	t.Fatal("no port is free")
	return ""
}
