package retrieval_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/retrieval"
)

const calibration = `{"version":1,"fits":[
	{"ranking":"fused","model":"m","dimensions":3,"weights":{"bias":-2,"coverage":1.5},"answered":0.7,"nearest":0.3,"fitted":"2026-11-25T09:00:00Z","rule":"","penalty":1,"sets":[],"in_sample":{},"cross_validated":{}},
	{"ranking":"keyword","weights":{"bias":-1},"answered":0.5,"nearest":0.5}]}`

func TestCalibrationReadsBackAsWritten(t *testing.T) {
	t.Parallel()
	c, err := retrieval.ReadCalibration(strings.NewReader(calibration))
	if err != nil {
		t.Fatal(err)
	}
	var written bytes.Buffer
	if err := c.Write(&written); err != nil {
		t.Fatal(err)
	}
	again, err := retrieval.ReadCalibration(&written)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c, again); diff != "" {
		t.Errorf("(-read +written and read):\n%s", diff)
	}
	before := retrieval.DefaultSufficiencyParams()
	after, err := c.Params(before)
	if err != nil {
		t.Fatal(err)
	}
	if l, fitted := after.For(retrieval.Model{Name: "m"}); !fitted || l.Coverage != 1.5 || l.Bias != -2 || l.Rarest != 0 || l.Answered != 0.7 || l.Nearest != 0.3 {
		t.Errorf("m: %+v, %v", l, fitted)
	}
	if l, fitted := after.For(retrieval.Model{}); !fitted || l.Bias != -1 {
		t.Errorf("keywords: %+v, %v", l, fitted)
	}
	if l, fitted := after.For(retrieval.Model{Name: "other"}); fitted || l != before.Unknown {
		t.Errorf("unknown model: %+v, %v", l, fitted)
	}
	if _, fitted := before.For(retrieval.Model{Name: "m"}); fitted {
		t.Error("the shipped weights were changed")
	}
}

func TestCalibrationIsReadStrictly(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ old, new, want string }{
		"no JSON":          {calibration, "kaputt", "--calibrate"},
		"empty":            {calibration, "", "--calibrate"},
		"more behind":      {"]}", "]} {}", "closing brace"},
		"unknown key":      {`"rule"`, `"regel"`, `"regel"`},
		"other form":       {`"version":1`, `"version":2`, "version is 2"},
		"no fit":           {calibration, `{"version":1,"fits":[]}`, "fits is empty"},
		"unknown ranking":  {`"ranking":"fused"`, `"ranking":"vector"`, `fits[0]: ranking is "vector"`},
		"no model":         {`"model":"m",`, ``, "needs model"},
		"no dimensions":    {`"dimensions":3,`, ``, "needs model and dimensions"},
		"model of words":   {`"ranking":"keyword",`, `"ranking":"keyword","model":"m",`, "fits[1]: ranking keyword has no model"},
		"twice":            {`"ranking":"keyword",`, `"ranking":"fused","model":"m","dimensions":3,`, "fits[1]: fused m stands twice"},
		"unknown signal":   {`"coverage"`, `"cover"`, `no signal is called "cover"; there are bias, coverage`},
		"no bias":          {`"bias":-2,`, ``, "lacks bias"},
		"nearest too high": {`"nearest":0.3`, `"nearest":0.8`, "0.8 and 0.7"},
		"always answered":  {`"nearest":0.3`, `"nearest":0`, "thresholds"},
		"never answered":   {`"answered":0.7`, `"answered":1`, "thresholds"},
		"word as weight":   {`"coverage":1.5`, `"coverage":"viel"`, "weights"},
	} {
		_, err := retrieval.ReadCalibration(strings.NewReader(strings.Replace(calibration, tc.old, tc.new, 1)))
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", name, err, tc.want)
		}
	}
}

func TestMergeKeepsWhatIsKnownOfOthers(t *testing.T) {
	t.Parallel()
	c, err := retrieval.ReadCalibration(strings.NewReader(calibration))
	if err != nil {
		t.Fatal(err)
	}
	other := c.Fits[0]
	other.Model, other.Answered = "n", 0.9
	anew := c.Fits[1]
	anew.Answered = 0.6
	merged := c.Merge(other, anew)
	var got []string
	for _, f := range merged.Fits {
		got = append(got, f.Ranking+" "+f.Model)
	}
	if diff := cmp.Diff([]string{"fused m", "fused n", "keyword "}, got); diff != "" || merged.Fits[2].Answered != 0.6 {
		t.Errorf("%s, %+v", diff, merged)
	}
}

func TestVectorsOfAnotherLengthAreAnotherModel(t *testing.T) {
	t.Parallel()
	c, err := retrieval.ReadCalibration(strings.NewReader(calibration))
	if err != nil {
		t.Fatal(err)
	}
	for m, wrong := range map[retrieval.Model]bool{
		{Name: "m", Dimensions: 3}: false, {Name: "m"}: false, {Name: "n", Dimensions: 4}: false, {}: false, {Name: "m", Dimensions: 4}: true,
	} {
		if err := c.For(m); (err != nil) != wrong {
			t.Errorf("%+v: %v", m, err)
		}
	}
}

func FuzzReadCalibration(f *testing.F) {
	f.Add(calibration)
	f.Add(`{"version":1,"fits":[{"ranking":"fused","weights":null}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := retrieval.ReadCalibration(strings.NewReader(text))
		if err != nil {
			return
		}
		if _, err := c.Params(retrieval.DefaultSufficiencyParams()); err != nil {
			t.Errorf("read, but of no use: %v", err)
		}
	})
}
