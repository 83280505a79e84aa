// Package embed turns text into vectors through any endpoint that speaks the
// OpenAI embeddings interface: a house's own gateway, vLLM, Ollama,
// text-embeddings-inference, the bundled embedder.
//
// It checks what comes back (count, length, finite, not zero) and says in its
// errors whether another try makes sense. It never puts a text into an error.
package embed

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"lvr.example/sprechstunde/retrieval"
)

// Config says how to reach an endpoint and what it wants.
type Config struct {
	BaseURL string // up to and with /v1
	Token   string // may be empty

	// Name identifies the model beside the vectors: two endpoints that serve
	// the same model share it. Defaults to PassageModel.
	Name string
	// Dimensions is the length of its vectors; 0: what the endpoint sends first.
	Dimensions int

	// E5-like models tell questions and passages apart. Some servers want that
	// in the model's name, others as text in front.
	QueryModel, PassageModel   string
	QueryPrefix, PassagePrefix string

	Batch          int           // texts in one request; defaults to 32
	QueryTimeout   time.Duration // for one question; defaults to 2 s
	PassageTimeout time.Duration // for one batch; defaults to 60 s

	HTTPClient *http.Client // defaults to one with http.DefaultTransport
}

func (c Config) withDefaults() Config {
	if c.PassageModel == "" {
		c.PassageModel = c.QueryModel
	}
	if c.QueryModel == "" {
		c.QueryModel = c.PassageModel
	}
	if c.Name == "" {
		c.Name = c.PassageModel
	}
	if c.Batch <= 0 {
		c.Batch = 32
	}
	if c.QueryTimeout <= 0 {
		c.QueryTimeout = 2 * time.Second
	}
	if c.PassageTimeout <= 0 {
		c.PassageTimeout = time.Minute
	}
	if c.HTTPClient == nil {
		c.HTTPClient = &http.Client{}
	}
	return c
}

// Client is an embedder; safe for concurrent use.
type Client struct {
	config     Config
	api        *openai.Client
	dimensions atomic.Int64 // 0: not known yet
}

var _ retrieval.Embedder = (*Client)(nil)

// New returns a client. It talks to nobody yet: [Client.Check] does.
func New(config Config) (*Client, error) {
	config = config.withDefaults()
	if config.BaseURL == "" {
		return nil, fmt.Errorf("embedder: no address; set it to the endpoint's base, e.g. http://127.0.0.1:8081/v1")
	}
	if config.PassageModel == "" {
		return nil, fmt.Errorf("embedder: no model; set the name that the endpoint lists under /models")
	}
	if config.Dimensions < 0 {
		return nil, fmt.Errorf("embedder: dimension %d is negative", config.Dimensions)
	}
	api := openai.DefaultConfig(config.Token)
	api.BaseURL = config.BaseURL
	api.HTTPClient = doer{config.HTTPClient}
	c := &Client{config: config, api: openai.NewClientWithConfig(api)}
	c.dimensions.Store(int64(config.Dimensions))
	return c, nil
}

// Model returns the name and the length of the vectors. The length is 0 until
// it is configured or the endpoint has answered once.
func (c *Client) Model() retrieval.Model {
	return retrieval.Model{Name: c.config.Name, Dimensions: int(c.dimensions.Load())}
}

// Check asks the endpoint for one vector of each kind and so learns the
// dimension. It is what a start and the doctor call.
func (c *Client) Check(ctx context.Context) error {
	if _, err := c.EmbedQueries(ctx, "Wo steht das?"); err != nil {
		return fmt.Errorf("check embedder: %w", err)
	}
	if _, err := c.EmbedPassages(ctx, []string{"Das steht hier."}); err != nil {
		return fmt.Errorf("check embedder: %w", err)
	}
	return nil
}

// EmbedQueries implements [retrieval.Embedder].
func (c *Client) EmbedQueries(ctx context.Context, texts ...string) ([]retrieval.Vector, error) {
	vectors, err := c.request(ctx, c.config.QueryModel, c.config.QueryTimeout, prefixed(c.config.QueryPrefix, texts))
	if err != nil {
		return nil, fmt.Errorf("embed question: %w", err)
	}
	return vectors, nil
}

// EmbedPassages implements [retrieval.Embedder]. It sends one batch after the
// other; the first fault ends it.
func (c *Client) EmbedPassages(ctx context.Context, texts []string) ([]retrieval.Vector, error) {
	vectors := make([]retrieval.Vector, 0, len(texts))
	for from := 0; from < len(texts); from += c.config.Batch {
		batch := prefixed(c.config.PassagePrefix, texts[from:min(from+c.config.Batch, len(texts))])
		got, err := c.request(ctx, c.config.PassageModel, c.config.PassageTimeout, batch)
		if err != nil {
			return nil, fmt.Errorf("embed passages (%d to %d of %d): %w", from+1, from+len(batch), len(texts), err)
		}
		vectors = append(vectors, got...)
	}
	return vectors, nil
}

func prefixed(prefix string, texts []string) []string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = prefix + text
	}
	return all
}

// request sends one batch and checks the answer.
func (c *Client) request(ctx context.Context, model string, timeout time.Duration, texts []string) ([]retrieval.Vector, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	answer, err := c.api.CreateEmbeddings(ctx, openai.EmbeddingRequest{
		Input:          texts,
		Model:          openai.EmbeddingModel(model),
		EncodingFormat: openai.EmbeddingEncodingFormatFloat,
	})
	if err != nil {
		return nil, c.fault(ctx, err, timeout)
	}
	values, err := inOrder(answer.Data, len(texts))
	if err != nil {
		return nil, &Error{Kind: BadAnswer, Address: c.config.BaseURL, Err: err}
	}
	vectors := make([]retrieval.Vector, len(values))
	for i, v := range values {
		if err := c.accept(v); err != nil {
			return nil, err
		}
		vectors[i] = retrieval.Vector{Model: c.Model(), Values: v}
	}
	return vectors, nil
}

// inOrder sorts the vectors by their index: servers may send them in any order.
func inOrder(data []openai.Embedding, want int) ([][]float32, error) {
	if len(data) != want {
		return nil, fmt.Errorf("%d vectors for %d texts", len(data), want)
	}
	values := make([][]float32, want)
	for _, d := range data {
		if d.Index < 0 || d.Index >= want || values[d.Index] != nil {
			return nil, fmt.Errorf("vector index %d missing, doubled or out of range", d.Index)
		}
		values[d.Index] = d.Embedding
	}
	return values, nil
}

// accept checks one vector and learns the dimension from the first.
func (c *Client) accept(values []float32) error {
	if err := retrieval.CheckValues(values); err != nil {
		return &Error{Kind: BadAnswer, Address: c.config.BaseURL, Err: err}
	}
	c.dimensions.CompareAndSwap(0, int64(len(values)))
	if want := int(c.dimensions.Load()); len(values) != want {
		return &Error{Kind: WrongDimension, Address: c.config.BaseURL,
			Err: fmt.Errorf("vector of %d numbers where model %q has %d; is another model served there?", len(values), c.config.Name, want)}
	}
	return nil
}
