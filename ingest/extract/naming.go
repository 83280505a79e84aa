package extract

import (
	"slices"
	"strings"
)

// SetTitle sets the title that a property names, unless a program made it up.
func (f *File) SetTitle(title string) {
	title = f.Clean(title, true)
	lower := strings.ToLower(title)
	for _, madeUp := range [...]string{"microsoft word", "microsoft powerpoint", "powerpoint-präsentation", "powerpoint presentation",
		"dokument", "document", "präsentation", "presentation", "folie 1", "slide 1", "word document", "untitled", "unbenannt", "titel", "title"} {
		if strings.TrimRight(lower, "0123456789 ") == madeUp || strings.HasPrefix(lower, madeUp+" -") {
			return
		}
	}
	if f.formats.Supported(title) {
		return
	}
	f.Doc.Title = title
}

// Alternative adds the words that stand for a picture, unless they are a file's
// name or made up by a program.
func (b *Builder) Alternative(text string) {
	lower := strings.ToLower(strings.TrimSpace(text))
	if !strings.ContainsRune(lower, ' ') || strings.Contains(lower, "automatisch generiert") || strings.Contains(lower, "automatically generated") ||
		strings.Contains(lower, "ai-generated") || strings.Contains(lower, "ki-generiert") ||
		strings.Contains(lower, "://") || slices.Contains(pictureEndings, Ending(lower)) || strings.Contains(lower, `:\`) {
		return
	}
	b.Add(Block{Kind: Paragraph, Text: text})
}

var pictureEndings = []string{".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".emf", ".wmf", ".tif", ".tiff", ".webp"}
