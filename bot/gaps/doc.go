// Package gaps finds what the house's documents do not say: once a month it groups the
// questions that found no answer, or whose answer did not help, and tells hosts and
// those who look after documents what many have asked.
//
// It keeps no question. The posts are read again for the report, masked, grouped in
// memory by what they mean, and forgotten. A group of fewer than five people is
// dropped; of the others only words are said that five people have used, and how many
// they are, rounded. A month is looked at once, when it is over: two reports that
// differ by one person would tell what that one has asked.
//
// Limits: what was deleted, or was asked of people the bot cannot read any more, does
// not count. Of a month at most some hundred questions are looked at, the newest.
package gaps
