package embed

import "net/http"

// doer closes the connection after each request without TLS. A small embedder
// serves one connection at a time; one that a client keeps open for later
// would hold up every other process.
type doer struct{ client *http.Client }

// Do implements the client's transport.
func (d doer) Do(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme == "http" {
		r.Close = true
	}
	return d.client.Do(r)
}
