package inboxtest

import (
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/inbox"
)

// Place is a chat platform under test with a place to post to.
type Place struct {
	inbox.Chat
	Draft  inbox.Draft                                        // where to post: channel, and thread or none
	Labels func(postID string) (buttons []string, there bool) // as people see a post
}

// RunChat is the conformance suite of chat platforms. Each call of open returns a
// place.
func RunChat(t *testing.T, open func(t *testing.T) Place) {
	for _, c := range []struct {
		name string
		run  func(*testing.T, Place)
	}{
		{"a post is found by its marker", findsPosts},
		{"what is deleted is gone, and may be deleted again", deletesPosts},
		{"buttons change and go", changesButtons},
		{"a post is made to show another draft", editsPosts},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, open(t))
		})
	}
}

// marker is one that no other test has used.
func marker() string { return "q" + rand.Text() + ".r.1" }

// post posts a draft with buttons.
func (p Place) post(t *testing.T, marker string, buttons ...inbox.Button) string {
	t.Helper()
	id, err := p.Create(t.Context(), p.draft(marker, buttons...))
	if err != nil || id == "" {
		t.Fatalf("create: %q, %v", id, err)
	}
	return id
}

func (p Place) draft(marker string, buttons ...inbox.Button) inbox.Draft {
	d := p.Draft
	d.Marker, d.Text, d.Buttons = marker, "Antwort", buttons
	return d
}

func findsPosts(t *testing.T, p Place) {
	m := marker()
	first := p.post(t, m)
	p.post(t, marker())
	if found, err := p.Find(t.Context(), p.draft(m)); err != nil || !slices.Equal(found, []string{first}) {
		t.Errorf("found %v, %v; want %s", found, err, first)
	}
	if found, err := p.Find(t.Context(), p.draft(marker())); err != nil || len(found) != 0 {
		t.Errorf("found %v, %v; nothing has this marker", found, err)
	}
}

func deletesPosts(t *testing.T, p Place) {
	m := marker()
	id := p.post(t, m)
	for range 2 {
		if err := p.Delete(t.Context(), id); err != nil {
			t.Errorf("delete: %v", err)
		}
	}
	if _, there := p.Labels(id); there {
		t.Error("people see it still")
	}
	if found, err := p.Find(t.Context(), p.draft(m)); err != nil || len(found) != 0 {
		t.Errorf("found %v, %v", found, err)
	}
	if err := p.Delete(t.Context(), strings.ToLower(rand.Text())); err != nil {
		t.Errorf("delete what never was: %v", err)
	}
	if err := p.ShowButtons(t.Context(), id, p.draft(m)); !errors.Is(err, inbox.ErrGone) {
		t.Errorf("show buttons under what is gone: %v", err)
	}
}

func changesButtons(t *testing.T, p Place) {
	m := marker()
	a := inbox.Button{Label: "Ja", Action: inbox.HandOver, Subject: inbox.Subject{HandoverID: "h"}, Primary: true}
	b := inbox.Button{Label: "Nein", Action: inbox.Decline, Subject: inbox.Subject{HandoverID: "h"}}
	id := p.post(t, m, a, b)
	for _, want := range [][]inbox.Button{{a, b}, {b}, {}} {
		if len(want) < 2 {
			if err := p.ShowButtons(t.Context(), id, p.draft(m, want...)); err != nil {
				t.Fatal(err)
			}
		}
		labels := []string{}
		for _, button := range want {
			labels = append(labels, button.Label)
		}
		if got, there := p.Labels(id); !there || !slices.Equal(got, labels) {
			t.Errorf("people see %q (%v), want %q", got, there, labels)
		}
	}
	if found, err := p.Find(t.Context(), p.draft(m)); err != nil || !slices.Equal(found, []string{id}) {
		t.Errorf("found afterwards: %v, %v", found, err)
	}
}

func editsPosts(t *testing.T, p Place) {
	m := marker()
	id := p.post(t, m)
	d := p.draft(m, inbox.Button{Label: "Ja", Action: inbox.HandOver, Subject: inbox.Subject{HandoverID: "h"}})
	d.Text = "Eine bessere Antwort"
	for range 2 {
		if err := p.Rewrite(t.Context(), id, d); err != nil {
			t.Fatalf("edit: %v", err)
		}
	}
	if labels, there := p.Labels(id); !there || !slices.Equal(labels, []string{"Ja"}) {
		t.Errorf("people see %q (%v)", labels, there)
	}
	if found, err := p.Find(t.Context(), d); err != nil || !slices.Equal(found, []string{id}) {
		t.Errorf("found afterwards: %v, %v", found, err)
	}
	if err := p.Delete(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if err := p.Rewrite(t.Context(), id, d); !errors.Is(err, inbox.ErrGone) {
		t.Errorf("edit what is gone: %v", err)
	}
}
