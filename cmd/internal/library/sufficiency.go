package library

import (
	"fmt"
	"os"
	"slices"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/eval"
)

// Calibration reads the house's own weights of sufficiency. Without a file it is
// empty.
func Calibration(conf config.Config) (retrieval.Calibration, error) {
	path := conf.Sufficiency
	if path == "" {
		return retrieval.Calibration{}, nil
	}
	return ReadCalibration(path)
}

// ReadCalibration reads a file of weights.
func ReadCalibration(path string) (retrieval.Calibration, error) {
	file, err := os.Open(path)
	if err != nil {
		return retrieval.Calibration{}, fmt.Errorf("sufficiency: %w", err)
	}
	defer file.Close()
	c, err := retrieval.ReadCalibration(file)
	if err != nil {
		return c, fmt.Errorf("sufficiency: %s: %w", path, err)
	}
	return c, nil
}

// params returns the engine's settings for a model with the house's own weights on
// top.
func params(calibration retrieval.Calibration, model retrieval.Model) (retrieval.Params, error) {
	params := retrieval.DefaultParams()
	err := calibration.For(model)
	if err == nil {
		params.Sufficiency, err = calibration.Params(params.Sufficiency)
	}
	if err != nil {
		return params, fmt.Errorf("sufficiency: %w", err)
	}
	return params, nil
}

// WeightsFor says what judges sufficiency by the vectors of a model; one without a
// name: there are none.
func WeightsFor(calibration retrieval.Calibration, model retrieval.Model) (eval.Weights, error) {
	params, err := params(calibration, model)
	if err != nil {
		return eval.Weights{}, err
	}
	l, fitted := params.Sufficiency.For(model)
	w := eval.Weights{Model: model.Name, Dimensions: model.Dimensions, From: eval.Shipped, Answered: l.Answered, Nearest: l.Nearest}
	switch {
	case slices.ContainsFunc(calibration.Fits, func(f retrieval.Fit) bool { return f.Model == model.Name }):
		w.From = eval.File
	case !fitted:
		w.From = eval.Unknown
	}
	return w, nil
}

// Weights says what judges sufficiency here.
func (lib *Library) Weights() (eval.Weights, error) { return WeightsFor(lib.calibration, lib.model()) }

func (lib *Library) params() (retrieval.Params, error) { return params(lib.calibration, lib.model()) }

// model returns what makes the library's vectors; without a name: nothing does.
func (lib *Library) model() retrieval.Model {
	if lib.Embedder == nil {
		return retrieval.Model{}
	}
	return lib.Embedder.Model()
}

// warnOfGuesses says once that nobody measured how far the judgement of this model's
// similarities can be trusted.
func (lib *Library) warnOfGuesses() {
	if w, err := lib.Weights(); err == nil && w.From == eval.Unknown {
		lib.site.Once("no weights", func() {
			lib.site.Log.Warn("no weights of sufficiency are fitted for this embedding model, careful ones judge by words",
				"model", w.Model, "do", "sprechstunde eval DIR --calibrate --out FILE, and set sufficiency to FILE")
		})
	}
}
