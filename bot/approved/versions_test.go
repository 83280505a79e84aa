package approved

import (
	"errors"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/retrieval"
)

// stages are all of them.
var stages = []Stage{StageDraft, StageApproved, StageReturned, StageReplaced, StageWithdrawn}

// Every stage, decision and person.
func TestDecisions(t *testing.T) {
	t.Parallel()
	for _, from := range stages {
		for _, to := range stages {
			for who, author := range map[string]string{"author": "heide", "another": "holger", "nobody known": ""} {
				err := Version{Stage: from, AuthorID: author}.May(Decision{To: to, UserID: "heide"})
				var want error
				switch {
				case from == StageDraft && to == StageReturned, from == StageApproved && to == StageWithdrawn:
				case from == StageDraft && to == StageApproved:
					if who != "another" {
						want = ErrOwn
					}
				default:
					want = ErrDecided
				}
				if !errors.Is(err, want) {
					t.Errorf("%s to %s, written by %s: %v, want %v", from, to, who, err, want)
				}
			}
		}
	}
}

func TestFilesGoBeforeVersionsOfTheirName(t *testing.T) {
	t.Parallel()
	files := []Answer{{Name: "anliegen-1.yaml", Text: "file"}, {Name: "b.yaml"}}
	joined := Joined(files, []Version{
		{Number: 1, Stage: StageApproved, Answer: Answer{Name: NameOf(1), Text: "ticket"}},
		{Number: 2, Stage: StageApproved, Answer: Answer{Name: NameOf(2), Text: "old"}},
		{Number: 2, Stage: StageDraft, Answer: Answer{Name: NameOf(2), Text: "new"}},
		{Number: 3, Stage: StageDraft, Answer: Answer{Name: NameOf(3)}},
	})
	var got []string
	for _, a := range joined {
		got = append(got, a.Name+" "+a.Text)
	}
	if diff := cmp.Diff([]string{"anliegen-1.yaml file", "b.yaml ", "anliegen-2.yaml old", "anliegen-3.yaml "}, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsExportedIsReadAgain(t *testing.T) {
	t.Parallel()
	a := Answer{
		Name: NameOf(12), Questions: []string{"Darf ich KIM: \"überall\" nutzen?", "- Ist KIM erlaubt?"}, Text: "Ja.\n- nur nicht: in Prüfungen\n# wirklich", Owner: "Ethik: Stab",
		Contact: "h.mueller", Basis: Basis{"da.md", "in Prüfungen ist die \"Nutzung\" untersagt", "0123"}, Approved: true, Supersedes: "b.yaml",
		Until: retrieval.Date{Year: 2027, Month: time.June, Day: 30},
	}
	b := a
	b.Name, b.Supersedes, b.Questions, b.Approved = "b.yaml", "", []string{"Was ist RPA?"}, false
	folder := fstest.MapFS{}
	for _, one := range []Answer{a, b} {
		raw, err := Export(one, "Kreis der Gastgeber:innen")
		if err != nil {
			t.Fatal(err)
		}
		folder[one.Name] = &fstest.MapFile{Data: raw}
	}
	all, err := Read(folder)
	if diff := cmp.Diff([]Answer{a, b}, all); diff != "" || err != nil {
		t.Errorf("%v\n%s\n%s", err, diff, folder[a.Name].Data)
	}
}
