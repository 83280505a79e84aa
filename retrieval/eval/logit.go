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

// penalty is of the squared weights of signals that were brought to variance 1;
// the bias is free. With example weights of mean 1 it is the C = 1 that
// scikit-learn takes by default.
const penalty = 1.0

// fit returns the penalised maximum of the likelihood, found by Newton's method,
// that is by iteratively reweighted least squares (Hastie, Tibshirani, Friedman:
// The Elements of Statistical Learning, 4.4.1). A signal that never changes has
// no weight.
func fit(examples []example) logit {
	mean, spread := moments(examples)
	beta := make([]float64, len(mean)+1) // the bias first
	loss := penalised(examples, mean, spread, beta)
	const rounds = 100 // it takes about ten; the penalty makes the maximum unique
	for range rounds {
		gradient, hessian := slopes(examples, mean, spread, beta)
		step := solve(hessian, gradient)
		next, better := descend(examples, mean, spread, beta, step, loss)
		if loss-better < 1e-10 {
			break
		}
		beta, loss = next, better
	}
	model := logit{bias: beta[0], weights: make([]float64, len(mean))}
	for i := range mean {
		if spread[i] > 0 {
			model.weights[i] = beta[i+1] / spread[i]
			model.bias -= model.weights[i] * mean[i]
		}
	}
	return model
}

// probability of yes.
func (l logit) probability(signals []float64) float64 {
	z := l.bias
	for i, x := range signals {
		z += l.weights[i] * x
	}
	return 1 / (1 + math.Exp(-z))
}

// moments returns each signal's weighted mean and standard deviation; one that
// only rounding sets apart is 0.
func moments(examples []example) (mean, spread []float64) {
	mean = make([]float64, len(examples[0].signals))
	spread = make([]float64, len(mean))
	total := 0.0
	for _, e := range examples {
		total += e.weight
		for i, x := range e.signals {
			mean[i] += e.weight * x
		}
	}
	for i := range mean {
		mean[i] /= total
		for _, e := range examples {
			spread[i] += e.weight * (e.signals[i] - mean[i]) * (e.signals[i] - mean[i])
		}
		spread[i] = math.Sqrt(spread[i] / total)
		if spread[i] < 1e-9 {
			spread[i] = 0
		}
	}
	return mean, spread
}

// row returns an example's signals brought to mean 0 and variance 1, behind the
// constant.
func row(e example, mean, spread []float64) []float64 {
	x := make([]float64, len(mean)+1)
	x[0] = 1
	for i := range mean {
		if spread[i] > 0 {
			x[i+1] = (e.signals[i] - mean[i]) / spread[i]
		}
	}
	return x
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// penalised is the negative log likelihood with the penalty.
func penalised(examples []example, mean, spread, beta []float64) float64 {
	loss := penalty / 2 * dot(beta[1:], beta[1:])
	for _, e := range examples {
		z := dot(beta, row(e, mean, spread))
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

func slopes(examples []example, mean, spread, beta []float64) (gradient []float64, hessian [][]float64) {
	n := len(beta)
	gradient, hessian = make([]float64, n), make([][]float64, n)
	for i := range n {
		hessian[i] = make([]float64, n)
		if i > 0 {
			gradient[i], hessian[i][i] = penalty*beta[i], penalty
		}
	}
	for _, e := range examples {
		x := row(e, mean, spread)
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
	return gradient, hessian
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
func descend(examples []example, mean, spread, beta, step []float64, loss float64) (next []float64, better float64) {
	next = make([]float64, len(beta))
	for size := 1.0; size > 1e-6; size /= 2 {
		for i := range beta {
			next[i] = beta[i] - size*step[i]
		}
		if better = penalised(examples, mean, spread, next); better < loss {
			return next, better
		}
	}
	return beta, loss
}
