package odf_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

func TestODT(t *testing.T) {
	file := extracttest.OpenDocument(t, "text", `<style:style style:name="weg"><style:text-properties text:display="none"/></style:style><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="a" style:num-suffix=")"/></text:list-style>`,
		`<office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>gelöscht</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:h text:outline-level="1">Zweck</text:h><text:h text:outline-level="2">Umfang</text:h><text:h text:outline-level="2">Frist</text:h>
<text:p>Ein<text:s text:c="2"/>Satz<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Die Fußnote</text:p></text:note-body></text:note> geht weiter.<text:span text:style-name="weg">versteckt</text:span><office:annotation><text:p>Kommentar</text:p></office:annotation></text:p>
<text:list text:style-name="L1"><text:list-item><text:p>erstens</text:p></text:list-item><text:list-item><text:p>zweitens</text:p></text:list-item></text:list>
<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Amt</text:p></table:table-cell><table:table-cell><text:p>Tag</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>alle</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>
<text:p><draw:frame><draw:text-box><text:p>Im Kasten</text:p></draw:text-box></draw:frame></text:p></office:text>`)
	docs, _ := formats.Documents("a.odt", strings.NewReader(file))
	path := []string{"1 Zweck", "1.2 Frist"}
	want := []extract.Block{
		{Kind: extract.Heading, Text: "1 Zweck", Level: 1, Anchor: "1-zweck"},
		{Kind: extract.Heading, Text: "1.1 Umfang", Level: 2, Anchor: "11-umfang", Path: path[:1]},
		{Kind: extract.Heading, Text: "1.2 Frist", Level: 2, Anchor: "12-frist", Path: path[:1]},
		{Kind: extract.Paragraph, Text: "Ein Satz geht weiter.", Path: path},
		{Kind: extract.Note, Text: "Die Fußnote", Path: path},
		{Kind: extract.ListItem, Text: "erstens", Level: 1, Marker: "a)", Path: path},
		{Kind: extract.ListItem, Text: "zweitens", Level: 1, Marker: "b)", Path: path},
		{Kind: extract.TableRow, Text: "Amt | Tag", Path: path},
		{Kind: extract.TableRow, Text: "alle | alle", Header: "Amt | Tag", Path: path},
		{Kind: extract.Paragraph, Text: "Im Kasten", Path: path},
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if docs[0].Problem != nil || docs[0].Hidden != 3 {
		t.Errorf("%v, %d hidden", docs[0].Problem, docs[0].Hidden)
	}
}

func TestODS(t *testing.T) {
	docs, _ := formats.Documents("a.ods", strings.NewReader(extracttest.Spreadsheet(t)))
	want := []extract.Block{
		{Kind: extract.TableRow, Text: "Amt | Tag"},
		{Kind: extract.TableRow, Text: "Bauamt | 3.2.2026", Header: "Amt | Tag"},
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if docs[0].Hidden != 2 || len(docs[0].Remarks) != 2 || docs[0].Remarks[0].Count != 1 {
		t.Errorf("%d hidden, remarks %v", docs[0].Hidden, docs[0].Remarks)
	}
}

func TestODP(t *testing.T) {
	file := extracttest.OpenDocument(t, "presentation", "", `<office:presentation><draw:page><draw:frame presentation:class="outline"><draw:text-box><text:list><text:list-item><text:p>Punkt</text:p></text:list-item></text:list></draw:text-box></draw:frame>
<draw:frame presentation:class="title"><draw:text-box><text:p>Folie</text:p></draw:text-box></draw:frame><presentation:notes><draw:frame presentation:class="notes"><draw:text-box><text:p>Notiz</text:p></draw:text-box></draw:frame></presentation:notes></draw:page></office:presentation>`)
	docs, _ := formats.Documents("a.odp", strings.NewReader(file))
	path := []string{"Folie"}
	want := []extract.Block{
		{Kind: extract.Heading, Text: "Folie", Level: 1, Anchor: "folie-1", Page: 1},
		{Kind: extract.ListItem, Text: "Punkt", Level: 1, Path: path, Page: 1},
		{Kind: extract.Note, Text: "Notiz", Path: path, Page: 1},
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
}
