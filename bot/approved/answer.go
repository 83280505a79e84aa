package approved

import (
	"errors"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/retrieval"
)

// Answer is an answer to some questions, written by people.
type Answer struct {
	Name      string   // of its file, or "draft 12"
	Questions []string // each a way to ask it, at least one
	Text      string   // a few lines
	Owner     string   // a function that answers for it
	Contact   string   // user name of who looks after it; empty: nobody is told
	ContactID string   // likewise by chat user id, of an answer from a ticket, which has no Contact
	Basis     Basis
	Until     retrieval.Date // last day on which it is valid

	Approved   bool   // a person has said so; else it is a draft
	Withdrawn  bool   // its owner has taken it back
	Supersedes string // name of the answer in whose place it is; empty: none
	FromTicket bool   // hosts have made it; else it is a file of the house
}

// Basis is what an answer rests on: words of a document.
type Basis struct {
	Document string // path below its source
	Quote    string // word for word, at least four words
	Version  string // of the passage when it was approved (VersionOf); empty: the quote alone counts
}

// State is where an answer stands.
type State string

// The states. Review: its basis has changed, is blocked or has ended.
const (
	Draft     State = "draft"
	Approved  State = "approved"
	Review    State = "in review"
	Withdrawn State = "withdrawn"
	Expired   State = "expired"
)

// stateOf says where an answer stands on a day, given whether its basis stands.
// Review ends when the basis stands again, or people approve the answer on another
// one; withdrawn and expired end by people alone.
func stateOf(a Answer, stands bool, today retrieval.Date) State {
	switch {
	case a.Withdrawn:
		return Withdrawn
	case !today.IsZero() && a.Until.Compare(today) < 0:
		return Expired
	case !a.Approved:
		return Draft
	case !stands:
		return Review
	}
	return Approved
}

// Errors of an answer that cannot be.
var (
	ErrQuestions  = errors.New("questions: write at least one way to ask it")
	ErrText       = errors.New("answer: write what is answered")
	ErrOwner      = errors.New("owner: name the function that answers for it")
	ErrDocument   = errors.New("basis.document: name the document that it rests on, as `sprechstunde documents list` shows it")
	ErrQuote      = errors.New("basis.quote: copy at least four words of the document that the answer rests on")
	ErrUntil      = errors.New("valid_until: write the last day on which it is valid, for example 2027-06-30")
	errSupersedes = errors.New("supersedes: there is no such file in this folder")
	ErrLoop       = errors.New("supersedes: these answers replace each other in a loop; take one of the lines out")
	errTwice      = errors.New("questions: another answer has this question, too; leave it in one of them, or write supersedes")
)

// Check returns what an answer by itself lacks, each wrapped as [Fault].
func (a Answer) Check() []Fault {
	var faults []Fault
	need := func(ok bool, key string, err error) {
		if !ok {
			faults = append(faults, Fault{Name: a.Name, Key: key, Err: err})
		}
	}
	need(len(a.Questions) > 0 && !slices.ContainsFunc(a.Questions, func(q string) bool { return len(meaning(q, nil).words) == 0 }), "questions", ErrQuestions)
	need(a.Text != "", "answer", ErrText)
	need(a.Owner != "", "owner", ErrOwner)
	need(a.Basis.Document != "", "basis.document", ErrDocument)
	need(quotable(a.Basis.Quote), "basis.quote", ErrQuote)
	need(!a.Until.IsZero(), "valid_until", ErrUntil)
	return faults
}

// checkAll returns what answers lack beside each other: what they replace is there
// and never themselves, and no two in force answer the same question.
func checkAll(all []Answer) []Fault {
	byName := map[string]Answer{}
	for _, a := range all {
		byName[a.Name] = a
	}
	var faults []Fault
	replaced := map[string]bool{}
	for _, a := range all {
		if a.Supersedes == "" {
			continue
		}
		if _, known := byName[a.Supersedes]; !known {
			faults = append(faults, Fault{a.Name, "supersedes", 0, fmt.Errorf("%w: %s", errSupersedes, a.Supersedes)})
			continue
		}
		replaced[a.Supersedes] = true
		if loops(a, byName) {
			faults = append(faults, Fault{a.Name, "supersedes", 0, ErrLoop})
		}
	}
	asked := map[string]string{}
	for _, a := range all {
		if a.Withdrawn || replaced[a.Name] {
			continue
		}
		for _, q := range a.Questions {
			key := meaning(q, nil).key()
			if other, twice := asked[key]; twice && other != a.Name {
				faults = append(faults, Fault{a.Name, "questions", 0, fmt.Errorf("%w: %s", errTwice, other)})
			}
			asked[key] = a.Name
		}
	}
	return faults
}

// loops reports whether what an answer replaces leads back to it.
func loops(a Answer, byName map[string]Answer) bool {
	seen := map[string]bool{}
	for at := a; at.Supersedes != "" && !seen[at.Name]; at = byName[at.Supersedes] {
		seen[at.Name] = true
		if at.Supersedes == a.Name {
			return true
		}
	}
	return false
}

// inForce returns those that nothing replaces. Of a loop none is in force.
func inForce(all []Answer) []Answer {
	replaced := map[string]bool{}
	for _, a := range all {
		if a.Approved && !a.Withdrawn {
			replaced[a.Supersedes] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(a Answer) bool { return replaced[a.Name] })
}

// Fault is what is wrong with an answer, and where.
type Fault struct {
	Name string // of the answer
	Key  string // of its file
	Line int    // 0: not known
	Err  error
}

func (f Fault) Error() string {
	if f.Line > 0 {
		return fmt.Sprintf("%s:%d: %v", f.Name, f.Line, f.Err)
	}
	return fmt.Sprintf("%s: %v", f.Name, f.Err)
}

func (f Fault) Unwrap() error { return f.Err }
