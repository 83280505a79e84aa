package chat

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Dialog is a form that a button opens before the person who pressed it. The
// zero value is none.
type Dialog struct {
	Title  string // at most 24 bytes
	Intro  string // safe Markdown above the fields; may be empty
	Submit string // label of the button that sends it off
	Fields []Field
}

// Field is one thing to fill in. What was filled in is a text by its Name: of a
// Tick "true" or "", of a Choice the Value of an Option.
type Field struct {
	Name     string // unique within the dialog
	Label    string // at most 24 bytes
	Kind     FieldKind
	Help     string // at most 150 bytes
	Value    string // filled in beforehand; a Line's at most 150 bytes, a Text's at most 3000
	Options  []Option
	Optional bool
	Longest  int // characters; 0: 150 of a Line, 3000 of a Text
}

// FieldKind is the kind of a field.
type FieldKind string

// The kinds.
const (
	Line   FieldKind = "line"
	Text   FieldKind = "text" // of several lines
	Choice FieldKind = "choice"
	Tick   FieldKind = "tick"
)

// Option is one that a Choice offers.
type Option struct{ Label, Value string }

// Submission is a dialog that somebody filled in and sent off, verified by the
// adapter: by the person who pressed the button, once, in time.
type Submission struct {
	Click                    // of the button that opened it; ID is the dialog's, the same however often it is sent off
	Values map[string]string // by Field.Name; those that no field has are left out
}

// Faults are what is wrong with a submission, said beside the fields, by name; ""
// is the dialog as a whole. None: it is taken.
type Faults map[string]string

// What clients take; see the limits at Field and Dialog.
const (
	longestLabel = 24
	longestHelp  = 150
	longestLine  = 150
	longestText  = 3000
)

// Limit is how many characters may be filled in; 0: none are.
func (f Field) Limit() int {
	switch {
	case f.Kind != Line && f.Kind != Text:
		return 0
	case f.Longest > 0:
		return f.Longest
	case f.Kind == Line:
		return longestLine
	}
	return longestText
}

// Check reports what no client would show of a dialog.
func (d Dialog) Check() error {
	var errs []error
	bad := func(on bool, format string, args ...any) {
		if on {
			errs = append(errs, fmt.Errorf("dialog %q: "+format, append([]any{d.Title}, args...)...))
		}
	}
	bad(d.Title == "" || len(d.Title) > longestLabel, "the title needs 1 to %d bytes", longestLabel)
	seen := map[string]bool{}
	for _, f := range d.Fields {
		bad(f.Name == "" || seen[f.Name], "field %q has no name of its own", f.Name)
		seen[f.Name] = true
		bad(f.Label == "" || len(f.Label) > longestLabel, "field %q: the label needs 1 to %d bytes", f.Name, longestLabel)
		bad(len(f.Help) > longestHelp, "field %q: the help is longer than %d bytes", f.Name, longestHelp)
		bad(f.Kind == Line && len(f.Value) > longestLine || f.Kind == Text && len(f.Value) > longestText, "field %q: too much is filled in", f.Name)
		bad(f.Kind == Choice && f.Value != "" && !f.offers(f.Value), "field %q does not offer what is filled in", f.Name)
		bad(!slices.Contains([]FieldKind{Line, Text, Choice, Tick}, f.Kind), "field %q: unknown kind %q", f.Name, f.Kind)
	}
	return errors.Join(errs...)
}

func (f Field) offers(value string) bool {
	return slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == value })
}

// Takes reports whether a field takes a value as far as its kind goes.
func (f Field) Takes(value string) bool {
	switch f.Kind {
	case Choice:
		return f.offers(value)
	case Tick:
		return value == "true"
	}
	return true
}

// Only keeps the values that a dialog asks for.
func (d Dialog) Only(values map[string]string) map[string]string {
	kept := maps.Clone(values)
	maps.DeleteFunc(kept, func(name, _ string) bool {
		return !slices.ContainsFunc(d.Fields, func(f Field) bool { return f.Name == name })
	})
	return kept
}
