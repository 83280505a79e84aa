package progress

import (
	"strings"
	"testing"
	"time"
)

func TestMeterWritesPlainLines(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	var out strings.Builder
	m := NewMeter(&out, "akten: reading", func() time.Time { return now })
	for done := range 13 {
		m.Show(done, 100)
		now = now.Add(time.Second)
	}
	m.Within("lang.pdf: 300 of 1500")
	for done := 13; done <= 15; done++ {
		m.Show(done, 100)
		now = now.Add(time.Second)
	}
	m.End()
	want := "akten: reading: 5 of 100, 1.0/s, 1m35s left\nakten: reading: 10 of 100, 1.0/s, 1m30s left\nakten: reading: 15 of 100 (lang.pdf: 300 of 1500), 1.0/s, 1m25s left\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}
