package app

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"lvr.example/sprechstunde/retrieval"
)

// vectorCache keeps the vectors of an evaluation in a file, so that measuring
// the same texts again embeds nothing. It is not for a house's documents: they
// must be forgotten when they are deleted.
type vectorCache struct {
	inner retrieval.Embedder

	mu    sync.Mutex
	known map[retrieval.UnitHash][]float32
	file  *os.File
}

var _ retrieval.Embedder = (*vectorCache)(nil)

// openVectorCache reads the file for the embedder's model below dir. A record
// that was cut off by a crash is dropped.
func openVectorCache(dir string, inner retrieval.Embedder) (*vectorCache, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("vector cache: %w", err)
	}
	model := inner.Model()
	name := fmt.Sprintf("%x-%d.vectors", retrieval.HashUnit(model.Name), model.Dimensions)
	file, err := os.OpenFile(filepath.Join(dir, name), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("vector cache: %w", err)
	}
	c := &vectorCache{inner: inner, known: map[retrieval.UnitHash][]float32{}, file: file}
	if err := c.read(model.Dimensions); err != nil {
		return nil, errors.Join(fmt.Errorf("vector cache: %w", err), file.Close())
	}
	return c, nil
}

func (c *vectorCache) read(dimensions int) error {
	data, err := io.ReadAll(c.file)
	if err != nil {
		return err
	}
	var hash retrieval.UnitHash
	size := len(hash) + 4*dimensions
	whole := len(data) / size * size
	for record := data[:whole]; len(record) > 0; record = record[size:] {
		copy(hash[:], record)
		values := make([]float32, dimensions)
		if _, err := binary.Decode(record[len(hash):size], binary.LittleEndian, values); err != nil {
			return err
		}
		c.known[hash] = values
	}
	if err := c.file.Truncate(int64(whole)); err != nil {
		return err
	}
	_, err = c.file.Seek(int64(whole), io.SeekStart)
	return err
}

// Close closes the file.
func (c *vectorCache) Close() error { return c.file.Close() }

// Model implements retrieval.Embedder.
func (c *vectorCache) Model() retrieval.Model { return c.inner.Model() }

// EmbedPassages implements retrieval.Embedder.
func (c *vectorCache) EmbedPassages(ctx context.Context, texts []string) ([]retrieval.Vector, error) {
	return c.embed(texts, "passage: ", func(missing []string) ([]retrieval.Vector, error) {
		return c.inner.EmbedPassages(ctx, missing)
	})
}

// EmbedQuery implements retrieval.Embedder.
func (c *vectorCache) EmbedQuery(ctx context.Context, text string) (retrieval.Vector, error) {
	vectors, err := c.embed([]string{text}, "query: ", func(missing []string) ([]retrieval.Vector, error) {
		v, err := c.inner.EmbedQuery(ctx, missing[0])
		return []retrieval.Vector{v}, err
	})
	if err != nil {
		return retrieval.Vector{}, err
	}
	return vectors[0], nil
}

func (c *vectorCache) embed(texts []string, role string, inner func([]string) ([]retrieval.Vector, error)) ([]retrieval.Vector, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var missing []string
	for _, text := range texts {
		if c.known[retrieval.HashUnit(role+text)] == nil {
			missing = append(missing, text)
		}
	}
	if len(missing) > 0 {
		made, err := inner(missing)
		if err != nil {
			return nil, err
		}
		for i, v := range made {
			if err := c.keep(retrieval.HashUnit(role+missing[i]), v.Values); err != nil {
				return nil, err
			}
		}
	}
	all := make([]retrieval.Vector, len(texts))
	for i, text := range texts {
		all[i] = retrieval.Vector{Model: c.inner.Model(), Values: c.known[retrieval.HashUnit(role+text)]}
	}
	return all, nil
}

func (c *vectorCache) keep(hash retrieval.UnitHash, values []float32) error {
	c.known[hash] = values
	var record bytes.Buffer
	record.Write(hash[:])
	if err := binary.Write(&record, binary.LittleEndian, values); err != nil {
		return fmt.Errorf("vector cache: %w", err)
	}
	if _, err := c.file.Write(record.Bytes()); err != nil {
		return fmt.Errorf("vector cache: %w", err)
	}
	return nil
}
