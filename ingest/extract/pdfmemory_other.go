//go:build !linux

package extract

import "context"

// withPDFMemory leaves memory to the engine's default.
func withPDFMemory(ctx context.Context) context.Context { return ctx }
