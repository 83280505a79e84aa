package dialogue

import "lvr.example/sprechstunde/bot/chat"

// LastQuestion returns the last post of a talk before another in which the
// person asked and the bot, whose account is self, answered below. Words that
// steer are no questions.
func LastQuestion(talk []chat.Post, userID string, before chat.Post, self chat.User) (chat.Post, bool) {
	answered := false
	for i := len(talk) - 1; i >= 0; i-- {
		p := talk[i]
		if p.ID == before.ID || p.CreatedAt.After(before.CreatedAt) {
			continue
		}
		answered = answered || p.MadeBy(self)
		if p.UserID == userID && answered && !steers(chat.WithoutMention(p.Text, self.Username)) {
			return p, true
		}
	}
	return chat.Post{}, false
}

// steers reports whether a text is a word that steers somewhere.
func steers(text string) bool {
	_, changes := change(text)
	return changes || wordIn(text) != ""
}
