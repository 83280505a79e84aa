// Package llm completes chats through any endpoint that speaks the OpenAI
// interface: vLLM, Ollama, llama.cpp, a house's own gateway.
//
// It promises whole texts only. The client library reports most broken streams
// as a clean end, so a reply counts only once the endpoint said why it
// finished. Replies are bounded in time, silence and size; after repeated
// faults a circuit breaker keeps calls from the endpoint. It knows nothing of questions
// or documents, and no error or log of it holds text of either.
package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sashabaranov/go-openai"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/retrieval/pacing"
)

// Config says which model completes chats and how long it may take.
type Config struct {
	URL        string // base address, e.g. "http://127.0.0.1:8000/v1"
	Key        string // empty: none is sent
	Model      string
	HTTPClient *http.Client  // nil: one that follows no redirects
	Timeout    time.Duration // for a whole reply; 0: 40 s
	First      time.Duration // until a reply begins; 0: Timeout
	Idle       time.Duration // of silence in a reply; 0: Timeout
	Pause      time.Duration // before an endpoint that did not answer is asked once more; 0: 1 s
	Runes      int           // of a reply at most; 0: 8000
	Tokens     int           // asked for at most; 0: 700
	AtOnce     int           // requests at the endpoint; more wait their turn; 0: 4
	Budget     Budget
	Now        func() time.Time // required
}

// Client is an answer.Model. It is safe for concurrent use.
type Client struct {
	cfg     Config
	breaker *breaker
	shapes  shapes
	queue   *queue
	budget  *budget
}

var _ answer.Shaper = (*Client)(nil)

// New returns a Client. It does not connect.
func New(cfg Config) (*Client, error) {
	u, err := url.Parse(cfg.URL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, errors.New("model address must be an absolute http or https address such as http://127.0.0.1:8000/v1")
	}
	if cfg.Model == "" {
		return nil, errors.New("model name is missing: set the name under which the endpoint offers the model")
	}
	if cfg.HTTPClient == nil {
		cfg.HTTPClient = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	cfg.Timeout = or(cfg.Timeout, 40*time.Second)
	cfg.First = or(cfg.First, cfg.Timeout)
	cfg.Idle = or(cfg.Idle, cfg.Timeout)
	cfg.Pause = or(cfg.Pause, time.Second)
	cfg.Runes = or(cfg.Runes, 8000)
	cfg.Tokens = or(cfg.Tokens, 700)
	cfg.AtOnce = or(cfg.AtOnce, 4)
	return &Client{
		cfg: cfg, breaker: &breaker{now: cfg.Now}, shapes: shapes{gate: make(chan struct{}, 1)},
		queue: newQueue(cfg.AtOnce), budget: &budget{limits: cfg.Budget, now: cfg.Now, purses: &memory{}},
	}, nil
}

// Sharing returns the client with its budget kept where others that do the same see
// it. Call it before the client is asked.
func (c *Client) Sharing(purses Purses) *Client {
	shared := *c
	shared.budget = &budget{limits: c.budget.limits, now: c.budget.now, purses: purses}
	return &shared
}

func or[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

// Identity names the endpoint and its model.
func (c *Client) Identity() string { return c.cfg.URL + " " + c.cfg.Model }

// Complete returns the model's whole reply. Every fault is an *Error.
func (c *Client) Complete(ctx context.Context, system, user string) (string, error) {
	return c.ask(ctx, request{system: system, user: user})
}

// ask asks an endpoint that is not left alone, when it is the asker's turn and within
// the budget.
func (c *Client) ask(ctx context.Context, r request) (string, error) {
	who := answer.AskerOf(ctx)
	if allowed, err := c.budget.allows(ctx, who); err != nil {
		return "", err
	} else if !allowed {
		return "", &Error{Kind: Spent}
	}
	if err := c.queue.enter(ctx, who.Person); err != nil {
		return "", fmt.Errorf("wait for the model: %w", err)
	}
	defer c.queue.leave()
	if wait := c.breaker.wait(); wait > 0 {
		return "", &Error{Kind: Resting, RetryAfter: wait}
	}
	text, err := c.complete(ctx, r)
	c.breaker.report(err)
	if err := errors.Join(err, c.budget.spend(ctx, who, r.system, r.user, text)); err != nil {
		return "", err
	}
	return text, nil
}

// Check asks the model for one word, whatever happened before. Nil means that
// it answers.
func (c *Client) Check(ctx context.Context) error {
	_, err := c.complete(ctx, request{system: "Antworte nur mit dem Wort ja.", user: "Bist du da?"})
	return err
}

// request is what an endpoint is asked.
type request struct {
	system, user string
	shape        json.RawMessage // a JSON schema that the reply must keep to; nil: none
}

// complete asks once, and once more after a pause where the endpoint had not
// begun to answer and the time allows.
func (c *Client) complete(parent context.Context, r request) (string, error) {
	begun := c.cfg.Now()
	ctx, cancel := context.WithTimeoutCause(parent, c.cfg.Timeout, errTotal)
	defer cancel()
	text, fault := c.once(ctx, r)
	if fault != nil && fault.passing() {
		pause := max(fault.RetryAfter, pacing.Backoff(c.cfg.Pause, c.cfg.Pause).NextBackOff())
		if end, _ := ctx.Deadline(); pause <= longestPause && pause < time.Until(end) && pacing.Wait(ctx, pause) == nil {
			text, fault = c.once(ctx, r)
		}
	}
	if fault == nil {
		return text, nil
	}
	if err := parent.Err(); err != nil && !c.slow(err, begun) {
		return "", fmt.Errorf("complete chat: %w", err)
	}
	return "", fault
}

// slow reports whether a caller's own time was up after the endpoint had most of what
// it may take: then that one was slow, not the caller in a hurry.
func (c *Client) slow(err error, begun time.Time) bool {
	return errors.Is(err, context.DeadlineExceeded) && c.cfg.Now().Sub(begun) > c.cfg.Timeout/2
}

// longestPause is waited with a question in hand; a longer one is the breaker's.
const longestPause = 10 * time.Second

func (c *Client) once(ctx context.Context, r request) (string, *Error) {
	call := newCall(ctx, c.cfg)
	defer call.stop()
	text, err := c.stream(call, r)
	if err != nil {
		return "", call.classify(err)
	}
	return text, nil
}

func (c *Client) stream(call *call, r request) (string, error) {
	stream, err := c.open(call, r)
	if err != nil {
		return "", err
	}
	defer stream.Close()
	var text strings.Builder
	for {
		chunk, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return "", errUnfinished
		}
		if err != nil {
			return "", err
		}
		if len(chunk.Choices) == 0 {
			continue // usage only
		}
		call.timer.Reset(c.cfg.Idle)
		text.WriteString(chunk.Choices[0].Delta.Content)
		if utf8.RuneCountInString(text.String()) > c.cfg.Runes {
			return "", errLong
		}
		switch chunk.Choices[0].FinishReason {
		case "", openai.FinishReasonNull:
		case openai.FinishReasonStop:
			return whole(text.String())
		case openai.FinishReasonLength:
			return "", errLong
		default:
			return "", errRefusedText
		}
	}
}

// coldest is the temperature asked for. The library leaves out a plain zero. What it
// advises instead, the smallest number there is, makes llama.cpp divide its logits to
// infinity and pick at random among them (seen: other words than at zero, and fluent
// nonsense); vLLM raises to this one what is below it.
const coldest = 0.01

func (c *Client) open(call *call, r request) (*openai.ChatCompletionStream, error) {
	cfg := openai.DefaultConfig(c.cfg.Key)
	cfg.BaseURL = strings.TrimRight(c.cfg.URL, "/")
	cfg.HTTPClient = call
	asked := openai.ChatCompletionRequest{
		Model:       c.cfg.Model,
		Temperature: coldest,
		MaxTokens:   c.cfg.Tokens, //nolint:staticcheck // vLLM, Ollama and llama.cpp all know this one; not all know its successor
		Messages: []openai.ChatCompletionMessage{
			{Role: openai.ChatMessageRoleSystem, Content: r.system},
			{Role: openai.ChatMessageRoleUser, Content: r.user},
		},
	}
	if r.shape != nil {
		asked.ResponseFormat = &openai.ChatCompletionResponseFormat{
			Type:       openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: "reply", Schema: r.shape, Strict: true},
		}
	}
	return openai.NewClientWithConfig(cfg).CreateChatCompletionStream(call.ctx, asked)
}

// thoughts are what some models write before their reply.
var thoughts = regexp.MustCompile(`(?s)^\s*<think>.*?</think>`)

func whole(text string) (string, error) {
	text = strings.TrimSpace(thoughts.ReplaceAllString(text, ""))
	if strings.Contains(text, "<think>") || strings.Contains(text, "</think>") {
		return "", errThoughts
	}
	if text == "" {
		return "", errEmpty
	}
	return text, nil
}
