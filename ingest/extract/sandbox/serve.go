package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"sync/atomic"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

// maxName is the length in bytes of a file's name.
const maxName = 64 << 10

// request announces a file; its bytes follow in a frame of their own.
type request struct {
	Name  string
	Skip  []int // see [extract.Steps]
	Until int
	Page  int // of a PDF, from 1, that is wanted as a file of its own; 0: the file is to be read
}

// hello is a child's first word, said when it is closed off.
type hello struct {
	Missing []string // what cannot be closed on this system
}

// reply is one of several on a file: how far the child is with it, then blocks of its
// documents, and at last the documents without them.
type reply struct {
	Done, Total int             // parts of the file
	Of          int             // the document that Blocks go on, from 1
	Blocks      []extract.Block // never all at once, which would take the memory of several
	Documents   []extract.Named
	Page        []byte         // that was wanted, nil: there is none
	Pages       int            // of the PDF
	Problem     *extract.Error // why a page cannot be had
	CPU         float64        // seconds that the child has used for files so far
}

// canBeChild is set once the program has asked whether it is a child: without
// that, starting it as one would start it as itself, again and again.
var canBeChild atomic.Bool

// shut closes a child off; another one stands in for a system that cannot.
var shut = closeOff

// Child lives a child's life and returns its exit code, if the arguments (without
// the program's name) are those of a child. Main calls it before anything else,
// and so do programs of tests that read files.
func Child(args []string, in io.Reader, out, problems io.Writer) (code int, is bool) {
	canBeChild.Store(true)
	if len(args) == 0 || args[0] != Command {
		return 0, false
	}
	return Serve(args[1:], in, out, problems, documents), true
}

// readFunc reads one file.
type readFunc func(name string, data []byte, steps extract.Steps) []extract.Named

// documents reads a file in this process.
func documents(name string, data []byte, steps extract.Steps) []extract.Named {
	read, err := formats.InSteps(name, bytes.NewReader(data), steps)
	if err != nil { // unreachable: bytes in memory can be read
		return nil
	}
	return read
}

// Serve is a child's life: it closes itself off, then reads files one after
// another from in and answers on out, until in ends. args are those after
// [Command]; read reads one file. It returns the exit code.
func Serve(args []string, in io.Reader, out, problems io.Writer, read readFunc) int {
	flags := flag.NewFlagSet(Command, flag.ContinueOnError)
	flags.SetOutput(problems)
	compile := flags.Bool("compile", false, "compile the PDF engine into the cache, read nothing")
	pdf := flags.Bool("pdf", false, "load the PDF engine first")
	cache := flags.String("cache", "", "folder of compiled code")
	memory := flags.Int64("memory", 0, "bytes")
	if flags.Parse(args) != nil {
		return 2
	}
	var err error
	if *compile {
		err = formats.Warm(*cache)
	} else {
		err = serve(in, out, *pdf, *cache, *memory, read)
	}
	if err != nil {
		fmt.Fprintf(problems, "fatal error: %v\n", err)
		return 1
	}
	return 0
}

func serve(in io.Reader, out io.Writer, pdf bool, cache string, memory int64, read readFunc) error {
	if pdf { // the program's own code, so no limit yet
		if err := formats.Warm(cache); err != nil {
			return err
		}
		debug.FreeOSMemory()
	}
	debug.SetMemoryLimit(memory * 3 / 4)
	debug.SetGCPercent(50)
	if err := limit(memory); err != nil {
		return err
	}
	if err := writeJSON(out, hello{Missing: shut()}); err != nil {
		return err
	}
	begun := usedCPU()
	for {
		err := serveOne(in, out, begun, read)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func serveOne(in io.Reader, out io.Writer, begun float64, read readFunc) error {
	head, err := readFrame(in, maxName)
	if err != nil {
		return err
	}
	var r request
	if err := json.Unmarshal(head, &r); err != nil {
		return fmt.Errorf("read request: %w", err)
	}
	data, err := readTrusted(in, extract.MaxFile+1)
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("read request: %w", io.ErrUnexpectedEOF)
	}
	if err != nil {
		return err
	}
	if r.Page > 0 {
		return writeJSON(out, pageOf(data, r.Page, begun))
	}
	told := func(done, total int) { _ = writeJSON(out, reply{Done: done, Total: total}) } // if nobody hears it, the answer will fail
	found := read(r.Name, data, extract.Steps{Told: told, Skip: r.Skip, Until: r.Until})
	for i := range found {
		for blocks := range slices.Chunk(found[i].Blocks, blocksAtOnce) {
			if err := writeJSON(out, reply{Of: i + 1, Blocks: blocks}); err != nil {
				return err
			}
		}
		found[i].Blocks = nil
	}
	return writeJSON(out, reply{Documents: found, CPU: usedCPU() - begun})
}

// pageOf takes a page out of a PDF.
func pageOf(data []byte, number int, begun float64) reply {
	page, pages, err := formats.PDFPage(data, number)
	r := reply{Page: page, Pages: pages, CPU: usedCPU() - begun}
	if err != nil && !errors.As(err, &r.Problem) {
		r.Problem = &extract.Error{Reason: extract.Damaged, Detail: "the page cannot be taken out"}
	}
	return r
}

// blocksAtOnce is how many blocks of a document are in one reply.
const blocksAtOnce = 1000

func writeJSON(w io.Writer, value any) error {
	payload, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	return writeFrame(w, payload)
}
