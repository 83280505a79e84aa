package dialogue

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"lvr.example/sprechstunde/retrieval/german"
)

// features are what the model sees of a message, by their hashes, each once and in
// order: its words, their beginnings and pieces of three to five letters,
// neighbours, how it begins and ends, the same words with what waits, where it
// was said, its length, signs of a question, whether it names a topic of the
// house or addresses the bot.
func (e *Ear) features(h *hearing, s spoken) []uint32 {
	var all []uint32
	add := func(parts ...string) { all = append(all, hashed(parts...)) }
	state := string(h.Waits)
	add("bias")
	add("state", state)
	add("place", strconv.Itoa(int(h.Place&^Hosts)))
	length := strconv.Itoa(lengthClass(len(s.tokens)))
	add("length", length)
	add("length", state, length)
	for name, holds := range map[string]bool{
		"asks":  s.asks(),
		"opens": s.opens() || slices.ContainsFunc(s.clauses(), spoken.opens),
		"verb":  s.verbFirst(),
		"topic": within(h.topic, s),
		"bot":   slices.ContainsFunc(s.tokens, toBot),
	} {
		if holds {
			add("sign", name)
			add("sign", name, state)
			add("sign", name, length)
		}
	}
	strange := strconv.Itoa(min(e.model.Talk.strange(s), mostStrange))
	add("strange", strange)
	add("strange", strange, length)
	add("strange", strange, state)
	if slices.ContainsFunc(s.tokens, toBot) {
		add("strange", strange, "bot")
	}
	for _, t := range s.tokens {
		for _, r := range t.after {
			if unicode.Is(unicode.So, r) || r == '!' || r == '…' || r == ':' {
				add("mark", string(r))
			}
		}
		if len(t.form) > 2 && !strings.ContainsAny(t.form, "aeiouy0123456789") {
			add("sign", "no vowel", length)
		}
	}
	words := s.tokens[:min(len(s.tokens), seenWords)]
	for i, t := range words {
		next, before := "$", "^"
		if i > 0 {
			before = words[i-1].form
		}
		if i+1 < len(words) {
			next = words[i+1].form
		}
		add("word", t.form)
		add("word", t.form, state)
		add("pair", before, t.form)
		add("skip", before, next)
		if i+1 == len(words) {
			add("pair", t.form, "$")
		}
		if i == 0 {
			add("first", t.form)
		}
		for piece := range pieces(t.form) {
			add("piece", piece)
		}
	}
	met := map[int]bool{}
	var last []int
	for _, t := range words {
		of := e.classes.of(t.form)
		for _, c := range of {
			met[c] = true
			for _, b := range last {
				add("classes", e.classes.names[b], e.classes.names[c])
			}
		}
		last = of
	}
	for i, name := range e.classes.names {
		if !met[i] {
			continue
		}
		add("class", name)
		add("class", name, state)
		add("class", name, length)
		for j, other := range e.classes.names[:i] {
			if met[j] {
				add("both", other, name)
			}
		}
	}
	if len(words) <= 2 {
		add("whole", strings.TrimSpace(s.line()), state)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// hashed is the FNV-1a hash of strings, each with a zero behind it.
func hashed(parts ...string) uint32 {
	hash := uint32(2166136261)
	for _, p := range parts {
		for i := range len(p) {
			hash = (hash ^ uint32(p[i])) * 16777619
		}
		hash *= 16777619
	}
	return hash
}

// pieces are all runs of three to five letters of a word between its borders. Of
// what nobody writes as a word only the beginning counts.
func pieces(form string) iter.Seq[string] {
	return func(yield func(string) bool) {
		runes := []rune("<" + form + ">")
		runes = runes[:min(len(runes), longestFiled)]
		for n := 3; n <= 5; n++ {
			for k := 0; k+n <= len(runes); k++ {
				if !yield(string(runes[k : k+n])) {
					return
				}
			}
		}
	}
}

// mostStrange is from how many strange words on more make no difference.
const mostStrange = 4

// seenWords is how far into a message the model looks.
const seenWords = 40

func lengthClass(words int) int {
	for class, limit := range []int{1, 2, 3, 4, 6, 8, 12, 18} {
		if words <= limit {
			return class
		}
	}
	return 8
}

// toBot reports whether a word can address the bot.
func toBot(t token) bool { return addressing[t.form] }

var addressing = german.Set("du dich dir dein deine deinen deiner")
