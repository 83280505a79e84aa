package mattermost

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/mattermost/mattermost/server/public/shared/markdown"

	"lvr.example/sprechstunde/bot/inbox"
)

// everybody matches what the server takes as a mention of all readers.
var everybody = regexp.MustCompile(`(?i)(^|[^\p{L}\p{N}_.-])@(all|channel|here)\b`)

// htmlImage matches what some clients may take as an image, unless it is escaped.
var htmlImage = regexp.MustCompile(`(?i)(^|[^\\])<\s*(img|picture|svg|iframe)\b`)

// codeSpan matches text that stands as code on one line, on which nobody acts.
var codeSpan = regexp.MustCompile("`[^`\n]*`")

// guard is the last defence before a text is posted; texts come safe already.
// It refuses what would load an image at every reader or call everybody. A bare
// address, which the server would fetch, it only reports: see unsafeLinks.
func guard(text string) (bare bool, err error) {
	image := strings.Contains(codeSpan.ReplaceAllString(text, ""), "![") || htmlImage.MatchString(text)
	called := false
	var run strings.Builder // of text, as the server looks for mentions: code is none
	look := func() {
		called = called || everybody.MatchString(run.String())
		run.Reset()
	}
	markdown.Inspect(text, func(node any) bool {
		switch n := node.(type) {
		case *markdown.Text:
			run.WriteString(n.Text)
			return true
		case *markdown.InlineImage, *markdown.ReferenceImage:
			image = true
		case *markdown.Autolink:
			bare = true
		}
		look()
		return true
	})
	look()
	switch {
	case called:
		return false, fmt.Errorf("%w: it mentions everybody", inbox.ErrRefused)
	case image:
		return false, fmt.Errorf("%w: it holds an image", inbox.ErrRefused)
	}
	return bare, nil
}
