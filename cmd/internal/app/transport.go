package app

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

// Time limits of every way out. A model's stream has its own limits.
const (
	dialTimeout   = 5 * time.Second
	headerTimeout = 30 * time.Second
)

// httpClient returns the client for calls to Mattermost, model and embedder: it
// trusts the house's own authority in addition to the system's, and goes
// through the house's proxy.
func httpClient(c config.HTTP) (*http.Client, error) {
	transport, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return nil, fmt.Errorf("http client: default transport is a %T", http.DefaultTransport)
	}
	transport = transport.Clone()
	transport.TLSHandshakeTimeout = dialTimeout
	transport.ResponseHeaderTimeout = headerTimeout
	if c.Proxy != "" {
		proxy, err := url.Parse(c.Proxy)
		if err != nil {
			return nil, fmt.Errorf("http.proxy: %w", err)
		}
		transport.Proxy = http.ProxyURL(proxy)
	}
	if c.CA != "" {
		pool, err := authorities(c.CA)
		if err != nil {
			return nil, err
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
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
