// Package postgres keeps collections, documents, passages and vectors in
// PostgreSQL with pgvector, and searches the vectors there.
//
// All names are unqualified: the schema is the first one of the connection's
// search path, so that throw-away evaluations live beside the house's index.
// Rights and validity stand in the WHERE clause of each search, before anything
// is cut off. Similarity is computed exactly, without an index that could lose
// rows behind a filter.
package postgres
