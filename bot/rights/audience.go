package rights

import (
	"context"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval"
)

// lookup asks who may read what. A fresh one bypasses every cache and fails
// where the platform cannot be asked; otherwise whatever cannot be found out,
// now or by another try, counts as "no".
type lookup struct {
	directory chat.Directory
	fresh     bool
}

// audience works out who reads a reply to the user in the channel.
func (l lookup) audience(ctx context.Context, channel chat.Channel, userID string, collections []retrieval.Collection) (Audience, error) {
	user, err := l.directory.User(ctx, userID, l.fresh)
	if err != nil {
		return Audience{}, chat.Unreachable(fmt.Errorf("audience: %w", err))
	}
	personal, err := l.personal(ctx, user, collections)
	if err != nil {
		return Audience{}, err
	}
	a := Audience{Here: personal, Personal: personal}
	if channel.Kind != chat.DirectChannel {
		a.Here, err = l.channel(ctx, channel, personal, collections)
	}
	return a, err
}

// personal returns what one user may read.
func (l lookup) personal(ctx context.Context, user chat.User, collections []retrieval.Collection) (retrieval.Readers, error) {
	if user.Bot || user.Deactivated {
		return retrieval.Readers{}, nil
	}
	outsider := user.Guest || user.Remote
	staff := outsider // of a collection for all staff, outsiders read what is for guests
	if !outsider {
		var err error
		if staff, err = l.known(l.directory.Staff(ctx, user.ID, l.fresh)); err != nil {
			return retrieval.Readers{}, err
		}
	}
	var names []string
	for _, c := range collections {
		if outsider && !c.Access.Guests {
			continue
		}
		may := c.Access.Staff && staff
		for _, gate := range c.Access.Channels {
			if may {
				break
			}
			var err error
			if may, err = l.passes(ctx, gate, user.ID); err != nil {
				return retrieval.Readers{}, err
			}
		}
		if may {
			names = append(names, c.Name)
		}
	}
	return retrieval.ReadersOf(names...), nil
}

// channel returns what every reader of a channel may read, and the asker too.
func (l lookup) channel(ctx context.Context, channel chat.Channel, asker retrieval.Readers, collections []retrieval.Collection) (retrieval.Readers, error) {
	outsiders := channel.Shared
	if !outsiders {
		inside, err := l.known(negate(l.directory.Outsiders(ctx, channel.ID, l.fresh)))
		if err != nil {
			return retrieval.Readers{}, err
		}
		outsiders = !inside
	}
	var names []string
	for _, c := range collections {
		if outsiders && !c.Access.Guests || !asker.May(c.Name) {
			continue
		}
		may := c.Access.Staff
		for _, gate := range c.Access.Channels {
			if may {
				break
			}
			g, err := l.gate(ctx, gate)
			if err != nil {
				return retrieval.Readers{}, err
			}
			may = g.ID != "" && g.ID == channel.ID
		}
		if may {
			names = append(names, c.Name)
		}
	}
	return retrieval.ReadersOf(names...), nil
}

// passes reports whether the user is a member of a gate channel.
func (l lookup) passes(ctx context.Context, gate, userID string) (bool, error) {
	g, err := l.gate(ctx, gate)
	if err != nil || g.ID == "" {
		return false, err
	}
	return l.known(l.directory.Member(ctx, g.ID, userID, l.fresh))
}

// gate finds a gate channel. The zero channel gates nothing: it is public,
// gone, or not to be found out about.
func (l lookup) gate(ctx context.Context, name string) (chat.Channel, error) {
	g, err := l.directory.ChannelByName(ctx, name)
	if err == nil && l.fresh { // a name may be answered from a cache, an id is not
		g, err = l.directory.Channel(ctx, g.ID, true)
	}
	if ok, err := l.known(g.Kind == chat.PrivateChannel, err); err != nil || !ok {
		return chat.Channel{}, err
	}
	return g, nil
}

// known turns "cannot be found out" into "no". Where another try may tell, it is
// an error that asks for one instead: an answer out of less than the readers may
// see would say that the documents are silent where they are not. For a fresh
// look-up that is every error, so that nothing is posted before it is known.
func (l lookup) known(yes bool, err error) (bool, error) {
	var passing *inbox.RetryError
	switch {
	case err == nil:
		return yes, nil
	case l.fresh && !errors.Is(err, inbox.ErrGone), errors.As(err, &passing):
		return false, chat.Unreachable(fmt.Errorf("check rights: %w", err))
	}
	return false, nil
}

func negate(yes bool, err error) (bool, error) { return !yes, err }
