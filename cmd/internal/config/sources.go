package config

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"lvr.example/sprechstunde/ingest/source/settings"
	"lvr.example/sprechstunde/ingest/source/website"
)

// Source is one origin of documents: exactly one of its kinds is set.
type Source struct {
	Name       string    `yaml:"name"`
	Folder     string    `yaml:"folder,omitempty"` // on this machine, or a mounted share
	Website    *Website  `yaml:"website,omitempty"`
	WebDAV     *WebDAV   `yaml:"webdav,omitempty"`
	Mattermost *Channels `yaml:"mattermost,omitempty"`

	// Collection takes what no collection.yaml covers; the words are the same.
	Collection *settings.Collection `yaml:"collection,omitempty"`

	Every *time.Duration `yaml:"every,omitempty"` // instead of ingest.every; 0: only `sprechstunde ingest` reads it
}

// Website is a set of pages with what they link to.
type Website struct {
	Start   []string       `yaml:"start,omitempty"`   // pages from which links are followed
	Sitemap string         `yaml:"sitemap,omitempty"` // or besides: an address of a sitemap
	Hosts   []string       `yaml:"hosts,omitempty"`   // host or host/path/; empty: those of start and sitemap
	Depth   *int           `yaml:"depth,omitempty"`   // links followed from a start page; default 3
	Pages   int            `yaml:"pages,omitempty"`   // at most; default 5000
	Delay   *time.Duration `yaml:"delay,omitempty"`   // between two requests to a host; default 1s
}

// WebDAV is a folder on a server such as Nextcloud.
type WebDAV struct {
	URL          string `yaml:"url"`
	User         string `yaml:"user,omitempty"`
	Password     Secret `yaml:"password,omitempty"` // with Nextcloud an app password
	PasswordFile string `yaml:"password_file,omitempty"`
	Token        Secret `yaml:"token,omitempty"` // instead of user and password
	TokenFile    string `yaml:"token_file,omitempty"`
}

// Channels are channels of the Mattermost server that the bot works on.
type Channels struct {
	Channels []string `yaml:"channels"` // "team/channel"; the bot must be a member
}

// Defaults of a website.
const (
	defaultDepth = 3
	defaultDelay = time.Second
)

// Links is how many links are followed from a start page.
func (w Website) Links() int {
	if w.Depth != nil {
		return *w.Depth
	}
	return defaultDepth
}

// Pause is how long a host is left alone between two requests.
func (w Website) Pause() time.Duration {
	if w.Delay != nil {
		return *w.Delay
	}
	return defaultDelay
}

// complete takes paths from the file's folder and reads secrets from their files.
func (s *Source) complete(base string) error {
	s.Folder = below(base, s.Folder)
	if s.WebDAV == nil {
		return nil
	}
	for _, secret := range []struct {
		key   string
		value *Secret
		file  *string
	}{{"password_file", &s.WebDAV.Password, &s.WebDAV.PasswordFile}, {"token_file", &s.WebDAV.Token, &s.WebDAV.TokenFile}} {
		if *secret.file == "" {
			continue
		}
		*secret.file = below(base, *secret.file)
		data, err := os.ReadFile(*secret.file)
		if err != nil {
			return fmt.Errorf("source %s: webdav.%s: %w", s.Name, secret.key, err)
		}
		*secret.value = Secret(strings.TrimRight(string(data), "\r\n"))
	}
	return nil
}

// problems reports what cannot work, each with what to do.
func (s Source) problems(m Mattermost) []error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if s.Name == "" {
		bad("name: must be set; it is part of each document's identity")
	}
	kinds := 0
	for _, set := range []bool{s.Folder != "", s.Website != nil, s.WebDAV != nil, s.Mattermost != nil} {
		if set {
			kinds++
		}
	}
	if kinds != 1 {
		bad("needs exactly one of folder, website, webdav, mattermost")
	}
	if s.Collection != nil {
		if _, err := s.Collection.Settle(); err != nil {
			bad("collection: %w", err)
		}
	}
	if s.Website != nil {
		errs = append(errs, s.Website.problems(s.Name)...)
		if s.Collection == nil {
			bad("collection: must be set with website, because pages do not say who may read them: name, and readers as in collection.yaml")
		}
	}
	if s.WebDAV != nil {
		errs = append(errs, s.WebDAV.problems()...)
	}
	if s.Mattermost != nil {
		if len(s.Mattermost.Channels) == 0 {
			bad("mattermost.channels: name at least one as team/channel")
		}
		for _, name := range s.Mattermost.Channels {
			if !isChannel(name) {
				bad("mattermost.channels: %q is no channel; write team/channel, with the names from the channel's address", name)
			}
		}
		if m.URL == "" || m.Token == "" {
			bad("mattermost: needs mattermost.url and mattermost.token, the bot's own account, which must be a member of the channels")
		}
	}
	return errs
}

func (w Website) problems(name string) []error {
	var errs []error
	if len(w.Start) == 0 && w.Sitemap == "" {
		errs = append(errs, errors.New("website: name pages under start, or a sitemap"))
	}
	for _, address := range append(append([]string{}, w.Start...), w.Sitemap) {
		if address != "" && !httpURL(address) {
			errs = append(errs, fmt.Errorf("website: %q is no address that begins with http:// or https://", address))
		}
	}
	if w.Links() < 0 || w.Pages < 0 || w.Pause() < 0 {
		errs = append(errs, errors.New("website: depth, pages and delay must not be negative"))
	}
	if len(errs) > 0 {
		return errs
	}
	opened, err := website.Open(website.Options{Name: name, Start: w.Start, Sitemap: w.Sitemap, Hosts: w.Hosts}) // asks no server
	if err == nil {
		err = opened.Close()
	}
	if err != nil {
		errs = append(errs, err)
	}
	return errs
}

func (w WebDAV) problems() []error {
	var errs []error
	if !httpURL(w.URL) {
		errs = append(errs, errors.New("webdav.url: must be the folder's address and begin with http:// or https://, "+
			"with Nextcloud https://HOST/remote.php/dav/files/USER/FOLDER/"))
	}
	if w.Token != "" && w.User != "" {
		errs = append(errs, errors.New("webdav: set user and password, or token, not both"))
	}
	if (w.User == "") != (w.Password == "") {
		errs = append(errs, errors.New("webdav: user and password (or password_file) must be set together"))
	}
	return errs
}
