package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"lvr.example/sprechstunde/bot/mattermost"
)

// server is what setup prints; what it does is tested in bot/mattermost, on a real
// server.
func (d *documented) server() {
	printed, err := json.Marshal(setupReport{
		Server: "https://mattermost.example", Bot: "sprechstunde", BotID: "…", Files: []string{"secrets/bot_token"},
		Steps: []mattermost.Step{
			{What: "bot", Name: "@sprechstunde", Did: mattermost.Made},
			{What: "channel", Name: "haus/gastgeber", Did: mattermost.Failed, Says: "the hosts' channel must be private; convert it, or choose another one as hosts.channel"},
		},
	})
	if err != nil {
		d.t.Fatal(err)
	}
	d.keep(example{name: "mattermost setup", shape: setupReport{}}, printed)
}

func TestSetupSaysWhatItNeeds(t *testing.T) {
	t.Parallel()
	call(t, nil, "mattermost", "setup").exits(exitUsage).complains("mattermost.url")
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	environ := []string{"SPRECHSTUNDE_MATTERMOST_URL=" + server.URL, "SPRECHSTUNDE_MATTERMOST_TEAMS=haus"}
	call(t, environ, "mattermost", "setup").exits(exitUsage).complains("--admin-token")
	call(t, environ, "mattermost", "setup", "--admin-token", "/gibt/es/nicht").exits(exitUsage).complains("/gibt/es/nicht")
	token := write(t, t.TempDir(), "admin.token", "geheimnis\n")
	call(t, environ, "mattermost", "setup", "--admin-token", token, "--channel", "ohne").exits(exitUsage).complains("team/channel")
	call(t, environ, "mattermost", "setup", "--admin-token", token, "--secrets", t.TempDir()).exits(exitFailed).complains(server.URL).hides("geheimnis")
	two := write(t, t.TempDir(), "admin.token", "eins zwei")
	call(t, environ, "mattermost", "setup", "--admin-token", two).exits(exitUsage).complains("one token")
}

func TestSecretsAreForNobodyElse(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "secrets")
	ready := mattermost.Ready{BotToken: "b", CommandTokens: []string{"one", "two"}}
	for i, want := range []int{2, 0} { // what stands there already is not written again
		written, err := keepSecrets(dir, ready)
		if err != nil || len(written) != want {
			t.Errorf("round %d: %v, %v", i, written, err)
		}
	}
	info, err := os.Stat(filepath.Join(dir, commandTokensFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}
