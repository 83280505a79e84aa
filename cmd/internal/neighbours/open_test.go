package neighbours

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"lvr.example/sprechstunde/cmd/internal/config"
)

// What was opened last is closed first, each once, and a fault of one keeps no
// other open.
func TestNeighboursAreClosedInTheOppositeOrder(t *testing.T) {
	t.Parallel()
	var closed []string
	stuck := errors.New("stuck")
	var c closing
	for _, name := range []string{"database", "embedders", "reader"} {
		c.later(func() error {
			closed = append(closed, name)
			if name == "embedders" {
				return stuck
			}
			return nil
		})
	}
	if err := c.close(); !errors.Is(err, stuck) {
		t.Errorf("error = %v", err)
	}
	if err := c.close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	if want := []string{"reader", "embedders", "database"}; !slices.Equal(closed, want) {
		t.Errorf("closed %v, want %v", closed, want)
	}
}

// A database that is away is said before an embedder is fetched or started.
func TestADatabaseThatIsAwayIsSaidFirst(t *testing.T) {
	t.Parallel()
	conf := config.Defaults()
	conf.Data, conf.Database.URL = t.TempDir(), "postgres://u@127.0.0.1:1/d"
	site, err := NewSite(conf, slog.New(slog.DiscardHandler), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	var away *pgconn.ConnectError
	if n, err := Open(t.Context(), site, Needs{Database: true, Embedders: true, Reader: true}); n != nil || !errors.As(err, &away) {
		t.Errorf("opened %v, %v", n, err)
	}
	if made, err := os.ReadDir(conf.Data); err != nil || len(made) > 0 {
		t.Errorf("the data folder holds %v, %v", made, err)
	}
}

// Nothing is opened that is not needed.
func TestOnlyWhatIsNeededIsOpened(t *testing.T) {
	t.Parallel()
	conf := config.Defaults()
	conf.Data = t.TempDir()
	site, err := NewSite(conf, slog.New(slog.DiscardHandler), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	n, err := Open(t.Context(), site, Needs{Directory: true}) // no server is configured
	if err != nil {
		t.Fatal(err)
	}
	if n.Database != nil || n.Embedders != nil || n.Reader != nil || n.Directory != nil {
		t.Errorf("opened %+v", n)
	}
	if err := n.Close(); err != nil {
		t.Error(err)
	}
}
