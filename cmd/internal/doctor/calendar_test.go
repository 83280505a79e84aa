package doctor

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

func TestDoctorTriesTheCalendarThatDatesComeFrom(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("../../../bot/ics/testdata/nextcloud.in.ics")
	if err != nil {
		t.Fatal(err)
	}
	var away atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if away.Load() {
			http.Error(w, "no", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write(file)
	}))
	t.Cleanup(server.Close)
	formats := filepath.Join(t.TempDir(), "formats.yaml")
	content := "timezone: Europe/Berlin\ncalendar: {url: '" + server.URL + "/secret'}\nformats:\n  - {id: sprechstunde, name: Offene KI-Sprechstunde}\n" +
		"contacts:\n  krise: &c {name: Beratung, reach: Telefon 1}\n  datenpanne: *c\n  beschwerde: *c\n  personalfall: *c\n  rechtsberatung: *c\n"
	if err := os.WriteFile(formats, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC) }
	r := &round{site: &neighbours.Site{Config: config.Config{Formats: formats}, HTTP: server.Client(), Now: now}}
	if got := r.examineCalendar(t.Context()); len(got) != 1 || got[0].State != StateOK || !strings.Contains(got[0].Says, "1 formats") {
		t.Errorf("%+v", got)
	}
	away.Store(true)
	got := r.examineCalendar(t.Context())
	if len(got) != 1 || got[0].State != StateWarning || !strings.Contains(got[0].Says, "503") || !strings.Contains(got[0].Do, "calendar.url") || strings.Contains(got[0].Says, "secret") {
		t.Errorf("%+v", got)
	}
}
