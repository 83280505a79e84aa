package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/embed"
	"lvr.example/sprechstunde/retrieval/eval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// Finding is what the doctor says of one neighbour.
type Finding struct {
	What  string `json:"what"`
	State string `json:"state"` // ok, warning, broken, off
	Says  string `json:"says"`
	Do    string `json:"do,omitempty"`
}

// States of a finding. Off: not configured, and not needed.
const (
	StateOK      = "ok"
	StateWarning = "warning"
	StateBroken  = "broken"
	StateOff     = "off"
)

// neighbourTime bounds one check, the start of an embedded part aside.
const neighbourTime = 10 * time.Second

// Examine looks at each neighbour, telling of each as soon as it is known. It
// changes nothing but starts embedded parts where no others are configured.
func (b *Base) Examine(ctx context.Context, tell func(Finding)) {
	for _, look := range []func(context.Context) []Finding{
		b.examineHouse, b.examineSources, b.examineReader, b.examineSecond, b.examineDatabase, b.examineIndexed, b.examineEmbedder, b.examineSufficiency, b.examineModel, b.examineMattermost,
	} {
		for _, f := range look(ctx) {
			tell(f)
		}
	}
}

func ok(what, says string) []Finding { return []Finding{{What: what, State: StateOK, Says: says}} }

func broken(what string, err error, do string) []Finding {
	return []Finding{{What: what, State: StateBroken, Says: err.Error(), Do: do}}
}

func (b *Base) examineHouse(context.Context) []Finding {
	house, err := b.House()
	if err != nil {
		return broken("calendar", err, "correct the file that formats names")
	}
	formats := house.Calendar.Formats()
	if len(formats) == 0 {
		return []Finding{{"calendar", StateWarning, "no formats: open questions cannot be led to a date", "set formats to a file like examples/musterland/formats.yaml"}}
	}
	for _, f := range formats {
		if _, found := house.Calendar.Next(f.ID, b.Now()); !found {
			return []Finding{{"calendar", StateWarning, "format " + f.ID + " has no date any more", "renew its schedule"}}
		}
	}
	return ok("calendar", fmt.Sprintf("%d formats with dates to come", len(formats)))
}

func (b *Base) examineSources(ctx context.Context) []Finding {
	sources, err := b.Sources()
	if err != nil {
		return []Finding{{"sources", StateWarning, err.Error(), "set sources to where the documents are"}}
	}
	var found []Finding
	for _, s := range sources {
		if err := b.checkSource(ctx, s); err != nil {
			found = append(found, broken("source "+s.Name, err, sourceAdvice(s))...)
			continue
		}
		found = append(found, ok("source "+s.Name, "can be read")...)
	}
	return found
}

func (b *Base) checkSource(ctx context.Context, s config.Source) error {
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	source, _, err := b.openSource(s, nil)
	if err != nil {
		return err
	}
	defer source.Close()
	return source.Check(ctx)
}

func sourceAdvice(s config.Source) string {
	switch {
	case s.Website != nil:
		return "open the address in a browser; does a proxy or an own certificate authority stand in between (http.proxy, http.ca)?"
	case s.WebDAV != nil:
		return "check webdav.url, user and password; does a proxy or an own certificate authority stand in between (http.proxy, http.ca)?"
	case s.Mattermost != nil:
		return "correct the channels' names as they stand in their addresses, and invite the bot to them"
	}
	return "let this user read the folder, or correct its path"
}

func (b *Base) examineDatabase(ctx context.Context) []Finding {
	dsn, err := b.DSN(ctx)
	if err != nil {
		return broken("database", err, "set database.url to a PostgreSQL server with pgvector, or install what the message names")
	}
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	store, err := postgres.Open(ctx, dsn, postgres.Options{})
	if err != nil {
		return broken("database", err, "check address, user and password in database.url, and that the server runs")
	}
	defer store.Close()
	var version, vector string
	err = store.Pool().QueryRow(ctx, `SELECT current_setting('server_version'),
		coalesce((SELECT default_version FROM pg_available_extensions WHERE name = 'vector'), '')`).Scan(&version, &vector)
	switch {
	case err != nil:
		return broken("database", err, "the user must be allowed to read and write its database")
	case vector == "":
		return broken("database", errors.New("PostgreSQL "+version+" without pgvector"), "install pgvector on the server (Debian: postgresql-16-pgvector)")
	}
	if err := b.checkDatabase(ctx, store.Pool()); err != nil {
		return broken("database", err, "see to it before anything is written: the message says how")
	}
	if errors.Join(postgres.Check(ctx, store.Pool(), store.Schema()), botpostgres.Check(ctx, store.Pool())) != nil {
		return []Finding{{"database", StateWarning, "PostgreSQL " + version + ", pgvector " + vector + ", the schema is not up to date", "run: sprechstunde migrate"}}
	}
	return ok("database", "PostgreSQL "+version+", pgvector "+vector+", schema up to date")
}

func (b *Base) examineEmbedder(ctx context.Context) []Finding {
	client, err := b.Embedder(ctx)
	found := examineClient(ctx, "embedder", client, err)
	next, err := b.NextEmbedder()
	if next != nil || err != nil {
		found = append(found, examineClient(ctx, "next embedder", next, err)...)
	}
	if found[0].State != StateOK {
		return found
	}
	return append(found, b.examineVectors(ctx, client, next)...)
}

func examineClient(ctx context.Context, what string, client *embed.Client, err error) []Finding {
	const do = "check url, model and dimensions of it; until then questions are searched by words only"
	if err != nil {
		return broken(what, err, do)
	}
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	if err := client.Check(ctx); err != nil {
		return broken(what, err, do)
	}
	model := client.Model()
	return ok(what, fmt.Sprintf("%s, %d dimensions", model.Name, model.Dimensions))
}

// examineVectors says whether one of the embedders made the active set, and how
// it is searched.
func (b *Base) examineVectors(ctx context.Context, client, next *embed.Client) []Finding {
	dsn, err := b.DSN(ctx)
	if err != nil {
		return nil // said of the database already
	}
	store, err := postgres.Open(ctx, dsn, postgres.Options{})
	if err != nil {
		return nil // as above
	}
	defer store.Close()
	var mismatch *retrieval.ModelError
	err = store.Check(ctx, client.Model())
	if next != nil && err != nil {
		err = store.Check(ctx, next.Model())
	}
	if errors.As(err, &mismatch) {
		return broken("embedding set", err, "configure the embedder that made it, as embedder or next_embedder; to change the model see `sprechstunde embeddings --help`")
	}
	return examineGraphs(ctx, store)
}

func (b *Base) examineSufficiency(ctx context.Context) []Finding {
	const do = "name a file that `sprechstunde eval DIR --calibrate --out FILE` wrote for this embedder"
	calibration, err := b.calibration()
	if err != nil {
		return broken("sufficiency", err, do)
	}
	client, err := b.Embedder(ctx)
	if err != nil {
		return nil // said of the embedder already
	}
	lib := &Library{Embedder: client, calibration: calibration}
	weights, err := lib.weights()
	switch {
	case err != nil:
		return broken("sufficiency", err, do)
	case weights.From == eval.Unknown:
		return []Finding{{"sufficiency", StateWarning, "no weights are fitted for " + weights.Model + ": careful ones judge by words", do + ", and set sufficiency to it"}}
	}
	return ok("sufficiency", fmt.Sprintf("weights for %s (%s)", weights.Model, weights.From))
}

func (b *Base) examineModel(ctx context.Context) []Finding {
	client, err := b.chatModel()
	if err != nil {
		return broken("model", err, "correct model.url and model.name")
	}
	if client == nil {
		return []Finding{{"model", StateOff, "not configured: answers are quotes", ""}}
	}
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	if err := client.Check(ctx); err != nil {
		return broken("model", err, "check model.url, model.name and model.key; until then answers are quotes")
	}
	return ok("model", b.Config.Model.Name+" answers")
}

func (b *Base) examineMattermost(ctx context.Context) []Finding {
	if b.Config.Mattermost.URL == "" {
		return []Finding{{"mattermost", StateOff, "not configured; see it without one: make demo", ""}}
	}
	if err := b.Config.RequireMattermost(); err != nil {
		return broken("mattermost", err, "complete the section mattermost")
	}
	client, err := b.mattermost(nil, nil, nil)
	if err != nil {
		return broken("mattermost", err, "correct the section mattermost")
	}
	channels, err := b.gateChannels(ctx)
	if err != nil {
		return broken("mattermost", err, "the collections' gate channels could not be read from the database")
	}
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	var found []Finding
	for _, t := range client.Check(ctx, channels) {
		found = append(found, Finding{"mattermost: " + t.What, StateBroken, t.Says, t.Do})
	}
	if len(found) == 0 {
		return ok("mattermost", "account, teams and channels are well")
	}
	return found
}

// gateChannels returns every channel that must be private: those that guard
// collections, and the hosts'.
func (b *Base) gateChannels(ctx context.Context) ([]string, error) {
	var names []string
	if b.Config.Hosts.Channel != "" {
		names = append(names, b.Config.Hosts.Channel)
	}
	index, err := b.IndexToRead(ctx)
	if err != nil || index == nil {
		return names, err
	}
	collections, err := index.Collections(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range collections {
		names = append(names, c.Access.Channels...)
	}
	return names, nil
}

// AskReady asks a running bot's /readyz.
func AskReady(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fmt.Errorf("ask readiness: %w", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask readiness: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("ask readiness: %s", response.Status)
	}
	return nil
}
