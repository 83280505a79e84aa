package extract

import (
	"context"
	"fmt"
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
// it may be. None may once the file is full.
func (f *File) Next(part, total int) bool {
	if f.steps.Told != nil {
		f.steps.Told(part-1, total)
	}
	if f.Full {
		return false
	}
	if slices.Contains(f.steps.Skip, part) || f.steps.Until > 0 && part > f.steps.Until {
		f.Remark(UnreadPages, 1, "not within the limits of time and memory; they are tried again another day")
		f.Later()
		return false
	}
	return true
}

// Later says that something is not read for want of time or memory: another day there
// may be more of it.
func (f *File) Later() { f.later, f.Doc.Partial = true, true }

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

// stretch is the length in bytes of a part of a file that is gone through from
// beginning to end and has no parts of its own, such as pages.
const stretch = 256 << 10

// Way is the way through such a file, part by part.
type Way struct {
	file  *File
	total int
	part  int
	open  bool
}

// Through begins to go through a file of a length in bytes.
func (f *File) Through(length int) *Way {
	return &Way{file: f, total: length/stretch + 1}
}

// BeginningOf inflates a part of an archive as far as the limits allow, and says where
// there is more of it; of is put before that, and names what is missing.
func (f *File) BeginningOf(part, of string) (data []byte, cut bool, err error) {
	data, cut, err = f.Zip.Beginning(part)
	if cut {
		f.Beyond(fmt.Sprintf("%swhat stands behind the first %d MB of XML", of, len(data)>>20))
	}
	return data, cut, err
}

// LongPart returns what goes through a part with a document's text, of a length in
// bytes, piece by piece; whoever visits it adds Enter, Tree and Leave. cut: it is the
// beginning of one.
func (f *File) LongPart(length int, cut bool) XMLVisitor {
	return XMLVisitor{At: f.Through(length).At, Cut: cut, Short: func() { f.Beyond("the rest of a long table or the like") }}
}

// At is told of places on the way in their order, in bytes from the beginning, and
// reports whether what stands there may be read.
func (w *Way) At(place int64) bool {
	if part := min(int(place/stretch)+1, w.total); part > w.part {
		w.part = part
		w.open = w.file.Next(part, w.total)
	}
	return w.open && !w.file.Full
}
