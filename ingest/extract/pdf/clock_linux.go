package pdf

import (
	"time"

	"golang.org/x/sys/unix"
)

// computed returns the computing time of this process so far.
func computed() time.Duration {
	var usage unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
