package second_test

import (
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

func TestMain(m *testing.M) { extracttest.Main(m) }
