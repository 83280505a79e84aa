package e2e

import (
	"errors"
	"strings"
	"testing"

	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/cmd/internal/config"
)

// A person is named as colleagues name them, and forgotten for good.
func TestPersonsAreFoundByTheirName(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.conf.Privacy.Key = config.Secret(strings.Repeat("schluessel", 4))
	h.open()
	name := h.newcomer("nora")
	h.reply(h.asks(name, h.direct(name), "", "Darf ich mit KI Protokolle entwerfen?"))
	h.reply(h.asks(anna, h.direct(anna), "", "Darf ich mit KI Protokolle entwerfen?"))

	base, err := app.New(h.conf, discard, &h.log)
	if err != nil {
		t.Fatal(err)
	}
	defer base.Close()
	persons, err := base.Persons(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := persons.UserID(t.Context(), "gibtesnicht"); !errors.Is(err, app.ErrNobody) {
		t.Errorf("an unknown name: %v", err)
	}
	id, err := persons.UserID(t.Context(), "@"+name)
	if err != nil || id != h.person(name).ID {
		t.Fatalf("found %q, %v", id, err)
	}
	registry, err := persons.Registry()
	if err != nil {
		t.Fatal(err)
	}
	gone, err := registry.Forget(t.Context(), id)
	if err != nil || gone.Questions != 1 || len(gone.Posts) != 1 {
		t.Errorf("forgot %+v, %v", gone, err)
	}
	h.nowhere(id)
	h.nowhere(h.direct(name))
	if export, err := persons.Export(t.Context(), h.person(anna).ID); err != nil || len(export.Questions) != 1 {
		t.Errorf("anna's: %+v, %v", export, err)
	}
}
