package german

import "iter"

// Mistyped yields the folded words of which a folded one is a common typing
// error: two letters swapped, one left out, one typed twice, or, in words of
// eight letters and more, the key beside it hit. The first letter is right in
// nearly all typing errors (Pollock and Zamora, CACM 27(4), 1984).
func Mistyped(form string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 1; i < len(form); i++ {
			if i+1 < len(form) && form[i] != form[i+1] && !yield(form[:i]+form[i+1:i+2]+form[i:i+1]+form[i+2:]) {
				return
			}
			if form[i] == form[i-1] && !yield(form[:i]+form[i+1:]) {
				return
			}
		}
		for i := 1; i <= len(form); i++ {
			for letter := 'a'; letter <= 'z'; letter++ {
				if !yield(form[:i] + string(letter) + form[i:]) {
					return
				}
			}
		}
		if len(form) < 8 {
			return
		}
		for i := 1; i < len(form); i++ {
			for _, letter := range besideKey[form[i]] {
				if !yield(form[:i] + string(letter) + form[i+1:]) {
					return
				}
			}
		}
	}
}

// besideKey holds the letters left and right of each on a German keyboard.
var besideKey = keyNeighbours("qwertzuiop", "asdfghjkl", "yxcvbnm")

func keyNeighbours(rows ...string) map[byte]string {
	beside := make(map[byte]string)
	for _, row := range rows {
		for i := range len(row) - 1 {
			beside[row[i]] += row[i+1 : i+2]
			beside[row[i+1]] += row[i : i+1]
		}
	}
	return beside
}
