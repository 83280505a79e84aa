package pdf

import (
	"testing"

	"lvr.example/sprechstunde/ingest/extract"
)

// FuzzParts looks for ligatures and forms in any bytes.
func FuzzParts(f *testing.F) {
	f.Add([]byte("/Differences[28/f_i/t_t 31/fl]"))
	f.Add([]byte(`<template><field name="a"><caption><value><text>b</text></value></caption></field></template>`))
	f.Fuzz(func(_ *testing.T, data []byte) {
		ligaturesOf(data)
		_ = readForm(extract.NewBuilder(), data) // what is no form is an error
	})
}
