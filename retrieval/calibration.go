package retrieval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// Calibration is the file that `sprechstunde eval --calibrate` writes and the
// key sufficiency of the configuration names: weights and thresholds fitted on
// a house's own questions, one fit for each embedding model and one for
// keywords alone.
type Calibration struct {
	Version int   `json:"version"` // of the file's form: 1
	Fits    []Fit `json:"fits"`
}

// calibrationVersion is the form that is written and read.
const calibrationVersion = 1

// Fit is what was fitted for one kind of search, and what it rests on.
type Fit struct {
	Ranking    string             `json:"ranking"`              // fused, or keyword: without vectors
	Model      string             `json:"model,omitempty"`      // that made the vectors
	Dimensions int                `json:"dimensions,omitempty"` // of the vectors
	Weights    map[string]float64 `json:"weights"`              // of the signals and of the bias, to log odds
	Answered   float64            `json:"answered"`             // from this probability on: band answered
	Nearest    float64            `json:"nearest"`              // from this one on: nearest; below: not found

	// For people: loading reads over it.
	Fitted         time.Time          `json:"fitted"`
	Rule           string             `json:"rule"`    // how the thresholds were chosen
	Penalty        float64            `json:"penalty"` // of squared weights, chosen by cross-validation
	Sets           []FittedSet        `json:"sets"`
	InSample       map[string]float64 `json:"in_sample"`       // figures on the questions that were fitted
	CrossValidated map[string]float64 `json:"cross_validated"` // figures on questions that were left out
}

// FittedSet is one folder that a fit rests on.
type FittedSet struct {
	Folder       string `json:"folder"`
	Answerable   int    `json:"answerable"`
	Unanswerable int    `json:"unanswerable"`
}

// The rankings that can be fitted.
const (
	FitFused   = "fused"
	FitKeyword = "keyword"
)

// ReadCalibration reads and checks a calibration. Unknown keys and signals are
// errors; a signal that the file does not name has no weight.
func ReadCalibration(r io.Reader) (Calibration, error) {
	var c Calibration
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return Calibration{}, fmt.Errorf("no calibration, make one with `sprechstunde eval DIR --calibrate --out FILE`: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Calibration{}, errors.New("something follows the calibration's closing brace")
	}
	return c, c.check()
}

func (c Calibration) check() error {
	if c.Version != calibrationVersion {
		return fmt.Errorf("version is %d, this program reads %d; make the file anew", c.Version, calibrationVersion)
	}
	if len(c.Fits) == 0 {
		return errors.New("fits is empty")
	}
	for i, f := range c.Fits {
		if err := f.check(); err != nil {
			return fmt.Errorf("fits[%d]: %w", i, err)
		}
		if slices.ContainsFunc(c.Fits[:i], f.replaces) {
			return fmt.Errorf("fits[%d]: %s %s stands twice", i, f.Ranking, f.Model)
		}
	}
	return nil
}

func (f Fit) check() error {
	vectors := f.Model != "" && f.Dimensions > 0
	switch {
	case f.Ranking != FitFused && f.Ranking != FitKeyword:
		return fmt.Errorf("ranking is %q, must be %s or %s", f.Ranking, FitFused, FitKeyword)
	case f.Ranking == FitFused && !vectors:
		return errors.New("ranking fused needs model and dimensions")
	case f.Ranking == FitKeyword && (f.Model != "" || f.Dimensions != 0):
		return errors.New("ranking keyword has no model and no dimensions")
	case f.Nearest <= 0 || f.Nearest > f.Answered || f.Answered >= 1:
		return fmt.Errorf("thresholds must be 0 < nearest ≤ answered < 1, are %g and %g", f.Nearest, f.Answered)
	}
	_, err := f.logistic()
	return err
}

// replaces reports whether both are for the same search.
func (f Fit) replaces(other Fit) bool { return f.Ranking == other.Ranking && f.Model == other.Model }

func (f Fit) logistic() (Logistic, error) {
	l := Logistic{Answered: f.Answered, Nearest: f.Nearest}
	if _, ok := f.Weights[bias]; !ok {
		return l, errors.New("weights lacks bias")
	}
	rest := maps.Clone(f.Weights)
	var names []string
	for _, t := range l.terms(Signals{}) {
		*t.weight = rest[t.signal]
		delete(rest, t.signal)
		names = append(names, t.signal)
	}
	if len(rest) > 0 {
		return l, fmt.Errorf("weights: no signal is called %q; there are %s", slices.Min(slices.Collect(maps.Keys(rest))), strings.Join(names, ", "))
	}
	return l, nil
}

// Merge returns the calibration with fits put in the place of those for the same
// search; the others stay.
func (c Calibration) Merge(fits ...Fit) Calibration {
	merged := Calibration{Version: calibrationVersion}
	for _, old := range c.Fits {
		if !slices.ContainsFunc(fits, old.replaces) {
			merged.Fits = append(merged.Fits, old)
		}
	}
	merged.Fits = append(merged.Fits, fits...)
	return merged
}

// Write writes the calibration as [ReadCalibration] reads it.
func (c Calibration) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	if err := e.Encode(c); err != nil {
		return fmt.Errorf("write calibration: %w", err)
	}
	return nil
}

// For reports an error where the calibration knows the model with vectors of
// another length: then it is another model.
func (c Calibration) For(m Model) error {
	for _, f := range c.Fits {
		if f.Model == m.Name && f.Model != "" && m.Dimensions != 0 && f.Dimensions != m.Dimensions {
			return fmt.Errorf("fitted for %s with %d dimensions, the embedder has %d; correct embedder.dimensions, or calibrate anew", m.Name, f.Dimensions, m.Dimensions)
		}
	}
	return nil
}

// Params returns p with the calibration's fits on top.
func (c Calibration) Params(p SufficiencyParams) (SufficiencyParams, error) {
	p.Models = maps.Clone(p.Models)
	for _, f := range c.Fits {
		l, err := f.logistic()
		if err != nil {
			return p, err
		}
		if f.Ranking == FitKeyword {
			p.Keyword = l
		} else {
			p.Models[f.Model] = l
		}
	}
	return p, nil
}

// For returns the weights that judge what was found with a model's vectors
// (without a name: by keywords alone), and whether they were fitted for it.
func (p SufficiencyParams) For(m Model) (l Logistic, fitted bool) {
	if m.Name == "" {
		return p.Keyword, true
	}
	if l, fitted = p.Models[m.Name]; fitted {
		return l, true
	}
	return p.Unknown, false
}
