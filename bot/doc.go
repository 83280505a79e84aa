// Package bot orchestrates one question: who asks, who reads along, what no
// machine decides, the search, the answer and the way to the office hour.
//
// It compiles without Mattermost, PostgreSQL or a model vendor; adapters live
// in bot/mattermost, bot/postgres and bot/llm.
package bot
