package approved

import (
	"fmt"

	"github.com/goccy/go-yaml"
)

// Export is an answer as a file that Read reads. By is the function that has
// approved it; a draft, or a withdrawn one, says so.
func Export(a Answer, by string) ([]byte, error) {
	f := file{
		Questions: a.Questions, Answer: a.Text, Owner: a.Owner, Contact: a.Contact,
		Basis: basis(a.Basis), ValidUntil: a.Until.String(), Withdrawn: a.Withdrawn, Supersedes: a.Supersedes,
	}
	if a.Approved {
		f.ApprovedBy = by
	}
	raw, err := yaml.MarshalWithOptions(f, yaml.UseLiteralStyleIfMultiline(true), yaml.OmitEmpty())
	if err != nil {
		return nil, fmt.Errorf("export approved answer (%s): %w", a.Name, err)
	}
	return raw, nil
}
