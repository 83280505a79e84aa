// Package llm completes chats through any endpoint that speaks the OpenAI
// interface: vLLM, Ollama, llama.cpp, a house's own gateway.
//
// It promises whole texts only. The client library reports most broken streams
// as a clean end, so a reply counts only once the endpoint said why it
// finished. Replies are bounded in time, silence and size; after repeated
// faults the endpoint is left alone for a while. It knows nothing of questions
// or documents, and no error or log of it holds text of either.
package llm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sashabaranov/go-openai"

	"lvr.example/sprechstunde/bot/answer"
)

// Config says which model completes chats and how long it may take.
type Config struct {
	URL        string // base address, e.g. "http://127.0.0.1:8000/v1"
	Key        string // empty: none is sent
	Model      string
	HTTPClient *http.Client     // nil: one that follows no redirects
	Timeout    time.Duration    // for a whole reply; 0: 40 s
	Idle       time.Duration    // of silence in a reply; 0: 15 s
	Runes      int              // of a reply at most; 0: 8000
	Tokens     int              // asked for at most; 0: 700
	Now        func() time.Time // required
}

// Client is an answer.Model. It is safe for concurrent use.
type Client struct {
	cfg     Config
	breaker *breaker
}

var _ answer.Model = (*Client)(nil)

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
	cfg.Idle = or(cfg.Idle, 15*time.Second)
	cfg.Runes = or(cfg.Runes, 8000)
	cfg.Tokens = or(cfg.Tokens, 700)
	return &Client{cfg: cfg, breaker: &breaker{now: cfg.Now}}, nil
}

func or[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

// Complete returns the model's whole reply. Every fault is an *Error.
func (c *Client) Complete(ctx context.Context, system, user string) (string, error) {
	if wait := c.breaker.wait(); wait > 0 {
		return "", &Error{Kind: Resting, RetryAfter: wait}
	}
	text, err := c.complete(ctx, system, user, c.cfg.Tokens)
	c.breaker.report(err)
	if err != nil {
		return "", err
	}
	return text, nil
}

// Check asks the model for one word, whatever happened before. Nil means that
// it answers.
func (c *Client) Check(ctx context.Context) error {
	_, err := c.complete(ctx, "Antworte nur mit dem Wort ja.", "Bist du da?", c.cfg.Tokens)
	return err
}

func (c *Client) complete(parent context.Context, system, user string, tokens int) (string, error) {
	ctx, cancel := context.WithTimeoutCause(parent, c.cfg.Timeout, errTotal)
	defer cancel()
	call := newCall(ctx, c.cfg)
	defer call.stop()
	text, err := c.stream(call, system, user, tokens)
	if err == nil {
		return text, nil
	}
	if parent.Err() != nil {
		return "", fmt.Errorf("complete chat: %w", parent.Err())
	}
	return "", call.classify(err)
}

func (c *Client) stream(call *call, system, user string, tokens int) (string, error) {
	stream, err := c.open(call, system, user, tokens)
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

func (c *Client) open(call *call, system, user string, tokens int) (*openai.ChatCompletionStream, error) {
	cfg := openai.DefaultConfig(c.cfg.Key)
	cfg.BaseURL = strings.TrimRight(c.cfg.URL, "/")
	cfg.HTTPClient = call
	return openai.NewClientWithConfig(cfg).CreateChatCompletionStream(call.ctx, openai.ChatCompletionRequest{
		Model:       c.cfg.Model,
		Temperature: math.SmallestNonzeroFloat32, // the library leaves out a plain zero
		MaxTokens:   tokens,                      //nolint:staticcheck // vLLM, Ollama and llama.cpp all know this one; not all know its successor
		Messages: []openai.ChatCompletionMessage{
			{Role: openai.ChatMessageRoleSystem, Content: system},
			{Role: openai.ChatMessageRoleUser, Content: user},
		},
	})
}

// thoughts are what some models write before their reply.
var thoughts = regexp.MustCompile(`(?s)^\s*<think>.*?</think>`)

func whole(text string) (string, error) {
	text = strings.TrimSpace(thoughts.ReplaceAllString(text, ""))
	if text == "" {
		return "", errEmpty
	}
	return text, nil
}
