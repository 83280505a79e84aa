package postgres

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

// TestValidityTurnsAtMidnightInTheHouse asks the real engine on the real store
// around midnights, two of which end days of 23 and 25 hours.
func TestValidityTurnsAtMidnightInTheHouse(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	collection(t, s, "a")
	embedder := retrievaltest.Embedder{}
	day := func(month time.Month, d int) retrieval.Date { return retrieval.Date{Year: 2026, Month: month, Day: d} }
	put := func(path, text string, change func(*retrieval.Document)) {
		t.Helper()
		rev := revision(path, "a")
		rev.Passages[0].Text, rev.Model = text, embedder.Model()
		change(&rev.Document)
		units := retrieval.Units(rev.Document.Title, rev.Passages[0].Headings, text)
		vectors, err := embedder.EmbedPassages(t.Context(), units)
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range vectors {
			rev.Units = append(rev.Units, retrieval.Unit{Ordinal: i, Hash: retrieval.HashUnit(units[i]), Values: v.Values})
		}
		save(t, s, rev)
	}
	put("bis28maerz", "Parkausweise gibt die Pforte aus.", func(d *retrieval.Document) { d.ValidUntil = day(time.March, 28) })
	put("bis29maerz", "Parkausweise gibt der Empfang aus.", func(d *retrieval.Document) { d.ValidUntil = day(time.March, 29) })
	put("ab29maerz", "Parkausweise gibt das Bürgerbüro aus.", func(d *retrieval.Document) { d.ValidFrom = day(time.March, 29) })
	put("bis25oktober", "Parkausweise gibt die Leitstelle aus.", func(d *retrieval.Document) { d.ValidUntil = day(time.October, 25) })
	put("ab26oktober", "Parkausweise gibt die Hausverwaltung aus.", func(d *retrieval.Document) {
		d.ValidFrom, d.Supersedes = day(time.October, 26), "ersetzt"
	})
	put("ersetzt", "Parkausweise gibt das Sekretariat aus.", func(*retrieval.Document) {})
	put("pruefung", "Parkausweise gibt die Poststelle aus.", func(d *retrieval.Document) { d.ReviewOn = day(time.January, 1) })
	if _, err := s.Supersede(t.Context(), "src", today); err != nil {
		t.Fatal(err)
	}
	index := lexical.New(s, lexical.DefaultParams())
	if err := index.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	ends := func(month time.Month, d int) time.Time { return time.Date(2026, month, d+1, 0, 0, 0, 0, berlin) }
	for _, c := range []struct {
		at   time.Time
		want []string
	}{
		{ends(time.March, 28).Add(-time.Second), []string{"bis25oktober", "bis28maerz", "bis29maerz", "ersetzt", "pruefung"}},
		{ends(time.March, 28), []string{"ab29maerz", "bis25oktober", "bis29maerz", "ersetzt", "pruefung"}},
		{ends(time.March, 29).Add(-time.Second), []string{"ab29maerz", "bis25oktober", "bis29maerz", "ersetzt", "pruefung"}},
		{ends(time.March, 29), []string{"ab29maerz", "bis25oktober", "ersetzt", "pruefung"}},
		{ends(time.October, 24), []string{"ab29maerz", "bis25oktober", "ersetzt", "pruefung"}},
		{ends(time.October, 25).Add(-time.Second), []string{"ab29maerz", "bis25oktober", "ersetzt", "pruefung"}},
		{ends(time.October, 25), []string{"ab26oktober", "ab29maerz", "pruefung"}},
	} {
		for name, conf := range map[string]retrieval.EngineConfig{
			"keywords": {Keywords: index},
			"vectors":  {Vectors: s, Embedder: embedder},
			"both":     {Keywords: index, Vectors: s, Embedder: embedder},
		} {
			conf.Passages, conf.Params, conf.Location = s, retrieval.DefaultParams(), berlin
			conf.Params.NearDuplicate = 0 // the sentences differ in one word
			conf.Now = func() time.Time { return c.at.UTC() }
			engine, err := retrieval.NewEngine(conf)
			if err != nil {
				t.Fatal(err)
			}
			result, err := engine.Search(t.Context(), retrieval.Query{Text: "Wer gibt Parkausweise aus?", Limit: 10}, retrieval.ReadersOf("a"))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, hit := range result.Hits {
				got = append(got, hit.Document.Path)
			}
			slices.Sort(got)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s at %s (-want +got):\n%s", name, c.at, diff)
			}
		}
	}
	if d := ends(time.March, 29).Sub(ends(time.March, 28)); d != 23*time.Hour {
		t.Errorf("29 March has %s", d)
	}
	if d := ends(time.October, 25).Sub(ends(time.October, 24)); d != 25*time.Hour {
		t.Errorf("25 October has %s", d)
	}
}
