package app

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestReadyNamesWhatIsDown(t *testing.T) {
	t.Parallel()
	up := func(context.Context) error { return nil }
	down := func(context.Context) error { return errors.New("dial secret-host:5432") }
	for name, test := range map[string]struct {
		checks []check
		code   int
		want   string
	}{
		"all well":            {[]check{{name: "database", ask: up}}, http.StatusOK, `"status":"ready"`},
		"database down":       {[]check{{name: "database", ask: down}}, http.StatusServiceUnavailable, `"database":"down"`},
		"model only degrades": {[]check{{name: "model", ask: down, degrades: true}}, http.StatusOK, `"model":"down, working on without it"`},
	} {
		w := httptest.NewRecorder()
		health(test.checks).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/readyz", nil))
		if w.Code != test.code || !strings.Contains(w.Body.String(), test.want) {
			t.Errorf("%s: %d %s, want %d and %s", name, w.Code, w.Body, test.code, test.want)
		}
		if strings.Contains(w.Body.String(), "secret-host") {
			t.Errorf("%s: a host's name is told", name)
		}
	}
}
