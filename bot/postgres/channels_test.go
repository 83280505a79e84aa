package postgres_test

import (
	"testing"

	"lvr.example/sprechstunde/bot/channels"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/postgres"
)

func TestAChannelsSettingIsWhatWasSaidLast(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	one, other := postgres.NewChannels(pool), postgres.NewChannels(pool) // two replicas
	wants := func(want channels.Setting) {
		t.Helper()
		if got, err := other.Setting(t.Context(), "c"); err != nil || got != want {
			t.Errorf("%+v, %v, want %+v", got, err, want)
		}
	}
	wants(channels.Setting{})
	for _, set := range []channels.Setting{{Mode: dialogue.ModeReview, Reviewer: "anna"}, {Mode: dialogue.ModeReview, Reviewer: "berta"}, {Mode: dialogue.ModeOff}} {
		if err := one.Set(t.Context(), "c", set, ""); err != nil {
			t.Fatal(err)
		}
		wants(set)
	}
	if err := one.Set(t.Context(), "looked at", channels.Setting{Mode: dialogue.ModeReview, Reviewer: "carla"}, ""); err != nil {
		t.Fatal(err)
	}
	export, err := newRegistry(t, pool).Export(t.Context(), "carla")
	if err != nil || len(export.Channels) != 1 || export.Channels[0].ChannelID != "looked at" {
		t.Errorf("%+v, %v", export.Channels, err)
	}
}
