package sources

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/mattermost"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

func TestGateRefusesNothingWhileTheServerIsAway(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	t.Cleanup(server.Close)
	client, err := mattermost.New(mattermost.Config{URL: server.URL, Token: "x", Teams: []string{"haus"}, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	guarded := retrieval.Collection{Name: "Intern", Access: retrieval.Access{Channels: []string{"haus/intern"}}}
	if err := GateOf(client)(t.Context(), guarded); err == nil || errors.Is(err, ingest.ErrRefused) {
		t.Errorf("gate says %v, want a fault that refuses nothing", err)
	}
}
