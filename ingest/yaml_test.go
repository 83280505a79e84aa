package ingest_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"lvr.example/sprechstunde/ingest"
)

// hostile are texts that cost the library seconds, gigabytes or its life, or would
// in larger numbers.
func hostile() map[string]string {
	fill := func(s string) string { return strings.Repeat(s, ingest.MaxYAML/len(s)) }
	laughs := "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
	for i := 1; i < 9; i++ {
		laughs += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 9), ","))
	}
	return map[string]string{
		"a billion laughs": laughs, "an alias of itself": "a: &a [*a]\n", "merge keys": "b:\n  <<: {x: 1}\n", "a tag": "a: !!binary x\n",
		"an anchor": "a: &a x\n", "a directive": "%YAML 1.2\n---\na: 1\n", "two documents": "a: 1\n---\na: 2\n",
		"brackets": fill("["), "closed brackets": fill("[") + fill("]"), "a few brackets": strings.Repeat("[", 20) + strings.Repeat("]", 20),
		"braces": fill("{"), "keys in keys": fill("{a: "), "keys in a line": fill("a: "), "lists in a line": fill("- "), "keys of keys": fill("? "),
		"many keys": fill("a:\n"), "a long list": "a: [" + fill("x,") + "]", "a long map": "a: {" + fill("x: 1,") + "}",
		"too long": "a: " + fill("xx") + "x\n",
	}
}

func TestHostileYAMLIsNotRead(t *testing.T) {
	t.Parallel()
	for name, text := range hostile() {
		err := ingest.ReadYAML([]byte(text), func() error { t.Errorf("%s: is read", name); return nil })
		if err == nil || !strings.HasPrefix(err.Error(), "[") {
			t.Errorf("%s: error %v, want one with a place", name, err)
		}
	}
}

func TestYAMLOfPeopleIsRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "# nichts\n", "---\nname: A\n", "# Kopf\n---\nname: A\nreaders: {channels: [t/a, t/b], guests: true}\n", "a: '&x *y !z'\nb: \"{[\"\nc: >\n  viel\n  Text\n",
		"owner: Zentrum KI (@m.muster)\r\nvalid_until: 31.12.2026\r\n", "channels:\n" + strings.Repeat("  - team/kanal\n", 300),
	} {
		read := false
		err := ingest.ReadYAML([]byte(text), func() error {
			read = true
			var values map[string]any
			return yaml.Unmarshal([]byte(text), &values)
		})
		if err != nil || !read {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestPanicOfTheLibraryIsAnError(t *testing.T) {
	t.Parallel()
	if err := ingest.ReadYAML([]byte("a: 1"), func() error { panic("index out of range") }); err == nil {
		t.Error("no error")
	}
}

// FuzzReadYAML looks for a text within the limits that costs more than they allow.
func FuzzReadYAML(f *testing.F) {
	for _, text := range hostile() {
		f.Add(text[:min(len(text), 400)])
	}
	f.Add("name: A\nreaders: {channels: [t/a], guests: true}\n")
	f.Fuzz(func(t *testing.T, text string) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		var values map[string]any
		_ = ingest.ReadYAML([]byte(text), func() error { return yaml.Unmarshal([]byte(text), &values) })
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 512<<20 {
			t.Errorf("%d MB for %d bytes", used>>20, len(text))
		}
	})
}
