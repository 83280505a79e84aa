package extract

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
)

func testFormat(name string, version int, text bool) Format {
	return Format{
		Name: name, Version: version, Endings: []string{"." + name}, Text: text,
		Begins: func(head []byte) bool { return bytes.HasPrefix(head, []byte(name)) },
		Read: func(f *File) error {
			f.Add(Block{Kind: Paragraph, Text: name + " read it"})
			return nil
		},
	}
}

func TestStampsNameReaderAndVersion(t *testing.T) {
	t.Parallel()
	before := NewRegistry([]Format{testFormat("eins", 1, false), testFormat("txt", 1, true)})
	after := NewRegistry([]Format{testFormat("eins", 2, false), testFormat("txt", 1, true)})
	for _, test := range []struct {
		name, content, kind string
		readers             []string
		current             bool // with the first format raised
	}{
		{"a.txt", "nichts weiter", "txt", []string{"txt/1"}, true},
		{"a.txt", "eins im Kopf", "eins", []string{"eins/1"}, false},
		{"a.eins", "kein Kopf", "txt", []string{"txt/1"}, true},
		{"a.zwei", "kein Kopf", "", before.Unread(), false},
	} {
		docs, err := before.Documents(test.name, strings.NewReader(test.content))
		if err != nil {
			t.Fatal(err)
		}
		if doc := docs[0]; doc.Type != test.kind || !slices.Equal(doc.Readers, test.readers) {
			t.Errorf("%s %q: read as %q by %v, want %q by %v", test.name, test.content, doc.Type, doc.Readers, test.kind, test.readers)
		}
		if !before.IsCurrent(docs[0].Readers) || after.IsCurrent(docs[0].Readers) != test.current {
			t.Errorf("%s %q: %v stays current: %t, want %t", test.name, test.content, docs[0].Readers, !test.current, test.current)
		}
	}
	if before.IsCurrent(nil) {
		t.Error("what nobody read is current")
	}
}

func TestPanicsAreDamage(t *testing.T) {
	t.Parallel()
	broken := testFormat("txt", 1, true)
	broken.Read = func(f *File) error {
		f.Attach("beilage.zwei", []byte("zwei"))
		panic("unforeseen")
	}
	docs, err := NewRegistry([]Format{broken, testFormat("zwei", 1, false)}).Documents("a.txt", strings.NewReader("Text"))
	if err != nil || len(docs) != 2 || ReasonOf(docs[0].Problem) != Damaged || docs[1].Problem != nil {
		t.Errorf("%v, %+v", err, docs)
	}
}

// TestPartsAreReadAgain reads what was read in part again, a day later.
func TestPartsAreReadAgain(t *testing.T) {
	t.Parallel()
	long := testFormat("txt", 1, true)
	long.Read = func(f *File) error {
		f.Add(Block{Kind: Paragraph, Text: "bis hier"})
		f.Later()
		return nil
	}
	r := NewRegistry([]Format{long})
	today := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	r.now = func() time.Time { return today }
	docs, err := r.Documents("a.txt", strings.NewReader("Text"))
	if err != nil || len(docs[0].Blocks) != 1 {
		t.Fatal(err, docs)
	}
	if !r.IsCurrent(docs[0].Readers) {
		t.Errorf("%v is read again on the same day", docs[0].Readers)
	}
	today = today.AddDate(0, 0, 1)
	if r.IsCurrent(docs[0].Readers) {
		t.Errorf("%v is not tried again", docs[0].Readers)
	}
}
