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
		"timezone: Mars/North\n":                         "Europe/Berlin",
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
