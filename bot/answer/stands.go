package answer

// Stands reports whether a quote of at least four words stands in a passage word for
// word, apart from what looks the same: blanks, hyphens at a line's end, quotation
// marks.
func Stands(quote, passage string) bool {
	_, ok := quoted(quote, passage)
	return ok
}
