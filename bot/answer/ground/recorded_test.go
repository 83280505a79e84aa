package ground

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"os"
	"slices"
	"testing"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/embed"
	"lvr.example/sprechstunde/retrieval/embed/embedlocal"
)

// recorded are vectors of the embedder that the weights are fitted to, a byte a
// dimension, so that tests need none.
type recorded map[string][]int8

var errNotRecorded = errors.New("no vector recorded for a text: run with -update")

const recordedFile = "testdata/vectors.jsonl.gz"

func readRecorded(t testing.TB) recorded {
	t.Helper()
	f, err := os.Open(recordedFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	all := recorded{}
	lines := bufio.NewScanner(z)
	for lines.Scan() {
		var one struct{ Text, Vector string }
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		raw, err := base64.StdEncoding.DecodeString(one.Vector)
		if err != nil {
			t.Fatal(err)
		}
		vector := make([]int8, len(raw))
		for i, b := range raw {
			vector[i] = int8(b)
		}
		all[one.Text] = vector
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func (r recorded) Alike(_ context.Context, one, others []string) ([][]float64, error) {
	rows := make([][]float64, len(one))
	for i, a := range one {
		for _, b := range others {
			x, y := r[a], r[b]
			if x == nil || y == nil {
				return nil, errNotRecorded
			}
			rows[i] = append(rows[i], cosine(x, y))
		}
	}
	return rows, nil
}

func cosine(a, b []int8) float64 {
	var dot, aa, bb float64
	for i := range a {
		dot += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return dot / math.Sqrt(aa*bb)
}

// recorder asks the embedder for what is not recorded, and notes all that it is asked.
type recorder struct {
	known, used recorded
	embedder    retrieval.Embedder
}

func (r *recorder) Alike(ctx context.Context, one, others []string) ([][]float64, error) {
	var missing []string
	for _, text := range slices.Concat(one, others) {
		if r.known[text] == nil {
			missing = append(missing, text)
		}
	}
	if len(missing) > 0 {
		vectors, err := r.embedder.EmbedPassages(ctx, missing)
		if err != nil {
			return nil, err
		}
		for i, v := range vectors {
			r.known[missing[i]] = rounded(v.Values)
		}
	}
	for _, text := range slices.Concat(one, others) {
		r.used[text] = r.known[text]
	}
	return r.known.Alike(ctx, one, others)
}

func rounded(values []float32) []int8 {
	v := make([]int8, len(values))
	for i, x := range values {
		v[i] = int8(max(-127, min(127, math.Round(400*float64(x)))))
	}
	return v
}

// live is the embedder itself, which forgets nothing while a test runs.
func live(t testing.TB) *recorder {
	t.Helper()
	client, err := embed.New(embed.Config{
		BaseURL: embedlocal.Test(t).BaseURL(), QueryModel: embedlocal.ModelQuery, PassageModel: embedlocal.ModelPassage,
		Name: embedlocal.Model, Dimensions: embedlocal.Dimensions,
	})
	if err != nil {
		t.Fatal(err)
	}
	return &recorder{known: recorded{}, used: recorded{}, embedder: client}
}

func (r recorded) write(t testing.TB) {
	t.Helper()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	lines := json.NewEncoder(z)
	for _, text := range slices.Sorted(maps.Keys(r)) {
		raw := make([]byte, len(r[text]))
		for i, x := range r[text] {
			raw[i] = byte(x)
		}
		if err := lines.Encode(map[string]string{"Text": text, "Vector": base64.StdEncoding.EncodeToString(raw)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(recordedFile, packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
