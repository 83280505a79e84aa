package inbox

import (
	"crypto/rand"
	"fmt"
	"strings"
)

// setMarkers names drafts for ever. Each saved reply has markers of its own, so
// that a post of an outdated reply is never taken for the new one.
func setMarkers(questionID string, drafts []Draft) {
	reply := rand.Text()[:10]
	for i := range drafts {
		drafts[i].Marker = fmt.Sprintf("%s.%s.%d", questionID, reply, i+1)
	}
}

// QuestionOf returns the id of the question that a marker belongs to, or ""
// when it is not one of this pipeline's.
func QuestionOf(marker string) string {
	id, rest, found := strings.Cut(marker, ".")
	if !found || !strings.Contains(rest, ".") {
		return ""
	}
	return id
}
