package eval_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/eval"
)

// topics is a folder of forty documents with a question that each answers and
// one whose detail it lacks.
func topics() map[string]string {
	nouns := strings.Fields(`Akte Ampel Anlage Bank Batterie Biene Brücke Decke Eiche Fahne Farbe Feder Flasche Garage Gitarre Glocke Heizung
		Insel Jacke Kabine Kamera Kanne Kerze Klinke Lampe Leiter Maschine Mauer Nadel Orgel Palme Pumpe Säge Schere Schleuse Tasche Treppe
		Trommel Vitrine Waage`)
	rooms := strings.Fields(`Archiv Keller Atelier Speicher Hof Labor Magazin Museum Pavillon Saal`)
	var corpus, queries, qrels strings.Builder
	for i, noun := range nouns {
		room := rooms[i%len(rooms)]
		fmt.Fprintf(&corpus, `{"_id":"d%d","title":"%s","text":"Die %s wird im %s geprüft. Danach steht sie wieder bereit."}`+"\n", i, noun, noun, room)
		fmt.Fprintf(&queries, `{"_id":"y%d","text":"wo wird die %s geprüft","answer":"im %s"}`+"\n", i, noun, room)
		fmt.Fprintf(&queries, `{"_id":"n%d","text":"welche firma lackiert die %s nachts","answerable":false}`+"\n", i, noun)
		fmt.Fprintf(&qrels, "y%d\td%d\t1\n", i, i)
	}
	return map[string]string{"corpus.jsonl": corpus.String(), "queries.jsonl": queries.String(), "qrels.tsv": qrels.String()}
}

func calibrating(dir string) eval.Config {
	return eval.Config{Dir: dir, Open: open, Draws: 20, Calibrate: &eval.DefaultRule, At: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)}
}

// TestWhatIsFittedJudgesLikeThat goes the whole way: fit, write, read, search
// with it, and every question ends in the band that the fit said.
func TestWhatIsFittedJudgesLikeThat(t *testing.T) {
	t.Parallel()
	dir := folder(t, topics())
	report, err := eval.Run(t.Context(), calibrating(dir))
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Calibration) != 2 || report.Sufficiency.From != eval.Unknown {
		t.Fatalf("%+v, %+v", report.Calibration, report.Sufficiency)
	}
	var file bytes.Buffer
	if err := (retrieval.Calibration{}).Merge(report.Calibration...).Write(&file); err != nil {
		t.Fatal(err)
	}
	read, err := retrieval.ReadCalibration(&file)
	if err != nil {
		t.Fatal(err)
	}
	params := retrieval.DefaultParams()
	if params.Sufficiency, err = read.Params(params.Sufficiency); err != nil {
		t.Fatal(err)
	}
	for i, mode := range []eval.Mode{eval.Fused, eval.Keyword} {
		again, err := eval.Run(t.Context(), eval.Config{Dir: dir, Draws: 1, Open: func(ctx context.Context, f eval.Folder) (eval.House, func(), error) {
			h, closeHouse, err := openWith(ctx, f, params)
			if mode == eval.Keyword {
				h.Fused = h.Keyword
			}
			return h, closeHouse, err
		}})
		if err != nil {
			t.Fatal(err)
		}
		f := report.Calibration[i]
		if f.Ranking != string(mode) || f.Sets[0].Answerable != 40 || f.Sets[0].Unanswerable != 40 || f.Fitted.IsZero() {
			t.Errorf("%+v", f)
		}
		bands := again.Answerability.Bands
		for name, n := range map[string]int{
			"bands.answered.answerable":    bands["answered"].Answerable + bands["conflicting"].Answerable,
			"bands.answered.unanswerable":  bands["answered"].Unanswerable + bands["conflicting"].Unanswerable,
			"bands.nearest.answerable":     bands["nearest"].Answerable,
			"bands.nearest.unanswerable":   bands["nearest"].Unanswerable,
			"bands.not_found.answerable":   bands["not_found"].Answerable,
			"bands.not_found.unanswerable": bands["not_found"].Unanswerable,
		} {
			if want := f.InSample[name] * 40; math.Abs(want-float64(n)) > 0.01 {
				t.Errorf("%s: %s: %d questions, the fit said %.2f", mode, name, n, want)
			}
		}
		if auroc := *again.Answerability.AUROC; math.Abs(auroc-f.InSample["answerability.auroc"]) > 1e-4 {
			t.Errorf("%s: AUROC %.4f, the fit said %.4f", mode, auroc, f.InSample["answerability.auroc"])
		}
		if f.CrossValidated["answerability.auroc"] < 0.9 || f.CrossValidated["bands.answered.unanswerable"] > eval.DefaultRule.Wrong {
			t.Errorf("%s: cross-validated %+v", mode, f.CrossValidated)
		}
	}
}

func TestFittingTwiceGivesTheSame(t *testing.T) {
	t.Parallel()
	var files [2]string
	for i := range files {
		report, err := eval.Run(t.Context(), calibrating(folder(t, topics())))
		if err != nil {
			t.Fatal(err)
		}
		for k := range report.Calibration {
			report.Calibration[k].Sets[0].Folder = ""
		}
		files[i] = fmt.Sprintf("%+v", report.Calibration)
	}
	if files[0] != files[1] {
		t.Errorf("%s\n%s", files[0], files[1])
	}
}

func TestTooLittleToFitOnIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	none := topics()
	none["queries.jsonl"] = strings.ReplaceAll(none["queries.jsonl"], `,"answerable":false`, `,"answerable":true`)
	people := topics()
	people["queries.jsonl"] = strings.ReplaceAll(people["queries.jsonl"], `,"answerable":false`, `,"answerable":false,"kind":"handover_legal"`)
	for name, tc := range map[string]struct {
		dir  string
		rule eval.Rule
		want string
	}{
		"few questions":           {folder(t, standard()), eval.DefaultRule, "2 answerable and 1 unanswerable"},
		"no unanswerable":         {folder(t, none), eval.DefaultRule, "80 answerable and 0 unanswerable"},
		"only for people":         {folder(t, people), eval.DefaultRule, "40 answerable and 0 unanswerable"},
		"a share that is none":    {folder(t, topics()), eval.Rule{Wrong: 1.5}, "between 0 and 1"},
		"more than can be showed": {folder(t, topics()), eval.Rule{Wrong: 0.01}, "it needs 99"},
	} {
		conf := calibrating(tc.dir)
		conf.Calibrate = &tc.rule
		if _, err := eval.Run(t.Context(), conf); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", name, err, tc.want)
		}
	}
}

// TestUnanswerableSetsWeighAlike: a second set of easy questions must not make
// the threshold lenient for the hard ones of the first.
func TestUnanswerableSetsWeighAlike(t *testing.T) {
	t.Parallel()
	other := topics()
	for _, noun := range []string{"welche firma lackiert die ", " nachts"} {
		other["queries.jsonl"] = strings.ReplaceAll(other["queries.jsonl"], noun, "quantenphysik elementarteilchen ")
	}
	conf := calibrating(folder(t, topics()))
	conf.Unanswerable = folder(t, other)
	report, err := eval.Run(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	f := report.Calibration[0]
	if len(f.Sets) != 2 || f.Sets[1].Answerable != 0 || f.Sets[1].Unanswerable == 0 {
		t.Errorf("sets %+v", f.Sets)
	}
	if f.CrossValidated["bands.answered.unanswerable"] > eval.DefaultRule.Wrong {
		t.Errorf("%+v", f.CrossValidated)
	}
}
