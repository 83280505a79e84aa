package chat

import (
	"context"
	"errors"

	"lvr.example/sprechstunde/bot/inbox"
)

// StaffNamed is the account with a user name. Not reached: there is none, or it is not
// one of the house's staff.
func StaffNamed(ctx context.Context, d Directory, name string) (userID string, reached bool, err error) {
	user, err := d.UserByName(ctx, name)
	if errors.Is(err, inbox.ErrGone) {
		return "", false, nil
	}
	if err != nil {
		return "", false, Unreachable(err)
	}
	staff, err := d.Staff(ctx, user.ID, false)
	if err != nil {
		return "", false, Unreachable(err)
	}
	return user.ID, staff, nil
}
