package webdav

import (
	"errors"
	"fmt"
	"io"
	"net/http"
)

// login puts the credentials on each request to the one host that they are for,
// and bounds what comes back as a listing.
type login struct {
	options Options
	host    string
	base    http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (l *login) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.URL.Host != l.host {
		return nil, fmt.Errorf("the server names another host, %s", request.URL.Host)
	}
	request = request.Clone(request.Context())
	switch {
	case l.options.Token != "":
		request.Header.Set("Authorization", "Bearer "+l.options.Token)
	case l.options.User != "":
		request.SetBasicAuth(l.options.User, l.options.Password)
	}
	base := l.base
	if base == nil {
		base = http.DefaultTransport
	}
	response, err := base.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	switch status := response.StatusCode; {
	case status == http.StatusUnauthorized:
		_ = response.Body.Close()
		return nil, errors.New("the server refuses user and password, or token (status 401); with Nextcloud use an app password")
	case status >= 300 && status < 400:
		_ = response.Body.Close()
		return nil, fmt.Errorf("the server sends it elsewhere (status %d): name the address that it is at, with https and a slash at the end", status)
	case request.Method != http.MethodGet:
		response.Body = &bounded{ReadCloser: response.Body, left: maxListing}
	}
	return response, nil
}

// bounded fails where an answer is longer than any folder's.
type bounded struct {
	io.ReadCloser
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("the listing is longer than %d MB", maxListing>>20)
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
