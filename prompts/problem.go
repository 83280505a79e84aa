package prompts

import "regexp"

var problems = []struct {
	pattern *regexp.Regexp
	says    string
}{
	{regexp.MustCompile(`!\[`), "holds an image; the chat server would fetch it"},
	{regexp.MustCompile(`(?i)(^|[^(])\b(https?://|www\.)`), "holds a bare address; write it as [title](address)"},
	{regexp.MustCompile(`(^|[^\w])@[A-Za-z]`), "mentions somebody with @"},
	{regexp.MustCompile(`</?[A-Za-z]`), "holds HTML"},
	{regexp.MustCompile(`[A-Za-zäöüß](\*|_|/-?)in(nen)?\b|[a-zäöüß]Innen\b`), "writes a gender form without the colon"},
}

// Problem says what makes the source of a text unfit for the chat, or nothing.
// It looks at the text itself, not at the data that is inserted.
func Problem(source string) string {
	for _, p := range problems {
		if p.pattern.MatchString(source) {
			return p.says
		}
	}
	return ""
}
