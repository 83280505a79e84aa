// Package retrieval finds the passages of the house's documents that bear on a
// question, and says how far they settle it.
//
// It holds the domain's types (collections, readers, documents, passages), the
// fusion of the keyword and the vector ranking, and the judgement of
// sufficiency. Rights are a required argument of every search: no type in this
// package can search without [Readers].
//
// It knows neither PostgreSQL nor a model vendor; adapters live in
// retrieval/lexical, retrieval/postgres and retrieval/embed.
package retrieval
