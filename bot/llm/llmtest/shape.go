package llmtest

import (
	"encoding/json"
	"net/http"
	"strings"
)

// Keeps answers like an endpoint that keeps to JSON schemas: a schema that leaves
// no choice is answered by its only word, any other by the step.
func Keeps(step Step) Step {
	return func(w http.ResponseWriter, r *http.Request) {
		if only, ok := onlyReply(requestOf(r)); ok {
			Reply(only)(w, r)
			return
		}
		step(w, r)
	}
}

// KnowsNoSchema answers 400 to a request with a schema, as an old endpoint does.
func KnowsNoSchema(step Step) Step {
	return func(w http.ResponseWriter, r *http.Request) {
		if requestOf(r).ResponseFormat.Type == "json_schema" {
			Raw(http.StatusBadRequest, "application/json", `{"error":{"message":"unknown field response_format"}}`)(w, r)
			return
		}
		step(w, r)
	}
}

// onlyReply is the object that a schema of words without a choice allows.
func onlyReply(r Request) (string, bool) {
	var schema struct {
		Properties map[string]struct {
			Enum []string `json:"enum"`
		} `json:"properties"`
	}
	if json.Unmarshal(r.ResponseFormat.JSONSchema.Schema, &schema) != nil || len(schema.Properties) == 0 {
		return "", false
	}
	object := map[string]string{}
	for name, property := range schema.Properties {
		if len(property.Enum) != 1 {
			return "", false
		}
		object[name] = property.Enum[0]
	}
	raw, err := json.Marshal(object)
	return string(raw), err == nil
}

// Statement is a statement as a schema asks for it.
type Statement struct {
	Number   int    `json:"nr"`
	Quote    string `json:"zitat"`
	Sentence string `json:"satz"`
}

// Statements is a good reply of that shape.
func Statements(status string, statements ...Statement) string {
	raw, _ := json.Marshal(map[string]any{"status": status, "aussagen": append([]Statement{}, statements...)}) // strings always encode
	return string(raw)
}

// ShapeFaults are what endpoints send in place of a good statement although a
// schema is set.
func ShapeFaults(good Statement) map[string]string {
	reply := Statements("beantwortet", good)
	change := func(f func(*Statement)) string {
		s := good
		f(&s)
		return Statements("beantwortet", s)
	}
	return map[string]string{
		"half obeyed":             strings.Replace(reply, `"satz"`, `"text"`, 1),
		"sentence missing":        `{"status":"beantwortet","aussagen":[{"nr":1,"zitat":"` + good.Quote + `"}]}`,
		"cut":                     reply[:len(reply)-3],
		"two objects":             reply + "\n" + reply,
		"talk behind":             reply + " Gern geschehen!",
		"fence":                   "```json\n" + reply + "\n```",
		"other schema":            `{"answer":"` + good.Sentence + `","sources":[1]}`,
		"list":                    "[" + reply + "]",
		"null":                    "null",
		"number as word":          strings.Replace(reply, `"nr":`, `"nr":"eins","x":`, 1),
		"other status":            strings.Replace(reply, "beantwortet", "answered", 1),
		"thoughts without an end": "<think>Also " + reply,
		"quote one letter off":    change(func(s *Statement) { s.Quote = good.Quote[:len(good.Quote)-2] + "x" + good.Quote[len(good.Quote)-1:] }),
		"quote too short":         change(func(s *Statement) { s.Quote = strings.Join(strings.Fields(good.Quote)[:3], " ") }),
		"no quote":                change(func(s *Statement) { s.Quote = "" }),
		"number not given":        change(func(s *Statement) { s.Number = 99 }),
		"number zero":             change(func(s *Statement) { s.Number = 0 }),
		"English":                 change(func(s *Statement) { s.Sentence = "You may draft minutes with approved AI tools." }),
		"HTML":                    change(func(s *Statement) { s.Sentence = "<b>" + good.Sentence + "</b>" }),
		"link":                    change(func(s *Statement) { s.Sentence = "[" + good.Sentence + "](http://evil.example)" }),
		"mention":                 change(func(s *Statement) { s.Sentence = "@all " + good.Sentence }),
		"page":                    "<html><body>Anmeldung</body></html>",
		"false sentence first":    change(func(s *Statement) { s.Sentence = "Das kostet 20 Euro. " + good.Sentence }),
		"repetition":              Statements("beantwortet", good) + strings.Repeat(" ja", 4000),
	}
}
