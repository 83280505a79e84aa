package desk

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mattermost/mattermost/server/public/shared/markdown"
)

func TestWhatAHostWritesArrivesAsWritten(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Ja.":                                   "> Ja.",
		"Ja, **zwei**":                          "> Ja, **zwei**",
		"Ja:\n- höchstens zwei\n- **nie** drei": "> Ja:\n>\n> - höchstens zwei\n> - **nie** drei",
		"1. eins\n2. zwei":                      "> 1. eins\n> 2. zwei",
		"- eins\n  - innen":                     "> - eins\n>   - innen",
		"Mehr: https://intranet.example/da-it.md oder freigabe@musterland.example.": "> Mehr: [`https://intranet.example/da-it.md`](https://intranet.example/da-it.md) oder `freigabe@musterland.example`.",
		"Siehe [die Anleitung](https://intranet.example/x_y).":                      "> Siehe die Anleitung ([`https://intranet.example/x_y`](https://intranet.example/x_y)).",
		"(https://intranet.example/x)":                                              "> ([`https://intranet.example/x`](https://intranet.example/x))",
		"<https://intranet.example/x>":                                              "> [`https://intranet.example/x`](https://intranet.example/x)",
		"# Antwort\n\nJa.":                                                          "> **Antwort**\n>\n> Ja.",
		"`!antwort` und\n```\nx = 1\n```":                                           "> `!antwort` und\n>\n> ```\n> x = 1\n> ```",
		"Frag @all und @heide, ![x](https://b.example)":                             "> Frag `@all` und `@heide`, x",
		"[x](javascript:alert)":                                                     "> x",
		"<img src=x> 2 < 3":                                                         `> \<img src=x\> 2 \< 3`,
		"eins\nzwei\n\ndrei":                                                        "> eins\n> zwei\n>\n> drei",
		"> zitiert\n\nJa":                                                           "> > zitiert\n>\n> Ja",
		"":                                                                          "",
	} {
		if got := relayed(text); got != want {
			t.Errorf("relayed(%q) =\n%s\nwant\n%s", text, got, want)
		}
	}
}

// FuzzRelay holds the words of people to what may be posted: whatever they write,
// the server finds nothing to fetch and nobody to call in it.
func FuzzRelay(f *testing.F) {
	for _, seed := range []string{"**a** @all", "![x](https://b.example)", "https://b.example", "[a](https://b.example \"t\")", "<img src=x>",
		"```\n@all\n", "[`](https://b.example)", "*\\@all*", "![[]](x)", "[a]: https://b.example\n[a]", "1. a\n\n   b", "`` ` @all ``", "&#64;all", "* * *", "**@all**", "-\t@here"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		shown := relayed(text)
		if utf8.ValidString(text) && !utf8.ValidString(shown) {
			t.Fatalf("relayed(%q) = %q: broken text", text, shown)
		}
		for line := range strings.SplitSeq(shown, "\n") {
			if shown != "" && !strings.HasPrefix(line, ">") {
				t.Fatalf("relayed(%q) leaves the quote: %q", text, shown)
			}
		}
		markdown.Inspect(shown, func(node any) bool {
			switch n := node.(type) {
			case *markdown.InlineImage, *markdown.ReferenceImage, *markdown.Autolink:
				t.Fatalf("relayed(%q) = %q: something is fetched: %T", text, shown, n)
			case *markdown.Text:
				if strings.Contains(n.Text, "@") {
					t.Fatalf("relayed(%q) = %q: somebody is called: %q", text, shown, n.Text)
				}
			}
			return true
		})
	})
}
