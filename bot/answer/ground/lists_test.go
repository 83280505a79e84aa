package ground

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// named matches where the checks ask for lists of lists.txt.
var named = regexp.MustCompile(`(?:list|pairs|phrases|opens|either|stems)\(("[^)]*)\)|lists\["([^"]*)"\]|: "(spans-in-[a-z]+)"`)

// TestListsAreThoseThatAreAskedFor finds names that are misspelt and lists that
// nobody asks for any more.
func TestListsAreThoseThatAreAskedFor(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range named.FindAllStringSubmatch(string(source), -1) {
			for name := range strings.FieldsFuncSeq(m[1]+m[2]+m[3], func(r rune) bool { return r == '"' || r == ',' || r == ' ' }) {
				asked[name] = true
			}
		}
	}
	for name := range asked {
		if len(lists[name]) == 0 {
			t.Errorf("no list is called %q", name)
		}
	}
	for name := range lists {
		if !asked[name] {
			t.Errorf("nobody asks for the list %q", name)
		}
	}
}

func TestListsArePairsThroughout(t *testing.T) {
	for name, words := range lists {
		pairs := 0
		for _, word := range words {
			if before, behind, is := strings.Cut(word, "/"); is && before != "" && behind != "" {
				pairs++
			}
		}
		if pairs != 0 && pairs != len(words) {
			t.Errorf("%s: %d of %d words are no pairs", name, len(words)-pairs, len(words))
		}
	}
}

func TestPhrasesAreWholeWords(t *testing.T) {
	for line, want := range map[string]bool{
		"das gilt nicht fur akten": true, "nur wenn": true, "dies ist nicht so": true, "davon gilt": true,
		"das gilt auch": false, "aberglaube ist": false, "akten davon": false,
	} {
		if got := opening.MatchString(line); got != want {
			t.Errorf("%q restricts: %v", line, got)
		}
	}
}

// TestWordings holds each line of wordings.txt to its examples.
func TestWordings(t *testing.T) {
	for _, w := range wordings {
		for _, example := range w.examples {
			text, read, ok := strings.Cut(example, "=>")
			text, read = strings.TrimSpace(text), strings.TrimSpace(read)
			if got := worded(text); !ok || got != read {
				t.Errorf("%q is read %q, want %q", text, got, read)
			}
		}
	}
}
