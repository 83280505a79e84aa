package care

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// What fits one message that people read: documents, and buttons below them.
const (
	maxNotices      = 25
	maxBlockButtons = 5
)

func (c *Care) careText(notices []retrieval.Notice) prompts.Care {
	one, many := split(notices)
	text := prompts.Care{More: max(0, len(one)-maxNotices), Example: slices.Concat(one, many)[0].DocumentID, NoDocuments: c.countText(many)}
	lists := map[retrieval.NoticeKind]*[]prompts.OwnDocument{
		retrieval.Failed: &text.Failed, retrieval.Expiring: &text.Expiring, retrieval.Review: &text.Review, retrieval.Superseded: &text.Superseded,
		retrieval.LeftOut: &text.LeftOut,
	}
	for _, n := range one[:min(len(one), maxNotices)] {
		if list := lists[n.Kind]; list != nil {
			*list = append(*list, c.noticeText(n))
		}
	}
	return text
}

func (c *Care) noticeText(n retrieval.Notice) prompts.OwnDocument {
	d := ownText(retrieval.Cared{ID: n.DocumentID, Title: n.Title, Path: n.Path})
	d.By, d.Serves = answer.Safe(n.By), n.Serves
	if n.Kind == retrieval.Failed {
		d.Why = c.cfg.Texts.CareWhy(why(n.Reason))
	}
	if n.Kind == retrieval.LeftOut {
		for _, r := range n.Remarks {
			d.LeftOut = append(d.LeftOut, c.cfg.Texts.CareLeftOut(prompts.LeftOut{Code: r.Code, Count: r.Count}))
		}
		slices.Sort(d.LeftOut)
		d.LeftOut = slices.Compact(d.LeftOut)
	}
	if !n.Day.IsZero() {
		d.Day = time.Date(n.Day.Year, n.Day.Month, n.Day.Day, 0, 0, 0, 0, c.cfg.Zone)
		d.Ended = n.Day.Compare(c.today()) < 0
	}
	if n.Kind == retrieval.Superseded && n.Day.Compare(c.today()) <= 0 {
		d.Day = time.Time{} // the new one is there already
	}
	return d
}

func ownText(c retrieval.Cared) prompts.OwnDocument {
	title := c.Title
	if title == "" { // it was never read
		title = c.Path[strings.LastIndexByte(c.Path, '/')+1:]
	}
	return prompts.OwnDocument{Number: c.ID, Title: answer.Safe(title), Path: answer.Safe(c.Path), Attached: c.Attached}
}

// whys are the texts that say why a document failed, by the index's reasons.
var whys = map[retrieval.ReasonCode]string{
	retrieval.ReasonEmpty: "empty", retrieval.ReasonTooLarge: "large", retrieval.ReasonNotText: "not_text",
	retrieval.ReasonUnsupported: "unsupported", retrieval.ReasonHead: "head", retrieval.ReasonSidecar: "sidecar",
	retrieval.ReasonDamaged: "damaged", retrieval.ReasonCrashed: "damaged", retrieval.ReasonEncrypted: "encrypted",
	retrieval.ReasonPicture: "picture", retrieval.ReasonNoTextLayer: "pictures", retrieval.ReasonUnsure: "unsure", retrieval.ReasonWaiting: "waiting", retrieval.ReasonUnsafe: "unsafe",
	retrieval.ReasonTooSlow: "heavy", retrieval.ReasonTooMuchMemory: "heavy",
}

// why returns the text for a reason; what has none of its own gets the general one.
func why(reason retrieval.Reason) string { return cmp.Or(whys[reason.Code], "other") }

// blockButtons are one for each of the first documents that are answered from.
func (c *Care) blockButtons(notices []retrieval.Notice) (buttons []inbox.Button) {
	for _, n := range notices[:min(len(notices), maxNotices)] {
		button := c.blockButton(retrieval.Cared{ID: n.DocumentID})
		same := func(other inbox.Button) bool { return other.Subject == button[0].Subject }
		if n.Serves && c.cfg.Buttons && len(buttons) < maxBlockButtons && !slices.ContainsFunc(buttons, same) {
			buttons = append(buttons, button...)
		}
	}
	return buttons
}

// blockButton blocks a document, or releases one that is blocked.
func (c *Care) blockButton(d retrieval.Cared) []inbox.Button {
	button := inbox.Button{
		Label: c.cfg.Texts.WordBlock(ownText(d)), Action: inbox.Block, Subject: inbox.Subject{Document: d.ID}, Spends: inbox.SpendsItself,
	}
	if d.Blocked {
		button.Label, button.Action = c.cfg.Texts.WordRelease(ownText(d)), inbox.Release
	}
	return []inbox.Button{button}
}
