package rights

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval"
)

// directory is what a look-up of rights asks. Channel ids are "team/channel".
type directory struct {
	user      chat.User
	staff     bool
	outsiders bool
	private   map[string]bool
	member    map[string]bool
	err       error // of everything but the user
}

func (d directory) User(context.Context, string, bool) (chat.User, error) { return d.user, nil }

func (d directory) UserByName(context.Context, string) (chat.User, error) { return d.user, d.err }

func (d directory) Channel(_ context.Context, id string, _ bool) (chat.Channel, error) {
	kind := chat.PublicChannel
	if d.private[id] {
		kind = chat.PrivateChannel
	}
	return chat.Channel{ID: id, Kind: kind}, d.err
}

func (d directory) ChannelByName(ctx context.Context, name string) (chat.Channel, error) {
	return d.Channel(ctx, name, false)
}

func (d directory) Member(_ context.Context, id, _ string, _ bool) (bool, error) {
	return d.member[id], d.err
}
func (d directory) Outsiders(context.Context, string, bool) (bool, error) { return d.outsiders, d.err }
func (d directory) Staff(context.Context, string, bool) (bool, error)     { return d.staff, d.err }

func of(d directory, fresh bool) lookup { return lookup{d, fresh} }

var kinds = []retrieval.Collection{
	{Name: "alle", Access: retrieval.Access{Staff: true}},
	{Name: "alle und Gäste", Access: retrieval.Access{Staff: true, Guests: true}},
	{Name: "Tor", Access: retrieval.Access{Channels: []string{"h/fremd", "h/tor"}}},
	{Name: "Tor und Gäste", Access: retrieval.Access{Channels: []string{"h/tor"}, Guests: true}},
	{Name: "offenes Tor", Access: retrieval.Access{Channels: []string{"h/offen"}}},
	{Name: "niemand", Access: retrieval.Access{Guests: true}},
}

func TestAudience(t *testing.T) {
	t.Parallel()
	gates := map[string]bool{"h/tor": true, "h/fremd": true}
	inGate := map[string]bool{"h/tor": true, "h/offen": true}
	direct, open, gate, shared := chat.Channel{ID: "d", Kind: chat.DirectChannel}, chat.Channel{ID: "h/offen", Kind: chat.PublicChannel}, chat.Channel{ID: "h/tor", Kind: chat.PrivateChannel}, chat.Channel{ID: "h/s", Kind: chat.PublicChannel, Shared: true}
	for name, c := range map[string]struct {
		d       directory
		channel chat.Channel
		want    []string
	}{
		"staff":                      {directory{staff: true}, direct, []string{"alle", "alle und Gäste"}},
		"staff and member":           {directory{staff: true, private: gates, member: inGate}, direct, []string{"Tor", "Tor und Gäste", "alle", "alle und Gäste"}},
		"member, no staff":           {directory{private: gates, member: inGate}, direct, []string{"Tor", "Tor und Gäste"}},
		"no staff":                   {directory{}, direct, nil},
		"guest":                      {directory{user: chat.User{Guest: true}}, direct, []string{"alle und Gäste"}},
		"guest and member":           {directory{user: chat.User{Guest: true}, private: gates, member: inGate}, direct, []string{"Tor und Gäste", "alle und Gäste"}},
		"remote":                     {directory{user: chat.User{Remote: true}, staff: true}, direct, []string{"alle und Gäste"}},
		"deactivated":                {directory{user: chat.User{Deactivated: true}, staff: true, private: gates, member: inGate}, direct, nil},
		"bot":                        {directory{user: chat.User{Bot: true}, staff: true}, direct, nil},
		"nothing can be found out":   {directory{staff: true, private: gates, member: inGate, err: errors.New("down")}, direct, nil},
		"open channel":               {directory{staff: true, private: gates, member: inGate}, open, []string{"alle", "alle und Gäste"}},
		"gate channel":               {directory{staff: true, private: gates, member: inGate}, gate, []string{"Tor", "Tor und Gäste", "alle", "alle und Gäste"}},
		"gate channel with a guest":  {directory{staff: true, outsiders: true, private: gates, member: inGate}, gate, []string{"Tor und Gäste", "alle und Gäste"}},
		"shared channel":             {directory{staff: true}, shared, []string{"alle und Gäste"}},
		"asked by who reads nothing": {directory{}, open, nil},
	} {
		for _, fresh := range []bool{false, true} {
			if fresh && c.d.err != nil {
				continue
			}
			a, err := of(c.d, fresh).audience(context.Background(), c.channel, "anna", kinds)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if diff := cmp.Diff(c.want, a.Here.Collections()); diff != "" && len(c.want)+len(a.Here.Collections()) > 0 {
				t.Errorf("%s, fresh %t (-want +got):\n%s", name, fresh, diff)
			}
		}
	}
}

func TestLookupWaitsWhereThePlatformIsAwayForAMoment(t *testing.T) {
	t.Parallel()
	d := directory{staff: true, err: &inbox.RetryError{Err: errors.New("connection refused")}}
	for _, fresh := range []bool{false, true} {
		var retry *inbox.RetryError
		if a, err := of(d, fresh).audience(context.Background(), chat.Channel{Kind: chat.DirectChannel}, "anna", kinds); !errors.As(err, &retry) {
			t.Errorf("fresh %t: audience = %v, %v, want a RetryError", fresh, a.Here.Collections(), err)
		}
	}
}

func TestFreshLookupFailsWhereThePlatformCannotBeAsked(t *testing.T) {
	t.Parallel()
	d := directory{staff: true, err: errors.New("down")}
	var retry *inbox.RetryError
	if _, err := of(d, true).audience(context.Background(), chat.Channel{Kind: chat.DirectChannel}, "anna", kinds); !errors.As(err, &retry) {
		t.Errorf("audience = %v, want a RetryError", err)
	}
	d.err = fmt.Errorf("closed: %w", inbox.ErrGone)
	a, err := of(d, true).audience(context.Background(), chat.Channel{Kind: chat.DirectChannel}, "anna", kinds)
	if err != nil || !a.Here.Empty() {
		t.Errorf("audience with closed channels = %v, %v, want nothing", a.Here.Collections(), err)
	}
}
