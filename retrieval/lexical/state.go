package lexical

import (
	"context"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// youngSize is how many new entries are inverted together: enough for a
// segment that pays, few enough for all processors to have work.
const youngSize = segmentSize / 4

// state is one version of the index; immutable once it can be seen.
type state struct {
	version     int64
	collections map[string][]*segment // none of them empty
}

// after returns the state that a change leads to. Segments that hold nothing
// of what is gone are shared by both.
func (st *state) after(ctx context.Context, change Change, p Params) (*state, error) {
	gone := make(map[int64]bool, len(change.Gone))
	for _, id := range change.Gone {
		gone[id] = true
	}
	added := make(map[string][]Entry)
	for _, e := range change.Add {
		added[e.Collection] = append(added[e.Collection], e)
	}
	group, ctx := onAllProcessors(ctx)
	next := &state{change.Version, make(map[string][]*segment, len(st.collections))}
	for name, segments := range st.collections {
		next.collections[name] = forget(group, segments, gone)
	}
	young := make(map[string][]*segment, len(added))
	for name, entries := range added {
		young[name] = invert(ctx, group, entries, p)
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for name, segments := range young {
		next.collections[name] = append(next.collections[name], segments...)
	}
	next.drop(func(s *segment) bool { return s.size() == 0 })
	return next, nil
}

// forget returns the segments without the documents gone, when group is done.
func forget(group *errgroup.Group, segments []*segment, gone map[int64]bool) []*segment {
	kept := slices.Clone(segments)
	for i, s := range segments {
		if s.holds(gone) {
			group.Go(func() error { kept[i] = merge([]*segment{s}, gone); return nil })
		}
	}
	return kept
}

// invert returns segments of new entries, when group is done.
func invert(ctx context.Context, group *errgroup.Group, entries []Entry, p Params) []*segment {
	young := make([]*segment, (len(entries)+youngSize-1)/youngSize)
	for i := range young {
		group.Go(func() error {
			b := newBuilder(p)
			for _, e := range entries[i*youngSize : min((i+1)*youngSize, len(entries))] {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				b.add(e)
			}
			young[i] = b.finish()
			return nil
		})
	}
	return young
}

// tidied returns the same state in fewer segments.
func (st *state) tidied(ctx context.Context) (*state, error) {
	group, ctx := onAllProcessors(ctx)
	next := &state{st.version, make(map[string][]*segment, len(st.collections))}
	merged := make(map[*segment]bool)
	for name, segments := range st.collections {
		segments = slices.Clone(segments)
		next.collections[name] = segments
		for _, places := range crowded(segments) {
			parts := make([]*segment, len(places))
			for k, i := range places {
				parts[k] = segments[i]
				merged[parts[k]] = true
			}
			group.Go(func() error { segments[places[0]] = merge(parts, nil); return ctx.Err() })
		}
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	next.drop(func(s *segment) bool { return merged[s] })
	return next, nil
}

// drop takes segments out of a state that cannot be seen yet, and collections
// without any.
func (st *state) drop(unwanted func(*segment) bool) {
	for name, segments := range st.collections {
		segments = slices.DeleteFunc(segments, unwanted)
		st.collections[name] = segments
		if len(segments) == 0 {
			delete(st.collections, name)
		}
	}
}

func onAllProcessors(ctx context.Context) (*errgroup.Group, context.Context) {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	return group, ctx
}
