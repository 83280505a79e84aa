package postgres

import (
	"net/url"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/bot/inbox"
)

// aboutText is the stored form of what a draft is about.
func aboutText(a inbox.About) string {
	switch a.Kind {
	case "":
		return ""
	case inbox.AboutAnswer:
		var names []string
		for _, name := range a.Collections {
			names = append(names, url.QueryEscape(name))
		}
		return string(a.Kind) + ":" + strings.Join(names, ",")
	}
	return string(a.Kind) + ":" + strconv.FormatInt(max(a.Ticket, a.Bundle), 10)
}

func readAbout(text string) inbox.About {
	kind, rest, _ := strings.Cut(text, ":")
	a := inbox.About{Kind: inbox.AboutKind(kind)}
	number, _ := strconv.ParseInt(rest, 10, 64)
	switch a.Kind {
	case inbox.AboutBundle:
		a.Bundle = number
	case inbox.AboutCard, inbox.AboutNotice:
		a.Ticket = number
	case inbox.AboutAnswer:
		for _, escaped := range strings.Split(rest, ",") {
			if name, err := url.QueryUnescape(escaped); err == nil && name != "" {
				a.Collections = append(a.Collections, name)
			}
		}
	}
	return a
}
