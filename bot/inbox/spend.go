package inbox

import (
	"context"
	"errors"
	"fmt"
)

// spend takes away the buttons that a press has used up, once its effect is said.
// A failure to say it uses nothing up: the person may press again.
func (p *Pipeline) spend(ctx context.Context, q Question) error {
	if !q.Origin.Pressed() || q.Marker == "" || q.Failed {
		return nil
	}
	left, err := p.store.Spend(ctx, q)
	if errors.Is(err, ErrDone) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("spend buttons (%s): %w", q.Marker, err)
	}
	return p.showLeft(ctx, q, q.PostID, left)
}

// Left are the buttons that are left after a press of the one with this action
// and subject, and whether that one is among them or used nothing up.
func Left(buttons []Button, action Action, on Subject) (left []Button, spent bool) {
	spends := SpendsItself // it was taken away before
	for _, b := range buttons {
		if b.Action == action && b.Subject == on {
			spends = b.Spends
		} else {
			left = append(left, b)
		}
	}
	switch spends {
	case SpendsNothing, SpendsDecided:
		return buttons, false
	case SpendsAll:
		return nil, true
	default:
		return left, true
	}
}
