package lexical

import (
	"context"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// state is one version of the index; immutable once it can be seen.
type state struct {
	version     int64
	collections map[string][]*segment // none of them empty
}

// after returns the state that the loader's changes lead to; nothing of it can be
// seen before it is whole. Segments that hold nothing of what is gone are shared by
// both.
func (st *state) after(ctx context.Context, loader Loader, p Params) (*state, error) {
	group, ctx := onAllProcessors(ctx)
	next := &state{collections: make(map[string][]*segment, len(st.collections))}
	arriving := newcomers{group: group, params: p, waiting: make(map[string][]Entry), young: make(map[string][]*youngSegment)}
	first := true
	err := loader.Changes(ctx, st.version, func(part Change) error {
		if first {
			first, next.version = false, part.Version
			st.forget(group, next, part.Gone)
		}
		arriving.add(ctx, part.Add)
		return ctx.Err()
	})
	if err == nil {
		arriving.invertAll(ctx)
	}
	if failed := group.Wait(); failed != nil {
		return nil, failed
	}
	if err != nil {
		return nil, err
	}
	for name, segments := range arriving.young {
		for _, s := range segments {
			next.collections[name] = append(next.collections[name], s.segment)
		}
	}
	next.drop(func(s *segment) bool { return s.size() == 0 })
	return next, nil
}

// forget puts the segments without the documents gone into the next state, where
// they stand when group is done.
func (st *state) forget(group *errgroup.Group, next *state, documents []int64) {
	gone := make(map[int64]bool, len(documents))
	for _, id := range documents {
		gone[id] = true
	}
	for name, segments := range st.collections {
		kept := slices.Clone(segments)
		next.collections[name] = kept
		for i, s := range segments {
			if s.holds(gone) {
				group.Go(func() error { kept[i] = merge([]*segment{s}, gone); return nil })
			}
		}
	}
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
