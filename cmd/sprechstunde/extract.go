package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/extract"
)

func (c *cli) newExtract() *cobra.Command {
	var asJSON, asText bool
	cmd := &cobra.Command{
		Use:   "extract FILE",
		Short: "Show just what the index would see of a file",
		Long: `Show just what the index would see of a file: its blocks with the headings that
they stand under; of a mail, also its attachments. Exit code 3 when the file has no text or is refused, with the
reason; 1 when it cannot be read.`,
		Example: "  sprechstunde extract examples/musterland/files/leitlinien/ki-leitlinie.md\n  sprechstunde extract --json seite.html",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if asJSON && asText {
				return usage("--json and --text exclude each other")
			}
			return c.withNeighbours(cmd.Context(), neighbours.Needs{Reader: true}, func(n *neighbours.Set) error {
				report, err := extractFile(cmd.Context(), n.Reader, args[0])
				if err != nil {
					return err
				}
				return report.write(c.stdout, c.stderr, asJSON, asText)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&asText, "text", false, "print each block's own text once, in reading order")
	return cmd
}

// extraction is the JSON form; its fields are a contract.
type extraction struct {
	Documents []extracted `json:"documents"`
}

type extracted struct {
	Name    string         `json:"name"`
	Status  string         `json:"status"` // text, empty, quarantined
	Reason  string         `json:"reason"`
	Type    string         `json:"type"`
	Blocks  []block        `json:"blocks"`
	Dropped map[string]int `json:"dropped"`
	Remarks []remark       `json:"remarks"`
	Partial bool           `json:"partial"`
}

// remark is something that the blocks do not hold; in words on stderr.
type remark struct {
	Code   string `json:"code"`
	Count  int    `json:"count"`
	Detail string `json:"detail"`

	text string
}

type block struct {
	Kind string   `json:"kind"`
	Text string   `json:"text"`
	Path []string `json:"path"`
	Page int      `json:"page"`
}

func extractFile(ctx context.Context, reader ingest.Reader, path string) (extraction, error) {
	data, err := readRegular(path)
	if err != nil {
		return extraction{}, err
	}
	documents, err := reader.Read(ctx, filepath.Base(path), data)
	if err != nil {
		return extraction{}, fmt.Errorf("read file: %w", err)
	}
	var x extraction
	for _, document := range documents {
		x.Documents = append(x.Documents, toExtracted(document))
	}
	return x, nil
}

// readRegular reads a file that is neither link nor device, up to one byte more
// than readers take.
func readRegular(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("read file: %s is no regular file; links and folders are not followed", path)
	}
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NOFOLLOW, 0) // it may have been exchanged since
	if err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, extract.MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	return data, nil
}

func toExtracted(document extract.Named) extracted {
	e := extracted{
		Name: document.Name, Status: "text", Type: document.Type, Blocks: []block{},
		Dropped: map[string]int{"hidden": document.Hidden}, Remarks: []remark{}, Partial: document.Partial,
	}
	if e.Type == "" {
		e.Type = strings.TrimPrefix(strings.ToLower(filepath.Ext(document.Name)), ".")
	}
	if document.Problem != nil {
		e.Status, e.Reason = "quarantined", document.Problem.Error()
		if document.Problem.Reason == extract.Empty || document.Problem.Reason == extract.NoText {
			e.Status = "empty"
		}
	}
	for _, r := range document.Remarks {
		e.Remarks = append(e.Remarks, remark{string(r.Code), r.Count, r.Detail, r.String()})
	}
	for _, b := range document.Blocks {
		e.Blocks = append(e.Blocks, block{Kind: string(b.Kind), Text: b.Text, Path: append([]string{}, b.Path...), Page: b.Page})
	}
	return e
}

func (x extraction) write(stdout, stderr io.Writer, asJSON, asText bool) error {
	if asJSON {
		if err := json.NewEncoder(stdout).Encode(x); err != nil {
			return err
		}
	}
	found := false
	for _, d := range x.Documents {
		for _, r := range d.Remarks {
			fmt.Fprintf(stderr, "%s: %s\n", d.Name, r.text)
		}
		if d.Status != "text" {
			fmt.Fprintf(stderr, "%s: %s: %s\n", d.Name, d.Status, d.Reason)
			continue
		}
		found = true
		for _, b := range d.Blocks {
			switch {
			case asJSON:
			case asText:
				fmt.Fprintln(stdout, b.Text)
			default:
				fmt.Fprintf(stdout, "%-10s %s\n           %s\n", b.Kind, strings.Join(b.Path, " > "), b.Text)
			}
		}
	}
	if !found {
		return &silentError{exitNothing}
	}
	return nil
}
