package chat

import (
	"context"
	"errors"
	"fmt"

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

// Reaches reports whether a direct message to a user arrives; to an empty id, of whoever
// was forgotten, none does.
func Reaches(ctx context.Context, d Directory, userID string) (bool, error) {
	if userID == "" {
		return false, nil
	}
	user, err := d.User(ctx, userID, false)
	if errors.Is(err, inbox.ErrGone) {
		return false, nil
	}
	if err != nil {
		return false, Unreachable(fmt.Errorf("find whom a message is for: %w", err))
	}
	return !user.Deactivated, nil
}
