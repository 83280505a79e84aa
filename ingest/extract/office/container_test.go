package office_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestPasswordsOfOldFiles tells documents with a password as such, before a second
// reader is asked.
func TestPasswordsOfOldFiles(t *testing.T) {
	t.Parallel()
	begin, sheet, end := record(0x809, strings.Repeat("\x00", 16)), record(0x85, "Tabelle1"), record(0x0A, "")
	word := func(flags string) string { return "\xEC\xA5\xC1\x00" + strings.Repeat("\x00", 6) + flags }
	tests := map[string]struct {
		stream, content string
		want            extract.Reason
	}{
		"a sheet":                        {"Workbook", begin + sheet + end, extract.Unsupported},
		"a sheet with a password":        {"Workbook", begin + record(0x2F, "\x01\x00\x01\x00") + sheet + end, extract.Encrypted},
		"of Excel 95, with one":          {"Book", begin + record(0x2F, "\x12\x34\x56\x78") + sheet, extract.Encrypted},
		"in capitals":                    {"WORKBOOK", begin + record(0x86, "") + record(0x2F, "\x01\x00") + sheet, extract.Encrypted},
		"its number inside another":      {"Workbook", begin + record(0x5C, "/\x00/\x00/\x00/\x00") + sheet, extract.Unsupported},
		"its number behind the sheets":   {"Workbook", begin + sheet + record(0x2F, "\x01\x00"), extract.Unsupported},
		"a sheet cut off":                {"Workbook", "\x09\x08\xFF\xFF", extract.Unsupported},
		"a document":                     {"WordDocument", word("\x00\x02"), extract.Unsupported},
		"a document with a password":     {"WordDocument", word("\x00\x03"), extract.Encrypted},
		"a document of all but that":     {"WordDocument", word("\xFF\xFE"), extract.Unsupported},
		"slides":                         {"PowerPoint Document", "\x0F\x00\xE8\x03", extract.Unsupported},
		"sealed as a whole":              {"EncryptedPackage", "x", extract.Encrypted},
		"no document of an office":       {"VisioDocument", "x", extract.Unsupported},
		"a stream that a document names": {"Notiz", strings.Join(strings.Split("Workbook", ""), "\x00"), extract.Unsupported},
	}
	for name, test := range tests {
		_, err := extracttest.First("a.xls", strings.NewReader(extracttest.OLE(test.stream, test.content)))
		if got := extract.ReasonOf(err); got != test.want {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
	for user, want := range map[string]extract.Reason{"\x5F\xC0\x91\xE3": extract.Unsupported, "\xDF\xC4\xD1\xF3": extract.Encrypted} {
		slides := extracttest.OLE("Current User", "\x00\x00\xF6\x0F\x14\x00\x00\x00\x14\x00\x00\x00"+user, "PowerPoint Document", "x")
		if _, err := extracttest.First("a.ppt", strings.NewReader(slides)); extract.ReasonOf(err) != want {
			t.Errorf("slides of user %x: %v, want %q", user, err, want)
		}
	}
	rights := extracttest.OLE("EncryptedPackage", "x", "DRMEncryptedDataSpace", "x")
	if _, err := extracttest.First("a.docx", strings.NewReader(rights)); extract.ReasonOf(err) != extract.Encrypted || !strings.Contains(err.Error(), "rights management") {
		t.Errorf("sealed by rights of a house: %v", err)
	}
}

// FuzzContainer opens any bytes as a container.
func FuzzContainer(f *testing.F) {
	f.Add([]byte(extracttest.OLE("Workbook", record(0x2F, ""))))
	f.Add([]byte(extracttest.OLE("Current User", strings.Repeat("\xDF\xC4\xD1\xF3", 5))))
	f.Add([]byte(extracttest.Container("WordDocument")))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := extracttest.First("a.doc", strings.NewReader(string(data)))
		if err != nil && extract.ReasonOf(err) == "" {
			t.Fatalf("error without a reason: %v", err)
		}
	})
}
