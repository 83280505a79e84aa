// Package mmlocal builds and runs a real Mattermost server for demo and tests, and
// fills it with people, teams and channels.
//
// The server comes from its own Go module in server/, because it is AGPL-licensed
// and brings hundreds of dependencies; this package talks to it over REST only. It
// contacts nothing outside this machine and needs no root. It brings no web client:
// a browser shows nothing useful, every Mattermost client does.
package mmlocal
