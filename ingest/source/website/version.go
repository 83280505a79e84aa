package website

import (
	"net/url"
	"strconv"
)

// version is what the index keeps of a page between two listings: its address,
// what a server needs to tell whether it changed, and where it was found.
type version struct {
	address  string // its URL
	etag     string
	modified string // Last-Modified as the server wrote it
	hash     string // of the content, where the server gives neither
	ending   string // that decides how it is read
	depth    int    // links from a start page
	sitemap  bool   // it came from the sitemap
	settings string // fingerprint of the options under which it was found
	robots   string // fingerprint of its host's robots.txt then
}

// String returns the mark, the same for the same page.
func (v version) String() string {
	values := url.Values{"a": {v.address}, "s": {v.settings}, "n": {v.ending}, "d": {strconv.Itoa(v.depth)}}
	for key, value := range map[string]string{"e": v.etag, "m": v.modified, "h": v.hash, "r": v.robots} {
		if value != "" {
			values.Set(key, value)
		}
	}
	if v.sitemap {
		values.Set("x", "1")
	}
	return values.Encode()
}

// parseVersion reads a mark; ok is false for one that is none.
func parseVersion(mark string) (v version, ok bool) {
	values, err := url.ParseQuery(mark)
	if err != nil {
		return version{}, false
	}
	depth, err := strconv.Atoi(values.Get("d"))
	v = version{
		address: values.Get("a"), etag: values.Get("e"), modified: values.Get("m"), hash: values.Get("h"),
		ending: values.Get("n"), depth: depth, sitemap: values.Has("x"), settings: values.Get("s"), robots: values.Get("r"),
	}
	return v, err == nil && depth >= 0 && v.address != ""
}
