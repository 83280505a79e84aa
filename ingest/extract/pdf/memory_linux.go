package pdf

import (
	"context"

	"github.com/tetratelabs/wazero/experimental"
	"golang.org/x/sys/unix"
)

// withPDFMemory has instances take their memory from the kernel, page by page
// as they touch it, and give it back at once: growing on the Go heap would hold
// old and new copies until the collector comes.
func withPDFMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(allocate))
}

// mapped is the memory of one instance.
type mapped struct{ all []byte }

func allocate(_, most uint64) experimental.LinearMemory {
	all, err := unix.Mmap(-1, 0, int(most), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE|unix.MAP_NORESERVE)
	if err != nil {
		return &mapped{} // every growth fails, and with it the instance
	}
	return &mapped{all}
}

// Reallocate implements [experimental.LinearMemory].
func (m *mapped) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	return m.all[:size]
}

// Free implements [experimental.LinearMemory].
func (m *mapped) Free() {
	if m.all != nil {
		_ = unix.Munmap(m.all) // cannot fail for what Mmap returned
		m.all = nil
	}
}
