// Package house reads what a house says of itself beside its documents: calendar,
// contacts, texts. It reads files and asks nobody.
package house

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/officehours"
)

// House is what a house says of itself beside its documents: when its formats
// meet and who is there for what the bot does not answer.
type House struct {
	Calendar *officehours.Calendar
	Contacts answer.Contacts
	Fields   answer.Fields
	Feed     Feed
}

// Feed is a calendar elsewhere that dates come from. Empty: there is none.
type Feed struct {
	URL   string
	Every time.Duration // between two looks
}

// How often a calendar elsewhere is looked at.
const (
	feedEvery = 15 * time.Minute
	feedLeast = time.Minute
)

// houseFile is formats.yaml.
type houseFile struct {
	Timezone string        `yaml:"timezone"`
	Holidays string        `yaml:"holidays"` // of which Land sessions keep off; empty: of none
	Calendar feedEntry     `yaml:"calendar"`
	Formats  []formatEntry `yaml:"formats"`
	People   peopleFile    `yaml:",inline"`
}

// peopleFile is contacts.yaml, whose keys may stand in formats.yaml instead.
type peopleFile struct {
	Contacts  map[answer.Topic]contact `yaml:"contacts"`
	Elsewhere []fieldEntry             `yaml:"elsewhere"`
}

type formatEntry struct {
	ID       string             `yaml:"id"`
	Name     string             `yaml:"name"`
	About    string             `yaml:"about"`
	Place    string             `yaml:"place"`
	Link     string             `yaml:"link"`
	Minutes  int                `yaml:"minutes"`
	Schedule string             `yaml:"schedule"`
	Except   []string           `yaml:"except"`
	Moved    []move             `yaml:"moved"`
	Topics   []topicEntry       `yaml:"topics"`
	Accepts  []officehours.Kind `yaml:"accepts"`
	Days     int                `yaml:"answer_days"`
	Owner    string             `yaml:"owner"` // user name

	Seats        int    `yaml:"seats"`
	Online       string `yaml:"online"`
	Registration string `yaml:"registration"`
	Hosts        string `yaml:"hosts"`
}

// feedEntry names a calendar elsewhere that has the sessions of formats.
type feedEntry struct {
	URL   string        `yaml:"url"`
	Every time.Duration `yaml:"every"`
}

func (e feedEntry) feed() (Feed, error) {
	if e.URL == "" {
		return Feed{}, nil
	}
	address, err := url.Parse(e.URL)
	if err != nil || address.Host == "" || address.Scheme != "https" && address.Scheme != "http" {
		return Feed{}, errors.New("calendar.url: is no address; write one that begins with https:// (not webcal://)")
	}
	if e.Every != 0 && e.Every < feedLeast {
		return Feed{}, fmt.Errorf("calendar.every: %s is too often; at least %s", e.Every, feedLeast)
	}
	return Feed{URL: e.URL, Every: cmp.Or(e.Every, feedEvery)}, nil
}

type topicEntry struct {
	Day   string `yaml:"day"`
	Topic string `yaml:"topic"`
}

type move struct {
	From string `yaml:"from"`
	To   string `yaml:"to"`
}

func (e formatEntry) format() officehours.Format {
	f := officehours.Format{
		ID: e.ID, Name: e.Name, About: e.About, Place: e.Place, Link: e.Link, Minutes: e.Minutes, Schedule: e.Schedule, Except: e.Except, Accepts: e.Accepts, Days: e.Days, Owner: strings.TrimPrefix(e.Owner, "@"),
		Seats: e.Seats, Online: e.Online, Registration: e.Registration, Hosts: e.Hosts,
	}
	for _, m := range e.Moved {
		f.Moved = append(f.Moved, officehours.Move(m))
	}
	for _, t := range e.Topics {
		f.Topics = append(f.Topics, officehours.Topic{Day: t.Day, Text: t.Topic})
	}
	return f
}

type contact struct {
	Name  string `yaml:"name"`
	Reach string `yaml:"reach"`
}

type fieldEntry struct {
	Words  []string `yaml:"words"`
	Broken []string `yaml:"broken"` // count only where something does not work
	Name   string   `yaml:"name"`
	Reach  string   `yaml:"reach"`
}

// topics must all have a contact: the bot has nothing else to say to them.
var topics = []answer.Topic{answer.Crisis, answer.Breach, answer.Complaint, answer.Personnel, answer.Legal}

// Load reads formats.yaml. An empty path gives a house without dates and
// with contacts that name functions every authority has.
func Load(path string) (House, error) {
	if path == "" {
		return plainHouse()
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return House{}, fmt.Errorf("formats: %w", err)
	}
	var file houseFile
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return House{}, fmt.Errorf("formats: %s: %w", path, err)
	}
	if err := file.readPeople(filepath.Join(filepath.Dir(path), "contacts.yaml")); err != nil {
		return House{}, err
	}
	house, err := file.house()
	if err != nil {
		return House{}, fmt.Errorf("formats: %s: %w", path, err)
	}
	return house, nil
}

// readPeople reads contacts.yaml beside formats.yaml, if a house has one.
func (f *houseFile) readPeople(path string) error {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("contacts: %w", err)
	}
	if len(f.People.Contacts) > 0 || len(f.People.Elsewhere) > 0 {
		return fmt.Errorf("contacts: %s: formats.yaml has contacts or elsewhere, too; put them into one of the two files", path)
	}
	if err := yaml.UnmarshalWithOptions(data, &f.People, yaml.Strict()); err != nil {
		return fmt.Errorf("contacts: %s: %w", path, err)
	}
	return nil
}

func (f houseFile) house() (House, error) {
	zone, err := time.LoadLocation(f.Timezone)
	if f.Timezone == "" || err != nil {
		return House{}, fmt.Errorf("timezone: %q is unknown; put for example Europe/Berlin there", f.Timezone)
	}
	feed, err := f.Calendar.feed()
	if err != nil {
		return House{}, err
	}
	var formats []officehours.Format
	for _, e := range f.Formats {
		format := e.format()
		format.Entered = feed.URL != ""
		formats = append(formats, format)
	}
	calendar, err := officehours.NewCalendar(zone, formats)
	if err != nil {
		return House{}, err
	}
	if calendar, err = calendar.WithHolidays(f.Holidays); err != nil {
		return House{}, err
	}
	house := House{Calendar: calendar, Contacts: answer.Contacts{}, Feed: feed}
	var missing []error
	for _, topic := range topics {
		c, ok := f.People.Contacts[topic]
		if !ok || c.Name == "" || c.Reach == "" {
			missing = append(missing, fmt.Errorf("contacts.%s: needs name and reach; questions of this kind are only ever led there", topic))
			continue
		}
		house.Contacts[topic] = answer.Contact(c)
	}
	for _, e := range f.People.Elsewhere {
		house.Fields = append(house.Fields, answer.Field{Words: e.Words, Broken: e.Broken, Contact: answer.Contact{Name: e.Name, Reach: e.Reach}})
	}
	return house, errors.Join(missing...)
}

// plainHouse serves `ask --docs` on a folder that is no house.
func plainHouse() (House, error) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return House{}, fmt.Errorf("time zone: %w", err)
	}
	calendar, err := officehours.NewCalendar(zone, nil)
	if err != nil {
		return House{}, err
	}
	return House{Calendar: calendar, Contacts: answer.Contacts{
		answer.Crisis:    {Name: "Vertrauensperson oder betriebliche Sozialberatung", Reach: "über das Telefonverzeichnis"},
		answer.Breach:    {Name: "Datenschutzbeauftragte:r des Hauses", Reach: "bitte sofort melden"},
		answer.Complaint: {Name: "Beschwerdestelle oder Personalvertretung des Hauses", Reach: "über das Telefonverzeichnis"},
		answer.Personnel: {Name: "Personalabteilung oder Personalvertretung des Hauses", Reach: "über das Telefonverzeichnis"},
		answer.Legal:     {Name: "Rechtsabteilung des Hauses", Reach: "über das Telefonverzeichnis"},
	}}, nil
}
