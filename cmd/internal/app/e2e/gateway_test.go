package e2e

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
)

// gateway stands between a bot and a neighbour, so that a test can act in the
// middle of a request.
type gateway struct {
	url string
	// watch sees each request and whoever passes it on.
	watch atomic.Pointer[func(http.ResponseWriter, *http.Request, http.Handler)]
}

func newGateway(t *testing.T, target string) *gateway {
	t.Helper()
	address, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	pass := &httputil.ReverseProxy{
		Rewrite:      func(r *httputil.ProxyRequest) { r.SetURL(address); r.Out.Host = r.In.Host },
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	g := &gateway{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if watch := g.watch.Load(); watch != nil {
			(*watch)(w, r, pass)
			return
		}
		pass.ServeHTTP(w, r)
	}))
	g.url = server.URL
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	return g
}

// on has watch see the requests from now on; nil: nobody.
func (g *gateway) on(watch func(http.ResponseWriter, *http.Request, http.Handler)) {
	if watch == nil {
		g.watch.Store(nil)
		return
	}
	g.watch.Store(&watch)
}

// postsMessage reports whether a request makes a post.
func postsMessage(r *http.Request) bool {
	return r.Method == http.MethodPost && r.URL.Path == "/api/v4/posts"
}
