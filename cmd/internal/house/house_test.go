package house

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/answer"
)

func TestExampleHouse(t *testing.T) {
	t.Parallel()
	house, err := Load("../../../examples/musterland/formats.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"sprechstunde", "leancoffee", "wissentogo", "ethikrunde"} {
		if _, ok := house.Calendar.Format(id); !ok {
			t.Errorf("no format %q", id)
		}
	}
	if got := house.Contacts[answer.Breach].Reach; !strings.Contains(got, "rund um die Uhr") {
		t.Errorf("contact for a data breach: %q", got)
	}
}

func TestHouseSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"timezone: Mars/North\n": "Europe/Berlin",
		"timezone: Europe/Berlin\ncalendar: {url: 'webcal://cloud.example/x'}\n":           "calendar.url",
		"timezone: Europe/Berlin\ncalendar: {url: 'https://cloud.example/x', every: 5s}\n": "calendar.every",
		"timezone: Europe/Berlin\n":                      "contacts.krise",
		"timezone: Europe/Berlin\nformat: []\n":          "format",
		"timezone: Europe/Berlin\nformats:\n  - id: x\n": "formats[0]",
	} {
		path := filepath.Join(t.TempDir(), "formats.yaml")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error = %v, want one with %q", content, err, want)
		}
	}
}

func TestContactsMayStandInAFileOfTheirOwn(t *testing.T) {
	t.Parallel()
	const people = "contacts:\n  krise: &c {name: Beratung, reach: Telefon 1}\n  datenpanne: *c\n  beschwerde: *c\n  personalfall: *c\n  rechtsberatung: *c\n" +
		"elsewhere:\n  - {words: [drucker], name: Servicedesk, reach: Telefon 2}\n"
	for name, c := range map[string]struct{ formats, contacts, want string }{
		"beside":   {"timezone: Europe/Berlin\n", people, ""},
		"as ever":  {"timezone: Europe/Berlin\n" + people, "", ""},
		"in both":  {"timezone: Europe/Berlin\n" + people, people, "one of the two files"},
		"unknown":  {"timezone: Europe/Berlin\n", "contact: {}\n", "contacts.yaml"},
		"an empty": {"timezone: Europe/Berlin\n", "contacts: {}\n", "contacts.krise"},
	} {
		dir := t.TempDir()
		for file, content := range map[string]string{"formats.yaml": c.formats, "contacts.yaml": c.contacts} {
			if content == "" {
				continue
			}
			if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		house, err := Load(filepath.Join(dir, "formats.yaml"))
		if c.want != "" {
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: error = %v, want one with %q", name, err, c.want)
			}
			continue
		}
		if err != nil || house.Contacts[answer.Crisis].Name != "Beratung" || len(house.Fields) != 1 {
			t.Errorf("%s: %+v, %v", name, house, err)
		}
	}
}
