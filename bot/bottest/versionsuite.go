package bottest

import (
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/retrieval"
)

// TestVersions is the conformance suite of stores of approved answers. Number is a
// ticket that the store knows; newID makes the id of a question that it accepts.
func TestVersions(t *testing.T, store approved.Versions, number int64, newID func() string) {
	t.Helper()
	at := time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC)
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	wants := func(err, want error) { (&deskSuite{T: t}).wants(err, want) }
	draft := approved.Version{Number: number, AuthorID: "heide", Answer: approved.Answer{
		Questions: []string{"Darf ich das?", "Ist das erlaubt?"}, Text: "Ja.", Owner: "Ethik", ContactID: "berta", Supersedes: "b.yaml",
		Basis: approved.Basis{Document: "da.md", Quote: "Das ist hier erlaubt.", Version: "7"}, Until: retrieval.Date{Year: 2026, Month: time.July, Day: 1},
	}}

	by := newID()
	first, err := store.Write(ctx, draft, by, at)
	ok(err)
	again, err := store.Write(ctx, draft, by, at.Add(time.Hour))
	ok(err)
	if again.ID != first.ID || first.Stage != approved.StageDraft || first.Approved || first.Name != approved.NameOf(number) || len(first.Questions) != 2 ||
		first.Basis != draft.Basis || first.Until != draft.Until || first.Supersedes != "b.yaml" || first.AuthorID != "heide" || first.ContactID != "berta" || !first.Since.Equal(at) {
		t.Errorf("wrote %+v, then %+v", first, again)
	}
	second, err := store.Write(ctx, draft, newID(), at.Add(time.Minute))
	ok(err)

	// The older one is replaced: nobody approves it, and nobody their own.
	approve := approved.Decision{To: approved.StageApproved, By: newID(), UserID: "holger", At: at.Add(2 * time.Minute)}
	_, err = store.Decide(ctx, first.ID, approve)
	wants(err, approved.ErrDecided)
	own := approve
	own.UserID = "heide"
	_, err = store.Decide(ctx, second.ID, own)
	wants(err, approved.ErrOwn)
	for range 2 {
		v, err := store.Decide(ctx, second.ID, approve)
		ok(err)
		if !v.Approved || v.Stage != approved.StageApproved || v.ApproverID != "holger" || v.DecidedBy != approve.By || !v.Since.Equal(approve.At) {
			t.Errorf("approved %+v", v)
		}
	}
	other := approve
	other.By = newID()
	_, err = store.Decide(ctx, second.ID, other)
	wants(err, approved.ErrDecided)

	// Where it stands is noted once.
	later := at.Add(time.Hour)
	for i := range 2 {
		since, err := store.Reviewed(ctx, second.ID, false, later.Add(time.Duration(i)*time.Hour))
		ok(err)
		if !since.Equal(later) {
			t.Errorf("in review since %v", since)
		}
	}
	if v, err := store.Version(ctx, second.ID); err != nil || !v.ReviewSince.Equal(later) {
		t.Errorf("%+v, %v", v, err)
	}
	if since, err := store.Reviewed(ctx, second.ID, true, later); err != nil || !since.IsZero() {
		t.Errorf("it stands again: %v, %v", since, err)
	}
	_, err = store.Reviewed(ctx, first.ID, false, later)
	wants(err, approved.ErrUnknown)

	// A third is a draft beside it, comes back, and the next takes its place.
	third, err := store.Write(ctx, draft, newID(), later)
	ok(err)
	if all, err := store.Current(ctx, number, ""); err != nil || len(all) != 2 || all[0].ID != second.ID || all[1].ID != third.ID {
		t.Errorf("current %+v, %v", all, err)
	}
	back := approved.Decision{To: approved.StageReturned, By: newID(), UserID: "heide", At: later}
	_, err = store.Decide(ctx, third.ID, back)
	ok(err)
	if all, err := store.Current(ctx, 0, ""); err != nil || len(all) != 2 || all[1].Stage != approved.StageReturned {
		t.Errorf("with what was returned: %+v, %v", all, err)
	}
	fourth, err := store.Write(ctx, draft, newID(), later)
	ok(err)
	approve.By = newID()
	_, err = store.Decide(ctx, fourth.ID, approve)
	ok(err)
	if all, err := store.Current(ctx, 0, ""); err != nil || len(all) != 1 || all[0].ID != fourth.ID {
		t.Errorf("current %+v, %v", all, err)
	}
	away := approved.Decision{To: approved.StageWithdrawn, By: newID(), UserID: "heide", At: later}
	_, err = store.Decide(ctx, fourth.ID, away)
	ok(err)
	if all, err := store.Current(ctx, 0, away.By); err != nil || len(all) != 1 || !all[0].Withdrawn {
		t.Errorf("with what was just decided: %+v, %v", all, err)
	}
	if all, err := store.Current(ctx, number, ""); err != nil || len(all) != 0 {
		t.Errorf("current after all: %+v, %v", all, err)
	}
	_, err = store.Version(ctx, 99999)
	wants(err, approved.ErrUnknown)
	_, err = store.Decide(ctx, 99999, approve)
	wants(err, approved.ErrUnknown)
}
