package kreuzberglocal_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"lvr.example/sprechstunde/ingest/extract"
)

var (
	oldFiles = flag.String("old", "", "read the files of this folder and tell what becomes of each")
	twinsIn  = flag.String("twins", "", "folder with the same documents in formats of our own: old.xls.xlsx for old.xls")
)

// TestOldFiles reads a folder of files in old formats and, where there is a twin that
// the house reads itself, counts how many of its words come back. Figures are left
// out: programs write them in different ways.
func TestOldFiles(t *testing.T) {
	if *oldFiles == "" {
		t.Skip("-old FOLDER measures")
	}
	files, err := os.ReadDir(*oldFiles)
	if err != nil {
		t.Fatal(err)
	}
	byType := map[string]*counted{}
	verdicts := map[string]int{}
	for _, file := range files {
		doc := readFile(t, filepath.Join(*oldFiles, file.Name()))
		verdict := "text"
		if doc.Problem != nil {
			verdict = string(doc.Problem.Reason)
		}
		verdicts[doc.Type+": "+verdict]++
		t.Logf("%s: %s, %d blocks, %v, %v", file.Name(), verdict, len(doc.Blocks), doc.Problem, doc.Remarks)
		path := twinOf(file.Name())
		if path == "" {
			continue
		}
		twin := readFile(t, path)
		if twin.Problem != nil {
			t.Logf("\tits twin: %v", twin.Problem)
			continue
		}
		one := compare(letters, textOf(twin), textOf(doc))
		t.Logf("\t%s", one)
		if byType[doc.Type] == nil {
			byType[doc.Type] = &counted{}
		}
		byType[doc.Type].add(one)
	}
	for kind, all := range byType {
		t.Logf("%s with twins: %s", kind, all)
	}
	t.Logf("%d files: %v", len(files), verdicts)
}

// twinOf returns the path of the same document in a format of ours; "": there is none.
func twinOf(name string) string {
	for _, ending := range []string{".docx", ".xlsx", ".xlsm", ".pptx", ".eml", ".txt"} {
		path := filepath.Join(*twinsIn, name+ending)
		if _, err := os.Stat(path); *twinsIn != "" && err == nil {
			return path
		}
	}
	return ""
}

func readFile(t *testing.T, path string) extract.Named {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, filepath.Base(path), data)
}
