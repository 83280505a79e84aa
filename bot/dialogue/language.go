package dialogue

import "unicode"

// Words that only one language has; words of both stand in neither.
var (
	germanWords = setOf(`der die das den dem des und ist nicht ich wir wie wo wer fur mit zu auf ein eine einen einer
		darf durfen kann konnen gibt es sind bei von muss mussen soll wann welche welcher welches warum ob im am zum zur
		mein meine uns unser sie mir mich habe haben wird werden oder auch aus uber nach wenn bitte kein keine ja nein
		hat vom beim als sich gilt geht man hier du dich dir dass da net ned nix derf hob ois auf kann schon noch mal
		was ihr euch wer denn is nich`)
	foreignWords = setOf(`the what is how can do does are of to for and my where who which with please you your we our
		it this that should would could allowed there have has use yes but i someone speak talk human need help me about
		hello good morning thanks thank am find course when next meeting not
		le les est que quoi comment je vous pour avec quelle quel puis peut dans une nous sont bonjour merci
		el los como es para una puedo cual donde hay por con hablo aleman gracias hola bien no
		bir ve nasil icin mi nedir var hangi zaman merhaba biliyor musun turkce bana lutfen yardim yok
		czy jak jest sie dla co gdzie moge po polsku pisac dzien dobry prosze
		il che come sono posso quale dove per gli della buongiorno grazie`)
)

// foreign reports whether a message is clearly of another language, by its
// letters or by its small words.
func foreign(s spoken) bool {
	latin, other, own, strange := 0, 0, 0, 0
	counted := map[string]bool{} // a word said twice is of a language once
	for _, t := range s.tokens {
		for _, r := range t.form {
			switch {
			case unicode.Is(unicode.Latin, r):
				latin++
			case unicode.IsLetter(r):
				other++
			}
		}
		switch word := plainLetters(t.form); {
		case counted[word]:
		case germanWords[word]:
			own++
		case foreignWords[word]:
			strange++
		}
		counted[plainLetters(t.form)] = true
	}
	return other > latin || strange >= 2 && strange > own
}
