package dialogue

import (
	"slices"
	"strings"
	"unicode"

	"lvr.example/sprechstunde/retrieval/german"
)

// slashCommand is a word behind the bot's slash command.
type slashCommand struct {
	word string // in lower case, with single spaces; the longest that fits counts
	kind Kind
	with Kind // where a text follows; empty: then the word is no command, but the begin of a question
}

// slashCommands are all of them, one a line. Whatever begins with none is a
// question.
var slashCommands = []slashCommand{
	{word: "frage", kind: Capabilities, with: Question},
	{word: "sprechstunde", kind: Person, with: PersonWithQuestion},
	{word: "themen", kind: Topics},
	{word: "termine", kind: Date},
	{word: "meine", kind: Status},
	{word: "stand", kind: Status},
	{word: "meine daten", kind: OwnData},
	{word: "daten", kind: OwnData},
	{word: "vergiss mich", kind: Forget},
	{word: "hilfe", kind: Capabilities},
	{word: "datenschutz", kind: Privacy},
	{word: "erinnern", kind: Remind, with: Remind},
	{word: "nicht erinnern", kind: Unremind, with: Unremind},
	{word: "leancoffee", kind: CoffeeOpen},
	{word: "lean coffee", kind: CoffeeOpen},
	{word: "kanal", kind: ChannelMode, with: ChannelMode},

	// Of the hosts.
	{word: "offen", kind: OpenTickets},
	{word: "agenda", kind: Agenda, with: Agenda},
	{word: "niederschrift", kind: Minutes, with: Minutes},
}

// Commanded understands what was typed behind the bot's slash command.
func Commanded(text string) Act {
	text = strings.TrimSpace(text)
	if text == "" {
		return Act{Kind: Capabilities}
	}
	var found slashCommand
	var rest string
	for _, c := range slashCommands {
		if behind, ok := cutWords(text, c.word); ok && len(c.word) > len(found.word) && (behind == "" || c.with != "") {
			found, rest = c, behind
		}
	}
	switch {
	case found.word == "":
		if near, slipped := nearCommand(text); slipped {
			return Act{Kind: near.kind}
		}
		return Act{Kind: Question, Text: text}
	case rest != "":
		return Act{Kind: found.with, Text: rest}
	}
	return Act{Kind: found.kind}
}

// nearCommand is the command that a text is but for a typing error.
func nearCommand(text string) (slashCommand, bool) {
	typed := strings.ToLower(strings.Join(strings.Fields(text), " "))
	if len(typed) > longestCommand {
		return slashCommand{}, false
	}
	for intended := range german.Mistyped(typed) {
		if i := slices.IndexFunc(slashCommands, func(c slashCommand) bool { return c.word == intended }); i >= 0 {
			return slashCommands[i], true
		}
	}
	return slashCommand{}, false
}

// longestCommand is how long a misspelt command is at most.
const longestCommand = 20

// cutWords reports whether a text begins with words, whatever their case, and what
// stands behind them, without what sets it apart.
func cutWords(text, words string) (rest string, ok bool) {
	rest = text
	for word := range strings.FieldsSeq(words) {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
		end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
		if end < 0 {
			end = len(rest)
		}
		if !strings.EqualFold(rest[:end], word) {
			return "", false
		}
		rest = rest[end:]
	}
	apart := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(":,.!?", r) }
	behind := strings.TrimLeftFunc(rest, apart)
	return behind, rest == "" || len(behind) < len(rest)
}
