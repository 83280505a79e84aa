package care

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// maxEndings are told of one reason.
const maxEndings = 8

// split takes out files that are no documents: a folder has hundreds.
func split(notices []retrieval.Notice) (one, many []retrieval.Notice) {
	for _, n := range notices {
		if n.Kind == retrieval.Failed && !n.Serves && n.Reason.Code.NoDocument() {
			many = append(many, n)
		} else {
			one = append(one, n)
		}
	}
	return one, many
}

// countText counts files by reason, and names their endings, the most frequent first.
func (c *Care) countText(notices []retrieval.Notice) (all []prompts.Counted) {
	counts := map[string]map[string]int{}
	for _, n := range notices {
		reason := why(n.Reason)
		if counts[reason] == nil {
			counts[reason] = map[string]int{}
			all = append(all, prompts.Counted{Why: reason})
		}
		counts[reason][strings.ToLower(path.Ext(n.Path))]++
		all[slices.IndexFunc(all, func(w prompts.Counted) bool { return w.Why == reason })].Count++
	}
	slices.SortFunc(all, func(a, b prompts.Counted) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Why, b.Why)) })
	for i := range all {
		all[i].Endings, all[i].Others = endings(counts[all[i].Why])
		all[i].Why = c.cfg.Texts.CareWhy(all[i].Why)
	}
	return all
}

// endings lists those of names; others: there are more, or names without one.
func endings(counts map[string]int) (list []string, others bool) {
	for ending := range counts {
		if others = others || ending == ""; ending != "" {
			list = append(list, ending)
		}
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	if len(list) > maxEndings {
		list, others = list[:maxEndings], true
	}
	for i := range list {
		list[i] = answer.Safe(list[i])
	}
	return list, others
}
