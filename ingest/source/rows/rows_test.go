package rows_test

import (
	"bytes"
	"io"
	"testing"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/ingest/source/rows"
	"lvr.example/sprechstunde/retrieval"
)

func TestRowsReadBackAsTheyWere(t *testing.T) {
	t.Parallel()
	want := rows.Row{ID: "Super_Bowl_50#0", Title: `Das "Spiel": 50`, Text: "Die Verteidigung gab 308 Punkte ab."}
	source := rows.New("corpus", retrieval.Collection{Name: "Dokumente"}, []rows.Row{want})
	var items []ingest.Item
	if err := source.List(t.Context(), func(i ingest.Item) error { items = append(items, i); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(items) != 1 || items[0].Path != want.ID {
		t.Fatalf("items = %+v", items)
	}
	file, err := source.Open(t.Context(), items[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	documents, err := formats.Documents(items[0].Name, bytes.NewReader(data))
	if err != nil || documents[0].Problem != nil {
		t.Fatal(err, documents)
	}
	document := documents[0].Document
	if document.Title != want.Title || len(document.Blocks) == 0 || document.Blocks[len(document.Blocks)-1].Text != want.Text {
		t.Errorf("read back: %+v", document)
	}
	if _, err := source.Open(t.Context(), "other"); err == nil {
		t.Error("an unknown row opens")
	}
}
