// Package settings reads what makes a collection: its name, rank, readers and
// link, as they stand in a collection.yaml or in the configuration of a source.
// It knows words and limits, not files.
package settings

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

// FileName is the file that makes a folder a collection.
const FileName = "collection.yaml"

// defaultRank is that of a collection that names none: it yields to any that does.
const defaultRank = 100

// Collection is what people write of a collection:
//
//	name: personalrat
//	rank: 2
//	readers: alle            # or a list of channels, or {channels: […], guests: true, staff: true}
//	link: https://intranet.example/{path}#{place}
//	owner: Zentrum KI (@m.muster)
//
// owner, valid_from, valid_until and review_date hold for each document there
// that says nothing else itself. Without readers nobody is admitted, so the key is required.
type Collection struct {
	Name    string `yaml:"name"`
	Rank    *int   `yaml:"rank"`
	Readers any    `yaml:"readers"`
	Link    string `yaml:"link"`

	Owner      string `yaml:"owner"`
	ValidFrom  string `yaml:"valid_from"`
	ValidUntil string `yaml:"valid_until"`
	ReviewDate string `yaml:"review_date"`
}

// Settled is what holds for a collection.
type Settled struct {
	retrieval.Collection
	Defaults map[string]string // of documents that say nothing else, by [ingest.DefaultKeys]
}

// Parse reads a collection.yaml.
func Parse(data []byte) (Settled, error) {
	var raw Collection
	err := ingest.ReadYAML(data, func() error { return yaml.UnmarshalWithOptions(data, &raw, yaml.Strict()) })
	if err != nil {
		return Settled{}, errors.New(firstLine(err))
	}
	return raw.Settle()
}

// Settle checks what was written and fills in what was left out.
func (raw Collection) Settle() (Settled, error) {
	c := Settled{Collection: retrieval.Collection{Name: strings.TrimSpace(raw.Name), Rank: defaultRank, Link: strings.TrimSpace(raw.Link)}}
	if c.Name == "" {
		return c, errors.New("name is missing")
	}
	if raw.Rank != nil {
		c.Rank = *raw.Rank
	}
	if c.Rank < 1 {
		return c, fmt.Errorf("rank is %d, but ranks begin at 1", c.Rank)
	}
	if err := checkLink(c.Link); err != nil {
		return c, err
	}
	c.Defaults = map[string]string{"owner": raw.Owner, "valid_from": raw.ValidFrom, "valid_until": raw.ValidUntil, "review_date": raw.ReviewDate}
	maps.DeleteFunc(c.Defaults, func(_, value string) bool { return strings.TrimSpace(value) == "" })
	if err := ingest.CheckDefaults(c.Defaults); err != nil {
		return c, err
	}
	var err error
	c.Access, err = parseReaders(raw.Readers)
	return c, err
}

// OfChannel is the collection of what stands in a Mattermost channel, named as
// "team/channel", for its members.
func OfChannel(channel string) retrieval.Collection {
	return retrieval.Collection{Name: channel, Rank: defaultRank, Access: retrieval.Access{Channels: []string{channel}}}
}

// parseReaders reads who may read: a word, a list of channels or a map.
func parseReaders(value any) (retrieval.Access, error) {
	switch v := value.(type) {
	case nil:
		return retrieval.Access{}, errors.New("readers is missing: alle, a list of channels, or {channels: […], guests: …, staff: …}")
	case string:
		return parseReadersList([]any{v})
	case []any:
		return parseReadersList(v)
	case map[string]any:
		return parseReadersMap(v)
	}
	return retrieval.Access{}, errors.New("readers: must be alle, a list of channels, or {channels: […], guests: …, staff: …}")
}

// staffWords all mean the whole staff.
var staffWords = []string{"all", "alle", "staff", "all-staff", "all staff", "everyone", "beschäftigte", "alle beschäftigten"}

// parseReadersList reads who may: all staff, or members of channels, or both.
func parseReadersList(list []any) (access retrieval.Access, err error) {
	var channels []any
	for _, value := range list {
		if word, ok := value.(string); ok && slices.Contains(staffWords, strings.ToLower(strings.TrimSpace(word))) {
			access.Staff = true
			continue
		}
		channels = append(channels, value)
	}
	if len(channels) > 0 || !access.Staff {
		access.Channels, err = parseChannels(channels)
	}
	return access, err
}

func parseReadersMap(values map[string]any) (access retrieval.Access, err error) {
	for key, value := range values {
		var ok bool
		switch key {
		case "staff":
			access.Staff, ok = value.(bool)
		case "guests":
			access.Guests, ok = value.(bool)
		case "channels":
			var list []any
			if list, ok = value.([]any); ok {
				if access.Channels, err = parseChannels(list); err != nil {
					return access, err
				}
			}
		default:
			return access, fmt.Errorf("readers: unknown key %q (known: channels, guests, staff)", key)
		}
		if !ok {
			return access, fmt.Errorf("readers.%s: must be %s", key, map[bool]string{true: "a list", false: "true or false"}[key == "channels"])
		}
	}
	if !access.Staff && len(access.Channels) == 0 {
		return access, errors.New("readers: neither staff nor a channel may read")
	}
	return access, nil
}

func parseChannels(list []any) ([]string, error) {
	if len(list) == 0 {
		return nil, errors.New("readers: the list of channels is empty")
	}
	channels := make([]string, 0, len(list))
	for _, value := range list {
		name, ok := value.(string)
		team, channel, slash := strings.Cut(name, "/")
		if !ok || !slash || team == "" || channel == "" || strings.ContainsAny(name, " \t") || strings.Contains(channel, "/") {
			return nil, fmt.Errorf("readers: %v is neither alle nor a channel such as team/kanal", value)
		}
		channels = append(channels, name)
	}
	slices.Sort(channels)
	return slices.Compact(channels), nil
}

// checkLink accepts http(s) templates with {path} and {place} only.
func checkLink(link string) error {
	if link == "" {
		return nil
	}
	plain := strings.NewReplacer("{path}", "p", "{place}", "p").Replace(link)
	if strings.ContainsAny(plain, "{}") {
		return errors.New("link: only {path} and {place} can be filled in")
	}
	address, err := url.Parse(plain)
	if err != nil || address.Host == "" || address.Scheme != "http" && address.Scheme != "https" {
		return errors.New("link: must begin with https:// or http:// and a host")
	}
	return nil
}

// Same reports whether two collections have the same settings.
func Same(a, b retrieval.Collection) bool {
	return a.Name == b.Name && a.Rank == b.Rank && a.Link == b.Link && a.Access.Staff == b.Access.Staff &&
		a.Access.Guests == b.Access.Guests && slices.Equal(a.Access.Channels, b.Access.Channels)
}

var wrongType = regexp.MustCompile(`cannot unmarshal (\S+) into Go struct field \S*?\.(\w+) of type (\w+)`)

// firstLine returns position and fault of a YAML error without quoted source
// and in the words of the file.
func firstLine(err error) string {
	line, _, _ := strings.Cut(strings.TrimSpace(err.Error()), "\n")
	found := wrongType.FindStringSubmatch(line)
	if found == nil {
		return line
	}
	key, want := strings.ToLower(found[2]), map[string]string{"int": "a whole number"}[found[3]]
	if want == "" {
		want = "plain text"
	}
	return strings.Replace(line, found[0], key+": must be "+want, 1)
}
