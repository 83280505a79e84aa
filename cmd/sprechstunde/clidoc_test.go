package main

import (
	"bytes"
	"encoding"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

var update = flag.Bool("update", false, "write the examples in docs/cli.md anew")

// reference is where the command line's contract stands. What lies between the
// markers of an example is made by the tests, all else is written by hand.
const reference = "../../docs/cli.md"

// example is one command line in the reference.
type example struct {
	name  string   // its command, and which of several examples: "documents list"
	args  []string // as shown; without any: what the shape holds is shown
	code  int
	shape any         // a value of the type that is printed; nil: compared as it is
	masks []mask      // of what differs from run to run
	lines bool        // one JSON value a line, of which the first is shown
	first bool        // of each list only the first entry is shown, numbers as 0
	files [][2]string // paths of the test and what is shown instead
}

// mask replaces what differs from run to run.
type mask struct{ pattern, with string }

// documented collects examples as they are run.
type documented struct {
	t     *testing.T
	shown map[string]string // by name
}

// run runs an example's command line and keeps what it prints.
func (d *documented) run(environ []string, e example) outcome {
	d.t.Helper()
	args := e.args
	for _, file := range e.files {
		args = slices.Clone(args)
		for i := range args {
			args[i] = strings.ReplaceAll(args[i], file[1], file[0])
		}
	}
	o := call(d.t, environ, args...).exits(e.code)
	printed := o.stdout
	if e.lines {
		printed, _, _ = strings.Cut(printed, "\n")
	}
	d.keep(e, []byte(printed))
	return o
}

// keep keeps an example that has printed JSON.
func (d *documented) keep(e example, printed []byte) {
	d.t.Helper()
	var text bytes.Buffer
	var also []string
	if e.shape == nil {
		if err := json.Indent(&text, bytes.TrimSpace(printed), "", "  "); err != nil {
			d.t.Fatalf("%s: %v\n%s", e.name, err, printed)
		}
	} else {
		var raw any
		if err := json.Unmarshal(printed, &raw); err != nil {
			d.t.Fatalf("%s: %v\n%s", e.name, err, printed)
		}
		seen := map[string]bool{}
		for _, fault := range compare(raw, reflect.TypeOf(e.shape), "", seen) {
			d.t.Errorf("%s: %s", e.name, fault)
		}
		value := reflect.New(reflect.TypeOf(e.shape))
		if err := json.Unmarshal(printed, value.Interface()); err != nil {
			d.t.Fatalf("%s: %v", e.name, err)
		}
		if e.first {
			firstOnly(value.Elem())
		}
		encoder := jsonEncoder(&text)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(value.Interface()); err != nil {
			d.t.Fatal(err)
		}
		also = unseen(reflect.TypeOf(e.shape), seen)
	}
	shown := strings.TrimSpace(text.String())
	for _, file := range e.files {
		shown = strings.ReplaceAll(shown, file[0], file[1])
	}
	for _, m := range append(e.masks, everywhere...) {
		shown = regexp.MustCompile(m.pattern).ReplaceAllString(shown, m.with)
	}
	line := ""
	if len(e.args) > 0 {
		line = fmt.Sprintf("`sprechstunde %s`, exit code %d:\n\n", quoted(e.args), e.code)
	}
	shown = line + "```json\n" + shown + "\n```\n"
	if len(also) > 0 {
		shown += "\nWhere there is something to say, also " + strings.Join(also, ", ") + ".\n"
	}
	if _, twice := d.shown[e.name]; twice {
		d.t.Errorf("two examples are called %q", e.name)
	}
	d.shown[e.name] = shown
}

// everywhere is masked in every example.
var everywhere = []mask{
	{`"20\d\d-\d\d-\d\dT[^"]*"`, `"2026-03-02T09:00:00Z"`},
	{`("(?:age_)?seconds": )[0-9.e-]+`, `${1}0.2`},
	{`("number": )\d+`, "${1}1"}, // documents are taken in side by side
	{`-?\d+\.\d{3,}(e-?\d+)?`, "0.5"},
}

func quoted(args []string) string {
	var words []string
	for _, a := range args {
		if strings.ContainsAny(a, " ?=") {
			a = `"` + a + `"`
		}
		words = append(words, a)
	}
	return strings.Join(words, " ")
}

// field is one field of a type as JSON names it.
type field struct {
	name   string
	typ    reflect.Type
	spared bool // left out where it is empty
}

func fieldsOf(t reflect.Type) (all []field) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag := strings.Split(f.Tag.Get("json"), ",")
		switch {
		case tag[0] == "-" || !f.IsExported() && !f.Anonymous:
		case f.Anonymous && tag[0] == "":
			all = append(all, fieldsOf(deref(f.Type))...)
		default:
			all = append(all, field{tag[0], f.Type, slices.Contains(tag, "omitempty") || slices.Contains(tag, "omitzero")})
		}
	}
	return all
}

func deref(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// leaf reports a type that JSON shows as one value.
func leaf(t reflect.Type) bool {
	marshaler, text := reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()
	return t.Kind() != reflect.Struct && t.Kind() != reflect.Slice && t.Kind() != reflect.Array && t.Kind() != reflect.Map ||
		t.Implements(marshaler) || t.Implements(text)
}

// compare returns what a printed value has that its type does not name, and lacks
// although its type does. It notes which fields were there.
func compare(raw any, t reflect.Type, path string, seen map[string]bool) (faults []string) {
	t = deref(t)
	if leaf(t) {
		return nil
	}
	switch value := raw.(type) {
	case []any:
		if k := t.Kind(); k != reflect.Slice && k != reflect.Array {
			return []string{path + " is a list"}
		}
		for _, v := range value {
			faults = append(faults, compare(v, t.Elem(), path+"[]", seen)...)
		}
	case map[string]any:
		if t.Kind() == reflect.Map {
			for _, v := range value {
				faults = append(faults, compare(v, t.Elem(), path+".*", seen)...)
			}
			return faults
		}
		for _, f := range fieldsOf(t) {
			v, there := value[f.name]
			at := strings.TrimPrefix(path+"."+f.name, ".")
			if there {
				seen[at] = true
				faults = append(faults, compare(v, f.typ, at, seen)...)
			} else if !f.spared {
				faults = append(faults, at+" is missing")
			}
			delete(value, f.name)
		}
		for name := range value {
			faults = append(faults, path+"."+name+" stands in no type that the reference knows")
		}
	}
	return faults
}

// unseen lists the fields of a type that an example does not show.
func unseen(t reflect.Type, seen map[string]bool) (paths []string) {
	var walk func(t reflect.Type, path string)
	walk = func(t reflect.Type, path string) {
		t = deref(t)
		switch {
		case leaf(t):
		case t.Kind() == reflect.Slice, t.Kind() == reflect.Array:
			walk(t.Elem(), path+"[]")
		case t.Kind() == reflect.Map:
			walk(t.Elem(), path+".*")
		default:
			for _, f := range fieldsOf(t) {
				at := strings.TrimPrefix(path+"."+f.name, ".")
				if !seen[at] {
					paths = append(paths, "`"+at+"`")
				}
				walk(f.typ, at)
			}
		}
	}
	walk(t, "")
	return slices.Compact(paths)
}

// firstOnly leaves of each list its first entry and of each number nothing.
func firstOnly(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			firstOnly(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				firstOnly(v.Field(i))
			}
		}
	case reflect.Slice:
		if v.Len() > 1 {
			v.Set(v.Slice(0, 1))
		}
		if v.Len() > 0 {
			firstOnly(v.Index(0))
		}
	case reflect.Int, reflect.Int64, reflect.Float64:
		v.SetZero()
	}
}

var exampleBlock = regexp.MustCompile(`(?s)<!-- example: ([^>]*) -->\n(.*?)<!-- end -->`)

// check compares the reference with what was run, or writes it anew.
func (d *documented) check() {
	d.t.Helper()
	was, err := os.ReadFile(reference)
	if err != nil {
		d.t.Fatal(err)
	}
	there := map[string]bool{}
	now := exampleBlock.ReplaceAllFunc(was, func(block []byte) []byte {
		m := exampleBlock.FindSubmatch(block)
		name := string(m[1])
		shown, ran := d.shown[name]
		if !ran {
			d.t.Errorf("%s has an example %q that no test runs", reference, name)
			return block
		}
		there[name] = true
		if string(m[2]) != shown && !*update {
			d.t.Errorf("%s, example %q: the command prints\n%s\nand the reference says\n%s\nIs that change meant, write it into CHANGELOG.md, then: go test ./cmd/sprechstunde -run Reference -update", reference, name, shown, m[2])
		}
		return []byte("<!-- example: " + name + " -->\n" + shown + "<!-- end -->")
	})
	for name := range d.shown {
		if !there[name] {
			d.t.Errorf("%s has no place for the example %q", reference, name)
		}
	}
	if *update {
		if err := os.WriteFile(reference, now, 0o600); err != nil {
			d.t.Fatal(err)
		}
	}
}

// jsonCommands returns the commands that print JSON when they are told to.
func jsonCommands(cmd *cobra.Command) (names []string) {
	if !cmd.HasSubCommands() && cmd.Flag("json") != nil {
		_, name, _ := strings.Cut(cmd.CommandPath(), " ")
		names = append(names, name)
	}
	for _, sub := range cmd.Commands() {
		names = append(names, jsonCommands(sub)...)
	}
	return names
}

// A field that is added, removed or renamed is seen, also one that the example does
// not happen to print.
func TestReferenceSeesEveryField(t *testing.T) {
	t.Parallel()
	type row struct {
		Name string `json:"name"`
		Why  string `json:"why,omitempty"`
	}
	type form struct {
		Rows []row          `json:"rows"`
		By   map[string]row `json:"by"`
	}
	for printed, want := range map[string]string{
		`{"rows":[{"name":"a"}],"by":{"x":{"name":"b"}}}`: "",
		`{"rows":[{"name":"a"}],"by":{"x":{}}}`:           "by.*.name is missing",
		`{"rows":[{"title":"a","name":"a"}],"by":{}}`:     "rows[].title stands in no type that the reference knows",
		`{"rows":[]}`: "by is missing",
		`{"rows":[{"name":"a","why":"b"}],"by":{},"more":{"x":[]}}`: ".more stands in no type that the reference knows",
	} {
		var raw any
		if err := json.Unmarshal([]byte(printed), &raw); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(compare(raw, reflect.TypeFor[form](), "", map[string]bool{}), "; "); got != want {
			t.Errorf("%s: %q, want %q", printed, got, want)
		}
	}
	seen := map[string]bool{}
	var raw any = map[string]any{"rows": []any{map[string]any{"name": "a"}}, "by": map[string]any{}}
	compare(raw, reflect.TypeFor[form](), "", seen)
	if got := unseen(reflect.TypeFor[form](), seen); !slices.Equal(got, []string{"`rows[].why`", "`by.*.name`", "`by.*.why`"}) {
		t.Errorf("unseen %v", got)
	}
}
