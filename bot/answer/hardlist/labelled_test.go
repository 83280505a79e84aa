package hardlist

import (
	"bufio"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval/eval"
)

var (
	labelled = flag.String("labelled", "", "files of labelled questions to measure, parted by commas: one JSON object a line with text and topic")
	show     = flag.Bool("show", false, "show the questions that are judged wrongly")
)

// TestLabelled measures the list on any labelled questions: a topic, in German as
// in rules.txt or in English, or none ("-", or no topic at all).
func TestLabelled(t *testing.T) {
	if *labelled == "" {
		t.Skip("names no files: -labelled a.jsonl,b.jsonl")
	}
	list := loaded(t)
	for file := range strings.SplitSeq(*labelled, ",") {
		var hard, caught, right, others, taken int
		for _, q := range readLines[labelledQuestion](t, file) {
			topic, hit := list.Check(q.Text)
			want := topicOf(q.Topic)
			switch want {
			case ordinary:
				others++
				if hit {
					taken++
				}
			default:
				hard++
				if hit {
					caught++
				}
				if topic == want {
					right++
				}
			}
			if *show && hit != (want != ordinary) {
				p := list.likeness.probabilities(list.rules.read(q.Text))
				t.Logf("%s taken as %q (%.2f): %s", want, topic, 1-p[classOrdinary], q.Text)
			}
		}
		t.Logf("%s: caught %s (topic right %d), ordinary taken %s", file, eval.ShareOf(caught, hard), right, eval.ShareOf(taken, others))
	}
}

type labelledQuestion struct {
	Text  string `json:"text"`
	Topic string `json:"topic"`
}

// readLines reads a file of one JSON object a line.
func readLines[T any](t *testing.T, file string) (all []T) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one T
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, one)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func topicOf(label string) Topic {
	switch label {
	case "", "-":
		return ordinary
	case "crisis":
		return Crisis
	case "breach":
		return Breach
	case "complaint":
		return Complaint
	case "personnel":
		return Personnel
	case "legal":
		return Legal
	}
	return Topic(label)
}
