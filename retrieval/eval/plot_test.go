package eval

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/retrieval"
)

var update = flag.Bool("update", false, "write the golden files anew")

// drawn is a report of few questions.
func drawn() Report {
	searched := map[Mode]*retrieval.Sufficiency{Fused: {}}
	of := func(answerable bool, p float64, first string) Observation {
		o := Observation{Set: Main, ID: first, Answerable: answerable, Probability: p, Ranked: map[Mode][]string{Fused: {first}}, judged: searched}
		if answerable {
			o.Relevant = map[string]int{"a": 1}
		}
		return o
	}
	r := Report{Sufficiency: Weights{Model: "m", Answered: 0.6, Nearest: 0.3}}
	all := []Observation{
		of(true, 0.97, "a"), of(true, 0.9, "a"), of(true, 0.8, "b"), of(false, 0.7, "c"), of(true, 0.65, "a"),
		of(true, 0.5, "a"), of(false, 0.4, "d"), of(true, 0.35, "a"), of(false, 0.2, "e"), of(false, 0.05, "f"),
	}
	if err := r.fill(all, Config{Draws: 200}); err != nil {
		panic(err) // neither compares nor fits: nothing can fail
	}
	return r
}

func TestSVG(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]Report{"curves.svg": drawn(), "empty.svg": {}} {
		var got bytes.Buffer
		if err := r.WriteSVG(&got); err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(bytes.NewReader(got.Bytes())); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s is no XML: %v", name, err)
			}
		}
		golden := "testdata/" + name
		if *update {
			if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s\nlook at it, then: go test ./retrieval/eval -update", name, diff)
		}
	}
}

func TestReliabilityWeighsBothKindsAlike(t *testing.T) {
	t.Parallel()
	r := drawn().Answerability.Reliability
	if len(r.Bins) != 9 {
		t.Fatalf("%d bins: %+v", len(r.Bins), r.Bins)
	}
	if top := r.Bins[len(r.Bins)-1]; top.From != 0.9 || top.Answerable != 2 || top.Unanswerable != 0 || top.So != 1 || top.Said < 0.93 || top.Said > 0.94 {
		t.Errorf("top bin %+v", top)
	}
	if r.ECE <= 0 || r.ECE >= 1 {
		t.Errorf("ECE %g", r.ECE)
	}
	if only := reliability([]Observation{{Answerable: true, judged: map[Mode]*retrieval.Sufficiency{Fused: {}}}}); only != nil {
		t.Errorf("one class alone: %+v", only)
	}
}
