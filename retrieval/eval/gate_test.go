package eval_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval/eval"
)

func TestGateBlocksWhatFallsBelow(t *testing.T) {
	t.Parallel()
	report := eval.Report{Modes: map[eval.Mode]*eval.ModeMetrics{eval.Fused: {Recall3: 0.91}}}
	for gate, want := range map[string]string{
		`{"min": {"modes/fused/recall@3": 0.9}}`:                                                   "",
		`{"min": {"modes/fused/recall@3": 0.95}}`:                                                  "must be at least 0.95",
		`{"max": {"modes/fused/recall@3": 0.9}}`:                                                   "must be at most 0.9",
		`{"min": {"modes/fused/recall@33": 0.9}}`:                                                  "missing",
		`{"min": {"answerability/auroc": 0.5}}`:                                                    "missing",
		`{"max": {"answerability/wrong_at": 0.01}}`:                                                "missing",
		`{"at_least": {"modes/fused/recall@3": ["modes/fused/recall@1"]}}`:                         "",
		`{"at_least": {"modes/fused/recall@1": ["modes/fused/recall@1", "modes/fused/recall@3"]}}`: "must reach modes/fused/recall@3, which is 0.91",
		`{"at_least": {"modes/fused/recall@3": ["modes/vector/recall@3"]}}`:                        "missing",
	} {
		g, err := eval.ReadGate(strings.NewReader(gate))
		if err != nil {
			t.Fatalf("%s: %v", gate, err)
		}
		broken, err := g.Check(report)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(broken, "\n"); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", gate, got, want)
		}
	}
}

func TestGateThatHoldsNothingIsRefused(t *testing.T) {
	t.Parallel()
	for _, gate := range []string{`{}`, `{"floor": {"a": 1}}`, `nonsense`} {
		if _, err := eval.ReadGate(strings.NewReader(gate)); err == nil {
			t.Errorf("%s is taken", gate)
		}
	}
}
