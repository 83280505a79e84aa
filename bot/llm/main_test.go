package llm_test

import (
	"os"
	"testing"

	"lvr.example/sprechstunde/retrieval/leaktest"
)

func TestMain(m *testing.M) { os.Exit(leaktest.Main(m)) }
