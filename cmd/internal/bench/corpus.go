package bench

import (
	"math"
	"math/rand/v2"
	"strings"

	"lvr.example/sprechstunde/retrieval"
)

// corpus makes passages out of sentences and vectors out of nothing but a seed:
// the same passage at each call, so that none need be kept.
type corpus struct {
	sentences []string
	passages  int
	topics    int
	seed      uint64
}

// Sizes of a corpus. Documents of twelve passages are like the example house's.
const (
	perDocument   = 12
	perTopic      = 2000 // passages
	dimensions    = 384  // of the bundled model
	minOfSentence = 3    // sentences of a passage
	maxOfSentence = 6
)

// model is named for what it is: its vectors mean nothing.
var model = retrieval.Model{Name: "bench", Dimensions: dimensions}

// seed of the corpora and questions; another one gives another corpus.
const seed = 20260401

func newCorpus(sentences []string, passages int) *corpus {
	return &corpus{sentences: sentences, passages: passages, topics: max(10, passages/perTopic), seed: seed}
}

func (c *corpus) documents() int { return (c.passages + perDocument - 1) / perDocument }

// text returns a passage: some sentences, of which the first spell the
// passage's number, so that no two passages are equal.
func (c *corpus) text(passage int) string {
	rng := c.random(1, passage)
	n := uint64(len(c.sentences))
	var parts []string
	rest := uint64(passage)
	for places := uint64(1); places < uint64(c.passages); places *= n {
		// Multiplying by a number prime to n scatters neighbours over the sentences.
		parts = append(parts, c.sentences[(rest%n*c.scatter()+uint64(len(parts)))%n])
		rest /= n
	}
	for want := minOfSentence + rng.IntN(maxOfSentence-minOfSentence+1); len(parts) < want; {
		parts = append(parts, c.sentences[rng.IntN(len(c.sentences))])
	}
	return strings.Join(parts, " ")
}

// scatter returns a number prime to the number of sentences, near its golden
// section.
func (c *corpus) scatter() uint64 {
	n := uint64(len(c.sentences))
	for s := n*618/1000 | 1; ; s++ {
		if gcd(s, n) == 1 {
			return s
		}
	}
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// Spread of the vectors: of all of them around one mean, which makes unrelated
// texts similar as embedding models do, of topics, of documents within a topic,
// of passages within a document.
const (
	meanSpread, topicSpread, documentSpread, passageSpread, questionSpread = 2.0, 0.8, 0.6, 0.5, 0.4
)

// vector returns a passage's embedding: its document's place and a little of
// its own.
func (c *corpus) vector(passage int) []float32 {
	document := passage / perDocument
	values := make([]float32, dimensions)
	c.spread(values, meanSpread, 2, 0)
	c.spread(values, topicSpread, 3, c.random(4, document).IntN(c.topics))
	c.spread(values, documentSpread, 5, document)
	c.spread(values, passageSpread, 6, passage)
	return unitLength(values)
}

// question returns the vector of the nth question: near some passage.
func (c *corpus) question(n int) []float32 {
	values := c.vector(c.random(7, n).IntN(c.passages))
	c.spread(values, questionSpread/meanSpread, 8, n)
	return unitLength(values)
}

// spread adds a random step. Later numbers vary less, so that the vectors fill
// about 26 dimensions evenly (the participation ratio of 1/i over 384), as
// embeddings do, and not all of them, where everything is equally far apart.
func (c *corpus) spread(values []float32, width float64, kind, n int) {
	const harmonic = 6.5 // sum of 1/i over 384: a step has about the length width
	rng := c.random(kind, n)
	for i := range values {
		values[i] += float32(width * rng.NormFloat64() / math.Sqrt(float64(i+1)*harmonic))
	}
}

func (c *corpus) random(kind, n int) *rand.Rand {
	return rand.New(rand.NewPCG(c.seed+uint64(kind), uint64(n)))
}

func unitLength(values []float32) []float32 {
	var squares float64
	for _, v := range values {
		squares += float64(v) * float64(v)
	}
	length := float32(math.Sqrt(squares))
	for i := range values {
		values[i] /= length
	}
	return values
}

// share is a part of the corpus that one reader may see.
type share struct {
	readable    float64
	collections []string
}

// shares are nested: who sees more sees what others see as well.
var shares = []share{
	{1, []string{"tausendstel", "hundertstel", "zehntel", "rest"}},
	{0.1, []string{"tausendstel", "hundertstel", "zehntel"}},
	{0.01, []string{"tausendstel", "hundertstel"}},
	{0.001, []string{"tausendstel"}},
}

// collection returns a document's collection: scattered over the topics, the
// shares exact up to a document.
func (c *corpus) collection(document int) string {
	n := c.documents()
	step := n*618/1000 | 1
	for gcd(uint64(step), uint64(n)) != 1 {
		step++
	}
	place := float64(document * step % n)
	for i := len(shares) - 1; i > 0; i-- {
		if place < shares[i].readable*float64(n) {
			return shares[i].collections[len(shares[i].collections)-1]
		}
	}
	return shares[0].collections[len(shares[0].collections)-1]
}
