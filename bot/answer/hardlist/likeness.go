package hardlist

type likeness struct{}

type example struct {
	topic Topic
	text  string
}

func parseExamples(file, text string) ([]example, error) { return nil, nil }
func (rs *rules) examples() []example                    { return nil }
func learn(rs *rules, all []example) *likeness           { return &likeness{} }
func (l *likeness) check(r reading) (Topic, bool)        { return "", false }
