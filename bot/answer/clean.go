package answer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lvr.example/sprechstunde/retrieval/german"
)

// QuestionRunes is the length up to which a question is read.
const QuestionRunes = 4000

// ProblemKind says why a message cannot be searched for.
type ProblemKind string

// The problems of a message.
const (
	Empty          ProblemKind = "empty"
	EmojiOnly      ProblemKind = "emoji only"
	CodeOnly       ProblemKind = "code only"
	AttachmentOnly ProblemKind = "attachment only"
	TooLong        ProblemKind = "too long"
	NotGerman      ProblemKind = "not german"
)

// Problem is why a message cannot be searched for; the zero value: none.
type Problem struct {
	Kind   ProblemKind
	Length int // of the message in characters
}

var (
	fence      = regexp.MustCompile("(?s)(```|~~~).*?(```|~~~|$)")
	inlineCode = regexp.MustCompile("`[^`\n]+`")
	greeting   = regexp.MustCompile(`^(@[\w.-]+[,:]?\s*)+`)
)

// Clean returns the question in a message, without mentions before it and code
// blocks in it, and the number of files attached decides what an empty one
// means. With a problem the text is empty.
func Clean(message string, files int) (string, Problem) {
	length := utf8.RuneCountInString(message)
	text := fence.ReplaceAllString(norm.NFC.String(strings.ToValidUTF8(message, "")), " ")
	text = strings.Join(strings.Fields(strings.Map(dropControls, text)), " ")
	text = strings.TrimSpace(greeting.ReplaceAllString(text, ""))
	problem := Problem{Length: length}
	switch {
	case strings.TrimSpace(inlineCode.ReplaceAllString(text, "")) == "" && fenced(message):
		problem.Kind = CodeOnly
	case !strings.ContainsFunc(emoji.ReplaceAllString(text, ""), isWordRune):
		problem.Kind = wordless(text, files)
	case length > QuestionRunes:
		problem.Kind = TooLong
	case !looksGerman(text):
		problem.Kind = NotGerman
	default:
		return text, Problem{}
	}
	return "", problem
}

func wordless(text string, files int) ProblemKind {
	switch {
	case files > 0:
		return AttachmentOnly
	case text == "":
		return Empty
	default:
		return EmojiOnly
	}
}

func fenced(message string) bool {
	return strings.ContainsFunc(message, isWordRune) && strings.Contains(message, "`") || strings.Contains(message, "~~~")
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func dropControls(r rune) rune {
	if !unicode.IsSpace(r) && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) {
		return -1
	}
	return r
}

// looksGerman is generous: only text that clearly is of another language, by
// its letters or by its small words, is not.
func looksGerman(text string) bool {
	latin, other := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			other++
		}
	}
	if other > latin {
		return false
	}
	own, foreign := german.SmallWords(func(yield func(string) bool) {
		for field := range strings.FieldsFuncSeq(text, func(r rune) bool { return !isWordRune(r) }) {
			if !yield(german.Fold(field)) {
				return
			}
		}
	})
	return foreign < 2 || own > 0 && foreign < 2*own+2
}
