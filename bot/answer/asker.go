package answer

import "context"

// Asker is for whom and where a model is asked: those who share it take turns, and
// each has a budget. It is never kept or shown.
type Asker struct{ Person, Channel string }

type askerKey struct{}

// AskedBy notes on a context for whom what follows is done.
func AskedBy(ctx context.Context, who Asker) context.Context {
	return context.WithValue(ctx, askerKey{}, who)
}

// AskerOf is for whom something is done; the zero value: not known.
func AskerOf(ctx context.Context) Asker {
	who, _ := ctx.Value(askerKey{}).(Asker) // none: nobody
	return who
}
