package sandbox

import (
	"fmt"
	"os"
	"runtime"
	"slices"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/landlock-lsm/go-landlock/landlock"
	"golang.org/x/sys/unix"
)

// closeOff takes from the process everything but memory, its pipes and its
// threads, and returns what could not be taken.
func closeOff() (missing []string) {
	if err := lower(unix.RLIMIT_FSIZE, 0); err != nil {
		missing = append(missing, err.Error())
	}
	_ = wallIn() // the second wall: what it could not do shows below, unless the first one does it
	if err := filter(); err != nil {
		missing = append(missing, err.Error())
	}
	if fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0); err == nil {
		_ = unix.Close(fd)
		missing = append(missing, "the network stays open")
	}
	if f, err := os.Open("/"); err == nil {
		_ = f.Close()
		missing = append(missing, "files can be opened")
	}
	return missing
}

// wallIn has Landlock forbid all files, TCP ports and signals to other processes,
// as far as the kernel can.
func wallIn() error { return landlock.V7.BestEffort().Restrict() }

// calls are the system calls of a Go program that computes and uses open pipes.
// Any other one fails with "operation not permitted".
var calls = append([]string{
	"read", "write", "close", "fstat", "lseek", "fcntl",
	"mmap", "munmap", "mprotect", "madvise", "mremap", "mincore", "brk",
	"futex", "sched_yield", "sched_getaffinity", "set_robust_list", "rseq", "membarrier",
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "tgkill",
	"getpid", "gettid", "getrusage", "getrandom", "restart_syscall",
	"nanosleep", "clock_gettime", "clock_nanosleep", "gettimeofday",
	"timer_create", "timer_settime", "timer_delete", "setitimer",
	"epoll_create1", "epoll_ctl", "epoll_pwait", "eventfd2", "pipe2",
	"exit", "exit_group",
}, callsHere[runtime.GOARCH]...)

// callsHere are those that only one kind of machine has.
var callsHere = map[string][]string{"amd64": {"epoll_wait", "arch_prctl"}}

// filter lets the kernel refuse all other calls, to every thread and for good. Clone
// passes for threads only; clone3, which cannot be looked into, does not exist.
func filter() error {
	runtime.LockOSThread() // no new privileges are this thread's own until the filter is everybody's
	defer runtime.UnlockOSThread()
	err := seccomp.LoadFilter(seccomp.Filter{
		NoNewPrivs: true,
		Flag:       seccomp.FilterFlagTSync,
		Policy: seccomp.Policy{
			DefaultAction: seccomp.ActionErrno, // EPERM
			Syscalls: []seccomp.SyscallGroup{
				{Action: seccomp.ActionErrno | seccomp.Action(unix.ENOSYS), Names: []string{"clone3"}},
				{Action: seccomp.ActionAllow, Names: slices.Clone(calls), NamesWithCondtions: []seccomp.NameWithConditions{
					{Name: "clone", Conditions: seccomp.ArgumentConditions{{Argument: 0, Operation: seccomp.BitsSet, Value: unix.CLONE_THREAD}}},
				}},
			},
		},
	})
	if err != nil {
		return fmt.Errorf("filter of system calls: %w", err)
	}
	return nil
}
