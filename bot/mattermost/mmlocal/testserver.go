package mmlocal

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"lvr.example/sprechstunde/retrieval/localpart"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// Test returns a server of this test binary's own, in a database of its own. Its
// tests share it, so each makes a team of its own. It is stopped when the binary
// ends.
func Test(t localpart.TB) *Server {
	t.Helper()
	s, err := sharedTestServer()
	if err != nil {
		t.Fatalf("%v", err)
	}
	return s
}

var sharedTestServer = sync.OnceValues(func() (*Server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Minute)
	defer cancel()
	dataDir, err := localpart.Resolve("")
	if err != nil {
		return nil, err
	}
	rooms := filepath.Join(dataDir, "mattermost", "test")
	if err := localpart.RemoveUnused(rooms); err != nil {
		return nil, fmt.Errorf("remove what earlier tests left: %w", err)
	}
	dsn, err := pglocal.TestDatabase(ctx)
	if err != nil {
		return nil, err
	}
	room := filepath.Join("test", strings.ToLower(rand.Text()))
	return start(ctx, Options{DataDir: dataDir, DSN: dsn, Progress: os.Stderr}, room)
})

// MakeGuest turns a user into a guest in the server's own database: guest accounts
// need a licence. Whoever is to speak for the guest must have logged in before, the
// server lets no guest log in.
func (a *Admin) MakeGuest(ctx context.Context, userID string) error {
	for _, sql := range []string{
		"UPDATE users SET roles = 'system_guest' WHERE id = $1",
		"UPDATE sessions SET roles = 'system_guest' WHERE userid = $1",
		"UPDATE teammembers SET schemeguest = true, schemeuser = false, schemeadmin = false WHERE userid = $1",
		"UPDATE channelmembers SET schemeguest = true, schemeuser = false, schemeadmin = false WHERE userid = $1",
	} {
		if err := pglocal.Exec(ctx, a.server.dsn, sql, userID); err != nil {
			return fmt.Errorf("make guest of user %s: %w", userID, err)
		}
	}
	if _, err := a.InvalidateCaches(ctx); err != nil {
		return fmt.Errorf("make guest of user %s: %w", userID, err)
	}
	return nil
}
