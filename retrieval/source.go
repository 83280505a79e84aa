package retrieval

import "fmt"

// Source is an origin of documents as the index knows it.
type Source struct {
	Name        string
	Place       string // where its documents lie, as it was last ingested; empty: not known
	Documents   int    // that are not gone
	Blocked     int    // of them
	Collections []string
}

// PlaceError says that a source's name stands for documents of another place.
type PlaceError struct {
	Source    string
	Known     string // where the documents in the index lie
	Named     string // where the configuration says they do
	Documents int
}

func (e *PlaceError) Error() string {
	return fmt.Sprintf("source %s has %d documents from %s, but the configuration says %s: nothing was changed. "+
		"If the same documents lie there now, run `sprechstunde sources moved %[1]s`; if they are others, "+
		"give the new source another name, or run `sprechstunde sources remove %[1]s` first", e.Source, e.Documents, e.Known, e.Named)
}

// TakenError says that a source cannot get a name that another one has.
type TakenError struct {
	Name      string
	Documents int // that the other one has
	Same      int // of them under a path that both have
}

func (e *TakenError) Error() string {
	return fmt.Sprintf("source %s has %d documents already, %d of them under the same path", e.Name, e.Documents, e.Same)
}

// Disagreement is a collection of which two sources say different things.
type Disagreement struct {
	Collection string
	Source     string // the other one
	Readers    bool   // who may read: only whom both allow may; else rank or link: those of the other one hold
}

func (d Disagreement) String() string {
	if d.Readers {
		return fmt.Sprintf("collection %q: source %s says other readers, only those may read whom both allow; make the two agree, or choose another name", d.Collection, d.Source)
	}
	return fmt.Sprintf("collection %q: source %s says another rank or link, which holds; make the two agree, or choose another name", d.Collection, d.Source)
}
