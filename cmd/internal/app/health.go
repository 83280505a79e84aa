package app

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

// check is one neighbour that must be well for the bot to be ready.
type check struct {
	name string
	ask  func(context.Context) error
}

// checkTimeout bounds one look at a neighbour.
const checkTimeout = 3 * time.Second

// routes are what is served: health, and the ways that button presses, dialogs and
// slash commands take.
func (s *Service) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", health(s.checks()))
	for path, takes := range map[string]func(chat.Intake) http.Handler{
		neighbours.ActionsPath: s.chat.Handler, neighbours.DialogsPath: s.chat.Dialogs, neighbours.CommandsPath: s.chat.Commands,
	} {
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
			intake := s.intake.Load()
			if intake == nil {
				http.Error(w, "still starting", http.StatusServiceUnavailable)
				return
			}
			takes(*intake).ServeHTTP(w, r)
		})
	}
	return mux
}

// health serves /healthz (the process lives) and /readyz (questions are being
// answered). Error texts stay inside: they may name hosts.
func health(checks []check) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("ok\n")) // the asker has gone: nobody is left to tell
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		status, code := "ready", http.StatusOK
		results := map[string]string{}
		for _, c := range checks {
			ctx, cancel := context.WithTimeout(r.Context(), checkTimeout)
			err := c.ask(ctx)
			cancel()
			results[c.name] = "ok"
			if err != nil {
				results[c.name] = "down"
				status, code = "not ready", http.StatusServiceUnavailable
			}
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		_ = json.NewEncoder(w).Encode(map[string]any{"status": status, "checks": results}) // as above
	})
	return mux
}
