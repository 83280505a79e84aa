package extract

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
)

// maxFrontMatter is the length in bytes up to which the head of a document is
// looked for and read.
const maxFrontMatter = 64 << 10

// CutHead splits the YAML head between two lines of --- from a text and
// adds its keys, in lower case, to meta. A text without a head is returned
// whole. A head that is not closed or not YAML, or a value that is not plain,
// is an error: it may hold a limit of validity or of readers.
func CutHead(text string, meta map[string]string) (body string, err error) {
	text = strings.TrimPrefix(text, "\uFEFF")
	rest, ok := cutRule(text)
	if !ok {
		return text, nil
	}
	head, body, ok := splitHead(rest)
	if !ok {
		if looksLikeKeys(rest) {
			return "", &Error{Reason: FrontMatter, Detail: "the opening line --- has no closing one"}
		}
		return text, nil
	}
	if strings.TrimSpace(head) != "" && !looksLikeKeys(head) {
		return text, nil // two thematic breaks around prose
	}
	return body, Metadata(head, meta)
}

// Metadata adds the keys of a YAML text, in lower case, to meta. A text that is
// not YAML, or a value that is not plain, is an [*Error]; where YAML knows the
// place, its Detail holds "[line:column]".
func Metadata(text string, meta map[string]string) error {
	var values map[string]any
	if err := yaml.Unmarshal([]byte(text), &values); err != nil {
		return &Error{Reason: FrontMatter, Detail: yamlProblem(err)}
	}
	for key, value := range values {
		plain, ok := plainValue(value)
		if !ok {
			return &Error{Reason: FrontMatter, Detail: fmt.Sprintf("%q must be a single value", key)}
		}
		meta[strings.ToLower(strings.TrimSpace(key))] = plain
	}
	return nil
}

// cutRule removes a first line of just ---.
func cutRule(text string) (rest string, ok bool) {
	line, rest, _ := strings.Cut(text, "\n")
	return rest, strings.TrimRight(line, " \t\r") == "---"
}

// splitHead cuts at the first line of just --- or ....
func splitHead(text string) (head, body string, ok bool) {
	for start := 0; start < len(text) && start < maxFrontMatter; {
		end := strings.IndexByte(text[start:], '\n')
		next := len(text)
		line := text[start:]
		if end >= 0 {
			line, next = text[start:start+end], start+end+1
		}
		if line = strings.TrimRight(line, " \t\r"); line == "---" || line == "..." {
			return text[:start], text[next:], true
		}
		start = next
	}
	return "", "", false
}

// looksLikeKeys reports whether the first line that is not empty is "key: …",
// a comment, or something else that only YAML begins with.
func looksLikeKeys(text string) bool {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if strings.HasPrefix(line, "# ") || strings.HasPrefix(line, "{") || strings.HasPrefix(line, "[") {
			return true
		}
		key, _, found := strings.Cut(line, ":")
		return found && key != "" && !strings.ContainsAny(key, " \t.!?")
	}
	return false
}

// plainValue returns a scalar, or a list of scalars joined by commas, as text.
func plainValue(value any) (string, bool) {
	switch v := value.(type) {
	case nil:
		return "", true
	case string:
		return strings.TrimSpace(v), true
	case []any:
		parts := make([]string, 0, len(v))
		for _, element := range v {
			if _, nested := element.([]any); nested {
				return "", false
			}
			part, ok := plainValue(element)
			if !ok {
				return "", false
			}
			parts = append(parts, part)
		}
		return strings.Join(parts, ", "), true
	case map[string]any:
		return "", false
	default:
		return fmt.Sprint(v), true
	}
}

// yamlProblem returns the first line of a YAML error: position and fault,
// without the quoted source that follows.
func yamlProblem(err error) string {
	line, _, _ := strings.Cut(strings.TrimSpace(err.Error()), "\n")
	return "not valid YAML: " + line
}
