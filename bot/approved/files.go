package approved

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"lvr.example/sprechstunde/retrieval"
)

// file is one file of a house's folder.
type file struct {
	Questions  []string `yaml:"questions"`
	Answer     string   `yaml:"answer"`
	Owner      string   `yaml:"owner"`
	Contact    string   `yaml:"contact"`
	Basis      basis    `yaml:"basis"`
	ValidUntil string   `yaml:"valid_until"`
	ApprovedBy string   `yaml:"approved_by"` // a function; empty: it is a draft
	Withdrawn  bool     `yaml:"withdrawn"`
	Supersedes string   `yaml:"supersedes"`
}

type basis struct {
	Document string `yaml:"document"`
	Quote    string `yaml:"quote"`
	Version  string `yaml:"version"`
}

// Read reads the answers of a folder, one in each .yaml file, by name. What is wrong
// is returned for all files together, each a [Fault] with file and line; the others
// are returned all the same.
func Read(folder fs.FS) ([]Answer, error) {
	names, err := fs.Glob(folder, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list approved answers: %w", err)
	}
	var all []Answer
	var faults []error
	lines := map[string]*ast.File{}
	for _, name := range names {
		raw, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("read approved answer: %w", err)
		}
		a, err := parse(name, raw)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		lines[name], _ = parser.ParseBytes(raw, 0) // it was read a moment ago
		if own := a.Check(); len(own) > 0 {
			faults = append(faults, placed(own, lines[name])...)
			continue
		}
		all = append(all, a)
	}
	among := checkAll(all)
	for _, f := range among {
		faults = append(faults, placed([]Fault{f}, lines[f.Name])...)
	}
	all = slices.DeleteFunc(all, func(a Answer) bool {
		return slices.ContainsFunc(among, func(f Fault) bool { return f.Name == a.Name })
	})
	return all, errors.Join(faults...)
}

func parse(name string, raw []byte) (Answer, error) {
	var f file
	if err := yaml.UnmarshalWithOptions(raw, &f, yaml.Strict()); err != nil {
		line := 0
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil {
			line = at.GetToken().Position.Line
		}
		return Answer{}, Fault{Name: name, Line: line, Err: fmt.Errorf("not read: %s", firstLine(err))}
	}
	a := Answer{
		Name: name, Text: strings.TrimSpace(f.Answer), Owner: strings.TrimSpace(f.Owner), Contact: strings.TrimPrefix(strings.TrimSpace(f.Contact), "@"),
		Basis:    Basis{strings.TrimSpace(f.Basis.Document), strings.TrimSpace(f.Basis.Quote), strings.TrimSpace(f.Basis.Version)},
		Approved: strings.TrimSpace(f.ApprovedBy) != "", Withdrawn: f.Withdrawn, Supersedes: strings.TrimSpace(f.Supersedes),
	}
	for _, q := range f.Questions {
		if q = strings.TrimSpace(q); q != "" {
			a.Questions = append(a.Questions, q)
		}
	}
	if f.ValidUntil != "" {
		day, err := time.Parse(time.DateOnly, strings.TrimSpace(f.ValidUntil))
		if err == nil { // else Check says what to write
			a.Until = retrieval.DateOf(day)
		}
	}
	return a, nil
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// placed gives faults the line of the key that they are about, of the one above it
// where it is missing.
func placed(faults []Fault, in *ast.File) []error {
	var all []error
	for _, f := range faults {
		above, _, _ := strings.Cut(f.Key, ".")
		f.Line = max(1, cmp.Or(lineOf(f.Key, in), lineOf(above, in)))
		all = append(all, f)
	}
	return all
}

// lineOf is the line of a key; 0: it is not there.
func lineOf(key string, in *ast.File) int {
	path, err := yaml.PathString("$." + key)
	if err != nil || in == nil {
		return 0
	}
	node, err := path.FilterFile(in)
	if err != nil || node == nil || node.GetToken() == nil {
		return 0
	}
	return node.GetToken().Position.Line
}
