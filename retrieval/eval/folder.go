package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Query is one question of a folder.
type Query struct {
	ID         string
	Text       string
	Before     []string // what the same person asked before, oldest first
	Kind       string
	Answer     string // word for word as in the document; may be empty
	Answerable bool
	Relevant   map[string]int // document id → score, positive ones only

	judged map[string]int // every line of the qrels
}

// Row is one document of corpus.jsonl.
type Row struct {
	ID    string `json:"_id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Folder is a corpus with its questions.
type Folder struct {
	Dir     string
	Files   string   // the folder of real files; empty: none
	FileIDs []string // paths below Files, slashes
	Rows    []Row    // corpus.jsonl; empty: none
	Queries []Query
}

// ReadFolder reads queries.jsonl, the qrels, corpus.jsonl and the names below
// files/; files may also be a text file that holds the path of that folder, seen
// from dir. A broken line or an unknown id is an error with file and line.
func ReadFolder(dir string) (Folder, error) {
	f := Folder{Dir: dir}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return Folder{}, fmt.Errorf("%s is no folder; it must hold queries.jsonl, qrels.tsv and files/ or corpus.jsonl", dir)
	}
	if err := f.readFiles(); err != nil {
		return Folder{}, err
	}
	if err := f.readCorpus(); err != nil {
		return Folder{}, err
	}
	if len(f.FileIDs) == 0 && len(f.Rows) == 0 {
		return Folder{}, fmt.Errorf("%s: neither files/ nor corpus.jsonl holds a document", dir)
	}
	answerable, err := f.readQueries()
	if err != nil {
		return Folder{}, err
	}
	if err := f.readQrels(); err != nil {
		return Folder{}, err
	}
	for i := range f.Queries {
		q := &f.Queries[i]
		q.Answerable = len(q.Relevant) > 0
		if said := answerable[i]; said != nil {
			q.Answerable = *said
		}
	}
	return f, nil
}

func (f *Folder) readFiles() error {
	root, err := filesRoot(f.Dir)
	if err != nil || root == "" {
		return err
	}
	f.Files = root
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("list %s: %w", root, err)
		}
		switch {
		case path != root && passedOver(d.Name()):
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case !d.Type().IsRegular() || d.Name() == "collection.yaml":
			return nil
		}
		id, err := filepath.Rel(root, path)
		if err != nil {
			return fmt.Errorf("list %s: %w", root, err)
		}
		f.FileIDs = append(f.FileIDs, filepath.ToSlash(id))
		return nil
	})
}

// filesRoot returns the folder of real files, empty where there is none: files
// itself or the folder that files points to, so that several sets of questions
// share their documents.
func filesRoot(dir string) (string, error) {
	root := filepath.Join(dir, "files")
	info, err := os.Stat(root)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil || info.IsDir() {
		return root, err
	}
	named, err := os.ReadFile(root)
	if err != nil {
		return "", fmt.Errorf("read: %w", err)
	}
	target := filepath.Join(dir, filepath.FromSlash(strings.TrimSpace(string(named))))
	if info, err := os.Stat(target); err != nil || !info.IsDir() {
		return "", fmt.Errorf("%s: %s is no folder; want one line with its path from %s", root, target, dir)
	}
	return target, nil
}

// passedOver reports whether ingestion passes over a file or folder of that name.
func passedOver(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}

// readCorpus gives a row that stands for a file the file's own spelling of the id.
func (f *Folder) readCorpus() error {
	path := filepath.Join(f.Dir, "corpus.jsonl")
	files := f.documentIDs()
	seen := make(map[string]bool)
	err := eachLine(path, func(line string) error {
		var row Row
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			return fmt.Errorf("no JSON object with _id, title, text: %w", err)
		}
		if row.ID == "" {
			return errors.New("_id is missing")
		}
		if file, ok := files[norm.NFC.String(row.ID)]; ok {
			row.ID = file
		}
		if seen[row.ID] {
			return fmt.Errorf("_id %q stands twice", row.ID)
		}
		seen[row.ID] = true
		f.Rows = append(f.Rows, row)
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// readQueries returns what each query says about being answerable, nil: nothing.
func (f *Folder) readQueries() ([]*bool, error) {
	var answerable []*bool
	seen := make(map[string]bool)
	err := eachLine(filepath.Join(f.Dir, "queries.jsonl"), func(line string) error {
		var row struct {
			ID         string   `json:"_id"`
			Text       *string  `json:"text"`
			Turns      []string `json:"turns"`
			Kind       string   `json:"kind"`
			Answer     string   `json:"answer"`
			Answerable *bool    `json:"answerable"`
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			return fmt.Errorf("no JSON object with _id and text: %w", err)
		}
		if n := len(row.Turns); n > 0 && row.Text == nil {
			row.Text = &row.Turns[n-1]
		}
		switch n := len(row.Turns); {
		case row.ID == "":
			return errors.New("_id is missing")
		case row.Text == nil:
			return errors.New("text is missing")
		case n > 0 && row.Turns[n-1] != *row.Text:
			return errors.New("text is not the last of turns; leave one of the two out")
		case seen[row.ID]:
			return fmt.Errorf("_id %q stands twice", row.ID)
		}
		seen[row.ID] = true
		f.Queries = append(f.Queries, Query{ID: row.ID, Text: *row.Text, Before: row.Turns[:max(0, len(row.Turns)-1)], Kind: row.Kind, Answer: row.Answer})
		answerable = append(answerable, row.Answerable)
		return nil
	})
	if err == nil && len(f.Queries) == 0 {
		err = fmt.Errorf("%s: no questions", filepath.Join(f.Dir, "queries.jsonl"))
	}
	return answerable, err
}

// readQrels reads qrels.tsv, or every .tsv below qrels/.
func (f *Folder) readQrels() error {
	paths := []string{filepath.Join(f.Dir, "qrels.tsv")}
	if _, err := os.Stat(paths[0]); errors.Is(err, fs.ErrNotExist) {
		paths, err = filepath.Glob(filepath.Join(f.Dir, "qrels", "*.tsv"))
		if err != nil || len(paths) == 0 {
			return fmt.Errorf("%s: neither qrels.tsv nor qrels/*.tsv", f.Dir)
		}
	}
	queries := make(map[string]*Query, len(f.Queries))
	for i := range f.Queries {
		queries[f.Queries[i].ID] = &f.Queries[i]
	}
	documents := f.documentIDs()
	for _, path := range paths {
		first := true
		err := eachLine(path, func(line string) error {
			header := first && strings.HasPrefix(line, "query-id")
			first = false
			if header {
				return nil
			}
			return addQrel(line, queries, documents)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// documentIDs returns the ids by their composed spelling (NFC): a file name made
// on another system may be decomposed where the qrels are not.
func (f *Folder) documentIDs() map[string]string {
	ids := make(map[string]string, len(f.FileIDs)+len(f.Rows))
	for _, id := range f.FileIDs {
		ids[norm.NFC.String(id)] = id
	}
	for _, row := range f.Rows {
		ids[norm.NFC.String(row.ID)] = row.ID
	}
	return ids
}

// addQrel reads "query document score" (BEIR) or "query 0 document score" (TREC).
func addQrel(line string, queries map[string]*Query, documents map[string]string) error {
	fields := strings.Split(line, "\t")
	if len(fields) == 4 {
		fields = slices.Delete(fields, 1, 2)
	}
	if len(fields) != 3 {
		return fmt.Errorf("%d columns; want query-id, corpus-id and score with tabs between", len(fields))
	}
	score, err := strconv.Atoi(strings.TrimSpace(fields[2]))
	if err != nil {
		return fmt.Errorf("score %q is no whole number", fields[2])
	}
	q := queries[fields[0]]
	if q == nil {
		return fmt.Errorf("query %q is not in queries.jsonl", fields[0])
	}
	document, ok := documents[norm.NFC.String(fields[1])]
	if !ok {
		return fmt.Errorf("document %q is neither below files/ nor in corpus.jsonl", fields[1])
	}
	if q.judged == nil {
		q.judged = make(map[string]int)
	}
	if before, twice := q.judged[document]; twice && before != score {
		return fmt.Errorf("query %q and document %q stand twice, with scores %d and %d", fields[0], fields[1], before, score)
	}
	q.judged[document] = score
	if score > 0 {
		if q.Relevant == nil {
			q.Relevant = make(map[string]int)
		}
		q.Relevant[document] = score
	}
	return nil
}

// eachLine calls use for each line that is not blank; its errors get file and
// line. A line may be as long as memory allows.
func eachLine(path string, use func(line string) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	defer file.Close()
	lines := bufio.NewReaderSize(file, 64<<10)
	for n := 1; ; n++ {
		line, err := lines.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
		line = strings.TrimRight(strings.TrimPrefix(line, "\ufeff"), "\r\n")
		if strings.TrimSpace(line) != "" {
			if err := use(line); err != nil {
				return fmt.Errorf("%s:%d: %w", path, n, err)
			}
		}
		if err != nil {
			return nil
		}
	}
}

// ids returns what gives the id that a found document counts as: itself, or
// the file that it is attached to.
func (f Folder) ids() func(path string) string {
	known := f.documentIDs()
	return func(path string) string {
		for at := path; ; {
			if id, ok := known[norm.NFC.String(at)]; ok {
				return id
			}
			i := strings.LastIndexByte(at, '/')
			if i < 0 {
				return path
			}
			at = at[:i]
		}
	}
}
