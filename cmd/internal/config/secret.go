package config

import "log/slog"

// Secret is a value that never prints itself.
type Secret string

const redacted = "(set, not shown)"

// String implements fmt.Stringer without giving the value away.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// GoString keeps %#v from giving the value away.
func (s Secret) GoString() string { return s.String() }

// LogValue implements slog.LogValuer.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalYAML implements the YAML library's interface for printing.
func (s Secret) MarshalYAML() (any, error) { return s.String(), nil }

// MarshalJSON keeps the value out of JSON.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + s.String() + `"`), nil }

// Reveal returns the value for the one call that needs it.
func (s Secret) Reveal() string { return string(s) }
