package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	seccomp "github.com/elastic/go-seccomp-bpf"
	landlock "github.com/landlock-lsm/go-landlock/landlock/syscall"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/retrieval/leaktest"
	"lvr.example/sprechstunde/retrieval/localpart"
)

// TestMain lets the test program be the child, as the real program is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && (os.Args[1] == Command || standIns[os.Args[1]] != nil) {
		if standIn := standIns[os.Args[1]]; standIn != nil {
			shut = standIn
		}
		os.Exit(Serve(os.Args[2:], os.Stdin, os.Stdout, os.Stderr, misbehave))
	}
	canBeChild.Store(true)
	os.Exit(leaktest.Main(m))
}

// Arguments that make the test program a child on a system with less.
const (
	leftOpen = "child-left-open"
	walledIn = "child-without-filter" // by the second wall alone
)

var standIns = map[string]func() []string{
	leftOpen: func() []string { return []string{"the network stays open"} },
	walledIn: func() []string {
		if err := wallIn(); err != nil {
			return []string{err.Error()}
		}
		return nil
	},
}

// misbehave is a reader that does to its process what the file says.
func misbehave(name string, data []byte, steps extract.Steps) []extract.Named {
	order, argument, _ := strings.Cut(string(data), " ")
	text := ""
	switch order {
	case "dial":
		conn, err := net.DialTimeout("tcp", argument, time.Second)
		text = fmt.Sprint(conn != nil, err)
	case "resolve":
		_, err := net.LookupHost(argument)
		text = fmt.Sprint(err)
	case "open":
		_, err := os.ReadFile(argument)
		text = fmt.Sprint(err)
	case "write":
		text = fmt.Sprint(os.WriteFile(argument, []byte("x"), 0o600))
	case "run":
		text = fmt.Sprint(exec.Command(argument).Run())
	case "environment":
		text = strings.Join(os.Environ(), " ")
	case "panic":
		panic("secret of the document")
	case "exit":
		os.Exit(0)
	case "hang":
		select {}
	case "loop":
		for i := 1; i != 0; i |= 1 { // computes for ever
			_ = order
		}
	case "swell":
		for {
			text += strings.Repeat("x", 8<<20)
		}
	case "babble":
		fmt.Print("not a frame at all")
	case "flood":
		text = strings.Repeat("x", 2<<20)
	case "parts": // breaks in those named
		for part := range 9 {
			steps.Told(part, 9)
			switch {
			case slices.Contains(steps.Skip, part+1) || steps.Until > 0 && part >= steps.Until:
				continue
			case strings.Contains(argument, fmt.Sprint(part+1)):
				panic("part")
			}
			text += fmt.Sprint(part + 1)
		}
	case "process":
		text = fmt.Sprint(os.Getpid())
	default:
		documents, err := formats.Documents(name, bytes.NewReader(data))
		if err == nil {
			return documents
		}
	}
	return []extract.Named{{Name: name, Document: extract.Document{Blocks: []extract.Block{{Kind: extract.Paragraph, Text: text}}}}}
}

func newPool(t *testing.T, limits Limits) *Pool {
	t.Helper()
	return poolOf(t, Options{Limits: limits, Size: 1})
}

func poolOf(t *testing.T, options Options) *Pool {
	t.Helper()
	pool, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	return pool
}

// say has the pool read an order and returns the text, or the reason why not.
func say(t *testing.T, pool *Pool, order string) (text string, reason extract.Reason) {
	t.Helper()
	documents, err := pool.Read(t.Context(), "order.txt", []byte(order))
	if err != nil {
		t.Fatalf("Read(%s): %v", order, err)
	}
	if documents[0].Problem != nil {
		return "", documents[0].Problem.Reason
	}
	return documents[0].Blocks[0].Text, ""
}

func TestNothingLeavesTheChild(t *testing.T) {
	t.Setenv("SPRECHSTUNDE_MATTERMOST_TOKEN", "geheim")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	pool := newPool(t, Limits{})
	missing, err := pool.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(missing) > 0 && !seccomp.Supported() {
		t.Skipf("this kernel cannot close a child off: %v", missing)
	}
	if len(missing) > 0 {
		t.Fatalf("a child is not closed off: %v", missing)
	}
	for order, want := range map[string]string{
		"dial " + listener.Addr().String(): "not permitted",
		"resolve host.example":             "",
		"open /etc/passwd":                 "not permitted",
		"write " + t.TempDir() + "/x":      "not permitted",
		"run /bin/true":                    "not permitted",
	} {
		if text, reason := say(t, pool, order); reason != "" || text == "<nil>" || !strings.Contains(text, want) {
			t.Errorf("%s: %q (%s), want %q", order, text, reason, want)
		}
	}
	if text, _ := say(t, pool, "environment"); strings.Contains(text, "geheim") || strings.Contains(text, "HOME") {
		t.Errorf("the child's environment is %q", text)
	}
}

func TestWhatBreaksAChildIsAReason(t *testing.T) {
	hangs := false
	pool := poolOf(t, Options{Size: 1, Limits: Limits{CPU: time.Second, Memory: 160 << 20, Output: 1 << 20}, patience: func(d time.Duration) time.Duration {
		if hangs { // until the guard strikes, however long that is
			return 0
		}
		return d
	}})
	for order, want := range map[string]extract.Reason{
		"panic":  extract.Crashed,
		"exit":   extract.Crashed,
		"babble": extract.TooLarge,
		"hang":   extract.TooSlow,
		"loop":   extract.TooSlow,
		"swell":  extract.TooMuchMemory,
		"flood":  extract.TooLarge,
	} {
		hangs = order == "hang"
		if _, reason := say(t, pool, order); reason != want {
			t.Errorf("%s: %q, want %q", order, reason, want)
		}
		hangs = false
		if text, reason := say(t, pool, "# Nachbar "+order); !strings.Contains(text, "Nachbar") {
			t.Errorf("the file after %s is not read: %q", order, reason)
		}
	}
}

func TestAChildReadsManyFilesAndIsReplaced(t *testing.T) {
	pool := newPool(t, Limits{Files: 3})
	var children []string
	for range 4 {
		text, _ := say(t, pool, "process")
		children = append(children, text)
	}
	if children[0] != children[2] || children[2] == children[3] {
		t.Errorf("children %v, want three files for the first and one for the second", children)
	}
}

func TestAVerdictIsRemembered(t *testing.T) {
	pool := newPool(t, Limits{})
	say(t, pool, "panic")
	before, _ := say(t, pool, "process")
	if _, reason := say(t, pool, "panic"); reason != extract.Crashed {
		t.Errorf("second time: %q", reason)
	}
	if after, _ := say(t, pool, "process "); after != before {
		t.Error("a file known to break children was read again")
	}
}

func TestAPartThatBreaksAChildIsPassedOver(t *testing.T) {
	pool := newPool(t, Limits{})
	for broken, want := range map[string]string{"": "123456789", "4": "12356789", "19": "2345678", "2468": "1357", "1234": "", "12389": "4567"} {
		var told []int
		ctx := extract.WithProgress(t.Context(), func(done, _ int) { told = append(told, done) })
		documents, err := pool.Read(ctx, "order.txt", []byte("parts "+broken))
		if err != nil || documents[0].Problem != nil {
			t.Fatalf("%s: %v, %v", broken, err, documents)
		}
		if got := documents[0].Blocks[0].Text; got != want {
			t.Errorf("without %s: %q, want %q", broken, got, want)
		}
		if len(told) < 9 {
			t.Errorf("told of %v", told)
		}
	}
}

func TestStoppedReadingSaysNothingOfTheFile(t *testing.T) {
	reading := func() {}
	pool := poolOf(t, Options{Size: 1, patience: func(d time.Duration) time.Duration {
		reading()
		return d
	}})
	say(t, pool, "process") // so that the child is up
	ctx, cancel := context.WithCancel(t.Context())
	reading = cancel
	if _, err := pool.Read(ctx, "order.txt", []byte("hang")); ctx.Err() == nil || err == nil {
		t.Errorf("Read: %v", err)
	}
	reading = func() {}
	if text, reason := say(t, pool, "process"); text == "" {
		t.Errorf("after it: %q", reason)
	}
}

func TestNoChildIsAnError(t *testing.T) {
	pool, err := New(Options{Program: []string{"/nonexistent"}})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Read(t.Context(), "a.txt", []byte("a")); err == nil {
		t.Error("no error")
	}
}

func TestTraceHoldsNoText(t *testing.T) {
	pool := newPool(t, Limits{})
	c, err := start(t.Context(), pool.options, false)
	if err != nil {
		t.Fatal(err)
	}
	defer c.kill()
	_, err = c.read(t.Context(), "order.txt", []byte("panic"), extract.Steps{})
	var broken *limitError
	if !errors.As(err, &broken) {
		t.Fatalf("read: %v", err)
	}
	if strings.Contains(broken.trace, "secret") || !strings.Contains(broken.trace, "sandbox_test.go") {
		t.Errorf("trace: %s", broken.trace)
	}
}

// TestGettingReadyIsNoFilesBusiness compiles the PDF engine with less memory and
// computing time than that takes: the first PDF is read all the same.
func TestGettingReadyIsNoFilesBusiness(t *testing.T) {
	compiled := 0
	pool := poolOf(t, Options{
		Size: 2, Cache: engineCode(t), Limits: Limits{CPU: 50 * time.Millisecond, Memory: 160 << 20, Wall: time.Nanosecond},
		Compiling: func(compile func() error) error {
			compiled++
			return compile()
		},
		patience: func(time.Duration) time.Duration { return time.Hour },
	})
	for range 2 {
		if err := pool.Warm(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if compiled != 1 {
		t.Errorf("compiled %d times", compiled)
	}
	documents, err := pool.Read(t.Context(), "kaputt.pdf", []byte("%PDF-1.7"))
	if err != nil {
		t.Fatal(err)
	}
	if problem := documents[0].Problem; problem == nil || problem.Reason != extract.Damaged {
		t.Errorf("%v", problem)
	}
}

// TestAPageIsTakenOut of a PDF, as a PDF that can be read.
func TestAPageIsTakenOut(t *testing.T) {
	pool := poolOf(t, Options{Size: 1, Cache: engineCode(t)})
	data := []byte(extracttest.PDF("", nil, extracttest.Show(60, 700, 10, "F", "Erste Seite."), extracttest.Show(60, 700, 10, "F", "Zweite Seite.")))
	page, pages, err := pool.Page(t.Context(), data, 2)
	if err != nil || pages != 2 {
		t.Fatal(pages, err)
	}
	documents, err := pool.Read(t.Context(), "seite.pdf", page)
	if err != nil || documents[0].Problem != nil || len(documents[0].Blocks) != 1 || documents[0].Blocks[0].Text != "Zweite Seite." {
		t.Errorf("%+v, %v", documents, err)
	}
	if page, pages, err := pool.Page(t.Context(), data, 3); page != nil || pages != 2 || err != nil {
		t.Errorf("behind the last one: %d bytes, %d pages, %v", len(page), pages, err)
	}
	var refused *extract.Error
	if _, _, err := pool.Page(t.Context(), []byte("%PDF-1.7"), 1); !errors.As(err, &refused) || refused.Reason != extract.Damaged {
		t.Errorf("of a damaged file: %v", err)
	}
}

// engineCode is a cache with what demo --prepare compiled, if it did, and without its
// word for it: the race detector takes minutes for the rest.
func engineCode(t *testing.T) string {
	t.Helper()
	cache := t.TempDir()
	shared, err := localpart.Resolve("")
	if err == nil {
		err = os.CopyFS(cache, os.DirFS(filepath.Join(shared, "cache", "pdf")))
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	words, err := filepath.Glob(filepath.Join(cache, "compiled *"))
	for _, word := range words {
		err = errors.Join(err, os.Remove(word))
	}
	if err != nil {
		t.Fatal(err)
	}
	return cache
}

func TestInsistingOnClosedChildren(t *testing.T) {
	program := []string{os.Args[0], leftOpen}
	if text, reason := say(t, poolOf(t, Options{Program: program}), "process"); text == "" {
		t.Errorf("not read, though nobody insists: %q", reason)
	}
	pool := poolOf(t, Options{Program: program, Insist: true})
	_, err := pool.Read(t.Context(), "a.txt", []byte("process"))
	var open *OpenError
	if !errors.As(err, &open) || len(open.Missing) == 0 {
		t.Errorf("read in a child that is open: %v", err)
	}
}

// Landlock closes files and connections also where the filter of system calls is
// missing.
func TestTheSecondWallStandsAlone(t *testing.T) {
	if version, err := landlock.LandlockGetABIVersion(); err != nil || version < 4 {
		t.Skipf("this kernel has Landlock %d (%v), 4 is needed", version, err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	pool := poolOf(t, Options{Size: 1, Program: []string{os.Args[0], walledIn}})
	for _, order := range []string{"open /etc/passwd", "write " + t.TempDir() + "/x", "run /bin/true", "dial " + listener.Addr().String()} {
		if text, reason := say(t, pool, order); !strings.Contains(text, "permission denied") {
			t.Errorf("%s: %q (%s)", order, text, reason)
		}
	}
}

func TestHoldKeepsOneFileReadyBesideThoseBeingRead(t *testing.T) {
	pool := poolOf(t, Options{Size: 2})
	var releases []func()
	for range 3 {
		release, err := pool.Hold(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		releases = append(releases, release)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := pool.Hold(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("a fourth file is held: %v", err)
	}
	releases[0]()
	releases[0]() // a second time gives nothing back
	if _, err := pool.Hold(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := pool.Hold(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("a fourth file is held: %v", err)
	}
}

func FuzzFrame(f *testing.F) {
	f.Add([]byte{0, 0, 0, 1, 'a'})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 'a'})
	f.Add([]byte{0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		r := bytes.NewReader(data)
		for {
			payload, err := readFrame(r, 1<<10)
			if err != nil {
				break
			}
			var again bytes.Buffer
			if err := writeFrame(&again, payload); err != nil {
				t.Fatal(err)
			}
			read := len(data) - r.Len()
			if !bytes.HasSuffix(data[:read], again.Bytes()) {
				t.Fatalf("frame %q of %q", again.Bytes(), data)
			}
		}
	})
}

func FuzzServe(f *testing.F) {
	var good bytes.Buffer
	_ = writeFrame(&good, []byte(`{"Name":"a.md"}`))
	_ = writeFrame(&good, []byte("# A"))
	f.Add(good.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		in := bytes.NewReader(data)
		for {
			err := serveOne(in, &bytes.Buffer{}, 0, func(name string, _ []byte, _ extract.Steps) []extract.Named { return []extract.Named{{Name: name}} })
			if err != nil {
				break
			}
		}
	})
}

func TestFrameLimits(t *testing.T) {
	if _, err := readFrame(bytes.NewReader([]byte{0, 0, 1, 0}), 255); !errors.Is(err, errTooLong) {
		t.Errorf("too long: %v", err)
	}
	if _, err := readFrame(bytes.NewReader([]byte{0, 0, 0, 5, 'a'}), 255); err == nil {
		t.Error("cut off: no error")
	}
}
