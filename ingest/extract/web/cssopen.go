package web

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// opening is a rule that shows an element in a state that a click brings about.
type opening struct {
	element compound
	how     howOpened
}

// howOpened says what brings the state about.
type howOpened int

const (
	never    howOpened = iota
	byScript           // a class that a script sets
	byClick            // a box that is ticked, or the place that a link leads to
)

var (
	clickState  = regexp.MustCompile(`:(?:checked|target|focus-within|focus|active)`)
	scriptState = regexp.MustCompile(`[.](?:is-|ist-)?(?:open(?:ed)?|offen|active|aktiv|show|shown|visible|sichtbar|expanded|in|selected|current)(?:$|[\s.>~+:])`)
	lastPart    = regexp.MustCompile(`[^\s>~+]+$`)
	anyState    = regexp.MustCompile(`::?[\w-]+(?:\([^)]*\))?|[.](?:is-|ist-)?(?:open(?:ed)?|offen|active|aktiv|show|shown|visible|sichtbar|expanded|in|selected|current)\b`)
)

// noteOpening keeps a selector with a state if its rule shows what another hides.
func (s *styleSheet) noteOpening(selector string, declarations map[string]declaration) {
	display, visibility := declarations["display"].value, declarations["visibility"].value
	if (display == "" || display == "none") && visibility != "visible" {
		return
	}
	var how howOpened
	switch {
	case clickState.MatchString(selector):
		how = byClick
	case scriptState.MatchString(selector):
		how = byScript
	default:
		return
	}
	found := compoundForm.FindStringSubmatch(anyState.ReplaceAllString(lastPart.FindString(selector), ""))
	if found == nil || found[2] == "" { // any element of a kind says too little
		return
	}
	part := compound{element: strings.ToLower(found[1])}
	for _, name := range compoundPart.FindAllString(found[2], -1) {
		if name[0] == '#' {
			part.id = name[1:]
		} else {
			part.classes = append(part.classes, name[1:])
		}
	}
	s.shows = append(s.shows, opening{part, how})
}

// canBeOpened reports how an element that is hidden now can be seen.
func (s *styleSheet) canBeOpened(node *html.Node) howOpened {
	how := never
	for _, o := range s.shows {
		if o.how > how && o.element.is(node) {
			how = o.how
		}
	}
	return how
}
