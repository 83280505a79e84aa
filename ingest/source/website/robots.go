package website

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// maxRobots is the number of bytes of a robots.txt that are read: RFC 9309,
// section 2.5 asks for at least 500 KiB.
const maxRobots = 500 << 10

// robotName is the product token by which a robots.txt may name this program.
const robotName = "sprechstunde"

// robots is what a robots.txt says to this program, by RFC 9309.
type robots struct {
	rules []rule
	delay time.Duration // Crawl-delay, which the RFC leaves open
	sum   string        // fingerprint of the file; empty: there is none
}

type rule struct {
	pattern string
	allow   bool
}

// parseRobots reads the groups that name this program, or else those for all.
// What is no rule is passed over.
func parseRobots(data []byte) robots {
	var own, all robots
	named := false
	var groups []*robots
	begun := false // a rule ended the list of names
	data = bytes.TrimPrefix(data[:min(len(data), maxRobots)], []byte("\xEF\xBB\xBF"))
	for line := range strings.Lines(strings.ReplaceAll(string(data), "\r", "\n")) {
		key, value := splitRule(line)
		switch key {
		case "user-agent":
			if begun {
				groups, begun = nil, false
			}
			switch productToken(value) {
			case robotName:
				named = true
				groups = append(groups, &own)
			case "*":
				groups = append(groups, &all)
			}
		case "allow", "disallow":
			begun = true
			for _, g := range groups {
				g.add(value, key == "allow")
			}
		case "crawl-delay":
			begun = true
			if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 && seconds < 1e6 {
				for _, g := range groups {
					g.delay = max(g.delay, time.Duration(seconds*float64(time.Second)))
				}
			}
		}
	}
	if named {
		return own
	}
	return all
}

func splitRule(line string) (key, value string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, _ = strings.Cut(line, ":")
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
}

// productToken returns the name in lower case without what follows it, such as a
// version.
func productToken(value string) string {
	if strings.HasPrefix(value, "*") {
		return "*"
	}
	end := strings.IndexFunc(value, func(r rune) bool {
		return r != '-' && r != '_' && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if end >= 0 {
		value = value[:end]
	}
	return strings.ToLower(value)
}

func (r *robots) add(pattern string, allow bool) {
	if pattern == "" {
		return // "Disallow:" forbids nothing
	}
	r.rules = append(r.rules, rule{pattern: normalize(pattern), allow: allow})
}

// allows asks the rules: the longest pattern that matches counts, and of two
// equally long ones the one that allows.
func (r robots) allows(a address) bool {
	target := a.path
	if a.query != "" {
		target += "?" + a.query
	}
	longest, allow := -1, true
	for _, rule := range r.rules {
		n := len(rule.pattern)
		if n < longest || n == longest && !rule.allow || !matches(rule.pattern, target) {
			continue
		}
		longest, allow = n, rule.allow
	}
	return allow
}

// matches compares a pattern with * for anything and $ for the end.
func matches(pattern, target string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(target, parts[0])
	if !ok {
		return false
	}
	if len(parts) == 1 {
		return !whole || rest == ""
	}
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	if whole {
		return strings.HasSuffix(rest, last)
	}
	return strings.Contains(rest, last)
}
