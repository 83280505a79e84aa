package inboxtest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"lvr.example/sprechstunde/bot/inbox"
)

// Memory is an inbox.Store in memory.
type Memory struct {
	now func() time.Time

	mu   sync.Mutex
	rows []*row
	jobs []string
}

type row struct {
	q         inbox.Question
	removed   map[string]bool // markers of obsolete drafts whose posts are gone
	leased    time.Time
	due       time.Time
	contested bool
	finished  time.Time
	sweepAt   time.Time
	sweeps    int
}

// NewMemory makes an empty store with its clock.
func NewMemory(now func() time.Time) *Memory { return &Memory{now: now} }

var _ inbox.Store = (*Memory)(nil)

// grace is how long a job may be on its way before it counts as lost.
const grace = 30 * time.Second

// TakeJobs returns the queued question ids and empties the queue.
func (m *Memory) TakeJobs(context.Context) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	jobs := m.jobs
	m.jobs = nil
	return jobs, nil
}

// Lookup returns a question as it stands.
func (m *Memory) Lookup(_ context.Context, origin inbox.Origin, key string) (inbox.Question, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r := m.byKey(origin, key); r != nil {
		return r.snapshot(), nil
	}
	return inbox.Question{}, inbox.ErrDone
}

// Question returns a question as it stands.
func (m *Memory) Question(_ context.Context, id string) (inbox.Question, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r := m.byID(id); r != nil {
		return r.snapshot(), nil
	}
	return inbox.Question{}, inbox.ErrDone
}

// OutcomeOf returns the outcome of the question that a draft belongs to.
func (m *Memory) OutcomeOf(_ context.Context, marker string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.rows {
		for _, d := range r.snapshot().Drafts {
			if d.Marker == marker {
				return r.snapshot().Outcome, nil
			}
		}
	}
	return "", inbox.ErrDone
}

// Commands are those of the questions that came by a command.
func (m *Memory) Commands(_ context.Context, ids []string) (map[string]inbox.Arrival, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := map[string]inbox.Arrival{}
	for _, r := range m.rows {
		if q := r.snapshot(); q.Origin == inbox.FromCommand && slices.Contains(ids, q.ID) && q.Fields != nil {
			found[q.ID] = q.Arrival
		}
	}
	return found, nil
}

// AnswersAt are the questions whose answers stand in posts, by post.
func (m *Memory) AnswersAt(_ context.Context, postIDs []string) (map[string]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := map[string]string{}
	for _, r := range m.rows {
		for _, d := range r.snapshot().Drafts {
			if d.About.Kind == inbox.AboutAnswer && d.PostID != "" && slices.Contains(postIDs, d.PostID) {
				found[d.PostID] = r.q.ID
			}
		}
	}
	return found, nil
}

// Add stores an arrival and its job.
func (m *Memory) Add(_ context.Context, a inbox.Arrival) (string, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r := m.byKey(a.Origin, a.Key); r != nil {
		return r.q.ID, false, nil
	}
	if r := m.pressed(a); r != nil {
		return r.q.ID, false, nil
	}
	r := &row{removed: map[string]bool{}}
	a.Fields = maps.Clone(a.Fields)
	r.q = inbox.Question{ID: fmt.Sprintf("q%d", len(m.rows)+1), Arrival: a, State: inbox.Received, Since: m.now()}
	m.rows = append(m.rows, r)
	m.queue(r)
	return r.q.ID, true, nil
}

// pressed finds the same person's earlier press of a button that a press is one with.
func (m *Memory) pressed(a inbox.Arrival) *row {
	if a.Origin != inbox.FromButton {
		return nil
	}
	for _, r := range m.rows {
		same := r.q.Origin == inbox.FromButton && r.q.Marker == a.Marker && r.q.Action == a.Action && r.q.Subject == a.Subject && r.q.UserID == a.UserID
		lately := !final(r.q.State) || r.q.State == inbox.Posted && m.now().Sub(r.finished) < inbox.PressAgain
		if same && lately {
			return r
		}
	}
	return nil
}

// Edited notes an edit.
func (m *Memory) Edited(_ context.Context, a inbox.Arrival, revision int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.byKey(a.Origin, a.Key)
	if r == nil || r.q.Gone || r.q.Lasting || revision <= max(r.q.Wanted, r.q.Revision) {
		return nil
	}
	r.q.Wanted = revision
	r.q.Action, r.q.Subject, r.q.Late, r.q.Overheard = a.Action, a.Subject, a.Late, a.Overheard
	if final(r.q.State) {
		m.again(r)
	}
	return nil
}

// Deleted notes a deletion.
func (m *Memory) Deleted(_ context.Context, origin inbox.Origin, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.byKey(origin, key)
	if r == nil || r.q.Gone || r.q.Lasting {
		return nil
	}
	r.q.Gone = true
	if final(r.q.State) {
		m.again(r)
	}
	return nil
}

func (m *Memory) again(r *row) {
	r.retire()
	r.q.State, r.q.Try, r.q.Since = inbox.Received, 0, m.now()
	r.q.Outcome, r.q.Reason = "", ""
	r.sweepAt = time.Time{}
	m.queue(r)
}

// Claim leases a question.
func (m *Memory) Claim(_ context.Context, id string, lease time.Duration) (inbox.Question, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.byID(id)
	switch {
	case r == nil || final(r.q.State):
		return inbox.Question{}, inbox.ErrDone
	case r.leased.After(m.now()):
		return inbox.Question{}, inbox.ErrBusy
	}
	r.q.Attempt++
	if r.q.State == inbox.Received || r.q.State == inbox.Retrieving {
		r.q.Try++
	}
	r.leased = m.now().Add(lease)
	r.due = r.leased
	return r.snapshot(), nil
}

// Extend prolongs a lease.
func (m *Memory) Extend(_ context.Context, q inbox.Question, lease time.Duration) error {
	return m.change(q, false, func(r *row) {
		r.leased = m.now().Add(lease)
		r.due = r.leased
	})
}

// Release gives a lease back.
func (m *Memory) Release(_ context.Context, q inbox.Question, pause time.Duration, refund bool) error {
	return m.change(q, false, func(r *row) {
		r.leased = time.Time{}
		if refund && (r.q.State == inbox.Received || r.q.State == inbox.Retrieving) {
			r.q.Try--
		}
		r.due = m.now().Add(pause)
		if pause <= 0 {
			m.queue(r)
		}
	})
}

// Start moves to Retrieving.
func (m *Memory) Start(_ context.Context, q inbox.Question) error {
	return m.change(q, false, func(r *row) { r.q.State = inbox.Retrieving })
}

// Early adds a draft before the reply.
func (m *Memory) Early(_ context.Context, q inbox.Question, d inbox.Draft) error {
	return m.change(q, true, func(r *row) { r.q.Drafts = []inbox.Draft{d} })
}

// Save moves to Ready.
func (m *Memory) Save(_ context.Context, q inbox.Question, reply inbox.Reply, failed bool) (inbox.Question, error) {
	var saved inbox.Question
	err := m.change(q, !reply.Lasting, func(r *row) {
		r.q.State, r.q.Since = inbox.Ready, m.now()
		r.q.Outcome, r.q.Reason, r.q.Revision = reply.Outcome, reply.Reason, reply.Revision
		r.q.Failed, r.q.Lasting = failed, reply.Lasting
		r.takeOver(reply.Drafts)
		r.q.Drafts = slices.Clone(reply.Drafts)
		saved = r.snapshot()
	})
	return saved, err
}

// Try moves to Posting.
func (m *Memory) Try(_ context.Context, q inbox.Question, marker string) error {
	return m.change(q, true, func(r *row) {
		r.q.State = inbox.Posting
		d := r.draft(marker)
		r.contested = r.contested || d.Tried && d.PostID == ""
		d.Tried = true
	})
}

// Posted notes a post.
func (m *Memory) Posted(_ context.Context, q inbox.Question, marker, postID string) error {
	return m.change(q, false, func(r *row) {
		d := r.draft(marker)
		d.PostID, d.Early = postID, d.Early && r.q.State == inbox.Retrieving
	})
}

// Lost notes that there is no post.
func (m *Memory) Lost(_ context.Context, q inbox.Question, marker string) error {
	return m.change(q, false, func(r *row) { r.draft(marker).Lost = true })
}

// Restart goes back to Received.
func (m *Memory) Restart(_ context.Context, q inbox.Question) (inbox.Question, error) {
	var fresh inbox.Question
	err := m.change(q, false, func(r *row) {
		r.retire()
		r.q.State = inbox.Received
		r.q.Try++
		fresh = r.snapshot()
	})
	return fresh, err
}

// Renew goes back to Received and forgets what was tried.
func (m *Memory) Renew(ctx context.Context, q inbox.Question) (inbox.Question, error) {
	if _, err := m.Restart(ctx, q); err != nil {
		return inbox.Question{}, err
	}
	var fresh inbox.Question
	err := m.change(q, false, func(r *row) {
		r.q.Try, r.q.Since, r.q.Failed = 1, m.now(), false
		fresh = r.snapshot()
	})
	return fresh, err
}

// Removed notes that an obsolete post is gone.
func (m *Memory) Removed(_ context.Context, q inbox.Question, marker string) error {
	return m.change(q, false, func(r *row) { r.removed[marker] = true })
}

// Spend takes used up buttons away.
func (m *Memory) Spend(_ context.Context, q inbox.Question) (left inbox.Draft, err error) {
	shown := func() *inbox.Draft {
		for _, r := range m.rows {
			if d := r.draft(q.Marker); d.Marker == q.Marker && len(d.Buttons) > 0 {
				return d
			}
		}
		return nil
	}
	err = m.change(q, false, func(*row) {})
	if err != nil {
		return left, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	d := shown()
	if d == nil {
		return left, inbox.ErrDone
	}
	buttons, spent := inbox.Left(d.Buttons, q.Action, q.Subject)
	if !spent {
		return left, inbox.ErrDone
	}
	d.Buttons = buttons
	return *d, nil
}

// Moot finds choices that are decided.
func (m *Memory) Moot(_ context.Context, q inbox.Question) (moot []inbox.Draft, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	decided := q.Decided()
	for _, r := range m.rows {
		for _, d := range r.snapshot().Drafts {
			left, went := inbox.Unmooted(d, decided)
			read := cmp.Or(d.ToUserID, r.q.UserID) == q.UserID || d.ToUserID == "" && slices.Contains(q.DecidedIn(), d.ChannelID)
			if r.q.ID != q.ID && went && d.PostID != "" && read {
				d.Buttons = left
				moot = append(moot, d)
			}
		}
	}
	return moot, nil
}

// Mooted keeps the buttons that are left.
func (m *Memory) Mooted(_ context.Context, q inbox.Question, d inbox.Draft) error {
	if err := m.change(q, false, func(*row) {}); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.rows {
		if kept := r.draft(d.Marker); kept.Marker == d.Marker {
			kept.Buttons = d.Buttons
			return nil
		}
	}
	return inbox.ErrDone
}

// Finish ends the work.
func (m *Memory) Finish(_ context.Context, q inbox.Question, s inbox.State, outcome, reason string) error {
	gone := s == inbox.Dropped && q.Gone
	return m.change(q, !gone, func(r *row) {
		r.q.State, r.q.Outcome, r.q.Reason = s, outcome, reason
		r.leased, r.due = time.Time{}, time.Time{}
		r.finished = m.now()
		if r.q.Origin != inbox.FromCommand {
			r.q.Fields = nil
		}
		if r.contested {
			r.sweepAt, r.sweeps = m.now().Add(time.Minute), 0
		}
	})
}

// Requeue queues what nobody works on.
func (m *Memory) Requeue(_ context.Context, limit int) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for _, r := range m.rows {
		if n == limit {
			break
		}
		if final(r.q.State) || r.due.After(m.now()) || slices.Contains(m.jobs, r.q.ID) {
			continue
		}
		m.queue(r)
		n++
	}
	return n, nil
}

// Sweepable hands out what is to be looked through.
func (m *Memory) Sweepable(_ context.Context, limit int) ([]inbox.Question, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var qs []inbox.Question
	for _, r := range m.rows {
		if len(qs) == limit || r.sweepAt.IsZero() || r.sweepAt.After(m.now()) {
			continue
		}
		r.sweepAt = m.now().Add(time.Minute)
		q := r.snapshot()
		q.Obsolete = slices.Clone(r.q.Obsolete)
		qs = append(qs, q)
	}
	return qs, nil
}

// Swept notes a look.
func (m *Memory) Swept(_ context.Context, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.byID(id)
	if r == nil || r.sweepAt.IsZero() {
		return nil
	}
	r.sweeps++
	r.sweepAt = time.Time{}
	if r.sweeps == 1 {
		r.sweepAt = m.now().Add(10 * time.Minute)
	}
	return nil
}

// change applies a fenced step; watched ones look at the asking post too.
func (m *Memory) change(q inbox.Question, watched bool, step func(*row)) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.byID(q.ID)
	switch {
	case r == nil || r.q.Attempt != q.Attempt || r.leased.IsZero():
		return inbox.ErrStale
	case watched && !r.q.Lasting && r.q.Gone:
		return inbox.ErrGone
	case watched && !r.q.Lasting && r.q.Wanted > max(q.Wanted, r.q.Revision):
		return inbox.ErrChanged
	}
	step(r)
	return nil
}

func (m *Memory) queue(r *row) {
	m.jobs = append(m.jobs, r.q.ID)
	r.due = m.now().Add(grace)
}

func (m *Memory) byID(id string) *row {
	for _, r := range m.rows {
		if r.q.ID == id {
			return r
		}
	}
	return nil
}

func (m *Memory) byKey(origin inbox.Origin, key string) *row {
	for _, r := range m.rows {
		if r.q.Origin == origin && r.q.Key == key {
			return r
		}
	}
	return nil
}

// retire makes the drafts obsolete.
func (r *row) retire() {
	for _, d := range r.q.Drafts {
		r.contested = r.contested || d.Tried && d.PostID == "" && !d.Lost
		d.Text = ""
		r.q.Obsolete = append(r.q.Obsolete, d)
	}
	r.q.Drafts = nil
}

// takeOver makes an early draft obsolete whose place none of the reply's takes.
func (r *row) takeOver(reply []inbox.Draft) {
	r.q.Drafts = slices.DeleteFunc(r.q.Drafts, func(d inbox.Draft) bool {
		return slices.ContainsFunc(reply, func(of inbox.Draft) bool { return of.Marker == d.Marker })
	})
	r.retire()
}

func (r *row) draft(marker string) *inbox.Draft {
	for i := range r.q.Drafts {
		if r.q.Drafts[i].Marker == marker {
			return &r.q.Drafts[i]
		}
	}
	return &inbox.Draft{}
}

func (r *row) snapshot() inbox.Question {
	q := r.q
	q.Drafts = slices.Clone(q.Drafts)
	q.Obsolete = slices.DeleteFunc(slices.Clone(q.Obsolete), func(d inbox.Draft) bool { return r.removed[d.Marker] })
	return q
}

func final(s inbox.State) bool {
	return s == inbox.Posted || s == inbox.Told || s == inbox.Dropped
}
