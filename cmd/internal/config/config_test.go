package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestLaterOriginWins(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := write(t, dir, "s.yaml", "mattermost:\n  url: http://file.example\n  teams: [a, b]\nlog:\n  level: warn\nformats: house/formats.yaml\n")
	c, err := Load(Origin{
		File:    file,
		Environ: []string{"SPRECHSTUNDE_MATTERMOST_URL=http://env.example", "SPRECHSTUNDE_LOG_LEVEL=error", "PATH=/bin"},
		Sets:    []string{"mattermost.url=http://flag.example"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.Mattermost.URL, "http://flag.example"; got != want {
		t.Errorf("url = %q, want %q", got, want)
	}
	if got, want := c.Log.Level, "error"; got != want {
		t.Errorf("level = %q, want %q", got, want)
	}
	if got, want := strings.Join(c.Mattermost.Teams, "+"), "a+b"; got != want {
		t.Errorf("teams = %q, want %q", got, want)
	}
	if got, want := c.Formats, filepath.Join(dir, "house/formats.yaml"); got != want {
		t.Errorf("formats = %q, want %q", got, want)
	}
}

func TestUnknownKeysAreRefused(t *testing.T) {
	t.Parallel()
	file := write(t, t.TempDir(), "s.yaml", "mattermost:\n  adresse_url: http://x\n")
	for name, o := range map[string]Origin{
		"adresse_url":                      {File: file},
		"SPRECHSTUNDE_MATTERMOST_TOCKEN":   {Environ: []string{"SPRECHSTUNDE_MATTERMOST_TOCKEN=x"}},
		"SPRECHSTUNDE_MATTERMOST_NONSENSE": {Sets: []string{"mattermost.nonsense=1"}},
	} {
		_, err := Load(o)
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error = %v, want one that names it", name, err)
		}
	}
}

func TestSecretsComeFromFilesAndNeverPrint(t *testing.T) {
	t.Parallel()
	const token = "abcdefghijklmnopqrstuvwxyz"
	file := write(t, t.TempDir(), "token", token+"\n")
	c, err := Load(Origin{Environ: []string{"SPRECHSTUNDE_MATTERMOST_TOKEN_FILE=" + file}})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Mattermost.Token.Reveal(); got != token {
		t.Errorf("token = %q", got)
	}
	out, err := c.YAML()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(out), token) {
		t.Error("the token stands in the printed configuration")
	}
	if !strings.Contains(string(out), redacted) {
		t.Errorf("printed configuration does not say that the token is set:\n%s", out)
	}
}

func TestValidateSaysWhatToDo(t *testing.T) {
	t.Parallel()
	for set, want := range map[string]string{
		"mattermost.url=chat.example":                     "mattermost.url",
		"mattermost.callback_url=http://bot.example:8780": "openssl rand",
		"embedder.url=http://e.example/v1":                "embedder.dimensions",
		"model.url=http://m.example/v1":                   "model.name",
		"log.level=loud":                                  `log.level: "loud" is none of debug, info, warn, error`,
		"log.level=info+3":                                "log.level",
		"log.format=xml":                                  `log.format: "xml" is none of text, json`,
		"mattermost.rate=0":                               "mattermost.rate: 0 is not between 1 and 1000",
		"mattermost.rate=-5":                              "mattermost.rate",
		"mattermost.rate=NaN":                             "mattermost.rate",
		"mattermost.rate=+Inf":                            "mattermost.rate",
		"mattermost.teams=haus/ki":                        `mattermost.teams: "haus/ki"`,
		"hosts.channel=ki-hosts":                          `hosts.channel: "ki-hosts" is no channel; write team/channel`,
		"pilot.channels=haus/a,b":                         `pilot.channels: "b"`,
		"pilot.teams=haus eins":                           "pilot.teams",
		"model.timeout=0s":                                "model.timeout",
		"model.first_token=2m":                            "model.first_token",
		"model.silence=-1s":                               "model.silence",
		"model.compare=gut":                               "model.compare",
		"model.passage_words=-1":                          "model.passage_words",
		"ingest.every=-1m":                                "ingest.every",
		"http.listen=8780":                                `http.listen: "8780"`,
		"http.listen=127.0.0.1:99999":                     "http.listen",
	} {
		_, err := Load(Origin{Sets: []string{set}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("--set %s: error = %v, want one with %q", set, err, want)
		}
	}
}

func TestSourcesHaveSchedulesOfTheirOwn(t *testing.T) {
	t.Parallel()
	file := write(t, t.TempDir(), "s.yaml", "ingest: {every: 20m}\nsources:\n"+
		"  - {name: a, folder: a}\n  - {name: b, folder: b, every: 90s}\n  - {name: c, folder: c, every: 0s}\n")
	c, err := Load(Origin{File: file})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []time.Duration{20 * time.Minute, 90 * time.Second, 0} {
		if got := c.EveryOf(c.Sources[i]); got != want {
			t.Errorf("source %s: every %s, want %s", c.Sources[i].Name, got, want)
		}
	}
	file = write(t, t.TempDir(), "s.yaml", "sources:\n  - {name: a, folder: a, every: -1s}\n")
	if _, err := Load(Origin{File: file}); err == nil || !strings.Contains(err.Error(), "sources[0].every") {
		t.Errorf("error = %v", err)
	}
}

func TestSandboxIsOneOfTwo(t *testing.T) {
	t.Parallel()
	for set, want := range map[string]string{"": SandboxBest, "reader.sandbox=required": SandboxRequired} {
		var sets []string
		if set != "" {
			sets = append(sets, set)
		}
		c, err := Load(Origin{File: write(t, t.TempDir(), "s.yaml", "pilot: {users: [anna]}\n"), Sets: sets})
		if err != nil || c.Reader.Sandbox != want {
			t.Errorf("%q: %q, %v", set, c.Reader.Sandbox, err)
		}
	}
	if _, err := Load(Origin{File: write(t, t.TempDir(), "s.yaml", "pilot: {users: [anna]}\n"), Sets: []string{"reader.sandbox=off"}}); err == nil || !strings.Contains(err.Error(), "reader.sandbox") {
		t.Errorf("error = %v", err)
	}
}

func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSources(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "app-password", "geheim\n")
	file := write(t, dir, "s.yaml", `
mattermost: {url: http://chat.example, token: t}
sources:
  - {name: akten, folder: dokumente}
  - name: intranet
    website:
      start: [https://intranet.example/ki/]
      hosts: [intranet.example/ki/]
      depth: 0
      delay: 250ms
    collection: {name: Intranet, rank: 3, readers: alle}
  - name: wolke
    webdav: {url: https://wolke.example/dav/, user: bot, password_file: app-password}
  - name: kanäle
    mattermost: {channels: [haus/ki-intern]}
`)
	c, err := Load(Origin{File: file})
	if err != nil {
		t.Fatal(err)
	}
	folder, site, cloud := c.Sources[0], c.Sources[1].Website, c.Sources[2].WebDAV
	if folder.Folder != filepath.Join(dir, "dokumente") || site.Links() != 0 || site.Pause() != 250*time.Millisecond || cloud.Password.Reveal() != "geheim" {
		t.Errorf("%+v, %+v, %q", folder, site, cloud.Password.Reveal())
	}
	if out, err := c.YAML(); err != nil || strings.Contains(string(out), "geheim") || !strings.Contains(string(out), "https://wolke.example/dav/") {
		t.Errorf("%v\n%s", err, out)
	}
	if w := (Website{}); w.Links() != 3 || w.Pause() != time.Second {
		t.Errorf("defaults: %d, %s", w.Links(), w.Pause())
	}
}

func TestSourcesSayWhatToDo(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"{folder: a}": "name: must be set",
		"{name: a}":   "exactly one of folder, website, webdav, mattermost",
		"{name: a, folder: b, webdav: {url: 'https://x.example/'}}":                                                     "exactly one of",
		"{name: a, folder: b, collection: {name: c}}":                                                                   "readers is missing",
		"{name: a, folder: b, collection: {name: c, readers: alle, farbe: rot}}":                                        "farbe",
		"{name: a, website: {start: ['https://x.example/']}}":                                                           "pages do not say who may read them",
		"{name: a, website: {}, collection: {name: c, readers: alle}}":                                                  "under start, or a sitemap",
		"{name: a, website: {start: [x.example]}, collection: {name: c, readers: alle}}":                                "begins with http",
		"{name: a, website: {sitemap: 'https://x.example/', depth: -1}, collection: {name: c, readers: alle}}":          "must not be negative",
		"{name: a, webdav: {url: 'wolke.example'}}":                                                                     "remote.php/dav",
		"{name: a, webdav: {url: 'https://x.example/', user: u}}":                                                       "must be set together",
		"{name: a, webdav: {url: 'https://x.example/', user: u, password: p, token: t}}":                                "not both",
		"{name: a, webdav: {url: 'https://x.example/', token_file: fehlt}}":                                             "webdav.token_file",
		"{name: a, mattermost: {channels: []}}":                                                                         "team/channel",
		"{name: a, mattermost: {channels: [kanal]}}":                                                                    `"kanal" is no channel`,
		"{name: a, website: {start: ['https://x.example/'], hosts: ['x y']}, collection: {name: c, readers: alle}}":     `host "x y"`,
		"{name: a, website: {start: ['https://x.example/'], hosts: [y.example]}, collection: {name: c, readers: alle}}": "outside the hosts",
		"{name: a, mattermost: {channels: [t/c]}}":                                                                      "mattermost.token",
		"{name: a, ftp: {}}": "ftp",
	} {
		file := write(t, t.TempDir(), "s.yaml", "sources:\n  - "+source+"\n")
		if _, err := Load(Origin{File: file}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error = %v, want one with %q", source, err, want)
		}
	}
}

func TestHouse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ house, url, want string }{
		{"", "https://Chat.Haus.example/team", "chat.haus.example"},
		{"lvr", "https://chat.haus.example", "lvr"},
		{"lvr", "", "lvr"},
		{"", "", ""},
		{"", "http://localhost:8065", ""},
		{"", "http://127.0.0.1:8065", ""},
		{"", "http://[::1]:8065", ""},
	} {
		c := Config{Database: Database{House: test.house}, Mattermost: Mattermost{URL: test.url}}
		if got := c.House(); got != test.want {
			t.Errorf("%q, %q: %q, want %q", test.house, test.url, got, test.want)
		}
	}
}
