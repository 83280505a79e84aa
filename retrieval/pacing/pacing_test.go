package pacing_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"lvr.example/sprechstunde/retrieval/pacing"
)

func TestPausesDoubleUpToTheLast(t *testing.T) {
	t.Parallel()
	b := pacing.Backoff(time.Second, 10*time.Second)
	check := func(want ...time.Duration) {
		t.Helper()
		for i, middle := range want {
			if got := b.NextBackOff(); got < middle/2 || got > middle*3/2+1 {
				t.Errorf("pause %d is %s, want about %s", i, got, middle)
			}
		}
	}
	check(time.Second, 2*time.Second, 4*time.Second, 8*time.Second, 10*time.Second, 10*time.Second)
	b.Reset()
	check(time.Second, 2*time.Second)
}

func TestWaitEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		if err := pacing.Wait(t.Context(), time.Hour); err != nil || time.Since(begin) != time.Hour {
			t.Errorf("waited %s, %v", time.Since(begin), err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := pacing.Wait(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("past the context: %v", err)
		}
		if err := pacing.Wait(ctx, 0); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("no pause, but the context is over: %v", err)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"":                                  0,
		"7":                                 7 * time.Second,
		"0":                                 0,
		"-3":                                0,
		"1.5":                               0,
		"bald":                              0,
		"99999999999":                       0,
		"Wed, 25 Nov 2026 12:01:30 GMT":     90 * time.Second,
		"Wed, 25 Nov 2026 11:59:00 GMT":     0,
		"Wednesday, 25-Nov-26 12:00:05 GMT": 5 * time.Second,
	} {
		if got := pacing.RetryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q is %s, want %s", value, got, want)
		}
	}
}

func FuzzRetryAfter(f *testing.F) {
	f.Add("7")
	f.Add("Wed, 25 Nov 2026 12:01:30 GMT")
	f.Fuzz(func(t *testing.T, value string) {
		now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
		if got := pacing.RetryAfter(http.Header{"Retry-After": {value}}, now); got < 0 {
			t.Errorf("%q is %s", value, got)
		}
	})
}
