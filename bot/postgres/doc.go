// Package postgres keeps what the bot must not forget: questions with the jobs
// that work on them, replies, hand-overs and tickets, cursors, persons. One
// file per slice's store, own migrations in the schema bot; the queue's tables
// lie in the schema river.
//
// Limits: names of schemas are fixed, so that one database serves one house.
// Nothing here refers to the schema retrieval.
package postgres
