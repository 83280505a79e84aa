package postgres

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/retrieval"
)

// TestMigrationTellsVerdictsApart carries every form of a mark and every wording
// over that there was before both had columns.
func TestMigrationTellsVerdictsApart(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	hash := strings.Repeat("0a", 32)
	v := func(beside, mark string) retrieval.Version {
		return retrieval.Version{Form: "5", Beside: beside, Mark: mark}
	}
	type judged struct {
		Version retrieval.Version
		Verdict retrieval.Verdict
		Judged  string
		Code    retrieval.ReasonCode
	}
	cases := []struct {
		mark, reason string
		want         judged
	}{
		{"5 12-34", "", judged{v("", "12-34"), retrieval.Taken, "", ""}},
		{`5 W/"a b"`, "", judged{v("", `W/"a b"`), retrieval.Taken, "", ""}},
		{"5 ", "", judged{v("", ""), retrieval.Taken, "", ""}},
		{"5 12 34 0123456789abcdef", "", judged{v("0123456789abcdef", "12 34"), retrieval.Taken, "", ""}},
		{"5+0123456789abcdef 12 34", "", judged{v("0123456789abcdef", "12 34"), retrieval.Taken, "", ""}},
		{"5 12 refused " + hash, "damaged: no zip", judged{v("", "12"), retrieval.Refused, hash, retrieval.ReasonDamaged}},
		{"5+0123456789abcdef 12 refused " + hash, "no text layer: 2 of 2", judged{v("0123456789abcdef", "12"), retrieval.Refused, hash, retrieval.ReasonNoTextLayer}},
		{"5 12", `rank: "x" is not a whole number from 1`, judged{v("", "12"), retrieval.Refused, "", retrieval.ReasonHead}},
		{"again 12 34", "cannot be opened: status 500", judged{retrieval.Version{Mark: "12 34"}, retrieval.Again, "", retrieval.ReasonUnreachable}},
		{"", "collection \"x\", named in its head, does not exist", judged{retrieval.Version{}, retrieval.Reread, "", retrieval.ReasonHead}},
		{"5 a", "empty", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonEmpty}},
		{"5 a", "too large: files", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonTooLarge}},
		{"5 a", "not text: x", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonNotText}},
		{"5 a", "unsupported type: x", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonUnsupported}},
		{"5 a", "front matter: x", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonHead}},
		{"5 a", "valid_until x lies before", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonHead}},
		{"5 a", "review_date: x", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonHead}},
		{"5 a", "reader crashed: x", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonCrashed}},
		{"5 a", "encrypted", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonEncrypted}},
		{"5 a", "unsafe: bomb", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonUnsafe}},
		{"5 a", "too slow: x", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonTooSlow}},
		{"5 a", "too much memory: x", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonTooMuchMemory}},
		{"5 a", "x.pdf.meta.yaml:3: valid_from", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonSidecar}},
		{"5 a", "gate channel x is public", judged{v("", "a"), retrieval.Refused, "", retrieval.ReasonOther}},
	}
	if _, err := line(s.Schema()).DownTo(t.Context(), s.Pool(), 11); err != nil {
		t.Fatal(err)
	}
	want := map[string]judged{}
	for i, c := range cases {
		path := string(rune('a' + i))
		_, err := s.pool.Exec(t.Context(), `
			INSERT INTO document (source, path, state, mark, reason, version) VALUES ('src', $1, 'quarantined', $2, $3, 1)`, path, c.mark, c.reason)
		if err != nil {
			t.Fatal(err)
		}
		want[path] = c.want
	}
	read := func() map[string]judged {
		t.Helper()
		if _, err := Migrate(t.Context(), s.Pool(), s.Schema()); err != nil {
			t.Fatal(err)
		}
		known, err := s.Known(t.Context(), "src")
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]judged{}
		for path, k := range known {
			got[path] = judged{k.Version, k.Verdict, k.Judged, k.Reason.Code}
		}
		return got
	}
	if diff := cmp.Diff(want, read()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := line(s.Schema()).DownTo(t.Context(), s.Pool(), 11); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, read()); diff != "" {
		t.Errorf("back and forth (-want +got):\n%s", diff)
	}
}
