package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// In log odds.
const (
	forbidsWithin = 6.0 // how far behind the best statement a prohibition may lie that goes before it
	forbidsBy     = 1.5 // how far before it goes then: what it goes before reads as a permission
)

// forbidding puts a statement that forbids a whole kind of things before what permits
// something in general, where one is asked about that is of the kind: rules say
// "Gesundheitsdaten: nie" and staff ask about an Arztbrief. What names the thing itself
// stays first. Of several prohibitions the most binding one is said.
func (j judging) forbidding(question string, hits []Hit, all []Statement) {
	if len(all) == 0 || j.asked != AskedRule || !permission.MatchString(german.Fold(question)) {
		return
	}
	best, found := all[0], -1
	for i, s := range all {
		if s.Score < best.Score-forbidsWithin || hits[s.Hit].Document.Rank > leastBinding || !j.forbids(s, best) {
			continue
		}
		if found < 0 || hits[s.Hit].Document.Rank < hits[all[found].Hit].Document.Rank {
			found = i
		}
	}
	if found < 0 {
		return
	}
	all[found].Score = best.Score + forbidsBy
	toFront(all, found)
}

// forbids reports whether a statement forbids the kind of something that is asked about,
// which the best one does not name.
func (j judging) forbids(s, best Statement) bool {
	if !denying(s.Text(), s.Passage.Heading()) {
		return false
	}
	own, other := german.NewBag(s.Text()), german.NewBag(best.Text())
	return slices.ContainsFunc(j.words, func(w wanted) bool {
		return own.Holds(w.Word) < wellHeld && other.Holds(w.Word) < wellHeld && w.ofClassIn(own)
	})
}

// ofClassIn reports whether a text names what the word is a kind of.
func (w wanted) ofClassIn(text german.Bag) bool {
	return slices.ContainsFunc(w.classes, func(class string) bool { return text.Has(german.Stem(class)) })
}

// denying reports whether a statement below a heading forbids or denies, and not only
// under a condition.
func denying(text, heading string) bool {
	text = german.Fold(text)
	return never.MatchString(text) || !condition.MatchString(text) && denies.MatchString(text+" "+german.Fold(heading))
}

// withProhibition adds to what is read the most binding passage that forbids the kind of
// something whose use is asked about, where it is not among the first hits: a question
// for an Arztbrief has little in common with it.
func (e *Engine) withProhibition(ctx context.Context, hits []Hit, q Query, words []wanted, r Readers) ([]Hit, error) {
	var classes []string
	for _, w := range words {
		classes = append(classes, w.classes...)
	}
	if len(hits) == 0 || len(classes) == 0 || e.config.Keywords == nil || AskedBy(q.focus()) != AskedRule {
		return hits, nil
	}
	text := strings.Join(classes, " ")
	ranked, err := e.config.Keywords.Keywords(ctx, Wording{Typed: text, Spelled: text}, r, q.At, prohibitionsRead)
	if err != nil {
		return nil, fmt.Errorf("rank prohibitions: %w", err)
	}
	found, err := e.readBatch(ctx, fuse(ranked, nil, 1), q, r)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(h Hit) bool { return h.Document.Rank > leastBinding || !forbidsAny(h.Passage, words) })
	if len(found) == 0 {
		return hits, nil
	}
	first := slices.MinFunc(found, func(a, b Hit) int { return cmp.Compare(a.Document.Rank, b.Document.Rank) })
	at := min(e.config.Params.Pinpoint.Hits-1, len(hits))
	if slices.ContainsFunc(hits[:at], func(h Hit) bool { return h.Passage.ID == first.Passage.ID }) {
		return hits, nil
	}
	first.Score = hits[max(0, at-1)].Score
	hits = slices.DeleteFunc(hits, func(h Hit) bool { return h.Passage.ID == first.Passage.ID })
	hits = slices.Insert(hits, min(at, len(hits)), first)
	return hits[:min(len(hits), q.Limit)], nil
}

// prohibitionsRead is how many passages are looked through for a prohibition.
const prohibitionsRead = 8

// forbidsAny reports whether a passage has a statement that forbids what one of the words
// is a kind of.
func forbidsAny(p Passage, words []wanted) bool {
	for _, span := range german.Statements(p.Text) {
		text := span.Of(p.Text)
		if !denying(text, p.Heading()) {
			continue
		}
		own := german.NewBag(text)
		if slices.ContainsFunc(words, func(w wanted) bool { return w.ofClassIn(own) }) {
			return true
		}
	}
	return false
}

var (
	permission = regexp.MustCompile(`\b(?:darf|durfen|kann|konnen|lassen|erlaubt|zulassig|gestattet|verboten)\b|\b(?:geht das|ok|okay|in ordnung)\W*$`)
	never      = regexp.MustCompile(`\b(?:nie|niemals|keinesfalls)\b`)
	denies     = regexp.MustCompile(`\b(?:nein|verboten|untersagt|unzulassig|ausgeschlossen|nicht|kein(?:e[mnrs]?)?)\b`)
)
