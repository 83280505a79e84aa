package e2e

import (
	"errors"
	"strings"
	"testing"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/persons"
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

	kept, err := persons.Open(t.Context(), open(t, h.conf, persons.Needs))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kept.UserID(t.Context(), "gibtesnicht"); !errors.Is(err, persons.ErrNobody) {
		t.Errorf("an unknown name: %v", err)
	}
	id, err := kept.UserID(t.Context(), "@"+name)
	if err != nil || id != h.person(name).ID {
		t.Fatalf("found %q, %v", id, err)
	}
	registry, err := kept.Registry()
	if err != nil {
		t.Fatal(err)
	}
	gone, err := registry.Forget(t.Context(), id)
	if err != nil || gone.Questions != 1 || len(gone.Posts) != 1 {
		t.Errorf("forgot %+v, %v", gone, err)
	}
	h.nowhere(id)
	h.nowhere(h.direct(name))
	if export, err := kept.Export(t.Context(), h.person(anna).ID); err != nil || len(export.Questions) != 1 {
		t.Errorf("anna's: %+v, %v", export, err)
	}
}
