package german

import (
	_ "embed"
	"strings"
)

//go:embed stop.txt
var stopList string

// stopWords are those of stop.txt, folded.
var stopWords = Set(stopList)

// Stop reports whether a folded word is a stop word.
func Stop(folded string) bool { return stopWords[folded] }

// Set are the words of a list, parted by blanks; a line that begins with # is a remark.
func Set(list string) map[string]bool {
	set := make(map[string]bool)
	for line := range strings.Lines(list) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			set[w] = true
		}
	}
	return set
}

// determiners stand before a noun: behind one of them a lower-case word that is
// a known abbreviation ("die da") is taken for the abbreviation.
var determiners = Set(`der die das den dem des eine einer eines einem unsere unserer neue neuen alte alten laut welche welcher`)
