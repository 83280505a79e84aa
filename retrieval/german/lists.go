package german

import "strings"

// Lists reads a file of named lists of words, parted by blanks and as they are
// written: "name:" opens a list, which goes on over lines. A line that begins with # is
// a remark; what stands before the first name is under "".
func Lists(text string) map[string][]string {
	all, name := map[string][]string{}, ""
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for word := range strings.FieldsSeq(line) {
			if bare, opens := strings.CutSuffix(word, ":"); opens {
				name = bare
				continue
			}
			all[name] = append(all[name], word)
		}
	}
	return all
}
