package desk

import (
	"strings"
	"unicode/utf8"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/masking"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// words sets the words of a preview: what of persons stands in them goes over masked,
// unless its asker wants it otherwise.
func (d *Desk) words(h *officehours.Handover, text string) {
	h.Text, h.Original = text, ""
	if h.Unmasked {
		return
	}
	if masked := d.masked(text, d.cfg.Masker.Find(text)); masked != text {
		h.Text, h.Original = masked, text
	}
}

// said is what the asker wrote, whatever of it goes over.
func said(h officehours.Handover) string {
	if h.Original != "" {
		return h.Original
	}
	return h.Text
}

func (d *Desk) masked(text string, marks []masking.Mark) string {
	return masking.Replace(text, marks, func(kind masking.Kind, n int) string {
		return d.cfg.Texts.HandoverMask(prompts.Mask{Kind: string(kind), Number: n})
	})
}

// leastWords is of how many words a text is at least that people can answer.
const leastWords = 2

// nothingLeft reports whether a text says nothing but what is masked.
func (d *Desk) nothingLeft(text string) bool {
	marks := d.cfg.Masker.Find(text)
	if len(marks) == 0 {
		return false
	}
	n := 0
	for _, word := range strings.Fields(masking.Replace(text, marks, func(masking.Kind, int) string { return " " })) {
		if utf8.RuneCountInString(strings.Trim(word, " .,:;!?-–()/")) > 1 {
			n++
		}
	}
	return n < leastWords
}

// beginningRunes is how much of a text is said again where only its beginning matters.
const beginningRunes = 80

func beginning(text string) string {
	return answer.InLine(text, beginningRunes)
}
