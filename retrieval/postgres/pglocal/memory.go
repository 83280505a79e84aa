package pglocal

import (
	"fmt"
	"os"
)

// Megabytes that the server may keep of its tables and indexes. They are taken
// as they are filled. 100 000 passages with their graph need about 500, a
// million 5 000; with 128 for 100 000, searches by graph took half as long again.
const (
	leastBuffers = 128
	mostBuffers  = 4096
)

// sharedBuffers is an eighth of this machine's memory, within limits: half of
// what PostgreSQL's manual names for a server that has the machine to itself.
func sharedBuffers() string {
	return fmt.Sprintf("shared_buffers=%dMB", min(max(machineMemory()/8, leastBuffers), mostBuffers))
}

// machineMemory returns megabytes; 0: not known.
func machineMemory() int {
	info, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	var kilobytes int
	if _, err := fmt.Sscanf(string(info), "MemTotal: %d kB", &kilobytes); err != nil {
		return 0
	}
	return kilobytes / 1024
}
