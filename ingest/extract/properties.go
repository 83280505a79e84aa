package extract

import (
	"slices"
	"strings"
)

// PropertyKeys are the keys of a head that may stand in a document's properties
// as well. An author is not among them: whoever wrote a file, or whose template
// it was, need not be who looks after it. Who may read it is never a property's
// matter.
var PropertyKeys = []string{"owner", "rank", "valid_from", "valid_until", "review_date", "supersedes"}

// maxProperty is the length in bytes up to which a property says something.
const maxProperty = 500

// SetProperty takes what a property says that is named like a key of a head, in
// any case, with blanks or hyphens for the line below.
func (f *File) SetProperty(name, value string) {
	key := strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(name)))
	value = strings.TrimSpace(value)
	if value == "" || len(value) > maxProperty || !slices.Contains(PropertyKeys, key) {
		return
	}
	if f.Doc.Props == nil {
		f.Doc.Props = map[string]string{}
	}
	if f.Doc.Props[key] == "" {
		f.Doc.Props[key] = value
	}
}
