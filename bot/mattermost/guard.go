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

// guard is the last defence before a text is posted; texts come safe already.
// It refuses what would load an image at every reader or call everybody. A bare
// address, which the server would fetch, it only reports: see unsafeLinks.
func guard(text string) (bare bool, err error) {
	if everybody.MatchString(text) {
		return false, fmt.Errorf("%w: it mentions everybody", inbox.ErrRefused)
	}
	image := strings.Contains(text, "![") || htmlImage.MatchString(text)
	markdown.Inspect(text, func(node any) bool {
		switch node.(type) {
		case *markdown.InlineImage, *markdown.ReferenceImage:
			image = true
		case *markdown.Autolink:
			bare = true
		}
		return true
	})
	if image {
		return false, fmt.Errorf("%w: it holds an image", inbox.ErrRefused)
	}
	return bare, nil
}
