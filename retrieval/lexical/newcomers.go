package lexical

import (
	"context"

	"golang.org/x/sync/errgroup"
)

const (
	// youngSize is how many new entries of a collection are inverted together at
	// most: enough for a segment that pays, few enough for all processors to have
	// work.
	youngSize = segmentSize / 4
	// waitingMost is how many new entries wait for that with their text, in all
	// collections: what a load takes of memory besides the index.
	waitingMost = 4 * youngSize
)

// newcomers inverts new entries while more of them arrive.
type newcomers struct {
	group   *errgroup.Group // of the inverting; whoever brings more than it can do waits
	params  Params
	waiting map[string][]Entry // by collection
	count   int                // of those waiting
	young   map[string][]*youngSegment
}

// youngSegment is a segment as soon as the group is done.
type youngSegment struct{ *segment }

// add takes entries in.
func (n *newcomers) add(ctx context.Context, entries []Entry) {
	for _, e := range entries {
		n.waiting[e.Collection] = append(n.waiting[e.Collection], e)
		n.count++
		if len(n.waiting[e.Collection]) == youngSize {
			n.invert(ctx, e.Collection)
		} else if n.count == waitingMost {
			n.invert(ctx, n.largest())
		}
	}
}

// largest returns the collection of which most entries wait.
func (n *newcomers) largest() (name string) {
	for other, entries := range n.waiting {
		if len(entries) > len(n.waiting[name]) {
			name = other
		}
	}
	return name
}

// invertAll inverts all that wait.
func (n *newcomers) invertAll(ctx context.Context) {
	for name := range n.waiting {
		n.invert(ctx, name)
	}
}

// invert makes a segment of the entries of a collection that wait.
func (n *newcomers) invert(ctx context.Context, collection string) {
	entries, young := n.waiting[collection], &youngSegment{}
	delete(n.waiting, collection)
	n.count -= len(entries)
	n.young[collection] = append(n.young[collection], young)
	n.group.Go(func() error {
		b := newBuilder(n.params)
		for _, e := range entries {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			b.add(e)
		}
		young.segment = b.finish()
		return nil
	})
}
