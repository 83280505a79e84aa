package progress

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// Meter shows how far long work is, with rate and remaining time: a bar in a
// terminal, a plain line every few seconds elsewhere.
type Meter struct {
	w       io.Writer
	what    string
	now     func() time.Time
	bar     *progressbar.ProgressBar // nil: plain lines
	started time.Time
	last    time.Time // of the lines
	total   int
	within  string // how far the piece is that is worked on; empty: not said
}

// lineEvery keeps a log file readable.
const lineEvery = 5 * time.Second

// NewMeter returns a meter that writes to w.
func NewMeter(w io.Writer, what string, now func() time.Time) *Meter {
	m := &Meter{w: w, what: what, now: now, started: now(), last: now()}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		m.bar = progressbar.NewOptions(1, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetPredictTime(true),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetWidth(24))
	}
	return m
}

// Within says how far a long piece of the work is, in words; it is shown with the rest.
func (m *Meter) Within(piece string) {
	if piece == m.within {
		return
	}
	m.within = piece
	if m.bar == nil {
		return
	}
	if piece != "" {
		piece = " (" + piece + ")"
	}
	m.bar.Describe(m.what + piece)
}

// Show tells how far the work is.
func (m *Meter) Show(done, total int) {
	if m.bar != nil {
		if total != m.total {
			m.bar.ChangeMax(max(total, 1))
			m.total = total
		}
		_ = m.bar.Set(done) // a bar that cannot be drawn stops nothing
		return
	}
	if now := m.now(); now.Sub(m.last) >= lineEvery {
		m.last = now
		fmt.Fprintln(m.w, m.line(done, total, now.Sub(m.started)))
	}
}

// line says how far the work is after it has taken that long.
func (m *Meter) line(done, total int, took time.Duration) string {
	line := fmt.Sprintf("%s: %d of %d", m.what, done, total)
	if m.within != "" {
		line += " (" + m.within + ")"
	}
	if done <= 0 || took <= 0 {
		return line
	}
	left := time.Duration(float64(took) / float64(done) * float64(max(total-done, 0)))
	return fmt.Sprintf("%s, %.1f/s, %s left", line, float64(done)/took.Seconds(), left.Round(time.Second))
}

// End ends the line of the bar.
func (m *Meter) End() {
	if m.bar != nil {
		fmt.Fprintln(m.w)
	}
}
