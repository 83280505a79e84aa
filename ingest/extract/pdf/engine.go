package pdf

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// pdfPages is the most memory that PDFium may use for one file, in WebAssembly
// pages of 64 KiB: 128 MiB. No file of 1 574 public ones needs more.
const pdfPages = 2048

// engine is PDFium as WebAssembly, compiled once per process. It sees no file and
// no network of the host; each document gets an instance of its own. It is not
// made to be cancelled inside a page: the checks for that make reading four times
// as slow (113 instead of 27 ms at the median of 35 documents), and package
// sandbox ends the process anyway.
var engine struct {
	sync.Mutex
	pool pdfium.Pool
}

// Warm compiles the PDF engine now instead of at the first PDF. With a folder
// for the compiled code, which must belong to this user alone, that takes
// 0.1 s instead of 4 s from the second time on. Without one (""), it is
// compiled for this process.
func Warm(cache string) error {
	engine.Lock()
	defer engine.Unlock()
	if engine.pool != nil {
		return nil
	}
	conf := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(pdfPages)
	if cache != "" {
		compiled, err := wazero.NewCompilationCacheWithDir(cache)
		if err != nil {
			return fmt.Errorf("cache of the PDF engine: %w", err)
		}
		conf = conf.WithCompilationCache(compiled)
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context:       withPDFMemory(context.Background()),
		FSConfig:      wazero.NewFSConfig(), // empty; the default mounts the root of the host
		RuntimeConfig: conf,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
		MaxTotal:      -1,
	})
	if err != nil {
		return fmt.Errorf("start the PDF engine: %w", err)
	}
	engine.pool = pool
	return nil
}

// Engine names what Warm compiles: another name, another compilation.
func Engine() string {
	name := "pdfium"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return name
	}
	for _, dep := range info.Deps {
		if dep.Path == "github.com/klippa-app/go-pdfium" || dep.Path == "github.com/tetratelabs/wazero" {
			name += " " + dep.Version
		}
	}
	return name
}

// withPDF runs work with an instance of the engine.
func withPDF(work func(pdfium.Pdfium) error) error {
	if err := Warm(""); err != nil {
		return err
	}
	instance, err := engine.pool.GetInstanceWithContext(context.Background())
	if err != nil {
		return fmt.Errorf("instance of the PDF engine: %w", err)
	}
	defer func() { _ = instance.Close() }() // what it says of a broken instance helps nobody
	return work(instance)
}
