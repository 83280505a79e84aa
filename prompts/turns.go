package prompts

import "encoding/json"

// RewordPrompt is a question with those of the same person that it leans on,
// oldest first.
type RewordPrompt struct {
	Before   []string
	Question string
}

// Understood is a question as it was searched. Question is safe Markdown.
type Understood struct{ Question string }

var (
	modelReword = declare("model/reword", struct{}{})
	understood  = declare("answer/understood", Understood{Question: "Darf ich im Ausland arbeiten? wie lang vorher muss ich das beantragen"})
)

// RewordPrompt renders what a model is told that says a question and those that it
// leans on as one. They enter as one JSON object.
func (c *Catalogue) RewordPrompt(p RewordPrompt) (system, user string) {
	raw, _ := json.Marshal(struct { // strings always encode
		Before   []string `json:"vorher"`
		Question string   `json:"frage"`
	}{p.Before, p.Question})
	return modelReword.render(c, struct{}{}), modelUser.render(c, modelData{JSON: string(raw)})
}

// Understood says how a question was understood that leans on others.
func (c *Catalogue) Understood(d Understood) string { return understood.render(c, d) }
