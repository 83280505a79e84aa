package retrieval

import (
	"context"
	"regexp"
	"slices"

	"lvr.example/sprechstunde/retrieval/german"
)

// earlierWeight is how much a word that was only said before counts beside one of the
// question that goes on from there.
const earlierWeight = 0.7

// ownWordsFirst lets the words that a query says itself count more than those of what it
// goes on from, and names as missing only its own. Where it names nothing itself, all
// count alike.
func (e *Engine) ownWordsFirst(ctx context.Context, words []wanted, q Query, r Readers) []wanted {
	if q.Own == "" {
		return words
	}
	own := map[string]bool{}
	for _, w := range wantedWords(e.spell(ctx, q.Own, r).Spelled, e.config.Params.Sufficiency.Synonyms) {
		own[w.Stem] = true
	}
	if len(own) == 0 {
		return words
	}
	for i := range words {
		if !own[words[i].Stem] {
			words[i].rarity *= earlierWeight
			words[i].earlier = true
		}
	}
	return words
}

// held are the words that statements are judged by: those that a query says itself and
// nothing has that was found tell nothing. Where it has no others, all of what it goes on
// from counts in full.
func held(words []wanted, missing []string) []wanted {
	if !slices.ContainsFunc(words, func(w wanted) bool { return w.earlier }) {
		return words
	}
	kept := slices.DeleteFunc(slices.Clone(words), func(w wanted) bool { return !w.earlier && slices.Contains(missing, w.typed) })
	if len(kept) == 0 {
		return words
	}
	if !slices.ContainsFunc(kept, func(w wanted) bool { return !w.earlier }) {
		for i := range kept {
			kept[i].rarity /= earlierWeight
		}
	}
	return kept
}

// focus is what the kind and the unit of the answer are told by: what a query says itself,
// where that asks for something ("wie schlage ich einen vor"), or all of it ("und für
// Azubis?").
func (q Query) focus() string {
	if q.Own != "" && asksItself.MatchString(german.Fold(q.Own)) {
		return q.Own
	}
	return q.Text
}

// asksItself matches what has a word that asks, on folded text.
var asksItself = regexp.MustCompile(`\b(?:wer|wen|wem|wessen|was|wie\w*|wo\w*|wann|warum|weshalb|wieso|welche[mnrs]?)\b` +
	`|^\W*(?:und |aber |also |oder )*(?:darf|durfen|muss|mussen|kann|konnen|soll|sollen|gibt|brauch\w*)\b`)
