//go:build !linux

package pdf

import "time"

var began = time.Now()

// computed stands for the computing time, which is not known here.
func computed() time.Duration { return time.Since(began) }
