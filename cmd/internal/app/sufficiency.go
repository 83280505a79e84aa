package app

import (
	"fmt"
	"os"
	"slices"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/eval"
)

// calibration reads the house's own weights of sufficiency. Without a file it is
// empty.
func (b *Base) calibration() (retrieval.Calibration, error) {
	path := b.Config.Sufficiency
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

// model returns what makes the library's vectors; without a name: nothing does.
func (lib *Library) model() retrieval.Model {
	if lib.Embedder == nil {
		return retrieval.Model{}
	}
	return lib.Embedder.Model()
}

// params returns the engine's settings with the house's own weights on top.
func (lib *Library) params() (retrieval.Params, error) {
	params := retrieval.DefaultParams()
	err := lib.calibration.For(lib.model())
	if err == nil {
		params.Sufficiency, err = lib.calibration.Params(params.Sufficiency)
	}
	if err != nil {
		return params, fmt.Errorf("sufficiency: %w", err)
	}
	return params, nil
}

// weights says what judges sufficiency.
func (lib *Library) weights() (eval.Weights, error) {
	params, err := lib.params()
	if err != nil {
		return eval.Weights{}, err
	}
	model := lib.model()
	l, fitted := params.Sufficiency.For(model)
	w := eval.Weights{Model: model.Name, Dimensions: model.Dimensions, From: eval.Shipped, Answered: l.Answered, Nearest: l.Nearest}
	switch {
	case slices.ContainsFunc(lib.calibration.Fits, func(f retrieval.Fit) bool { return f.Model == model.Name }):
		w.From = eval.File
	case !fitted:
		w.From = eval.Unknown
	}
	return w, nil
}

// warnOfGuesses says once that nobody measured how far the judgement of this
// model's similarities can be trusted.
func (lib *Library) warnOfGuesses(b *Base) {
	if w, err := lib.weights(); err == nil && w.From == eval.Unknown {
		b.guessing.Do(func() {
			b.Log.Warn("no weights of sufficiency are fitted for this embedding model, careful ones judge by words",
				"model", w.Model, "do", "sprechstunde eval DIR --calibrate --out FILE, and set sufficiency to FILE")
		})
	}
}
