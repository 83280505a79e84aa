package importtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// otherKeys are names under which a log line must not say what has a key already,
// and who asked, which no line says.
var otherKeys = map[string]string{
	"err": "error", "question_id": "question", "post_id": "post", "channel_id": "channel", "again_in": "pause", "tries": "try",
	"user": "", "user_id": "", "username": "", "person": "", "asker": "", "host": "", "text": "", "token": "",
}

// logCalls are slog's methods with the place of the first key.
var logCalls = map[string]int{
	"Debug": 1, "Info": 1, "Warn": 1, "Error": 1, "DebugContext": 2, "InfoContext": 2, "WarnContext": 2, "ErrorContext": 2,
}

func TestLogKeysHaveOneNameForEachMeaning(t *testing.T) {
	t.Parallel()
	root := "../../.."
	logged := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != root {
			return skip(err)
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			for _, key := range keysOf(n) {
				logged++
				if instead, other := otherKeys[key]; other {
					t.Errorf("%s logs %q, whose key is %q (empty: never log it)", path, key, instead)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if logged < 10 {
		t.Errorf("only %d keys were found", logged)
	}
}

func skip(err error) error {
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	return fs.SkipDir
}

// keysOf returns the keys that a call of slog is given as words.
func keysOf(n ast.Node) (keys []string) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return nil
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	first, is := logCalls[method.Sel.Name]
	if !is || len(call.Args) <= first {
		return nil
	}
	for i := first; i < len(call.Args); i += 2 {
		if word, ok := call.Args[i].(*ast.BasicLit); ok && word.Kind == token.STRING {
			key, err := strconv.Unquote(word.Value)
			if err == nil {
				keys = append(keys, key)
			}
		}
	}
	return keys
}
