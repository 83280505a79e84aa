package dialogue

import "testing"

func TestChoicesOfAPreview(t *testing.T) {
	t.Parallel()
	ear, err := New(formats...)
	if err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]Choice{
		"schriftlich reicht":                    Written,
		"Eine schriftliche Antwort genügt mir.": Written,
		"ohne Termin":                           Written,
		"ja, aber bitte schriftlich":            Written,
		"nimm lieber den Termin danach":         Later,
		"nächster Termin":                       Later,
		"lieber einen anderen Termin":           Later,
		"Mit Namen":                             WithName,
		"ja, mit meinem Namen":                  WithName,
		"doch anonym":                           WithoutName,
		"ohne meinen Namen bitte":               WithoutName,
		"Original":                              Original,
		"bitte nicht maskieren":                 Original,
		"ohne Ihre Antwort":                     NoAnswer,
		"bitte ohne Antwort":                    NoAnswer,
		"ja, aber ohne die Antwort vom Bot":     NoAnswer,
		"Ohne Quellen":                          NoAnswer,
		"Deine Antwort weglassen":               NoAnswer,
		"mit Antwort":                           WithAnswer,
		"doch mit Ihrer Antwort":                WithAnswer,
		"ja, mit der Antwort und den Quellen":   WithAnswer,
		"maskiert":                              Masked,
		"anschließen":                           Join,
		"ohne Datei":                            NoFiles,
		"bitte ohne die Dateien":                NoFiles,
		"Ja, aber ohne Anhang":                  NoFiles,
		"Ich schließe mich an":                  Join,
		"ja, mich anschließen":                  Join,
		"ein eigenes Anliegen bitte":            Own,
		"lieber in die Ethikrunde":              Format,
		"LeanCoffee":                            Format,
		"lean coffee bitte":                     Format,
		"In die offene KI-Sprechstunde":         Format,
		"ja":                                    "",
		"nein":                                  "",
		"ändern: schriftlich reicht":            "",
		"Wann ist der nächste Termin?":          "",
		"Schreib noch dazu, dass es schriftlich sein muss": "",
		"Darf ich schriftlich kündigen":                    "",
		"":                                                 "",
	} {
		if got := ear.Hear(Heard{Text: said, Place: Direct, Waits: Preview}); got.Choice != want || want != "" && got.Kind != Change {
			t.Errorf("%q is %+v, want the choice %q", said, got, want)
		}
		if got := ear.Hear(Heard{Text: said, Place: Direct, Waits: Idle}); got.Choice != "" {
			t.Errorf("without a preview %q is %+v", said, got)
		}
	}
	if got := ear.Hear(Heard{Text: "lieber in die Ethikrunde", Place: Direct, Waits: Preview}); got.Text != "Ethikrunde" {
		t.Errorf("the format is %q", got.Text)
	}
}
