package hardlist

import "testing"

// TestCrossValidated judges each fifth of the examples by what the other four
// teach, rules aside.
func TestCrossValidated(t *testing.T) {
	if testing.Short() {
		t.Skip("fits five times")
	}
	t.Parallel()
	ex, err := parseExamples("examples.txt", examplesText)
	if err != nil {
		t.Fatal(err)
	}
	rs := loaded(t).rules
	const folds = 5
	cuts := []float64{0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}
	caught, taken := make([]int, len(cuts)), make([]int, len(cuts))
	hard, others := 0, 0
	for fold := range folds {
		train, test := &examples{kinds: ex.kinds}, []example{}
		for i, e := range ex.all {
			if i%folds == fold {
				test = append(test, e)
			} else {
				train.all = append(train.all, e)
			}
		}
		l := learn(rs, train)
		for _, e := range test {
			r := rs.read(e.text)
			p := 1 - l.probabilities(r)[classOrdinary]
			_, ruled := rs.check(r)
			if e.topic == ordinary { others++ } else { hard++ }
			for i, cut := range cuts {
				if p < cut && !ruled {
					continue
				}
				if e.topic == ordinary { taken[i]++ } else { caught[i]++ }
			}
			if *show && (ruled || p>=least) != (e.topic != ordinary) { t.Logf("%s %.2f %v %s", e.topic, p, ruled, e.text) }
		}
	}
	for i, cut := range cuts {
		t.Logf("from %.1f on: caught %s, ordinary taken %s", cut, share(caught[i], hard), share(taken[i], others))
	}
}
