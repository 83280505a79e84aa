package dialogue

import (
	"strings"
	"testing"
)

func TestAReasonWhySomethingIsOpenMayBeLong(t *testing.T) {
	t.Parallel()
	reason := strings.TrimSpace(strings.Repeat("Darf ich das hier schreiben? ", 100))
	act := newEar(t).Hear(Heard{Text: "noch offen, weil " + reason, Waits: Replied, Place: Direct})
	if act.Kind != StillOpen || act.Text != reason {
		t.Errorf("%s with %d characters, want %s with %d", act.Kind, len(act.Text), StillOpen, len(reason))
	}
}
