package sandbox

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"unsafe"

	"golang.org/x/sys/unix"
)

// closeOff takes from the process everything but memory, its pipes and its
// threads, and returns what could not be taken.
func closeOff() (missing []string) {
	if err := lower(unix.RLIMIT_FSIZE, 0); err != nil {
		missing = append(missing, err.Error())
	}
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

// calls are the system calls of a Go program that computes and uses open pipes.
// Any other one fails with "operation not permitted".
var calls = append([]uint32{
	unix.SYS_READ, unix.SYS_WRITE, unix.SYS_CLOSE, unix.SYS_FSTAT, unix.SYS_LSEEK, unix.SYS_FCNTL,
	unix.SYS_MMAP, unix.SYS_MUNMAP, unix.SYS_MPROTECT, unix.SYS_MADVISE, unix.SYS_MREMAP, unix.SYS_MINCORE, unix.SYS_BRK,
	unix.SYS_FUTEX, unix.SYS_SCHED_YIELD, unix.SYS_SCHED_GETAFFINITY, unix.SYS_SET_ROBUST_LIST, unix.SYS_RSEQ, unix.SYS_MEMBARRIER,
	unix.SYS_RT_SIGACTION, unix.SYS_RT_SIGPROCMASK, unix.SYS_RT_SIGRETURN, unix.SYS_SIGALTSTACK, unix.SYS_TGKILL,
	unix.SYS_GETPID, unix.SYS_GETTID, unix.SYS_GETRUSAGE, unix.SYS_GETRANDOM, unix.SYS_RESTART_SYSCALL,
	unix.SYS_NANOSLEEP, unix.SYS_CLOCK_GETTIME, unix.SYS_CLOCK_NANOSLEEP, unix.SYS_GETTIMEOFDAY,
	unix.SYS_TIMER_CREATE, unix.SYS_TIMER_SETTIME, unix.SYS_TIMER_DELETE, unix.SYS_SETITIMER,
	unix.SYS_EPOLL_CREATE1, unix.SYS_EPOLL_CTL, unix.SYS_EPOLL_PWAIT, unix.SYS_EVENTFD2, unix.SYS_PIPE2,
	unix.SYS_EXIT, unix.SYS_EXIT_GROUP,
}, callsHere...)

// filter lets the kernel refuse all other calls, to every thread and for good.
func filter() error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("no new privileges: %w", err)
	}
	program := program()
	prog := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	const setFilter, allThreads = 1, 1 // SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC
	failed, _, errno := unix.Syscall(unix.SYS_SECCOMP, setFilter, allThreads, uintptr(unsafe.Pointer(&prog)))
	runtime.KeepAlive(program)
	if errno != 0 {
		return fmt.Errorf("filter of system calls: %w", errno)
	}
	if failed != 0 {
		return fmt.Errorf("filter of system calls: thread %d cannot take it", failed)
	}
	return nil
}

// Offsets in what the kernel shows a filter, and its answers.
const (
	offsetCall = 0
	offsetArch = 4
	offsetArg  = 16 // low half of the first argument; both machines store it first

	answerAllow = 0x7fff0000
	answerKill  = 0x80000000
	answerErrno = 0x00050000
)

// program is the filter: a check of the machine, then one comparison per call.
// Clone passes for threads only.
func program() []unix.SockFilter {
	load := func(offset uint32) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: offset}
	}
	answer := func(k uint32) unix.SockFilter { return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: k} }
	jump := func(how uint16, k uint32, yes, no uint8) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_JMP | how | unix.BPF_K, Jt: yes, Jf: no, K: k}
	}
	p := []unix.SockFilter{
		load(offsetArch),
		jump(unix.BPF_JEQ, machine, 1, 0),
		answer(answerKill),
		load(offsetCall),
		jump(unix.BPF_JEQ, unix.SYS_CLONE, 0, 3),
		load(offsetArg),
		jump(unix.BPF_JSET, unix.CLONE_THREAD, 0, 1),
		answer(answerAllow),
		load(offsetCall),
		jump(unix.BPF_JEQ, unix.SYS_CLONE3, 0, 1), // cannot be looked into: say that it does not exist
		answer(answerErrno | uint32(unix.ENOSYS)),
	}
	for _, call := range slices.Compact(slices.Sorted(slices.Values(calls))) {
		p = append(p, jump(unix.BPF_JEQ, call, 0, 1), answer(answerAllow))
	}
	return append(p, answer(answerErrno|uint32(unix.EPERM)))
}
