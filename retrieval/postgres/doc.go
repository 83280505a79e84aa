// Package postgres keeps collections, documents, passages and vectors in
// PostgreSQL with pgvector, and searches the vectors there.
//
// All names are unqualified: the schema is the first one of the connection's
// search path, so that throw-away evaluations live beside the house's index.
// Rights and validity stand in the WHERE clause of each search, before anything
// is cut off. A collection's vectors are compared one by one; a large collection
// has a graph (HNSW) of its own, which is searched as long as it was measured to
// find what comparing finds. No graph spans two collections, so that nothing a
// reader finds depends on what the reader may not see.
package postgres
