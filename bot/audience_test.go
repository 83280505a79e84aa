package bot

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval"
)

// directory is what a look-up of rights asks. Channel ids are "team/channel".
type directory struct {
	user      User
	staff     bool
	outsiders bool
	private   map[string]bool
	member    map[string]bool
	err       error // of everything but the user
}

func (d directory) User(context.Context, string, bool) (User, error) { return d.user, nil }

func (d directory) UserByName(context.Context, string) (User, error) { return d.user, d.err }

func (d directory) Channel(_ context.Context, id string, _ bool) (Channel, error) {
	kind := PublicChannel
	if d.private[id] {
		kind = PrivateChannel
	}
	return Channel{ID: id, Kind: kind}, d.err
}

func (d directory) ChannelByName(ctx context.Context, name string) (Channel, error) {
	return d.Channel(ctx, name, false)
}

func (d directory) Member(_ context.Context, id, _ string, _ bool) (bool, error) {
	return d.member[id], d.err
}
func (d directory) Outsiders(context.Context, string, bool) (bool, error) { return d.outsiders, d.err }
func (d directory) Staff(context.Context, string, bool) (bool, error)     { return d.staff, d.err }

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
	direct, open, gate, shared := Channel{ID: "d", Kind: DirectChannel}, Channel{ID: "h/offen", Kind: PublicChannel}, Channel{ID: "h/tor", Kind: PrivateChannel}, Channel{ID: "h/s", Kind: PublicChannel, Shared: true}
	for name, c := range map[string]struct {
		d       directory
		channel Channel
		want    []string
	}{
		"staff":                      {directory{staff: true}, direct, []string{"alle", "alle und Gäste"}},
		"staff and member":           {directory{staff: true, private: gates, member: inGate}, direct, []string{"Tor", "Tor und Gäste", "alle", "alle und Gäste"}},
		"member, no staff":           {directory{private: gates, member: inGate}, direct, []string{"Tor", "Tor und Gäste"}},
		"no staff":                   {directory{}, direct, nil},
		"guest":                      {directory{user: User{Guest: true}}, direct, []string{"alle und Gäste"}},
		"guest and member":           {directory{user: User{Guest: true}, private: gates, member: inGate}, direct, []string{"Tor und Gäste", "alle und Gäste"}},
		"remote":                     {directory{user: User{Remote: true}, staff: true}, direct, []string{"alle und Gäste"}},
		"deactivated":                {directory{user: User{Deactivated: true}, staff: true, private: gates, member: inGate}, direct, nil},
		"bot":                        {directory{user: User{Bot: true}, staff: true}, direct, nil},
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
			b := &Bot{}
			a, err := b.audience(context.Background(), lookup{c.d, fresh}, c.channel, "anna", kinds)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if diff := cmp.Diff(c.want, a.here.Collections()); diff != "" && len(c.want)+len(a.here.Collections()) > 0 {
				t.Errorf("%s, fresh %t (-want +got):\n%s", name, fresh, diff)
			}
		}
	}
}

func TestLookupWaitsWhereThePlatformIsAwayForAMoment(t *testing.T) {
	t.Parallel()
	b := &Bot{}
	d := directory{staff: true, err: &inbox.RetryError{Err: errors.New("connection refused")}}
	for _, fresh := range []bool{false, true} {
		var retry *inbox.RetryError
		if a, err := b.audience(context.Background(), lookup{d, fresh}, Channel{Kind: DirectChannel}, "anna", kinds); !errors.As(err, &retry) {
			t.Errorf("fresh %t: audience = %v, %v, want a RetryError", fresh, a.here.Collections(), err)
		}
	}
}

func TestFreshLookupFailsWhereThePlatformCannotBeAsked(t *testing.T) {
	t.Parallel()
	b := &Bot{}
	d := directory{staff: true, err: errors.New("down")}
	var retry *inbox.RetryError
	if _, err := b.audience(context.Background(), lookup{d, true}, Channel{Kind: DirectChannel}, "anna", kinds); !errors.As(err, &retry) {
		t.Errorf("audience = %v, want a RetryError", err)
	}
	d.err = fmt.Errorf("closed: %w", inbox.ErrGone)
	a, err := b.audience(context.Background(), lookup{d, true}, Channel{Kind: DirectChannel}, "anna", kinds)
	if err != nil || !a.here.Empty() {
		t.Errorf("audience with closed channels = %v, %v, want nothing", a.here.Collections(), err)
	}
}
