package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// sidecarSuffix makes the name of the file that describes another one beside it:
// leitfaden.pdf.meta.yaml says of leitfaden.pdf what a text says in its head.
const sidecarSuffix = ".meta.yaml"

// pairSidecars gives sidecars to what they describe. They are no documents
// themselves; one that describes nothing is left out and said.
func (s *syncer) pairSidecars(items []Item) []Item {
	at := make(map[string]int, len(items))
	for i, item := range items {
		if item.Skip == "" && !item.Folder {
			at[item.Path] = i
		}
	}
	var alone []int
	for i, item := range items {
		described, is := strings.CutSuffix(item.Path, sidecarSuffix)
		if !is || item.Skip != "" || item.Folder || strings.HasSuffix(described, "/") || described == "" {
			continue
		}
		if j, ok := at[described]; ok && !strings.HasSuffix(described, sidecarSuffix) {
			sidecar := item
			items[j].Sidecar = &sidecar
		} else {
			s.warn(item.Path + " describes no document: there is no file of the name before " + sidecarSuffix)
		}
		alone = append(alone, i)
	}
	for _, i := range slices.Backward(alone) {
		items = slices.Delete(items, i, i+1)
	}
	return items
}

// aside is what stands beside a document's own content: it makes another version
// of the document when it changes.
type aside struct {
	values   map[string]string
	bytes    []byte
	problem  string // with file and line; the values are not to be used
	warnings []string
}

// aside reads an item's sidecar. What the sidecar holds is not trusted to be
// well-formed; an error means that it could not be looked at this time.
func (s *syncer) aside(ctx context.Context, item Item) (aside, error) {
	if item.Sidecar == nil {
		return aside{}, nil
	}
	path := item.Sidecar.Path
	if item.Sidecar.Problem != nil {
		return aside{}, &refusedError{reason: besideReason(fmt.Sprintf("%s: %v", path, item.Sidecar.Problem)), again: true}
	}
	file, err := s.source.Open(ctx, path)
	if err != nil {
		return aside{}, &refusedError{reason: unreachable("%s cannot be opened: %v", path, err), again: true}
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, MaxYAML+1))
	if err != nil {
		return aside{}, &refusedError{reason: unreachable("%s cannot be read: %v", path, err), again: true}
	}
	return parseSidecar(path, data), nil
}

// parseSidecar reads a sidecar's values.
func parseSidecar(path string, data []byte) aside {
	a := aside{values: map[string]string{}, bytes: data}
	text := strings.TrimPrefix(string(data), "\uFEFF")
	if err := ReadYAML([]byte(text), func() error { return extract.Metadata(text, a.values) }); err != nil {
		line, detail := errorLine(text, err)
		a.problem = fmt.Sprintf("%s:%d: %s", path, line, detail)
		return a
	}
	for _, key := range slices.Sorted(maps.Keys(a.values)) {
		switch {
		case key == keyCollection:
			a.problem = fmt.Sprintf("%s:%d: collection: a sidecar cannot say who may read; move the file to the collection's folder", path, lineOf(text, key))
			return a
		case !slices.Contains(sidecarKeys, key):
			a.warnings = append(a.warnings, fmt.Sprintf("%s:%d: unknown key %q (known: %s)", path, lineOf(text, key), key, strings.Join(sidecarKeys, ", ")))
		}
	}
	if _, err := describe(Item{}, extract.Document{}, a.values); err != nil {
		key, _, _ := strings.Cut(strings.ReplaceAll(err.Error(), " ", ":"), ":")
		a.problem = fmt.Sprintf("%s:%d: %v", path, lineOf(text, key), err)
	}
	return a
}

var yamlPlace = regexp.MustCompile(`\[(\d+):\d+\] `)

// errorLine returns the line that a fault of YAML is in, and the fault without it.
func errorLine(text string, err error) (line int, detail string) {
	detail = err.Error()
	if refusal, ok := errors.AsType[*extract.Error](err); ok {
		detail = refusal.Detail
	}
	if m := yamlPlace.FindStringSubmatch(detail); m != nil {
		return number(m[1]), strings.Replace(detail, m[0], "", 1)
	}
	key, _, _ := strings.Cut(strings.TrimPrefix(detail, `"`), `"`)
	return lineOf(text, key), detail
}

// lineOf returns the number of the line that begins with a key, or 1.
func lineOf(text, key string) int {
	n := 0
	for line := range strings.Lines(text) {
		n++
		name, _, ok := strings.Cut(line, ":")
		if ok && strings.EqualFold(strings.Trim(strings.TrimSpace(name), `"'`), key) {
			return n
		}
	}
	return 1
}
