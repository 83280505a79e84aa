package eval

import "math"

// example is one question to fit on.
type example struct {
	signals []float64
	yes     bool
	weight  float64
}

// logit is a logistic model of signals.
type logit struct {
	bias    float64
	weights []float64
}

// fit returns the maximum of the likelihood less half the penalty times the
// squared weights of signals brought to mean 0 and variance 1; the bias is free.
// It is found by Newton's method, that is by iteratively reweighted least squares
// (Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 4.4.1). A
// signal that never changes has no weight.
func fit(examples []example, penalty float64) logit {
	s := newScaled(examples, penalty)
	beta := make([]float64, len(s.mean)+1) // the bias first
	loss := s.loss(beta)
	const rounds = 100 // it takes about ten; the penalty makes the maximum unique
	for range rounds {
		step := solve(s.slopes(beta))
		next, better := s.descend(beta, step, loss)
		if loss-better < 1e-10 {
			break
		}
		beta, loss = next, better
	}
	return s.unscaled(beta)
}

// probability of yes.
func (l logit) probability(signals []float64) float64 {
	z := l.bias
	for i, x := range signals {
		z += l.weights[i] * x
	}
	return 1 / (1 + math.Exp(-z))
}

// scaled is examples with their signals brought to mean 0 and variance 1, behind
// a constant.
type scaled struct {
	examples     []example
	rows         [][]float64
	mean, spread []float64 // spread 0: the signal never changes
	penalty      float64
}

func newScaled(examples []example, penalty float64) *scaled {
	s := &scaled{examples: examples, penalty: penalty}
	s.moments()
	for _, e := range examples {
		x := make([]float64, len(s.mean)+1)
		x[0] = 1
		for i := range s.mean {
			if s.spread[i] > 0 {
				x[i+1] = (e.signals[i] - s.mean[i]) / s.spread[i]
			}
		}
		s.rows = append(s.rows, x)
	}
	return s
}

// moments computes each signal's weighted mean and standard deviation; one that
// only rounding sets apart is 0.
func (s *scaled) moments() {
	s.mean = make([]float64, len(s.examples[0].signals))
	s.spread = make([]float64, len(s.mean))
	total := 0.0
	for _, e := range s.examples {
		total += e.weight
		for i, x := range e.signals {
			s.mean[i] += e.weight * x
		}
	}
	for i := range s.mean {
		s.mean[i] /= total
		for _, e := range s.examples {
			s.spread[i] += e.weight * (e.signals[i] - s.mean[i]) * (e.signals[i] - s.mean[i])
		}
		s.spread[i] = math.Sqrt(s.spread[i] / total)
		if s.spread[i] < 1e-9 {
			s.spread[i] = 0
		}
	}
}

// unscaled returns the model for signals as they come.
func (s *scaled) unscaled(beta []float64) logit {
	l := logit{bias: beta[0], weights: make([]float64, len(s.mean))}
	for i := range s.mean {
		if s.spread[i] > 0 {
			l.weights[i] = beta[i+1] / s.spread[i]
			l.bias -= l.weights[i] * s.mean[i]
		}
	}
	return l
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// loss is the negative log likelihood with the penalty.
func (s *scaled) loss(beta []float64) float64 {
	loss := s.penalty / 2 * dot(beta[1:], beta[1:])
	for i, e := range s.examples {
		z := dot(beta, s.rows[i])
		if e.yes {
			z = -z
		}
		loss += e.weight * softplus(z)
	}
	return loss
}

// softplus is log(1 + exp(z)) without overflow.
func softplus(z float64) float64 {
	return max(z, 0) + math.Log1p(math.Exp(-math.Abs(z)))
}

// slopes returns the second derivatives of the loss and the first.
func (s *scaled) slopes(beta []float64) (hessian [][]float64, gradient []float64) {
	n := len(beta)
	gradient, hessian = make([]float64, n), make([][]float64, n)
	for i := range n {
		hessian[i] = make([]float64, n)
		if i > 0 {
			gradient[i], hessian[i][i] = s.penalty*beta[i], s.penalty
		}
	}
	for row, e := range s.examples {
		x := s.rows[row]
		p := 1 / (1 + math.Exp(-dot(beta, x)))
		wrong := p
		if e.yes {
			wrong = p - 1
		}
		for i := range n {
			gradient[i] += e.weight * wrong * x[i]
			for k := range n {
				hessian[i][k] += e.weight * p * (1 - p) * x[i] * x[k]
			}
		}
	}
	hessian[0][0] += 1e-9 // all probabilities at 0 or 1: still solvable
	return hessian, gradient
}

// solve returns a⁻¹b for a symmetric positive definite a, by Gaussian
// elimination, in place.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		for k := i + 1; k < n; k++ {
			factor := a[k][i] / a[i][i]
			for j := i; j < n; j++ {
				a[k][j] -= factor * a[i][j]
			}
			b[k] -= factor * b[i]
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = b[i]
		for k := i + 1; k < n; k++ {
			x[i] -= a[i][k] * x[k]
		}
		x[i] /= a[i][i]
	}
	return x
}

// descend goes along the step, halving it until the loss falls.
func (s *scaled) descend(beta, step []float64, loss float64) (next []float64, better float64) {
	next = make([]float64, len(beta))
	for size := 1.0; size > 1e-6; size /= 2 {
		for i := range beta {
			next[i] = beta[i] - size*step[i]
		}
		if better = s.loss(next); better < loss {
			return next, better
		}
	}
	return beta, loss
}
