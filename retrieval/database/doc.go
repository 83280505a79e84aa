// Package database is the ground floor for both halves of the house: it opens
// PostgreSQL, brings a schema to its newest form and locks what one process at a
// time may do. It knows no table but the records of migrations; what stands in a
// schema is its adapter's.
package database
