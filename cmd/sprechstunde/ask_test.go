package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// openChannels is a Mattermost server on which every channel is public.
func openChannels(t *testing.T) (environ []string) {
	t.Helper()
	const id = "abcdefghijklmnopqrstuvwxyz"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := map[string]any{"id": id}
		if strings.Contains(r.URL.Path, "/channels/") {
			answer["type"], answer["team_id"] = "O", id
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(server.Close)
	return []string{"SPRECHSTUNDE_MATTERMOST_URL=" + server.URL, "SPRECHSTUNDE_MATTERMOST_TOKEN=t", "SPRECHSTUNDE_MATTERMOST_TEAMS=haus"}
}

// TestAskChecksGateChannels: what `ingest` would refuse is not taken in by a question.
func TestAskChecksGateChannels(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "docs/intern/collection.yaml", "name: intern\nreaders: [haus/markt]\n")
	write(t, dir, "docs/intern/merkblatt.md", leaflet)
	write(t, dir, "docs/offen/collection.yaml", "name: offen\nreaders: alle\n")
	write(t, dir, "docs/offen/anderes.md", "# Anderes\n\nText.\n")
	environ := append(append(parts(t), openChannels(t)...), "SPRECHSTUNDE_CONFIG="+write(t, dir, "s.yaml", "sources:\n  - {name: akten, folder: docs}\n"))
	call(t, environ, "ask", asking).exits(exitNothing).hides("30 Tage")
	var listed struct{ Documents []listedDocument }
	call(t, environ, "documents", "list", "--json").decode(&listed)
	for _, d := range listed.Documents {
		if serves := d.State == "indexed"; serves != strings.HasPrefix(d.Path, "offen/") {
			t.Errorf("%+v", d)
		}
	}
	if len(listed.Documents) != 2 {
		t.Errorf("%+v", listed)
	}
}

// TestAskGoesOnPastAFailingSource, also when nothing is indexed yet; it ends where
// nothing at all can be searched.
func TestAskGoesOnPastAFailingSource(t *testing.T) {
	t.Parallel()
	url, refuse := cloud(t)
	refuse(true)
	dir := t.TempDir()
	write(t, dir, "docs/collection.yaml", "name: alle\nrank: 1\nreaders: all\n")
	write(t, dir, "docs/merkblatt.md", leaflet)
	failing := "sources:\n  - {name: wolke, webdav: {url: '" + url + "'}}\n  - {name: weg, folder: gibtesnicht}\n"
	environ := parts(t)
	all := slices.Concat(environ, []string{"SPRECHSTUNDE_CONFIG=" + write(t, dir, "s.yaml", failing+"  - {name: akten, folder: docs}\n")})
	none := slices.Concat(environ, []string{"SPRECHSTUNDE_CONFIG=" + write(t, dir, "none.yaml", failing)})
	call(t, none, "ask", asking).exits(exitFailed).complains("source wolke", "500", "source weg", "gibtesnicht")
	for range 2 { // nothing indexed yet, then something
		call(t, all, "ask", asking).exits(exitOK).shows("30 Tage").complains("source wolke", "500", "source weg", "gibtesnicht")
	}
}
