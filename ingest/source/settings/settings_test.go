package settings_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest/source/settings"
	"lvr.example/sprechstunde/retrieval"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	staff := retrieval.Access{Staff: true}
	good := map[string]retrieval.Collection{
		"name: A\nreaders: alle":                                                {Name: "A", Rank: 100, Access: staff},
		"name: A\nreaders: all\nrank: 2":                                        {Name: "A", Rank: 2, Access: staff},
		"name: A\nreaders: staff\nlink: https://i.example/{path}#{place}":       {Name: "A", Rank: 100, Access: staff, Link: "https://i.example/{path}#{place}"},
		"name: A\nreaders: [all]":                                               {Name: "A", Rank: 100, Access: staff},
		"name: A\nreaders: [alle, t/a]":                                         {Name: "A", Rank: 100, Access: retrieval.Access{Staff: true, Channels: []string{"t/a"}}},
		"name: A\nreaders: t/a":                                                 {Name: "A", Rank: 100, Access: retrieval.Access{Channels: []string{"t/a"}}},
		"name: A\nreaders: [t/b, t/a, t/b]":                                     {Name: "A", Rank: 100, Access: retrieval.Access{Channels: []string{"t/a", "t/b"}}},
		"name: A\nreaders:\n  channels: [t/a]\n  guests: true":                  {Name: "A", Rank: 100, Access: retrieval.Access{Channels: []string{"t/a"}, Guests: true}},
		"name: A\nreaders: {staff: true, guests: true}":                         {Name: "A", Rank: 100, Access: retrieval.Access{Staff: true, Guests: true}},
		"name: A\nreaders: {staff: false, channels: [team-1/ki_fragen.intern]}": {Name: "A", Rank: 100, Access: retrieval.Access{Channels: []string{"team-1/ki_fragen.intern"}}},
	}
	for text, want := range good {
		got, err := settings.Parse([]byte(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if diff := cmp.Diff(want, got.Collection); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
	got, err := settings.Parse([]byte("name: A\nreaders: alle\nowner: Zentrum KI (@m.muster)\nvalid_until: 2026-12-31"))
	if err != nil || got.Defaults["owner"] != "Zentrum KI (@m.muster)" || got.Defaults["valid_until"] != "2026-12-31" || len(got.Defaults) != 2 {
		t.Errorf("defaults: %v, %v", got.Defaults, err)
	}
	bad := map[string]string{
		"name: A\nreaders: alle\nvalid_until: bald": "valid_until",
		"":                                 "name is missing",
		"name: A":                          "readers is missing",
		"name: A\nreaders: []":             "empty",
		"name: A\nreaders: niemand":        "niemand",
		"name: A\nreaders: [kanal]":        "team/kanal",
		"name: A\nreaders: 3":              "readers",
		"name: A\nreaders: {gäste: true}":  "gäste",
		"name: A\nreaders: {guests: true}": "neither staff nor a channel",
		"name: A\nreaders: {guests: vielleicht, staff: true}":     "readers.guests",
		"name: A\nreaders: {channels: t/a}":                       "readers.channels",
		"name: A\nreader: alle":                                   "reader",
		"name: A\nreaders: alle\nrank: 0":                         "rank",
		"name: A\nreaders: alle\nrank: hoch":                      "rank",
		"name: A\nreaders: alle\nlink: /x":                        "link",
		"name: A\nreaders: alle\nlink: https://x.example/{datei}": "{place}",
		"name: A\nname: B\nreaders: alle":                         "name",
		"name: [":                                                 "",
		"name: &n A\nreaders: *n":                                 "not read here",
		"readers: " + strings.Repeat("[", 5000):                   "nested too deeply",
		"- liste":                                                 "",
	}
	for text, part := range bad {
		got, err := settings.Parse([]byte(text))
		if err == nil {
			t.Errorf("%q: accepted as %+v", text, got)
		} else if !strings.Contains(err.Error(), part) {
			t.Errorf("%q: %q does not name %q", text, err, part)
		}
	}
}

func FuzzSettings(f *testing.F) {
	f.Add([]byte("name: A\nrank: 1\nreaders: {channels: [t/c], guests: true}\nlink: https://x/{path}"))
	f.Add([]byte("name: &a [*a]\nreaders: alle"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := settings.Parse(data)
		if err == nil && (c.Name == "" || c.Rank < 1 || !c.Access.Staff && len(c.Access.Channels) == 0) {
			t.Errorf("accepted %+v", c)
		}
	})
}
