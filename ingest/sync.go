package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/retrieval"
)

// Options of a sync.
type Options struct {
	Source   Source
	Store    Store
	Embedder retrieval.Embedder // of the active embedding set; nil: documents are found by their words only
	Next     retrieval.Embedder // of the set that is being built, see [Build]; nil: none is
	Reader   Reader             // of files; nil: they are read in this process, as long as they are trusted

	Place    string            // where the source's documents lie, in words; empty: not said
	Defaults map[string]string // of documents of which the source says nothing, by [DefaultKeys]

	// CheckAccess says whether a collection's readers can be told, e.g. that
	// each gate channel is there and private. An error that wraps [ErrRefused]
	// takes its documents out of the index; after another one they stay as they
	// are. Nil: all are taken.
	CheckAccess func(context.Context, retrieval.Collection) error

	Progress   func(Progress)   // never called twice at a time; may be nil
	AllowEmpty bool             // take all documents out if the source lists nothing
	Workers    int              // documents read at a time; default: the number of CPUs
	Batch      int              // texts embedded at a time; default 32
	Now        func() time.Time // in the house's time zone: it says which day it is
	Log        *slog.Logger
}

// ErrRefused marks a collection whose documents must not be in the index.
var ErrRefused = errors.New("collection refused")

// emptyGuard is the number of known documents above which a source that lists
// nothing is taken for one that is not there, such as an unmounted share.
const emptyGuard = 20

// defaultBatch is how many texts are embedded in one request.
const defaultBatch = 32

// Sync brings the index in line with the source. What fails for one document is
// in the report; an error means that the sync stopped, with all that was
// committed so far in place, and can be run again.
func Sync(ctx context.Context, options Options) (Report, error) {
	s := newSyncer(options)
	held, release, err := s.store.Lock(ctx, s.source.Name())
	if err != nil {
		return s.report, err
	}
	defer release()
	err = lostOr(held, s.run(held))
	s.report.Took = s.now().Sub(s.started)
	slices.SortFunc(s.report.Quarantined, func(a, b Problem) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(s.report.LeftOut, func(a, b LeftOut) int { return strings.Compare(a.Code, b.Code) })
	if err != nil {
		return s.report, fmt.Errorf("sync %s: %w", s.source.Name(), err)
	}
	return s.report, nil
}

// lostOr returns the loss of the lock rather than what came of it.
func lostOr(held context.Context, err error) error {
	if lost := context.Cause(held); err != nil && errors.Is(lost, retrieval.ErrLockLost) {
		return lost
	}
	return err
}

// syncer is the state of one sync.
type syncer struct {
	Options
	source  Source
	store   Store
	now     func() time.Time
	log     *slog.Logger
	started time.Time

	known       map[string]retrieval.Known
	parts       map[string][]string // known documents attached to others, by the path of those
	collections map[string]bool     // that documents may be put in
	refused     map[string]error    // collections that they may not
	unsure      map[string]bool     // collections left as they are this time
	serving     *vectors            // of the active embedding set; nil: none are made
	next        *vectors            // of the one being built; nil: none are made
	report      Report
	telling     sync.Mutex // held while progress changes and is told
	progress    Progress
}

func newSyncer(options Options) *syncer {
	if options.Workers <= 0 {
		options.Workers = runtime.GOMAXPROCS(0)
	}
	if options.Batch <= 0 {
		options.Batch = defaultBatch
	}
	if options.Reader == nil {
		options.Reader = inProcess{}
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	return &syncer{
		Options: options, source: options.Source, store: options.Store, now: options.Now, started: options.Now(),
		log:   options.Log.With("source", options.Source.Name()),
		parts: map[string][]string{}, collections: map[string]bool{}, refused: map[string]error{}, unsure: map[string]bool{},
		report: Report{Source: options.Source.Name(), Skipped: map[string]int{}},
	}
}

func (s *syncer) run(ctx context.Context) error {
	if s.Place != "" {
		if err := s.store.ClaimPlace(ctx, s.source.Name(), s.Place); err != nil {
			return err
		}
	}
	var err error
	if s.known, err = s.store.Known(ctx, s.source.Name()); err != nil {
		return err
	}
	items, position, err := s.list(ctx)
	if err := errors.Join(err, s.store.NarrowCollections(ctx, s.source.Name(), collectionsOf(items))); err != nil {
		return err
	}
	if err := s.prepareCollections(ctx, items); err != nil {
		return err
	}
	if err := s.admit(ctx); err != nil {
		return err
	}
	gone, err := s.gone(items)
	if err != nil {
		return err
	}
	changed, err := s.sort(ctx, items)
	if err != nil {
		return err
	}
	s.begin(Reading, len(changed))
	if err := s.takeIn(ctx, changed); err != nil {
		return err
	}
	if err := s.store.Remove(ctx, s.source.Name(), gone); err != nil {
		return err
	}
	s.report.Gone += len(gone)
	if len(s.unsure) == 0 { // else some of what was listed is not in the index
		if err := s.store.SavePosition(ctx, s.source.Name(), position); err != nil {
			return err
		}
	}
	if err := s.supersede(ctx); err != nil {
		return err
	}
	return s.embedPending(ctx)
}

// wholeOf returns the listed file that a document is attached to, or "".
func wholeOf(path string, listed map[string]bool) string {
	for i := strings.LastIndexByte(path, '/'); i > 0; i = strings.LastIndexByte(path[:i], '/') {
		if listed[path[:i]] {
			return path[:i]
		}
	}
	return ""
}

// reportParts reports the documents attached to one that did not change.
func (s *syncer) reportParts(path string) {
	for _, part := range s.parts[path] {
		if known := s.known[part]; known.State == retrieval.Quarantined || !known.Reason.IsZero() {
			s.quarantine(part, known.Reason)
			continue
		}
		s.report.leaveOut(s.known[part].Remarks)
		s.report.Unchanged++
	}
}

// admit finds out which embedding sets get vectors. Where the index serves those
// of another model, documents are taken in without: which set serves is not
// changed by a sync.
func (s *syncer) admit(ctx context.Context) (err error) {
	if s.serving, err = s.admitted(ctx, s.Embedder); err != nil {
		return err
	}
	s.next, err = s.admitted(ctx, s.Next)
	return err
}

func (s *syncer) admitted(ctx context.Context, embedder retrieval.Embedder) (*vectors, error) {
	if embedder == nil {
		return nil, nil
	}
	v, err := newVectors(s.store, embedder, s.Batch, func(err error) {
		s.warn(fmt.Sprintf("the embedder of %s does not answer: documents are found without it until the next sync (%v)", embedder.Model().Name, err))
		s.log.Warn("embedder away", "model", embedder.Model().Name, "error", err)
	})
	if err != nil {
		return nil, err
	}
	err = s.store.AdmitModel(ctx, v.model)
	var other *retrieval.ModelError
	if errors.As(err, &other) && other.Index[0].Name != v.model.Name {
		s.warn(err.Error())
		return nil, nil
	}
	return v, err
}

// list reads the whole listing, so that all collections are known before the
// first document names one. position is where the source goes on next time. With
// an error the items are those listed before it.
func (s *syncer) list(ctx context.Context) (items []Item, position string, err error) {
	collect := func(item Item) error {
		if len(item.Defaults) == 0 {
			item.Defaults = s.Defaults
		}
		items = append(items, item)
		return ctx.Err()
	}
	if source, able := s.source.(Revisiting); able {
		known := Memory{Versions: s.versions()}
		if known.Position, err = s.store.Position(ctx, s.source.Name()); err != nil {
			return nil, "", err
		}
		position, err = source.Revisit(ctx, known, collect)
	} else {
		err = s.source.List(ctx, collect)
	}
	if err != nil {
		return items, "", fmt.Errorf("list: %w", err)
	}
	return s.pairSidecars(items), position, nil
}

// prepareCollections checks and saves the collections of the items.
func (s *syncer) prepareCollections(ctx context.Context, items []Item) error {
	var all []retrieval.Collection
	for _, c := range collectionsOf(items) {
		if err := s.checkAccess(ctx, c); err != nil {
			if errors.Is(err, ErrRefused) {
				s.refused[c.Name] = err
			} else {
				s.unsure[c.Name] = true
				s.warn(fmt.Sprintf("collection %q is left as it is: %v", c.Name, err))
			}
			continue
		}
		all = append(all, c)
	}
	disagreements, err := s.store.SaveCollections(ctx, s.source.Name(), all)
	if err != nil {
		return err
	}
	for _, d := range disagreements {
		s.warn(d.String())
	}
	stored, err := s.store.Collections(ctx)
	if err != nil {
		return err
	}
	for _, c := range stored {
		s.collections[c.Name] = true
	}
	return nil
}

// collectionsOf returns the collections that items are listed in, each once.
func collectionsOf(items []Item) (all []retrieval.Collection) {
	seen := map[string]bool{}
	for _, item := range items {
		if c := item.Collection; c.Name != "" && !seen[c.Name] {
			seen[c.Name] = true
			all = append(all, c)
		}
	}
	return all
}

func (s *syncer) checkAccess(ctx context.Context, c retrieval.Collection) error {
	if s.CheckAccess == nil {
		return nil
	}
	return s.CheckAccess(ctx, c)
}

// gone returns the known documents that the source does not list any more,
// except below folders that could not be listed. Documents attached to one that
// is listed are sorted to it.
func (s *syncer) gone(items []Item) ([]string, error) {
	listed := make(map[string]bool, len(items))
	var unread []string
	for _, item := range items {
		if item.Skip != "" {
			continue // whatever stood under this path before is no document any more
		}
		listed[item.Path] = !item.Folder
		if item.Folder {
			unread = append(unread, strings.TrimSuffix(item.Path, "/")+"/")
		}
	}
	var gone []string
	for path := range s.known {
		below := func(folder string) bool { return folder == "./" || strings.HasPrefix(path, folder) }
		if _, isListed := listed[path]; isListed || slices.ContainsFunc(unread, below) {
			continue
		}
		if whole := wholeOf(path, listed); whole != "" {
			s.parts[whole] = append(s.parts[whole], path)
			continue
		}
		gone = append(gone, path)
	}
	if len(items) == 0 && len(gone) > emptyGuard && !s.AllowEmpty {
		return nil, fmt.Errorf("the source lists nothing, but %d documents are known from it: "+
			"is it there (mounted)? If they are really gone, allow an empty source", len(gone))
	}
	slices.Sort(gone)
	return gone, nil
}

// sort settles what needs no reading and returns the items to read.
func (s *syncer) sort(ctx context.Context, items []Item) (changed []Item, err error) {
	for _, item := range items {
		read, err := s.look(ctx, item)
		if err != nil {
			return nil, err
		}
		if read {
			changed = append(changed, item)
		}
	}
	return changed, nil
}

// look decides by the listing alone; read: the item must be opened.
func (s *syncer) look(ctx context.Context, item Item) (read bool, err error) {
	known, isKnown := s.known[item.Path]
	refusal, isRefused := s.refused[item.Collection.Name]
	_, servesRefused := s.refused[known.Collection]
	switch {
	case item.Skip != "":
		s.report.Skipped[item.Skip]++
		return false, nil
	case !utf8.ValidString(item.Path) || strings.ContainsRune(item.Path, 0):
		s.quarantine(fmt.Sprintf("%q", item.Path), retrieval.Reason{Code: retrieval.ReasonOther, Words: "the name is not valid UTF-8: rename the file"})
		return false, nil
	case item.Folder:
		s.quarantine(item.Path, problemOf(item))
		return false, nil
	case item.Problem != nil:
		return false, s.refuse(ctx, item, &refusedError{reason: problemOf(item), again: true}, item.Unclear)
	case isRefused:
		return false, s.refuse(ctx, item, &refusedError{reason: retrieval.Reason{Code: retrieval.ReasonReaders, Words: refusal.Error()}, again: true}, true)
	case s.unsure[item.Collection.Name]:
		if isKnown {
			s.report.Unchanged++
		}
		return false, nil
	case !isKnown || !s.isSeen(known, item) || known.Listed != item.Collection.Name || servesRefused:
		if closed := formats.Closed(item.name()); closed != nil {
			return false, s.refuse(ctx, item, &refusedError{reason: readerReason(closed), readers: formats.Unread()}, servesRefused)
		}
		return true, nil
	}
	s.reportParts(item.Path)
	if known.State == retrieval.Quarantined || !known.Reason.IsZero() {
		s.quarantine(item.Path, known.Reason)
		return false, nil
	}
	s.report.leaveOut(known.Remarks)
	s.report.Unchanged++
	return false, nil
}

// takeIn reads items at several workers and commits them one by one.
func (s *syncer) takeIn(ctx context.Context, items []Item) error {
	group, ctx := errgroup.WithContext(ctx)
	todo := make(chan Item)
	ready := make(chan prepared, s.Workers)
	group.Go(func() error {
		defer close(todo)
		for _, item := range items {
			select {
			case todo <- item:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	readers, readCtx := errgroup.WithContext(ctx)
	for range s.Workers {
		readers.Go(func() error { return s.readAll(readCtx, todo, ready) })
	}
	group.Go(func() error {
		defer close(ready)
		return readers.Wait()
	})
	group.Go(func() error { return s.commitAll(ctx, ready) })
	return group.Wait()
}

func (s *syncer) readAll(ctx context.Context, todo <-chan Item, ready chan<- prepared) error {
	for item := range todo {
		select {
		case ready <- s.read(ctx, item):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// refuse records and reports that an item could not be taken in. What must not
// serve on takes the documents attached to it along.
func (s *syncer) refuse(ctx context.Context, item Item, why *refusedError, withdraw bool) error {
	for _, path := range s.parts[item.Path] {
		if !withdraw {
			break
		}
		part := item
		part.Path = path
		if err := s.refuse(ctx, part, why, withdraw); err != nil {
			return err
		}
	}
	s.quarantine(item.Path, why.reason)
	known, isKnown := s.known[item.Path]
	if isKnown && known.Reason == why.reason && why.again && (known.State == retrieval.Quarantined || !withdraw) {
		return nil // said before
	}
	refusal := retrieval.Refusal{
		Source: s.source.Name(), Path: item.Path, Version: versionOf(item, why.readers), Verdict: retrieval.Refused, Judged: why.hash, Listed: item.Collection.Name,
		Reason: why.reason, Withdraw: withdraw,
	}
	refusal.Owner, refusal.Contact = retrieval.ParseOwner(cmp.Or(why.owner, item.Defaults[keyOwner]))
	if why.again {
		refusal.Version = versionOf(item, readersIn(known.Version.Form)) // of what serves
		refusal.Verdict, refusal.Judged = retrieval.Again, ""
	}
	if s.collections[item.Collection.Name] {
		refusal.Collection = item.Collection.Name
	}
	s.log.Warn("document not taken in", "path", item.Path, "reason", why.reason.Code)
	return s.store.Refuse(ctx, refusal)
}

func (s *syncer) quarantine(path string, reason retrieval.Reason) {
	s.report.Quarantined = append(s.report.Quarantined, Problem{Path: path, Code: reason.Code, Reason: reason.Words})
}

func (s *syncer) warn(text string) {
	s.report.Warnings = append(s.report.Warnings, text)
}

func (s *syncer) supersede(ctx context.Context) error {
	unresolved, err := s.store.Supersede(ctx, s.source.Name(), retrieval.DateOf(s.now()))
	for _, u := range unresolved {
		s.warn(fmt.Sprintf("%s says that it supersedes %q, which is not followed: %s", u.Path, u.Names, u.Problem))
	}
	return err
}
