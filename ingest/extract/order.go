package extract

import (
	"cmp"
	"slices"
)

// Frame is where something stands on a page or slide, in any unit, from the
// upper left corner.
type Frame struct{ Left, Top, Right, Bottom int64 }

// placed is a frame with its number.
type placed struct {
	Frame
	index int
}

// ReadingOrder returns the numbers of frames in the order in which people read
// them: from the top down and from left to right, columns one after the other.
func ReadingOrder(frames []Frame) []int {
	all := make([]placed, len(frames))
	for i, frame := range frames {
		all[i] = placed{frame, i}
	}
	order := make([]int, 0, len(frames))
	for _, s := range readingOrder(all, 0) {
		order = append(order, s.index)
	}
	return order
}

// readingOrder divides shapes at the widest gap that runs through all of them,
// from top to bottom or from left to right, and what is left and right of it
// again.
func readingOrder(all []placed, depth int) []placed {
	if len(all) < 2 {
		return all
	}
	const deepest = 30
	across, gapAcross := cut(all, func(s placed) (int64, int64) { return s.Left, s.Right })
	down, gapDown := cut(all, func(s placed) (int64, int64) { return s.Top, s.Bottom })
	var wide []placed
	switch {
	case depth > deepest:
	case gapAcross > gapDown && gapAcross > 0:
		return divided(all, depth, func(s placed) bool { return s.Right <= across })
	case gapAcross == 0 && splitByWide(all, &wide):
		return inBands(all, wide, depth)
	case gapDown > 0:
		return divided(all, depth, func(s placed) bool { return s.Bottom <= down })
	}
	slices.SortStableFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.Top, b.Top), cmp.Compare(a.Left, b.Left))
	})
	return all
}

// splitByWide finds the shapes that reach over most of the width, such as a
// subtitle over two columns, if some do and others do not.
func splitByWide(all []placed, wide *[]placed) bool {
	left, right := all[0].Left, all[0].Right
	for _, s := range all {
		left, right = min(left, s.Left), max(right, s.Right)
	}
	for _, s := range all {
		if 5*(s.Right-s.Left) > 3*(right-left) {
			*wide = append(*wide, s)
		}
	}
	return len(*wide) > 0 && len(*wide) < len(all)
}

// inBands reads wide shapes from the top down, and what stands between them in
// its own order.
func inBands(all, wide []placed, depth int) []placed {
	slices.SortStableFunc(wide, func(a, b placed) int { return cmp.Compare(a.Top, b.Top) })
	bands := make([][]placed, len(wide)+1)
	for _, s := range all {
		if slices.Contains(wide, s) {
			continue
		}
		band := 0
		for band < len(wide) && s.Top+s.Bottom >= wide[band].Top+wide[band].Bottom {
			band++
		}
		bands[band] = append(bands[band], s)
	}
	order := readingOrder(bands[0], depth+1)
	for i, s := range wide {
		order = append(append(order, s), readingOrder(bands[i+1], depth+1)...)
	}
	return order
}

func divided(all []placed, depth int, before func(placed) bool) []placed {
	var first, second []placed
	for _, s := range all {
		if before(s) {
			first = append(first, s)
		} else {
			second = append(second, s)
		}
	}
	return append(readingOrder(first, depth+1), readingOrder(second, depth+1)...)
}

// cut returns where the widest gap between shapes begins, and its width plus
// one; 0 if there is none. Shapes that touch leave a gap of no width.
func cut(all []placed, extent func(placed) (from, to int64)) (at, width int64) {
	type stretch struct{ from, to int64 }
	stretches := make([]stretch, 0, len(all))
	for _, s := range all {
		from, to := extent(s)
		stretches = append(stretches, stretch{from, max(to, from)})
	}
	slices.SortFunc(stretches, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	end := stretches[0].to
	for _, s := range stretches[1:] {
		if gap := s.from - end; gap >= 0 && gap+1 > width && s.to > end {
			at, width = end, gap+1
		}
		end = max(end, s.to)
	}
	return at, width
}
