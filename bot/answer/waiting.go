package answer

import "context"

// Begin is called when a model is asked for the words of an answer, with the question
// as it was searched and the answer that there is without a model; nil: there is none
// in its place. End is called when the model has said what it says.
type Begin func(ctx context.Context, question string, quotes func() Answer) (end func())

type beginKey struct{}

// WhileWorded notes on a context what is to be done while a model words an answer.
func WhileWorded(ctx context.Context, begin Begin) context.Context {
	return context.WithValue(ctx, beginKey{}, begin)
}

func begun(ctx context.Context, question string, quotes func() Answer) (end func()) {
	if begin, ok := ctx.Value(beginKey{}).(Begin); ok {
		return begin(ctx, question, quotes)
	}
	return func() {}
}
