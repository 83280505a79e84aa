package doctor

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"lvr.example/sprechstunde/cmd/internal/apptest"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest/source/settings"
)

// TestServersAreReachedThroughTheHousesProxy names hosts that only the proxy knows.
func TestServersAreReachedThroughTheHousesProxy(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, r.Method+" "+r.URL.Host)
		if r.Method == "PROPFIND" {
			w.WriteHeader(http.StatusMultiStatus)
			fmt.Fprint(w, `<D:multistatus xmlns:D="DAV:"/>`)
			return
		}
		fmt.Fprint(w, `{"id":"x"}`)
	}))
	defer proxy.Close()
	staff := &settings.Collection{Name: "A", Readers: "alle"}
	configured := []config.Source{
		{Name: "a", Website: &config.Website{Start: []string{"http://web.invalid/"}}, Collection: staff},
		{Name: "b", WebDAV: &config.WebDAV{URL: "http://dav.invalid/x/"}},
		{Name: "c", Mattermost: &config.Channels{Channels: []string{"haus/ki"}}},
		{Name: "d", Folder: t.TempDir()},
	}
	site := apptest.Site(t, func(c *config.Config) {
		c.HTTP.Proxy, c.Sources = proxy.URL, configured
		c.Mattermost.URL, c.Mattermost.Token = "http://chat.invalid", "t"
	})
	for _, f := range (&round{site: site}).examineSources(t.Context()) {
		if f.State != StateOK {
			t.Errorf("%+v", f)
		}
	}
	if got := strings.Join(asked, ", "); got != "GET web.invalid, PROPFIND dav.invalid, GET chat.invalid" {
		t.Errorf("the proxy was asked for %s", got)
	}
}

func TestDoctorSaysWhatToDoAboutASource(t *testing.T) {
	t.Parallel()
	configured := []config.Source{
		{Name: "weg", Folder: "/gibt/es/nicht"},
		{Name: "zu", WebDAV: &config.WebDAV{URL: "http://127.0.0.1:1/"}},
		{Name: "ohne", Website: &config.Website{Start: []string{"http://127.0.0.1:1/"}}},
	}
	site := apptest.Site(t, func(c *config.Config) { c.Sources = configured })
	found := (&round{site: site}).examineSources(t.Context())
	if len(found) != len(configured) {
		t.Errorf("%d findings", len(found))
	}
	for _, f := range found {
		if f.State != StateBroken || f.Do == "" {
			t.Errorf("%+v", f)
		}
	}
}
