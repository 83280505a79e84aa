package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestSourcesThatLeaveTheConfiguration takes a source out of the configuration,
// gives it another name and another place: each is said, and nothing happens until
// the operator says what it is.
func TestSourcesThatLeaveTheConfiguration(t *testing.T) {
	t.Parallel()
	dir, environ := sourceFolder(t)
	configure := func(text string) { write(t, filepath.Dir(dir), "sprechstunde.yaml", text) }
	documents := func() int {
		t.Helper()
		var r struct{ Documents []struct{ Source string } }
		call(t, environ, "documents", "list", "--json").decode(&r)
		return len(r.Documents)
	}
	call(t, environ, "sources", "list").exits(exitOK).shows("akten: empty")
	call(t, environ, "ingest").exits(exitOK)
	var before struct{ Sources []listedSource }
	call(t, environ, "sources", "list", "--json").exits(exitOK).decode(&before)
	if len(before.Sources) != 1 || before.Sources[0].State != "configured" || before.Sources[0].Place != "folder "+dir || before.Sources[0].Documents != 1 {
		t.Errorf("%+v", before)
	}

	configure("sources:\n  - name: intranet\n    folder: docs\n")
	call(t, environ, "ingest").exits(exitOK).shows("warning      akten: 1 documents of it answer on", "sources rename akten")
	var report struct {
		Other []forgotten `json:"not_configured"`
	}
	call(t, environ, "ingest", "--json").exits(exitOK).decode(&report)
	if len(report.Other) != 1 || report.Other[0] != (forgotten{"akten", 1}) {
		t.Errorf("%+v", report)
	}
	call(t, environ, "doctor").shows("source akten: 1 documents of it answer on")
	if documents() != 2 {
		t.Error("the renamed source did not double its documents: the test shows nothing")
	}
	call(t, environ, "sources", "rename", "akten", "intranet").exits(exitFailed).complains("--merge")
	call(t, environ, "sources", "rename", "fremd", "x").exits(exitNothing).complains("sources list")
	call(t, environ, "sources", "rename", "akten", "akten").exits(exitUsage)
	call(t, environ, "sources", "rename", "akten", "intranet", "--merge").exits(exitOK).shows("akten: 1 documents are of intranet now")
	if documents() != 1 {
		t.Error("still double")
	}
	call(t, environ, "ingest").exits(exitOK).hides("akten")

	write(t, filepath.Dir(dir), "andere/regel.md", "# Andere Regel\n\nText.\n")
	write(t, filepath.Dir(dir), "andere/collection.yaml", "name: andere\nreaders: all\n")
	configure("sources:\n  - name: intranet\n    folder: andere\n")
	for _, args := range []string{"ingest", "ingest --dry-run"} {
		call(t, environ, strings.Fields(args)...).exits(exitFailed).complains("folder "+dir, "nothing was changed", "sources moved intranet")
	}
	call(t, environ, "doctor").exits(exitFailed).shows("broken   source intranet", "folder "+dir)
	call(t, environ, "sources", "list").shows("intranet: other place, 1 documents", "the configuration says folder")
	call(t, environ, "documents", "show", "merkblatt.md").exits(exitOK)
	call(t, environ, "sources", "moved", "fremd").exits(exitNothing)
	call(t, environ, "sources", "moved", "intranet").exits(exitOK).shows("andere")
	call(t, environ, "ingest").exits(exitOK)
	call(t, environ, "documents", "show", "merkblatt.md").exits(exitNothing)

	call(t, environ, "sources", "remove", "intranet").exits(exitUsage).complains("--confirm intranet")
	call(t, environ, "sources", "remove", "intranet", "--confirm", "intranet").exits(exitOK).shows("1 documents removed", "still configured")
	call(t, environ, "sources", "remove", "fremd", "--confirm", "fremd").exits(exitNothing)
	if documents() != 0 {
		t.Error("documents of a removed source are left")
	}
}
