package dialogue

import (
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// How the bot is to act in a channel: the Text of a ChannelMode.
const (
	ModeOff      = "off"
	ModeMentions = "mentions" // only where it is mentioned
	ModeThreads  = "threads"  // also in threads that it has answered in
	ModePrivate  = "private"  // where it is mentioned, to the author alone
	ModeReview   = "review"   // likewise, after somebody has looked at the answer
)

// modeWords say how the bot is to act, in lower case and without what modeFrame
// takes away.
var modeWords = map[string][]string{
	ModeOff: {"aus", "ausschalten", "abschalten", "schalte dich aus", "schalte dich ab", "schalt dich aus", "schalt dich ab", "stumm", "stumm schalten",
		"nicht", "nicht mehr", "sei still", "bitte schweigen", "schweigen", "leise", "leise sein", "ruhe", "ruhig", "still", "pause"},
	ModeMentions: {"nur auf erwähnung", "nur bei erwähnung", "nur wenn du erwähnt wirst", "nur auf zuruf", "erwähnung", "nur erwähnung", "nur mit erwähnung"},
	ModeThreads: {"auch in threads", "auch ohne erwähnung", "auch ohne erwähnung in threads", "in threads auch ohne erwähnung", "threads", "an", "einschalten",
		"anschalten", "schalte dich an", "schalte dich ein", "schalt dich an", "schalt dich ein", "wieder an", "auch in unterhaltungen", "normal", "alles"},
	ModePrivate: {"nur privat", "privat", "nur per direktnachricht", "per direktnachricht", "nur direkt", "nur den fragenden", "nur der fragenden person"},
	ModeReview: {"erst prüfen", "erst nach prüfung", "nach prüfung", "nur nach prüfung", "nur nach freigabe", "nach freigabe", "erst nach freigabe", "vorher prüfen",
		"erst zur prüfung", "prüfen", "prüfung", "freigabe", "mit freigabe", "mit prüfung"},
}

// modeFrame are words around them, and what asks for the mode if nothing else is said.
var modeFrame = struct{ before, after []string }{
	before: []string{"kanal", "modus", "kanalmodus", "kanaleinstellung", "einstellung", "einstellungen", "bitte", "hier", "in diesem kanal", "im kanal", "diesen kanal", "ab jetzt", "ab sofort",
		"antworte", "antworten", "reagiere", "melde dich", "bist du", "ist", "künftig"},
	after: []string{"bitte", "hier", "in diesem kanal", "im kanal", "antworten", "reagieren", "melden", "ab jetzt", "ab sofort", "beantworten"},
}

// modeAsks ask how the bot acts in a channel.
var modeAsks = german.Set("kanal modus kanalmodus kanaleinstellung kanaleinstellungen")

// channelMode reads "nur auf Erwähnung", "Kanal aus" or "Kanal".
func channelMode(message string) (Act, bool) {
	text := strings.ToLower(bareWords(strings.NewReplacer(":", " ", "*", "", "_", "", ",", " ").Replace(message)))
	if modeAsks[text] {
		return Act{Kind: ChannelMode}, true
	}
	mode, ok := Mode(text)
	bare := unframed(text)
	framed := bare != text || strings.Contains(bare, " ") && !strings.HasPrefix(bare, "nicht") // "nicht mehr" alone may mean anything
	return Act{Kind: ChannelMode, Text: mode}, ok && framed
}

// Mode reads which mode a text names; false: none.
func Mode(text string) (mode string, ok bool) {
	text = unframed(strings.ToLower(bareWords(text)))
	for mode, words := range modeWords {
		for _, w := range words {
			if text == w {
				return mode, true
			}
		}
	}
	return "", false
}

// unframed takes the words around away, as many as there are.
func unframed(text string) string {
	for {
		before := text
		for _, w := range modeFrame.before {
			text = strings.TrimPrefix(text, w+" ")
		}
		for _, w := range modeFrame.after {
			text = strings.TrimSuffix(text, " "+w)
		}
		if text == before {
			return text
		}
	}
}
