package german

import "unicode/utf8"

// Memory finds words as [Words] does and remembers how it analysed the common
// ones, for whoever analyses many texts: most words of a text stood in texts
// before. Not safe for concurrent use.
type Memory struct {
	words map[string]Word // by spelling, without place
}

// memorySize bounds a memory to some ten megabytes. Common words come early.
const memorySize = 1 << 16

// NewMemory returns an empty memory.
func NewMemory() *Memory { return &Memory{make(map[string]Word)} }

// Words returns what [Words] returns. What the words hold must not be changed.
func (m *Memory) Words(text string) []Word { return scan(text, m.words) }

// simple returns the word at the scanner's position from memory, or puts it
// there, if it is letters up to a character that no word goes on behind.
func (s *scanner) simple() (Word, bool) {
	if s.memory == nil || s.shouting {
		return Word{}, false
	}
	end := s.pos
	for end < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[end:])
		if !wordRune(r) {
			break
		}
		end += size
	}
	if end == len(s.text) || !endsWords(s.text[end]) {
		return Word{}, false
	}
	start, spelling := s.pos, s.text[s.pos:end]
	s.pos = end
	w, ok := s.memory[spelling]
	if !ok {
		w = s.finish(start, []string{spelling})
		if len(s.memory) < memorySize {
			s.memory[spelling] = w
		}
	}
	w.Start, w.End = start, end
	return w, true
}

// endsWords reports characters that neither join words nor begin a gender form.
func endsWords(b byte) bool {
	switch b {
	case ' ', '\n', '\t', ',', ';', '?', ')', '"':
		return true
	}
	return false
}
