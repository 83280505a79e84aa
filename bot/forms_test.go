package bot

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// arrivals is a pipeline that only notes what it gets.
type arrivals struct {
	Pipeline
	got []inbox.Arrival
}

func (a *arrivals) Receive(_ context.Context, arrived inbox.Arrival) error {
	a.got = append(a.got, arrived)
	return nil
}

func TestASubmissionIsLookedAtBeforeItArrives(t *testing.T) {
	t.Parallel()
	texts := prompts.Default()
	open := true
	edit := way{form: form{
		open: func(context.Context, chat.Click) (chat.Dialog, error) {
			if !open {
				return chat.Dialog{}, nil
			}
			return chat.Dialog{Title: "Ändern", Fields: []chat.Field{
				{Name: "text", Label: "Text", Kind: chat.Text, Longest: 20},
				{Name: "kind", Label: "Format", Kind: chat.Choice, Optional: true, Options: []chat.Option{{Label: "A", Value: "a"}}},
				{Name: "mask", Label: "Schwärzen", Kind: chat.Tick},
			}}, nil
		},
		check: func(_ context.Context, s chat.Submission) (chat.Faults, error) {
			if strings.Contains(s.Values["text"], "nie") {
				return chat.Faults{"text": "nicht das"}, nil
			}
			return nil, nil
		},
	}}
	b := &Bot{cfg: Config{Texts: texts}, ways: map[dialogue.Kind]way{dialogue.Send: edit}}
	pipeline := &arrivals{}
	in := &intake{bot: b, pipeline: pipeline}
	click := chat.Click{ID: "d1", Marker: "q.1.1", Action: inbox.HandOver, Subject: inbox.Subject{HandoverID: "h"}, PostID: "p", ChannelID: "c", UserID: "anna"}
	if d, err := in.Opens(t.Context(), click); err != nil || len(d.Fields) != 3 {
		t.Fatalf("%+v, %v", d, err)
	}
	other := click
	other.Action = inbox.Decline
	if d, err := in.Opens(t.Context(), other); err != nil || len(d.Fields) != 0 {
		t.Errorf("a way without a form opens %+v, %v", d, err)
	}
	for name, c := range map[string]struct {
		values map[string]string
		want   chat.Faults
	}{
		"empty":       {map[string]string{"text": " "}, chat.Faults{"text": texts.FieldMissing()}},
		"too long":    {map[string]string{"text": strings.Repeat("ä", 21)}, chat.Faults{"text": texts.FieldTooLong(prompts.Length{Length: 21, Limit: 20})}},
		"not offered": {map[string]string{"text": "ja", "kind": "b"}, chat.Faults{"kind": texts.FieldNotOffered()}},
		"tick":        {map[string]string{"text": "ja", "mask": "maybe"}, chat.Faults{"mask": texts.FieldNotOffered()}},
		"by the way":  {map[string]string{"text": "nie"}, chat.Faults{"text": "nicht das"}},
	} {
		got, err := in.Submitted(t.Context(), chat.Submission{Click: click, Values: c.values})
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
	if len(pipeline.got) != 0 {
		t.Fatalf("with faults arrived %+v", pipeline.got)
	}
	sent := chat.Submission{Click: click, Values: map[string]string{"text": strings.Repeat("ä", 20), "mask": "true", "foreign": "x"}}
	if faults, err := in.Submitted(t.Context(), sent); err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	want := pressed(inbox.FromDialog, click)
	want.Fields = map[string]string{"text": strings.Repeat("ä", 20), "mask": "true"}
	if diff := cmp.Diff([]inbox.Arrival{want}, pipeline.got); diff != "" {
		t.Error(diff)
	}
	open = false // meanwhile what it is on has gone: its way says so
	if faults, err := in.Submitted(t.Context(), sent); err != nil || len(faults) > 0 || len(pipeline.got) != 2 || pipeline.got[1].Fields != nil {
		t.Errorf("%v, %v, %+v", faults, err, pipeline.got)
	}
	b.ways[dialogue.Send] = way{form: form{open: func(context.Context, chat.Click) (chat.Dialog, error) { return chat.Dialog{}, errors.New("down") }}}
	if _, err := in.Submitted(t.Context(), sent); err == nil || len(pipeline.got) != 2 {
		t.Errorf("%v, %d arrived", err, len(pipeline.got))
	}
}
