package postgres

import (
	"time"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/bot/inbox"
)

// The columns of a question that say what its action is on, and their values.
const (
	subjectColumns = "on_post, on_handover, on_ticket, on_document, on_bundle, on_coffee, on_topic, on_version"
	subjectValues  = "@on_post, @on_handover, @on_ticket, @on_document, @on_bundle, @on_coffee, @on_topic, @on_version"
)

// withSubject adds the values of the columns to arguments.
func withSubject(args pgx.NamedArgs, on inbox.Subject) pgx.NamedArgs {
	args["on_post"], args["on_handover"] = on.PostID, on.HandoverID
	args["on_ticket"], args["on_document"], args["on_bundle"] = on.Ticket, on.Document, on.Bundle
	args["on_coffee"], args["on_topic"], args["on_version"] = on.Coffee, on.Topic, on.Version
	return args
}

// scanSubject are the places for the columns.
func scanSubject(on *inbox.Subject) []any {
	return []any{&on.PostID, &on.HandoverID, &on.Ticket, &on.Document, &on.Bundle, &on.Coffee, &on.Topic, &on.Version}
}

// aboutRow is what a draft is about, by column.
type aboutRow struct {
	Kind        inbox.AboutKind
	Ticket      int64
	Bundle      int64
	Coffee      int64
	Collections []string
	Passages    []int64
	AsOf        *time.Time
}

func (r aboutRow) about() inbox.About {
	a := inbox.About{Kind: r.Kind, Ticket: r.Ticket, Bundle: r.Bundle, Coffee: r.Coffee}
	if len(r.Collections)+len(r.Passages) > 0 {
		a.Basis = inbox.Basis{Collections: r.Collections, Passages: r.Passages, AsOf: nullZero(r.AsOf)}
	}
	return a
}

// withAbout adds the values of the columns to arguments.
func withAbout(args pgx.NamedArgs, a inbox.About) pgx.NamedArgs {
	args["kind"], args["ticket"], args["bundle"], args["coffee"] = a.Kind, a.Ticket, a.Bundle, a.Coffee
	args["collections"], args["passages"] = append([]string{}, a.Basis.Collections...), append([]int64{}, a.Basis.Passages...)
	args["as_of"] = zeroNull(a.Basis.AsOf)
	return args
}
