package postgres_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/bot/privacy"
)

func TestExportHoldsVotesOfALeanCoffeeThatRuns(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	coffees := postgres.NewCoffees(pool, 0)
	c, err := coffees.OpenCoffee(t.Context(), "channel", uuid.NewString(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	_, err = coffees.ChangeCoffee(t.Context(), c.ID, uuid.NewString(), func(c *officehours.Coffee) error {
		c.Topics = []officehours.CoffeeTopic{{Number: 1, Texts: []string{"Protokolle"}}, {Number: 2, Texts: []string{"Bilder"}}}
		c.Votes = map[string][]int{"anna": {2, 2, 1}, "berta": {1}}
		c.GoOn = map[string]bool{"anna": false, "carl": true}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	no, yes := false, true
	for user, want := range map[string][]privacy.Coffee{
		"anna":  {{ChannelID: "channel", Topics: []string{"Protokolle", "Bilder", "Bilder"}, GoOn: &no}},
		"berta": {{ChannelID: "channel", Topics: []string{"Protokolle"}}},
		"carl":  {{ChannelID: "channel", Topics: []string{}, GoOn: &yes}},
		"dora":  {},
	} {
		export, err := postgres.NewPersons(pool).Export(t.Context(), user)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, export.Coffees); diff != "" {
			t.Errorf("%s (-want +got):\n%s", user, diff)
		}
	}
}
