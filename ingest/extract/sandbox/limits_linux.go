package sandbox

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// maxCPU is the computing time of a child over all its files, should its parent
// not look after it. A file of many parts may take long.
const maxCPU = 20 * time.Minute

// limit sets what the kernel enforces from now on. Address space is counted from
// what the process has reserved by now, since Go and its checkers reserve much and
// touch little, and computing time from what getting ready took.
func limit(memory int64) error {
	size, data, err := reserved()
	if err != nil {
		return err
	}
	most := uint64(memory) * 3 // arenas of 64 MiB and the engine's 128 MiB count whole
	for what, value := range map[int]uint64{
		unix.RLIMIT_CORE:   0,
		unix.RLIMIT_NOFILE: 64,
		unix.RLIMIT_CPU:    uint64(math.Ceil(usedCPU() + maxCPU.Seconds())),
		unix.RLIMIT_DATA:   data + most,
		unix.RLIMIT_AS:     size + 4*most,
	} {
		if err := lower(what, value); err != nil {
			return err
		}
	}
	return nil
}

// lower sets a limit, unless it is stricter already.
func lower(what int, value uint64) error {
	var now unix.Rlimit
	if err := unix.Getrlimit(what, &now); err != nil {
		return fmt.Errorf("limit %d: %w", what, err)
	}
	value = min(value, now.Max)
	if err := unix.Setrlimit(what, &unix.Rlimit{Cur: value, Max: value}); err != nil {
		return fmt.Errorf("limit %d: %w", what, err)
	}
	return nil
}

// reserved returns the address space and the writable part of it, in bytes.
func reserved() (size, data uint64, err error) {
	status, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, 0, fmt.Errorf("own size: %w", err)
	}
	fields := bytes.Fields(status)
	if len(fields) < 6 {
		return 0, 0, fmt.Errorf("own size: %q", status)
	}
	size, err = strconv.ParseUint(string(fields[0]), 10, 64)
	if err != nil {
		return 0, 0, fmt.Errorf("own size: %w", err)
	}
	data, err = strconv.ParseUint(string(fields[5]), 10, 64)
	if err != nil {
		return 0, 0, fmt.Errorf("own size: %w", err)
	}
	page := uint64(os.Getpagesize())
	return size * page, data * page, nil
}

// resident returns the memory in bytes that a process has, 0 if it is gone.
func resident(pid int) int64 {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(status)
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// usedCPU returns the seconds of computing time so far.
func usedCPU() float64 {
	var usage unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

// computed returns the computing time of a process so far, 0 if it is gone.
func computed(pid int) time.Duration {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(status[bytes.LastIndexByte(status, ')')+1:]) // the name before it may hold anything
	const user, system = 11, 12
	if len(fields) <= system {
		return 0
	}
	var ticks int64
	for _, field := range [][]byte{fields[user], fields[system]} {
		n, err := strconv.ParseInt(string(field), 10, 64)
		if err != nil {
			return 0
		}
		ticks += n
	}
	return time.Duration(ticks) * time.Second / userHertz
}

// userHertz is the unit of times in /proc on amd64 and arm64.
const userHertz = 100
