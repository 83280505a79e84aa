// Package bot takes in what is addressed to the bot, finds the way of each
// message in one table, and looks once more before anything is posted.
//
// What a message is says the room dialogue; who handles it stands in ways.go.
// The rooms below (ask, desk, care, rights) know nothing of this package and
// nothing of each other but small interfaces. All of it compiles without
// Mattermost, PostgreSQL or a model vendor; adapters live in mattermost,
// postgres and llm.
package bot
