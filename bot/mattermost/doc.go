// Package mattermost connects the bot with a Mattermost server: a supervisor
// around the SDK's WebSocket client, catch-up through REST, posting, the
// directory of people and channels, and the endpoints for button presses, dialogs
// and slash commands.
//
// Events are hints: whatever they lose, a catch-up after each connect and every
// few minutes finds again. The package decodes and hands over; what a post
// means, and whether it is answered, is decided behind [chat.Intake].
//
// Limits: it reads what the bot's account may read, and asks for no more rights
// than those of an ordinary bot.
package mattermost
