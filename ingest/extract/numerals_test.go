package extract

import (
	"testing"
)

func TestTypedNumbersStandOnce(t *testing.T) {
	tests := [][3]string{
		{"3.2", "Freigabe", "3.2 Freigabe"}, {"3.2", "3.2 Freigabe", "3.2 Freigabe"}, {"1", "10 Regeln", "1 10 Regeln"}, {"", "Text", "Text"}, {"§ 4", "§ 4", "§ 4"},
	}
	for _, test := range tests {
		if got := JoinNumber(test[0], test[1]); got != test[2] {
			t.Errorf("JoinNumber(%q, %q) = %q, want %q", test[0], test[1], got, test[2])
		}
	}
}
