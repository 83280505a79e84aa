package extract

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
)

// maxFrontMatter is the length in bytes up to which the head of a document is
// looked for and read.
const maxFrontMatter = 64 << 10

// CutHead splits the head between two lines of --- from a text and adds its keys,
// in lower case, to the document's meta data. A text without a head is returned
// whole. What is no YAML is read line by line, as "key: value"; what cannot be
// read so either is ignored, with a remark. Only where it may hold who can read
// the document, or when it holds, that is an error.
func CutHead(b *Builder, text string) (body string, err error) {
	text = strings.TrimPrefix(text, "\uFEFF")
	rest, ok := cutRule(text)
	if !ok {
		return text, nil
	}
	head, body, ok := splitHead(rest)
	if !ok {
		if !looksLikeKeys(rest) {
			return text, nil
		}
		first, _, _ := strings.Cut(rest, "\n\n")
		if binds(first) {
			return "", &Error{Reason: FrontMatter, Detail: "the opening line --- has no closing one"}
		}
		b.Remark(BrokenHead, 1, "the opening line --- has no closing one")
		return rest, nil
	}
	if strings.TrimSpace(head) != "" && !looksLikeKeys(head) {
		return text, nil // two thematic breaks around prose
	}
	meta := map[string]string{}
	if problem := Metadata(head, meta); problem != nil {
		var read bool
		if meta, read = lineByLine(head); !read && binds(head) {
			return "", problem
		}
		b.Remark(BrokenHead, 1, problem.Error())
	}
	for key, value := range meta {
		b.Doc.Meta[key] = value
	}
	return body, nil
}

// binds reports heads with a key that says who may read the document, or when it
// holds.
func binds(head string) bool { return bindingKey.MatchString(head) }

var bindingKey = regexp.MustCompile(`(?mi)^[ \t"']*(?:collection|valid[_-](?:from|until)|readers)["' \t]*:`)

var headLine = regexp.MustCompile(`^["']?([\pL][\pL\d_ -]*?)["']?[ \t]*:(?:[ \t]+(.*))?$`)

// lineByLine reads lines of key and value. It reports false where a key that
// binds has no plain value, or two.
func lineByLine(head string) (meta map[string]string, ok bool) {
	meta, ok = map[string]string{}, true
	key := ""
	for line := range strings.Lines(head) {
		line = strings.TrimRight(line, " \t\r\n")
		found := headLine.FindStringSubmatch(line)
		if found == nil { // it goes on with the value before, in a form of its own
			if strings.TrimSpace(line) != "" && bindingKey.MatchString(key+":") {
				ok = false
			}
			continue
		}
		key = strings.ToLower(found[1])
		value := strings.TrimSpace(found[2])
		if strings.HasPrefix(value, "[") && strings.HasSuffix(value, "]") {
			value = strings.TrimSpace(value[1 : len(value)-1])
		}
		if len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
			value = value[1 : len(value)-1]
		}
		if old, twice := meta[key]; bindingKey.MatchString(key+":") && (twice && old != value || strings.ContainsAny(value, "[]{}|>&*")) {
			ok = false
		}
		if value != "" {
			meta[key] = value
		}
	}
	return meta, ok
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
