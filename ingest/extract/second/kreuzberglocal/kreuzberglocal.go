// Package kreuzberglocal runs the embedded second reader of a single machine:
// Kreuzberg's library out of a pinned wheel, behind the HTTP interface of its
// server, shared by all processes that use one data directory.
//
// It reads one file at a time, each in a process of its own with limits on memory and
// time; where the system allows it, that process has no network. It listens on
// 127.0.0.1 without a password and keeps and logs no text. For pictures of text it
// needs tesseract with its German letters on the system, see [OCR].
package kreuzberglocal

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/retrieval/localpart"
)

//go:embed requirements.txt
var requirements string

//go:embed server.py
var program string

var part = localpart.Part{
	Folder:    "reader",
	Wheels:    localpart.Wheels{Name: "Second reader Kreuzberg", Requirements: requirements, MB: 39},
	Arguments: func(_ string, port int) []string { return []string{"-c", program, strconv.Itoa(port)} },
	Env:       []string{"OMP_THREAD_LIMIT=1"},
	Healthy:   healthy,
}

// Start starts the reader of the data directory, or joins the one that runs. On
// first use it is fetched (39 MB). A client takes its Address.
var Start = part.Start

// Test returns the second reader for tests.
var Test = part.ForTests()

// OCR reports whether pictures of text can be read here: whether tesseract and its
// German letters are installed. The error says what to install.
func OCR(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "tesseract", "--list-langs").CombinedOutput()
	if err != nil || !slices.Contains(strings.Fields(string(out)), "deu") {
		return fmt.Errorf("OCR: tesseract with its German letters is not installed (Debian: apt-get install tesseract-ocr tesseract-ocr-deu)")
	}
	return nil
}

// healthy asks for the status, so that another program on the port is noticed.
func healthy(ctx context.Context, address string) error {
	var health struct {
		Status string `json:"status"`
	}
	if err := localpart.GetJSON(ctx, address+"/health", &health); err != nil {
		return err
	}
	if health.Status != "healthy" {
		return errors.New("something else answers at " + address)
	}
	return nil
}
