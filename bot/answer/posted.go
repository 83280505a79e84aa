package answer

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/prompts"
)

// Posted takes an answer apart as Render has put it together: what it says to everybody,
// and the line that a program wrote it. What it says to its asker alone is left out: that
// it comes late, the way to people, and all that stands below that line.
func Posted(texts *prompts.Catalogue, text string) (said, mark string) {
	made := machineLines(texts)
	var kept []string
	for paragraph := range strings.SplitSeq(strings.TrimPrefix(text, texts.Late()+"\n\n"), "\n\n") {
		if slices.Contains(made, paragraph) {
			mark = paragraph
			break
		}
		if !strings.Contains(paragraph, texts.Handover()) {
			kept = append(kept, paragraph)
		}
	}
	return strings.Join(kept, "\n\n"), mark
}

// machineLines are the lines that say that a program wrote what stands above them.
func machineLines(texts *prompts.Catalogue) (all []string) {
	for _, made := range []prompts.Made{{}, {Quotes: true}, {Prose: true}, {Prose: true, Quotes: true}, {People: true}, {People: true, Quotes: true}} {
		all = append(all, texts.Machine(made))
	}
	return all
}
