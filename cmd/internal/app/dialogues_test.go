package app

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/cmd/internal/apptest"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

var (
	playFile = flag.String("play", "", "show how the dialogues of this file go, in place of testing those of testdata/dialogues")
	playOnly = flag.String("play-only", "", "only those whose heading begins with one of these, with commas between them")
	playData = flag.String("play-data", "", "data folder whose database and embedder serve, as for ask --docs; empty: the search looks at words only")
)

// TestDialogues plays conversations with the example house, on a chat in memory and
// with everything else as it is at work. The files' head says how they are written.
func TestDialogues(t *testing.T) {
	t.Parallel()
	lib, own := exampleHouse(t)
	files, err := filepath.Glob("testdata/dialogues/*.md")
	if err != nil {
		t.Fatal(err)
	}
	if *playFile != "" {
		files = []string{*playFile}
	}
	if len(files) == 0 {
		t.Fatal("no dialogues")
	}
	for _, file := range files {
		for _, d := range dialogues(t, file) {
			if only := strings.Split(*playOnly, ","); *playOnly != "" && !slices.ContainsFunc(only, func(s string) bool { return strings.HasPrefix(d.title, s) }) {
				continue
			}
			t.Run(d.title, func(t *testing.T) { d.play(t, lib, own) })
		}
	}
}

// exampleHouse is Musterland, ingested and opened to be asked.
func exampleHouse(t *testing.T) (*library.Library, house.House) {
	t.Helper()
	site := apptest.Site(t, func(c *config.Config) {
		if c.Data = *playData; *playData == "" {
			c.Data, c.Database.URL = t.TempDir(), config.Secret(pglocal.TestDSN(t))
		}
	})
	n := apptest.Open(t, site, neighbours.Needs{Database: true, Embedders: *playData != "", Reader: true})
	if *playData == "" {
		n.Embedders = &neighbours.Embedders{} // none
	}
	dir, err := house.ExampleFiles()
	if err != nil {
		t.Fatal(err)
	}
	lib, release, err := FolderDocuments(t.Context(), n, dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(release)
	own, err := house.Load(filepath.Join(filepath.Dir(dir), "formats.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return lib, own
}

// line is a message and what is expected of the reply to it.
type line struct {
	where   string // "": to the bot; K: in a channel; F: in the thread of that; F2: by somebody else; G: a host below the last card
	text    string
	holds   []string
	lacks   []string
	nothing bool // the bot is to be silent
}

type conversation struct {
	title string
	lines []line
}

var (
	said     = regexp.MustCompile("^(?:> |[0-9]+\\. `)(?:\\[(K|F2|F|G)\\] )?(.*?)(?:`(?: →.*)?)?$")
	expected = regexp.MustCompile(`^< (!?)(.*)$`)
)

func dialogues(t *testing.T, file string) (all []conversation) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for n, l := range strings.Split(string(raw), "\n") {
		if title, is := strings.CutPrefix(l, "## "); is {
			all = append(all, conversation{title: title})
			continue
		}
		if len(all) == 0 {
			continue
		}
		d := &all[len(all)-1]
		if m := said.FindStringSubmatch(l); m != nil {
			d.lines = append(d.lines, line{where: m[1], text: m[2]})
			continue
		}
		m := expected.FindStringSubmatch(l)
		if m == nil {
			continue
		}
		if len(d.lines) == 0 {
			t.Fatalf("%s:%d: %q says nothing to anybody", file, n+1, l)
		}
		last := &d.lines[len(d.lines)-1]
		switch {
		case m[2] == "-":
			last.nothing = true
		case m[1] != "":
			last.lacks = append(last.lacks, m[2])
		default:
			last.holds = append(last.holds, m[2])
		}
	}
	return all
}

// play is a day on which nobody has said anything yet.
func (d conversation) play(t *testing.T, lib *library.Library, own house.House) {
	h := bottest.NewHouse(t, func(s *bottest.Setup) { live(t, s, lib, own) })
	h.Now = time.Date(2026, time.November, 30, 9, 0, 0, 0, own.Calendar.Zone())
	root := ""
	for _, l := range d.lines {
		h.Now = h.Now.Add(20 * time.Second)
		made := h.New(func() {
			switch l.where {
			case "K":
				root = h.Says("anna", bottest.Everybody, "", l.text).ID
			case "F":
				h.Says("anna", bottest.Everybody, root, l.text)
			case "F2":
				h.Says("berta", bottest.Everybody, root, l.text)
			case "G":
				h.Says("heide", bottest.Hosts, lastCard(h), l.text)
			default:
				if typed, command := strings.CutPrefix(l.text, "/ki "); command {
					h.Calls("anna", bottest.Everybody, typed)
					return
				}
				h.Says("anna", bottest.Direct("anna"), "", l.text)
			}
		})
		var texts []string
		for _, m := range made {
			texts = append(texts, m.Text)
		}
		reply := strings.Join(texts, "\n---\n")
		if *playFile != "" {
			fmt.Printf("%s> %s\n", strings.TrimPrefix("["+l.where+"] ", "[] "), l.text)
			for _, m := range made {
				fmt.Printf("    <%s> %s\n", m.ChannelID, strings.ReplaceAll(m.Text, "\n", "\n    "))
			}
			continue
		}
		if l.nothing && reply != "" {
			t.Errorf("to %q it is silent no more:\n%s", l.text, reply)
		}
		for _, want := range l.holds {
			if !strings.Contains(reply, want) {
				t.Errorf("to %q it says nothing of %q:\n%s", l.text, want, reply)
			}
		}
		for _, not := range l.lacks {
			if strings.Contains(reply, not) {
				t.Errorf("to %q it says %q:\n%s", l.text, not, reply)
			}
		}
	}
}

// live makes everything but the chat and the stores that of the example house.
func live(t *testing.T, s *bottest.Setup, lib *library.Library, own house.House) {
	t.Helper()
	s.Answerer.Searcher, s.Answerer.Contacts, s.Answerer.Fields, s.Answerer.Calendar = lib.Engine, own.Contacts, own.Fields, own.Calendar
	s.Rights.Collections, s.Rights.Shelf = lib.Store, lib.Engine
	s.Desk.Calendar, s.Gaps.Calendar, s.Reminds.Calendar, s.Ask.Calendar, s.Bot.Calendar = own.Calendar, own.Calendar, own.Calendar, own.Calendar, own.Calendar
	s.Buttons = true
	var formats []string
	for _, f := range own.Calendar.Formats() {
		formats = append(formats, f.Name)
	}
	ear, err := dialogue.New(formats...)
	if err != nil {
		t.Fatal(err)
	}
	s.Desk.Ear, s.Talk.Ear, s.Ask.Ear = ear, ear, ear
}

func lastCard(h *bottest.House) string {
	made := h.Chat.Made(bottest.Hosts)
	for _, m := range slices.Backward(made) {
		if m.RootID == "" && strings.Contains(m.Text, "Anliegen") {
			return m.ID
		}
	}
	return ""
}
