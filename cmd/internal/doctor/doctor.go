// Package doctor looks at each neighbour, and at each file of the house that a bot
// reads when it starts, and says what is wrong and what to do. It changes nothing but
// starts embedded parts where no others are configured. What keeps a bot from starting
// or from being ready is broken here, too; docs/operation.md has the list.
package doctor

import (
	"context"
	"errors"
	"time"

	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

// Finding is what the doctor says of one neighbour.
type Finding struct {
	What  string `json:"what"`
	State string `json:"state"` // ok, warning, broken, off
	Says  string `json:"says"`
	Do    string `json:"do,omitempty"`
}

// States of a finding. Off: not configured, and not needed.
const (
	StateOK      = "ok"
	StateWarning = "warning"
	StateBroken  = "broken"
	StateOff     = "off"
)

// neighbourTime bounds one check, the start of an embedded part aside.
const neighbourTime = 10 * time.Second

// Examine looks at each neighbour, telling of each as soon as it is known. An error
// is that of closing what was opened.
func Examine(ctx context.Context, site *neighbours.Site, tell func(Finding)) error {
	r := &round{site: site}
	for _, look := range []func(context.Context) []Finding{
		r.examineCalendar, r.examineTexts, r.examineSynonyms, r.examineSources, r.examineReader, r.examineSecond, r.examineDatabase, r.examineIndexed, r.examineEmbedder, r.examineSufficiency, r.examineModel, r.examineMattermost,
	} {
		for _, f := range look(ctx) {
			tell(f)
		}
	}
	return r.close()
}

// round is one round from neighbour to neighbour. What one look opens, later ones
// use; nil: it could not be opened, which has been said.
type round struct {
	site      *neighbours.Site
	database  *neighbours.Database
	unopened  error // why there is no database
	embedders *neighbours.Embedders
}

func (r *round) close() error {
	var errs []error
	if r.embedders != nil {
		errs = append(errs, r.embedders.Close())
	}
	if r.database != nil {
		errs = append(errs, r.database.Close())
	}
	return errors.Join(errs...)
}

func ok(what, says string) []Finding { return []Finding{{What: what, State: StateOK, Says: says}} }

func broken(what string, err error, do string) []Finding {
	return []Finding{{What: what, State: StateBroken, Says: err.Error(), Do: do}}
}
