// Package config reads the configuration once: defaults, then a YAML file, then
// the environment, then --set flags; each later one wins. Unknown keys are
// refused, secrets print as redacted.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Config is everything that an operator can set. The key of a field in the file
// is its yaml name below its section's; in the environment it is
// SPRECHSTUNDE_SECTION_KEY. A variable's name followed by _FILE names a file
// that holds the value.
type Config struct {
	Data       string     `yaml:"data" env:"DATA"`       // folder of the embedded parts
	Formats    string     `yaml:"formats" env:"FORMATS"` // calendar and contacts (formats.yaml)
	Texts      string     `yaml:"texts" env:"TEXTS"`     // folder with a house's own texts
	Synonyms   string     `yaml:"synonyms" env:"SYNONYMS"`
	Approved   string     `yaml:"approved" env:"APPROVED"` // folder with answers that people have approved
	Sources    []Source   `yaml:"sources"`                 // where documents come from
	Database   Database   `yaml:"database" envPrefix:"DATABASE_"`
	Mattermost Mattermost `yaml:"mattermost" envPrefix:"MATTERMOST_"`
	Embedder   Embedder   `yaml:"embedder" envPrefix:"EMBEDDER_"`
	Next       Embedder   `yaml:"next_embedder" envPrefix:"NEXT_EMBEDDER_"` // while the model changes; empty URL: none
	Model      Model      `yaml:"model" envPrefix:"MODEL_"`
	Hosts      Hosts      `yaml:"hosts" envPrefix:"HOSTS_"`
	Handover   Handover   `yaml:"handover" envPrefix:"HANDOVER_"`
	Pilot      Pilot      `yaml:"pilot" envPrefix:"PILOT_"`
	Budget     Budget     `yaml:"budget" envPrefix:"BUDGET_"`
	Privacy    Privacy    `yaml:"privacy" envPrefix:"PRIVACY_"`
	Ingest     Ingest     `yaml:"ingest" envPrefix:"INGEST_"`
	Reader     Reader     `yaml:"reader" envPrefix:"READER_"`
	HTTP       HTTP       `yaml:"http" envPrefix:"HTTP_"`
	Log        Log        `yaml:"log" envPrefix:"LOG_"`

	// Sufficiency is a file that `eval --calibrate` wrote; empty: the shipped weights.
	Sufficiency string `yaml:"sufficiency" env:"SUFFICIENCY"`
}

// Database names the PostgreSQL server. Empty URL: the embedded one.
type Database struct {
	URL   Secret `yaml:"url" env:"URL"`
	House string `yaml:"house" env:"HOUSE"` // whose it is; empty: see Config.House
}

// House is the name that a database is recorded under, so that no other house's is
// taken for the own: database.house, else the host of mattermost.url. Empty, and
// not compared, where neither says anything: a host of this machine is anybody's.
func (c Config) House() string {
	if c.Database.House != "" {
		return c.Database.House
	}
	u, err := url.Parse(c.Mattermost.URL)
	if err != nil {
		return "" // said by Validate
	}
	host := strings.ToLower(u.Hostname())
	if address := net.ParseIP(host); host == "localhost" || address != nil && address.IsLoopback() {
		return ""
	}
	return host
}

// Mattermost names the server, the bot's account and the way back for buttons.
type Mattermost struct {
	URL         string   `yaml:"url" env:"URL"`
	Token       Secret   `yaml:"token" env:"TOKEN"`
	Teams       []string `yaml:"teams" env:"TEAMS"`               // names; their full members are staff
	CallbackURL string   `yaml:"callback_url" env:"CALLBACK_URL"` // where the server reaches http.listen; empty: no buttons
	CallbackKey Secret   `yaml:"callback_key" env:"CALLBACK_KEY"` // signs buttons; at least 32 characters
	Rate        float64  `yaml:"rate" env:"RATE"`                 // requests a second at most; a server that limits allows 10

	CommandTokens Secret `yaml:"command_tokens" env:"COMMAND_TOKENS"` // of the slash command, one for each team; empty: it is refused
}

// Commands are the tokens of the slash command, which stand in one secret with
// commas or white space between them.
func (m Mattermost) Commands() []string {
	return strings.FieldsFunc(m.CommandTokens.Reveal(), func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
}

// Embedder is an OpenAI-compatible embeddings endpoint. Empty URL: the embedded one.
type Embedder struct {
	URL           string `yaml:"url" env:"URL"`
	Key           Secret `yaml:"key" env:"KEY"`
	Model         string `yaml:"model" env:"MODEL"` // identity of the vectors, and the name asked for where the next two are empty
	QueryModel    string `yaml:"query_model" env:"QUERY_MODEL"`
	PassageModel  string `yaml:"passage_model" env:"PASSAGE_MODEL"`
	QueryPrefix   string `yaml:"query_prefix" env:"QUERY_PREFIX"`
	PassagePrefix string `yaml:"passage_prefix" env:"PASSAGE_PREFIX"`
	Dimensions    int    `yaml:"dimensions" env:"DIMENSIONS"`
}

// Model is an OpenAI-compatible chat endpoint. Empty URL: answers are quotes;
// ModelLocal: the embedded one.
type Model struct {
	URL     string        `yaml:"url" env:"URL"`
	Key     Secret        `yaml:"key" env:"KEY"`
	Name    string        `yaml:"name" env:"NAME"`
	Timeout time.Duration `yaml:"timeout" env:"TIMEOUT"` // for a whole reply

	FirstToken time.Duration `yaml:"first_token" env:"FIRST_TOKEN"` // until a reply begins; 0: Timeout
	Silence    time.Duration `yaml:"silence" env:"SILENCE"`         // between two pieces of it; 0: Timeout

	First   string `yaml:"first" env:"FIRST"`     // what is shown first; empty: FirstProse
	Compare string `yaml:"compare" env:"COMPARE"` // how its statements are checked; empty: CompareWords

	PassageWords int `yaml:"passage_words" env:"PASSAGE_WORDS"` // of passages that it is shown; 0: 400

	AtOnce int `yaml:"at_once" env:"AT_ONCE"` // requests at a time, askers by turns; 0: 4

	// Estimated tokens a day, of all replicas together; 0: no limit.
	TokensPerUser    int `yaml:"tokens_per_user" env:"TOKENS_PER_USER"`
	TokensPerChannel int `yaml:"tokens_per_channel" env:"TOKENS_PER_CHANNEL"`
	TokensPerDay     int `yaml:"tokens_per_day" env:"TOKENS_PER_DAY"`

	Withhold []string `yaml:"withhold" env:"WITHHOLD"` // collections that it never sees; the embedded one sees all
}

// What of an answer that a model words is shown first.
const (
	FirstProse  = "prose"
	FirstQuotes = "quotes"
)

// How a statement of a model is compared with its passage: by words alone, or by meaning,
// too, where it says the same in others.
const (
	CompareWords   = "words"
	CompareMeaning = "meaning"
)

// Withheld are the collections that the configured model may not see.
func (m Model) Withheld() []string {
	if m.URL == ModelLocal {
		return nil
	}
	return m.Withhold
}

// Hosts are the people who take what the documents do not settle.
type Hosts struct {
	Channel string   `yaml:"channel" env:"CHANNEL"` // private, "team/channel"
	Duty    []string `yaml:"duty" env:"DUTY"`       // user names, one a week in turn
	Absent  []string `yaml:"absent" env:"ABSENT"`   // "heide.host 2026-03-02 2026-03-13": the next in turn stands in
	Sign    string   `yaml:"sign" env:"SIGN"`       // how answers are signed: function or name; empty: by one of the hosts
}

// Handover bounds the tickets that are open at a time; above it who asks is told so. 0:
// the default, negative: no limit.
type Handover struct {
	PerPerson int `yaml:"per_person" env:"PER_PERSON"` // of one asker; default 5
	InHouse   int `yaml:"in_house" env:"IN_HOUSE"`     // default 300
}

// Pilot limits who is answered. All empty: everybody.
type Pilot struct {
	Teams    []string `yaml:"teams" env:"TEAMS"`
	Channels []string `yaml:"channels" env:"CHANNELS"` // "team/channel"
	Users    []string `yaml:"users" env:"USERS"`
}

// Budget bounds what the bot answers; above it one notice is posted, then
// nothing. 0: the default, negative: no limit.
type Budget struct {
	PerUser   int `yaml:"per_user" env:"PER_USER"`     // messages of one person a minute; default 20
	PerThread int `yaml:"per_thread" env:"PER_THREAD"` // messages in one thread in ten minutes; default 30
}

// Privacy keeps the log of deletions without names.
type Privacy struct {
	Key Secret `yaml:"key" env:"KEY"` // at least 32 characters; never changes
}

// Ingest says how often a running bot brings its index in line with the sources.
type Ingest struct {
	Every time.Duration `yaml:"every" env:"EVERY"` // 0: only `sprechstunde ingest` does
}

// EveryOf returns how often a running bot brings the index in line with a source;
// 0: it does not.
func (c Config) EveryOf(s Source) time.Duration {
	if s.Every != nil {
		return *s.Every
	}
	return c.Ingest.Every
}

// Reader says how foreign files are read.
type Reader struct {
	Sandbox string `yaml:"sandbox" env:"SANDBOX"` // required: read nothing where readers cannot be closed off; best: as far as the system can
	URL     string `yaml:"url" env:"URL"`         // of a Kreuzberg server for what is not ours to read; SecondLocal: the embedded one; empty: none
}

// ModelLocal as model.url is the embedded model, which is for trying.
const ModelLocal = "local"

// localTimeout is how long the embedded model may take where nothing is said: it
// reads a prompt for a minute before its first word.
const localTimeout = 5 * time.Minute

// Values of reader.sandbox.
const (
	SandboxRequired = "required"
	SandboxBest     = "best"
)

// SecondLocal as reader.url is the embedded second reader.
const SecondLocal = "local"

// HTTP is the bot's own endpoint (health, buttons) and its way out.
type HTTP struct {
	Listen string `yaml:"listen" env:"LISTEN"`
	CA     string `yaml:"ca" env:"CA"`       // PEM file with the house's own authority
	Proxy  string `yaml:"proxy" env:"PROXY"` // for calls to model, embedder, Mattermost; empty: environment
}

// Log sets level (debug, info, warn, error) and format (text, json).
type Log struct {
	Level  string `yaml:"level" env:"LEVEL"`
	Format string `yaml:"format" env:"FORMAT"`
}

// Defaults returns the configuration before any file, variable or flag.
func Defaults() Config {
	return Config{
		Mattermost: Mattermost{Rate: 50},
		Model:      Model{Timeout: 45 * time.Second},
		Ingest:     Ingest{Every: 10 * time.Minute},
		Reader:     Reader{Sandbox: SandboxBest},
		HTTP:       HTTP{Listen: "127.0.0.1:8780"},
		Log:        Log{Level: "info", Format: "text"},
	}
}

// minKey is the shortest signing key accepted: 256 bits when written as text.
const minKey = 32

// Validate reports every setting that cannot work, each with what to do.
func (c Config) Validate() error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	for _, u := range []struct{ key, value string }{
		{"mattermost.url", c.Mattermost.URL}, {"mattermost.callback_url", c.Mattermost.CallbackURL},
		{"embedder.url", c.Embedder.URL}, {"next_embedder.url", c.Next.URL}, {"model.url", c.Model.URL}, {"http.proxy", c.HTTP.Proxy},
	} {
		if u.value != "" && !httpURL(u.value) && (u.key != "model.url" || u.value != ModelLocal) {
			bad("%s: %q is no address that begins with http:// or https://", u.key, u.value)
		}
	}
	if c.Privacy.Key != "" && len(c.Privacy.Key) < minKey {
		bad("privacy.key: needs at least %d characters; make one with: openssl rand -hex 32", minKey)
	}
	c.validateMattermost(bad)
	for section, e := range map[string]Embedder{"embedder": c.Embedder, "next_embedder": c.Next} {
		if e.URL != "" && (e.Model == "" || e.Dimensions <= 0) {
			bad("%[1]s.model and %[1]s.dimensions: must be set with %[1]s.url; they are part of each vector's identity", section)
		}
	}
	if c.Next.URL != "" && c.Next.Model == c.Embedder.Model {
		bad("next_embedder.model: %q is the name of embedder.model, too; vectors of two models need two names", c.Next.Model)
	}
	if c.Model.URL != "" && c.Model.URL != ModelLocal && c.Model.Name == "" {
		bad("model.name: must be set with model.url")
	}
	if c.Model.Timeout <= 0 {
		bad("model.timeout: %s is no time to answer in; write for example 45s", c.Model.Timeout)
	}
	if c.Model.FirstToken < 0 || c.Model.FirstToken > c.Model.Timeout {
		bad("model.first_token: %s is not between 0s (as model.timeout) and model.timeout, %s", c.Model.FirstToken, c.Model.Timeout)
	}
	if f := c.Model.First; f != "" && f != FirstProse && f != FirstQuotes {
		bad("model.first: %q is neither prose nor quotes", f)
	}
	if how := c.Model.Compare; how != "" && how != CompareWords && how != CompareMeaning {
		bad("model.compare: %q is neither words nor meaning", how)
	}
	for key, n := range map[string]int{"at_once": c.Model.AtOnce, "passage_words": c.Model.PassageWords, "tokens_per_user": c.Model.TokensPerUser, "tokens_per_channel": c.Model.TokensPerChannel, "tokens_per_day": c.Model.TokensPerDay} {
		if n < 0 {
			bad("model.%s: must not be negative, but is %d", key, n)
		}
	}
	if c.Model.Silence < 0 || c.Model.Silence > c.Model.Timeout {
		bad("model.silence: %s is not between 0s (as model.timeout) and model.timeout, %s", c.Model.Silence, c.Model.Timeout)
	}
	if c.Ingest.Every < 0 {
		bad("ingest.every: must not be negative, but is %s; 0 means that only `sprechstunde ingest` reads the sources", c.Ingest.Every)
	}
	if !listenAddress(c.HTTP.Listen) {
		bad("http.listen: %q is no address to listen at; write host:port, for example 127.0.0.1:8780, or :8780 for all interfaces", c.HTTP.Listen)
	}
	seen := map[string]bool{}
	for i, s := range c.Sources {
		for _, err := range s.problems(c.Mattermost) {
			bad("sources[%d]: %w", i, err)
		}
		if seen[s.Name] {
			bad("sources[%d]: the name %q is taken", i, s.Name)
		}
		seen[s.Name] = true
		if s.Every != nil && *s.Every < 0 {
			bad("sources[%d].every: must not be negative; 0 means that only `sprechstunde ingest` reads it", i)
		}
	}
	if c.Reader.Sandbox != SandboxRequired && c.Reader.Sandbox != SandboxBest {
		bad("reader.sandbox: %q is neither %s nor %s", c.Reader.Sandbox, SandboxRequired, SandboxBest)
	}
	if u, err := url.Parse(c.Reader.URL); c.Reader.URL != "" && c.Reader.URL != SecondLocal && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		bad("reader.url: %q is no address; set a Kreuzberg server's, e.g. http://kreuzberg:8000, or %s for the embedded one", c.Reader.URL, SecondLocal)
	}
	return errors.Join(append(errs, c.Log.problems()...)...)
}

// Requests a second that make sense: fewer would keep people waiting, more is no
// limit.
const (
	minRate = 1
	maxRate = 1000
)

func (c Config) validateMattermost(bad func(format string, args ...any)) {
	m := c.Mattermost
	if m.CallbackURL != "" && len(m.CallbackKey) < minKey {
		bad("mattermost.callback_key: needs at least %d characters when mattermost.callback_url is set; make one with: openssl rand -hex 32", minKey)
	}
	if !(m.Rate >= minRate && m.Rate <= maxRate) { // not a number is in no range
		bad("mattermost.rate: %v is not between %d and %d requests a second; a server that limits allows 10", m.Rate, minRate, maxRate)
	}
	for _, names := range []struct {
		key   string
		names []string
	}{{"mattermost.teams", m.Teams}, {"pilot.teams", c.Pilot.Teams}} {
		for _, name := range names.names {
			if name == "" || strings.ContainsAny(name, "/ \t") {
				bad("%s: %q is no name of a team as it stands in the team's address", names.key, name)
			}
		}
	}
	for _, name := range c.Pilot.Channels {
		if !isChannel(name) {
			bad("pilot.channels: %q is no channel; write team/channel, with the names from the channel's address", name)
		}
	}
	if name := c.Hosts.Channel; name != "" && !isChannel(name) {
		bad("hosts.channel: %q is no channel; write team/channel, with the names from the channel's address", name)
	}
}

func isChannel(name string) bool {
	team, channel, ok := strings.Cut(name, "/")
	return ok && team != "" && channel != "" && !strings.ContainsAny(name, " \t") && !strings.Contains(channel, "/")
}

// RequireMattermost reports what the bot needs and the configuration lacks.
func (c Config) RequireMattermost() error {
	var errs []error
	if c.Mattermost.URL == "" {
		errs = append(errs, errors.New("mattermost.url: not set; put the server's address there, or try everything without one: make demo"))
	}
	if c.Mattermost.Token == "" {
		errs = append(errs, errors.New("mattermost.token: not set; make a bot account (System Console, Integrations, Bot Accounts) and put its token there"))
	}
	if len(c.Mattermost.Teams) == 0 {
		errs = append(errs, errors.New("mattermost.teams: not set; full members of these teams count as staff"))
	}
	return errors.Join(errs...)
}

func listenAddress(s string) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

func httpURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
