// Package pglocal runs the embedded store of a single machine: PostgreSQL 16 with
// pgvector out of a pinned wheel, shared by all processes that use one data
// directory.
//
// It knows no schema: it hands out connection strings of empty databases. The
// server listens on 127.0.0.1 with a password of its own, which only the owner of
// the data directory can read. It is for demo, tests and single machines; a house
// with two replicas runs its own PostgreSQL.
package pglocal
