package mattermost

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/inbox"
)

// TestAVoucherHoldsOnlyAsItWasSigned changes one field after the other.
func TestAVoucherHoldsOnlyAsItWasSigned(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	key, older := strings.Repeat("k", 32), strings.Repeat("o", 32)
	v := voucher{
		action: inbox.HandOver, subject: inbox.Subject{HandoverID: "h"}, channel: "town", marker: "q.1.0", expires: now.Add(time.Hour),
	}
	signed := v.sign(key)
	for _, keys := range [][]string{{key}, {older, key}, {key, older}} {
		if got, err := readVoucher(signed, keys, now); err != nil || got != v {
			t.Errorf("as it was signed: %+v, %v", got, err)
		}
	}
	for name, other := range map[string]string{
		"version": voucherNonce, "action": string(inbox.Decline), "subject": "g", "channel": "village", "marker": "q.2.0",
		"expires": "1900000000", "signature": v.signature(voucherVersion, older),
	} {
		changed := maps.Clone(signed)
		changed[name] = other
		if got, err := readVoucher(changed, []string{key}, now); !errors.Is(err, errForged) {
			t.Errorf("another %s: %+v, %v", name, got, err)
		}
		delete(changed, name)
		if got, err := readVoucher(changed, []string{key}, now); !errors.Is(err, errForged) {
			t.Errorf("no %s: %+v, %v", name, got, err)
		}
	}
	for name, keys := range map[string][]string{"another key": {older}, "no key": {}, "an empty key": {""}} {
		if _, err := readVoucher(signed, keys, now); !errors.Is(err, errForged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := readVoucher(v.sign(""), []string{""}, now); !errors.Is(err, errForged) {
		t.Errorf("signed with nothing: %v", err)
	}
	if _, err := readVoucher(signed, []string{key}, v.expires); !errors.Is(err, errExpired) {
		t.Errorf("too old: %v", err)
	}
}
