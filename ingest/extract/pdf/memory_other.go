//go:build !linux

package pdf

import "context"

// withPDFMemory leaves memory to the engine's default.
func withPDFMemory(ctx context.Context) context.Context { return ctx }
