package extract

import (
	"context"
	"slices"
)

// Steps are the parts of a long file, such as pages, that are read one after the
// other. Attachments have none of their own.
type Steps struct {
	Told  func(done, total int) // is told before each part is read how many are done; may be nil
	Skip  []int                 // parts, from 1, that are passed over: they broke a reader before
	Until int                   // the last part that is read; 0: all
}

// Next is called before the part with a number, from 1, is read, and reports whether
// it may be.
func (f *File) Next(part, total int) bool {
	if f.steps.Told != nil {
		f.steps.Told(part-1, total)
	}
	return !slices.Contains(f.steps.Skip, part) && (f.steps.Until == 0 || part <= f.steps.Until)
}

type stepsKey struct{}

// WithProgress has whoever reads a long file under ctx say how far it is, in parts
// of that file.
func WithProgress(ctx context.Context, told func(done, total int)) context.Context {
	return context.WithValue(ctx, stepsKey{}, told)
}

// ProgressOf returns what [WithProgress] was given; nil: nobody asks.
func ProgressOf(ctx context.Context) func(done, total int) {
	told, _ := ctx.Value(stepsKey{}).(func(done, total int))
	return told
}
