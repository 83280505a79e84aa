package sandbox

import "golang.org/x/sys/unix"

const machine = unix.AUDIT_ARCH_AARCH64

// callsHere are those that only this machine has.
var callsHere = []uint32{}
