package sandbox

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

// TestComputingSetsTheGuardBack looks at this process as at a child: the guard is set
// back when it computes, and only then.
func TestComputingSetsTheGuardBack(t *testing.T) {
	t.Parallel()
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: &exec.Cmd{Process: self}, limits: Limits{Memory: 1 << 50, CPU: time.Hour}, wall: func() time.Duration { return time.Hour }}
	guard := time.NewTimer(time.Hour)
	watch := c.overspent(guard)
	guard.Stop()
	for begun := computed(self.Pid); computed(self.Pid) == begun; {
		_ = usedCPU() // computes
	}
	if cause := watch(); cause != nil {
		t.Fatal(cause)
	}
	if !guard.Stop() {
		t.Error("a process that computes is taken for one that stands still")
	}
	standing := &child{cmd: &exec.Cmd{Process: &os.Process{Pid: 1 << 30}}, limits: c.limits}
	if watch := standing.overspent(guard); watch() != nil || guard.Stop() {
		t.Error("a process that computes nothing sets the guard back")
	}
}
