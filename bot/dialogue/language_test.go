package dialogue

import "testing"

func TestTheLanguageOfAMessage(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		code    string
		written bool
	}{
		"Where can I find the AI guidelines?": {"en", true},
		"what can you do":                     {"en", true},
		"merhaba":                             {"tr", true},
		"selam":                               {"tr", true},
		"KIM nedir?":                          {"tr", true},
		"bonjour":                             {"fr", true},
		"Czy mogę pisać po polsku?":           {"pl", true},
		"Добрий день, чи можна писати українською?": {"uk", true},
		"Здравствуйте":                      {"ru", true},
		"هل يمكنني استخدام KIM؟":            {"ar", true},
		"sprichst du Englisch?":             {"en", false},
		"kann man hier auf türkisch fragen": {"tr", false},
		"geht das auch auf griechisch":      {"el", false},
	} {
		if code, written := LanguageOf(text); code != want.code || written != want.written {
			t.Errorf("%q: %q, %t", text, code, written)
		}
	}
}

func TestDialectIsGerman(t *testing.T) {
	t.Parallel()
	e, err := New("LeanCoffee")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"i mog des ned", "mog i net", "wo find i dös formular", "kann ma des a dahoam macha", "wat is dat denn", "derf i des", "hello", "ok", "los gehts", "no", "moin moin"} {
		for _, state := range []State{Idle, Answered} {
			if act := e.Hear(Heard{Text: text, Place: Direct, Waits: state}); act.Kind == Language {
				t.Errorf("%q (%s) is heard as of another language", text, state)
			}
		}
	}
}
