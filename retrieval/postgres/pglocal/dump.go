package pglocal

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"

	"lvr.example/sprechstunde/retrieval/localpart"
)

// DumpSchema returns the statements that make a schema as it is now, by the
// server's own pg_dump, for a test that compares them. What differs from server to
// server and the record of migrations are left out.
func DumpSchema(t localpart.TB, dsn, schema string) string {
	t.Helper()
	dump, err := dumpSchema(t.Context(), dsn, schema)
	if err != nil {
		t.Fatalf("dump schema %s: %v", schema, err)
	}
	return dump
}

func dumpSchema(ctx context.Context, dsn, schema string) (string, error) {
	h, err := openHome(ctx, Options{})
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, h.bin("pg_dump"), "--schema-only", "--no-owner", "--no-privileges",
		"--schema="+schema, "--exclude-table="+schema+".goose_db_version*", dsn)
	out, err := cmd.Output()
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		return "", fmt.Errorf("pg_dump: %w: %s", err, failed.Stderr)
	}
	return statements(string(out)), err
}

// noise are lines of a dump that are no statement about the schema: comments,
// settings of the session, psql's own commands.
var noise = regexp.MustCompile(`(?m)^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\.*)\n`)

func statements(dump string) string {
	dump = noise.ReplaceAllString(dump, "")
	return strings.TrimSpace(regexp.MustCompile(`\n{3,}`).ReplaceAllString(dump, "\n\n")) + "\n"
}
