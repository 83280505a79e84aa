package app

import (
	"testing"
	"time"

	"lvr.example/sprechstunde/cmd/internal/config"
)

func TestQuestionsOutlastTheModel(t *testing.T) {
	t.Parallel()
	for _, timeout := range []time.Duration{5 * time.Second, config.Defaults().Model.Timeout, 5 * time.Minute} {
		got := handleTime(config.Model{URL: "http://model", Timeout: timeout})
		if got <= timeout || got > timeout+20*time.Second {
			t.Errorf("a model that may take %s has %s", timeout, got)
		}
	}
	if got := handleTime(config.Model{Timeout: time.Minute}); got != 0 {
		t.Errorf("without a model: %s", got)
	}
}
