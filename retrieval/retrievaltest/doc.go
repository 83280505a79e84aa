// Package retrievaltest holds what tests of retrieval need: a house of
// documents in memory with exact vector search, an embedder that always makes
// the same vectors, and a generator of questions typed as staff type.
package retrievaltest
