// Package e2e holds the end-to-end tests: people write on a real Mattermost
// server, and the whole bot answers out of a small house's documents, on real
// PostgreSQL and with the real embedder. Each test opens a bot of its own, with
// its own account, database and channels; server, people and documents are
// shared.
//
// Nothing here sleeps. That something stays unanswered is seen in the end: the
// bot is stopped in order, and then every thread must hold exactly the replies
// that the test asked for.
package e2e
