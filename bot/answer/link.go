package answer

import (
	"net/url"
	"strings"
)

// Link returns an inline Markdown link with a safe title, or the safe title
// alone where the address is no absolute http or https address.
func Link(title, address string) string {
	title = Safe(title)
	target, ok := linkTarget(address)
	if !ok || title == "" {
		return title
	}
	return "[" + title + "](" + target + ")"
}

// LinkCode is a link whose title is code, as it is; empty where the address is no
// absolute http or https address.
func LinkCode(code, address string) string {
	target, ok := linkTarget(address)
	if !ok || code == "" {
		return ""
	}
	return "[" + code + "](" + target + ")"
}

// linkTarget returns the address as it may stand in a Markdown link.
func linkTarget(address string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil {
		return "", false
	}
	if strings.ContainsAny(u.Host, `()[]<>"'\@*_ `) && !strings.HasPrefix(u.Host, "[") {
		return "", false
	}
	return inLink.Replace(u.String()), true
}

// inLink escapes what could end a link's target or mean something in Markdown.
var inLink = strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `"`, "%22", "'", "%27",
	`\`, "%5C", "`", "%60", "*", "%2A", "|", "%7C", "@", "%40", " ", "%20", "$", "%24", "~", "%7E")

// inPlace escapes what PathEscape leaves and a query, unlike a fragment, would read
// as its own.
var inPlace = strings.NewReplacer("&", "%26", "=", "%3D", "+", "%2B")

// fillLink puts a document's path and a passage's anchor into its collection's
// link template, e.g. "https://intranet.example/{path}#{place}". Without an
// anchor the part from the last ?, # or & before {place} on is left out. The
// result is empty where the template is no http or https address, has a
// placeholder in its host, or the path climbs.
func fillLink(template, path, anchor string) string {
	if template == "" {
		return ""
	}
	rest, ok := strings.CutPrefix(template, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(template, "http://"); !ok {
			return ""
		}
	}
	if before, _, _ := strings.Cut(rest, "/"); strings.ContainsAny(before, "{}") {
		return ""
	}
	var segments []string
	for _, segment := range strings.Split(path, "/") {
		if segment == ".." {
			return ""
		}
		segments = append(segments, url.PathEscape(segment))
	}
	filled := strings.ReplaceAll(template, "{path}", strings.Join(segments, "/"))
	if at := strings.Index(filled, "{place}"); at >= 0 && anchor == "" {
		filled = filled[:at]
		if cut := strings.LastIndexAny(filled, "?#&"); cut >= 0 {
			filled = filled[:cut]
		}
	}
	place := url.PathEscape(strings.TrimPrefix(anchor, "#"))
	filled = strings.ReplaceAll(filled, "#{place}", "#"+place)
	filled = strings.ReplaceAll(filled, "{place}", inPlace.Replace(place))
	target, ok := linkTarget(filled)
	if !ok {
		return ""
	}
	return target
}
