package inbox

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"sync"
)

// Meanwhile posts a draft while the Handler under ctx still works out the reply: a
// word that it takes a moment, or an answer that a better one will take the place of.
// The reply's draft for the same place takes its post over, which is edited then, and
// keeps its marker, so that its buttons stay good. One is posted for a question, also
// through crashes; a second one, and one outside of a Handler, is none. It goes out
// like every draft: confirmed, and once. What cannot be posted is no fault of the
// reply, so it is told to nobody but the log.
func Meanwhile(ctx context.Context, d Draft) {
	if m, ok := ctx.Value(meanwhileKey{}).(*meanwhile); ok {
		m.post(ctx, d)
	}
}

type meanwhileKey struct{}

// meanwhile is what is posted before the reply to a question.
type meanwhile struct {
	p *Pipeline

	mu    sync.Mutex
	q     *Question
	ended bool
}

// end keeps what comes too late from being posted.
func (m *meanwhile) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ended = true
}

func (m *meanwhile) post(ctx context.Context, d Draft) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ended || len(m.q.Drafts) > 0 {
		return
	}
	d.Early, d.Tried = true, true
	d.Marker = fmt.Sprintf("%s.%s.0", m.q.ID, rand.Text()[:10])
	if err := m.bringOut(ctx, &d); err != nil {
		m.p.log.WarnContext(ctx, "nothing posted while the reply is worked out", KeyQuestion, m.q.ID, KeyError, err)
	}
}

func (m *meanwhile) bringOut(ctx context.Context, d *Draft) error {
	if err := m.p.confirm(ctx, *m.q, *d); err != nil {
		return err
	}
	if err := m.p.store.Early(ctx, *m.q, *d); err != nil {
		return err
	}
	m.q.Drafts = []Draft{*d}
	id, err := m.p.chat.Create(ctx, *d)
	if err != nil {
		return err // it may be there: who takes it over looks for it
	}
	m.q.Drafts[0].PostID = id
	return m.p.store.Posted(ctx, *m.q, d.Marker, id)
}

// takeOver has the draft of a reply for the place of the one that was posted early
// take its post: an answer before all else.
func takeOver(early []Draft, drafts []Draft) {
	if len(early) == 0 {
		return
	}
	e := early[0]
	there := func(d Draft) bool {
		return d.ChannelID == e.ChannelID && d.RootID == e.RootID && d.ToUserID == e.ToUserID && len(d.Files) == 0
	}
	i := slices.IndexFunc(drafts, func(d Draft) bool { return there(d) && d.About.Kind == AboutAnswer })
	if i < 0 {
		i = slices.IndexFunc(drafts, there)
	}
	if i >= 0 {
		drafts[i].Marker, drafts[i].PostID, drafts[i].Early, drafts[i].Tried = e.Marker, e.PostID, true, e.Tried
	}
}

// stands is the reply that an answer makes which was posted early, where none better
// comes; false: there is none.
func (q Question) stands() (Reply, bool) {
	if len(q.Drafts) == 0 || q.Drafts[0].About.Kind != AboutAnswer {
		return Reply{}, false
	}
	return Reply{Outcome: "answered", Reason: "no better answer", Drafts: slices.Clone(q.Drafts[:1]), Revision: q.Wanted}, true
}
