package config

import (
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
)

// What log.level and log.format may be.
var (
	levels  = map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	formats = []string{"text", "json"}
)

// Logger returns the logger that the configuration asks for.
func (l Log) Logger(w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: levels[strings.ToLower(l.Level)]} // info where it is none
	if strings.EqualFold(l.Format, "json") {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

func (l Log) problems() (errs []error) {
	if _, known := levels[strings.ToLower(l.Level)]; !known {
		errs = append(errs, fmt.Errorf("log.level: %q is none of debug, info, warn, error", l.Level))
	}
	if !slices.Contains(formats, strings.ToLower(l.Format)) {
		errs = append(errs, fmt.Errorf("log.format: %q is none of %s", l.Format, strings.Join(formats, ", ")))
	}
	return errs
}
