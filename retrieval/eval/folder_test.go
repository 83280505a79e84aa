package eval_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"lvr.example/sprechstunde/retrieval/eval"
)

func TestBrokenFolders(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ file, text, want string }{
		"broken query":       {"queries.jsonl", "{\"_id\":\"q1\",\"text\":\"a\"}\n{kaputt\n", "queries.jsonl:2: "},
		"query twice":        {"queries.jsonl", "{\"_id\":\"q1\",\"text\":\"a\"}\n\n{\"_id\":\"q1\",\"text\":\"b\"}\n", "queries.jsonl:3: "},
		"query without id":   {"queries.jsonl", "{\"text\":\"a\"}\n", "queries.jsonl:1: "},
		"query without text": {"queries.jsonl", "{\"_id\":\"q1\",\"question\":\"a\"}\n", "queries.jsonl:1: text is missing"},
		"turns and text":     {"queries.jsonl", "{\"_id\":\"q1\",\"text\":\"a\",\"turns\":[\"b\",\"c\"]}\n", "queries.jsonl:1: text is not the last of turns"},
		"no query":           {"queries.jsonl", "\n", "queries.jsonl: no questions"},
		"broken corpus":      {"corpus.jsonl", "[]\n", "corpus.jsonl:1: "},
		"row twice":          {"corpus.jsonl", "{\"_id\":\"d1\"}\n{\"_id\":\"d1\"}\n", "corpus.jsonl:2: "},
		"broken behind much": {"corpus.jsonl", "{\"_id\":\"d1\",\"text\":\"" + strings.Repeat("lang ", 1<<20) + "\"}\nkaputt", "corpus.jsonl:2: "},
		"empty corpus":       {"corpus.jsonl", "", "neither files/ nor corpus.jsonl"},
		"columns":            {"qrels.tsv", "q1 d1 1\n", "qrels.tsv:1: "},
		"score":              {"qrels.tsv", "q1\td1\tviel\n", "qrels.tsv:1: "},
		"unknown query":      {"qrels.tsv", "query-id\tcorpus-id\tscore\nq9\td1\t1\n", `qrels.tsv:2: query "q9"`},
		"unknown document":   {"qrels.tsv", "query-id\tcorpus-id\tscore\nq1\td9\t1\n", `qrels.tsv:2: document "d9"`},
		"judged twice":       {"qrels.tsv", "q1\td1\t1\nq1\td1\t0\n", "qrels.tsv:2: "},
	} {
		files := standard()
		files[tc.file] = tc.text
		if _, err := eval.ReadFolder(folder(t, files)); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %.200v, want %q", name, err, tc.want)
		}
	}
	file := filepath.Join(folder(t, standard()), "queries.jsonl")
	for _, dir := range []string{filepath.Join(t.TempDir(), "fehlt"), file, t.TempDir()} {
		if _, err := eval.ReadFolder(dir); err == nil || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: got %v", dir, err)
		}
	}
}

func TestFoldersAsOtherProgramsWriteThem(t *testing.T) {
	t.Parallel()
	files := standard()
	for name, text := range files {
		files[name] = "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n") + "\r\n\r\n"
	}
	files["corpus.jsonl"] += `{"_id":"lang","text":"` + strings.Repeat("Wort ", 1<<20) + `","metadata":{"seite":[1]}}`
	files["qrels.tsv"] += "q3\t0\tlang\t0\r\n" // TREC
	f, err := eval.ReadFolder(folder(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Rows) != 4 || len(f.Rows[3].Text) != 5<<20 || len(f.Queries) != 4 || f.Queries[0].Relevant["d1"] != 2 || f.Queries[1].Relevant["d3"] != 0 {
		t.Errorf("%d rows, queries %+v", len(f.Rows), f.Queries)
	}
}

func TestFilesAreTheCorpus(t *testing.T) {
	t.Parallel()
	files := standard()
	delete(files, "corpus.jsonl")
	delete(files, "qrels.tsv")
	files["files/regeln/da.md"] = "# DA"
	files["files/regeln/collection.yaml"] = "name: regeln"
	files["files/.git/config"], files["files/regeln/~$da.docx"] = "x", "x"
	files["qrels/test.tsv"] = "q1\tregeln/da.md\t1\n"
	f, err := eval.ReadFolder(folder(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.FileIDs) != 1 || f.FileIDs[0] != "regeln/da.md" || f.Queries[0].Relevant["regeln/da.md"] != 1 || !f.Queries[0].Answerable || f.Queries[1].Answerable {
		t.Errorf("got %+v", f)
	}
}

// TestIDsMeetInAnySpelling: a file name from another system is decomposed, the
// qrels and the row that stands in are composed; a percent sign is itself.
func TestIDsMeetInAnySpelling(t *testing.T) {
	t.Parallel()
	files := standard()
	decomposed := norm.NFD.String("Übersicht Büro 100%.md")
	composed := norm.NFC.String(decomposed)
	files["files/"+decomposed] = "# Büro"
	files["files/a%20b.md"] = "# B"
	files["corpus.jsonl"] += "\n" + `{"_id":"` + composed + `","text":"Büro"}`
	files["qrels.tsv"] += "q3\t" + composed + "\t1\nq3\ta%20b.md\t2\n"
	dir := folder(t, files)
	if names, err := os.ReadDir(filepath.Join(dir, "files")); err != nil || !slices.ContainsFunc(names, func(e os.DirEntry) bool { return e.Name() == decomposed }) {
		t.Skip("this file system composes names")
	}
	f, err := eval.ReadFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Queries[2].Relevant; got[decomposed] != 1 || got["a%20b.md"] != 2 {
		t.Errorf("relevant: %v", got)
	}
	if last := f.Rows[len(f.Rows)-1].ID; last != decomposed {
		t.Errorf("the row stands for %q", last)
	}
}

func TestAttachmentsCountAsTheirMail(t *testing.T) {
	t.Parallel()
	files := standard()
	files["files/post/mail.eml"] = "x"
	files["qrels.tsv"] = "q1\tpost/mail.eml\t1\n"
	fixed := ranked{"d1", "post/mail.eml/anhang.zip/blatt.pdf", "post/mail.eml", "fremd/x.md"}
	var seen []eval.Observation
	_, err := eval.Run(t.Context(), eval.Config{
		Dir: folder(t, files), Draws: 1, PerQuery: func(o eval.Observation) error { seen = append(seen, o); return nil },
		Open: func(context.Context, eval.Folder) (eval.House, func(), error) {
			return eval.House{Keyword: fixed, Fused: fixed}, func() {}, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := seen[0].Ranked[eval.Fused], []string{"d1", "post/mail.eml", "fremd/x.md"}; !slices.Equal(got, want) {
		t.Errorf("ranked %q, want %q", got, want)
	}
}
