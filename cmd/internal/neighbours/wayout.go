package neighbours

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"time"

	"lvr.example/sprechstunde/cmd/internal/config"
)

// Time limits of the ways out. A model has its own limits: on a slow machine its
// headers come with its first word.
const (
	dialTimeout   = 5 * time.Second
	headerTimeout = 30 * time.Second
)

// wayOut is how calls leave for Mattermost, model and embedder: they trust the
// house's own authority in addition to the system's, and go through the house's
// proxy.
type wayOut struct {
	roots *x509.CertPool                        // nil: the system's
	proxy func(*http.Request) (*url.URL, error) // nil: as the environment says
}

func newWayOut(c config.HTTP) (out wayOut, err error) {
	if c.CA != "" {
		if out.roots, err = authorities(c.CA); err != nil {
			return wayOut{}, err
		}
	}
	if c.Proxy != "" {
		address, err := url.Parse(c.Proxy)
		if err != nil {
			return wayOut{}, fmt.Errorf("http.proxy: %w", err)
		}
		out.proxy = http.ProxyURL(address)
	}
	return out, nil
}

// client returns the client for the embedder, or the model, with a limit until the
// headers of a response; 0: none.
func (out wayOut) client(header time.Duration) (*http.Client, error) {
	transport, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return nil, fmt.Errorf("http client: default transport is a %T", http.DefaultTransport)
	}
	transport = transport.Clone()
	transport.TLSHandshakeTimeout = dialTimeout
	transport.ResponseHeaderTimeout = header
	if out.proxy != nil {
		transport.Proxy = out.proxy
	}
	if out.roots != nil {
		transport.TLSClientConfig = &tls.Config{RootCAs: out.roots, MinVersion: tls.VersionTLS12}
	}
	return &http.Client{Transport: transport}, nil
}

func authorities(file string) (*x509.CertPool, error) {
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("http.ca: %w", err)
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("http.ca: %s holds no certificate in PEM form", file)
	}
	return pool, nil
}
