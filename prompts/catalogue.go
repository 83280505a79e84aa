package prompts

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"sort"
	"strings"
	"text/template"
)

//go:embed texts
var embedded embed.FS

const suffix = ".md.tmpl"

// Catalogue renders the texts. It is immutable and safe for concurrent use.
type Catalogue struct {
	texts map[string]*template.Template
	own   map[string]*template.Template // the texts of this package, for a house's text that fails
}

// Default returns the catalogue as it comes with the program.
func Default() *Catalogue {
	own, err := parse(embedded, "texts")
	if err != nil {
		// The embedded files are constants of the binary; a test parses them all.
		own = map[string]*template.Template{}
	}
	return &Catalogue{texts: own, own: own}
}

// Load returns the catalogue with the texts that the folder replaces. The
// folder holds files like answer/not_found.md.tmpl; an unknown name, a text
// that does not parse, does not fit its data, or breaks a rule of the house's
// chat (see [Problem]) is an error. An empty dir means no replacements.
func Load(dir string) (*Catalogue, error) {
	c := Default()
	if dir == "" {
		return c, nil
	}
	replaced, err := parse(os.DirFS(dir), ".")
	if err != nil {
		return nil, fmt.Errorf("load texts (%s): %w", dir, err)
	}
	c.texts = make(map[string]*template.Template, len(c.own))
	for name, t := range c.own {
		c.texts[name] = t
	}
	for name, t := range replaced {
		samples, known := declared[name]
		if code, language := strings.CutPrefix(name, languagePrefix); !known && language && code != "" {
			samples, known = sampleLanguage, true
		}
		if !known {
			return nil, fmt.Errorf("load texts (%s): no text is called %q; names are %s", dir, name, strings.Join(Names(), ", "))
		}
		for _, data := range samples {
			if err := t.Execute(&bytes.Buffer{}, data); err != nil {
				return nil, fmt.Errorf("load texts (%s): %w", dir, err)
			}
		}
		c.texts[name] = t
	}
	return c, nil
}

// Names returns the names of all texts, sorted.
func Names() []string {
	names := make([]string, 0, len(declared))
	for name := range declared {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func parse(files fs.FS, root string) (map[string]*template.Template, error) {
	texts := map[string]*template.Template{}
	err := fs.WalkDir(files, root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, suffix) {
			return err
		}
		name := strings.TrimPrefix(strings.TrimSuffix(p, suffix), root+"/")
		raw, err := fs.ReadFile(files, p)
		if err != nil {
			return fmt.Errorf("read text (%s): %w", name, err)
		}
		if problem := Problem(string(raw)); problem != "" && path.Dir(name) != "model" {
			return fmt.Errorf("text %s: %s", name, problem)
		}
		body := strings.TrimRight(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n")
		t, err := template.New(name).Funcs(functions).Option("missingkey=error").Parse(body)
		if err != nil {
			return fmt.Errorf("parse text: %w", err)
		}
		texts[name] = t
		return nil
	})
	return texts, err
}

// declared holds the sample data of each text: what Load tries a house's text
// with, and what the golden files show.
var declared = map[string][]any{}

// text is one text of the catalogue that is rendered with data of type D.
type text[D any] struct{ name string }

// declare announces the text of the given name with samples of its data, at
// least one; together they should reach each branch of the text.
func declare[D any](name string, samples ...D) text[D] {
	for _, s := range samples {
		declared[name] = append(declared[name], s)
	}
	return text[D]{name: name}
}

func (t text[D]) render(c *Catalogue, data D) string {
	rendered, err := execute(c.texts[t.name], data)
	if err != nil { // only a house's own text can get here, with data unlike the samples
		rendered, _ = execute(c.own[t.name], data)
	}
	return rendered
}

func execute(t *template.Template, data any) (string, error) {
	if t == nil {
		return "", errors.New("no such text")
	}
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		return "", fmt.Errorf("render text: %w", err)
	}
	return strings.TrimSpace(b.String()), nil
}
