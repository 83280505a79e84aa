package ground

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval/german"
)

const (
	minutes = "Protokolle dürfen mit freigegebenen KI-Werkzeugen entworfen werden. Die Leitung der Sitzung prüft den Entwurf innerhalb von 14 Tagen."
	secrets = "Personenbezogene Daten dürfen Sie nicht in öffentliche KI-Werkzeuge eingeben."
	report  = "Eine Datenpanne melden Sie spätestens nach 72 Stunden an Frau Adler, Telefon 2055. Das Büro der Datenschutzbeauftragten führt eine Liste."
	since   = "Die Dienstanweisung KI gilt seit dem 1. März 2026. Sie ersetzt die Fassung vom 15.06.2024. Grundlage ist § 26 Abs. 3 BDSG."
	only    = "Nur von der IT-Stelle freigegebene Werkzeuge dürfen genutzt werden."
	when    = "Fotos dürfen mit KI bearbeitet werden, wenn die abgebildeten Personen zugestimmt haben."
	except  = "Klientenakten dürfen mit KI zusammengefasst werden. Das gilt nicht für Akten des Jugendamtes."
	duty    = "Texte aus KI müssen gekennzeichnet werden."
	open    = "Die Offene KI-Sprechstunde findet jeden Donnerstag um 14:00 Uhr im Haus am Kanal statt. Eine Anmeldung ist nicht nötig."
	budget  = "Ein Antrag kostet höchstens 500 Euro. Ein Gutachten kostet 900 Euro."
)

func TestFaithfulStatementsAreCarried(t *testing.T) {
	t.Parallel()
	for statement, passage := range map[string]string{
		"Sie dürfen Protokolle mit freigegebenen KI-Werkzeugen entwerfen.":                     minutes,
		"Die Leitung der Sitzung prüft den Entwurf innerhalb von 14 Tagen.":                    minutes,
		"Die Leitung prüft den Entwurf innerhalb von vierzehn Tagen.":                          minutes,
		"Sie dürfen personenbezogene Daten nicht in öffentliche KI-Werkzeuge eingeben.":        secrets,
		"Es ist verboten, personenbezogene Daten in öffentliche KI-Werkzeuge einzugeben.":      secrets,
		"Eine Datenpanne melden Sie spätestens nach 72 Stunden an Frau Adler.":                 report,
		"Die Liste führt das Büro der Datenschutzbeauftragten.":                                report,
		"Die Dienstanweisung KI gilt seit dem 01.03.2026.":                                     since,
		"Grundlage ist § 26 Abs. 3 BDSG.":                                                      since,
		"Sie dürfen nur Werkzeuge nutzen, die die IT-Stelle freigegeben hat.":                  only,
		"Fotos dürfen Sie mit KI bearbeiten, wenn die abgebildeten Personen zugestimmt haben.": when,
		"Sie müssen Texte aus KI kennzeichnen.":                                                duty,
		"Die Offene KI-Sprechstunde ist jeden Donnerstag um 14:00 Uhr im Haus am Kanal.":       open,
		"Eine Anmeldung zur KI-Sprechstunde ist nicht nötig.":                                  open,
		"Klientenakten dürfen mit KI zusammengefasst werden, außer Akten des Jugendamtes.":     except,
		"Ein Antrag kostet höchstens 500 Euro.":                                                budget,
	} {
		if v := verdictOf(t, Checker{}, statement, passage, "KI-Leitlinie"); !v.Carried {
			t.Errorf("not carried (%s): %s", v.Reason, statement)
		}
	}
}

func TestTwistedStatementsAreNotCarried(t *testing.T) {
	t.Parallel()
	for statement, passage := range map[string]string{
		// number, date, paragraph swapped
		"Die Leitung der Sitzung prüft den Entwurf innerhalb von 30 Tagen.":             minutes,
		"Die Leitung der Sitzung prüft den Entwurf innerhalb von 14 Wochen.":            minutes,
		"Die Leitung prüft den Entwurf innerhalb von drei Tagen.":                       minutes,
		"Eine Datenpanne melden Sie spätestens nach 24 Stunden an Frau Adler.":          report,
		"Die Dienstanweisung KI gilt seit dem 1. Mai 2026.":                             since,
		"Die Dienstanweisung KI gilt seit dem 15.06.2024.":                              since,
		"Grundlage ist § 27 Abs. 3 BDSG.":                                               since,
		"Grundlage ist § 26 Abs. 4 BDSG.":                                               since,
		"Die Sprechstunde findet jeden Dienstag um 14:00 Uhr im Haus am Kanal statt.":   open,
		"Die Sprechstunde findet jeden Donnerstag um 15:00 Uhr im Haus am Kanal statt.": open,
		"Ein Antrag kostet höchstens 900 Euro.":                                         budget,
		"Ein Antrag kostet mindestens 500 Euro.":                                        budget,
		// negation added or taken away
		"Sie dürfen personenbezogene Daten in öffentliche KI-Werkzeuge eingeben.":        secrets,
		"Protokolle dürfen nicht mit freigegebenen KI-Werkzeugen entworfen werden.":      minutes,
		"Texte aus KI müssen nicht gekennzeichnet werden.":                               duty,
		"Die Leitung der Sitzung prüft den Entwurf nicht.":                               minutes,
		"Eine Anmeldung ist nötig.":                                                      open,
		"Es ist erlaubt, personenbezogene Daten in öffentliche KI-Werkzeuge einzugeben.": secrets,
		// other name, other body
		"Eine Datenpanne melden Sie spätestens nach 72 Stunden an Frau Bussard.":    report,
		"Eine Datenpanne melden Sie spätestens nach 72 Stunden an den Personalrat.": report,
		"Die Liste führt das Rechtsamt.":                                            report,
		"Grundlage ist § 26 Abs. 3 DSGVO.":                                          since,
		// limit, condition, exception lost; duty and permission exchanged
		"Werkzeuge dürfen genutzt werden.": only,
		"Freigegebene Werkzeuge dürfen nur von der IT-Stelle genutzt werden, sagt das Rechtsamt.": only,
		"Fotos dürfen mit KI bearbeitet werden.":                                                  when,
		"Klientenakten dürfen mit KI zusammengefasst werden.":                                     except,
		"Texte aus KI dürfen gekennzeichnet werden.":                                              duty,
		"Protokolle müssen mit freigegebenen KI-Werkzeugen entworfen werden.":                     minutes,
		"Eine Umschreibung ist erlaubt, wenn kein Rückschluss möglich ist.":                       "Eine Umschreibung ist nur erlaubt, wenn kein Rückschluss möglich ist.",
		"Der Kurs K87 dauert zwei Stunden.":                                                       "Der Kurs K8 dauert zwei Stunden.",
		// invented
		"Copilot ist für alle Beschäftigten freigegeben.": minutes,
		"Die Nutzung kostet 20 Euro im Monat.":            minutes,
		"Bei Verstößen droht eine Abmahnung.":             secrets,
		"Das ist so.":                                     secrets,
		"":                                                secrets,
	} {
		if v := verdictOf(t, Checker{}, statement, passage, "KI-Leitlinie"); v.Carried {
			t.Errorf("carried: %s", statement)
		}
	}
}

func TestNothingIsCarriedByNothing(t *testing.T) {
	t.Parallel()
	if v := verdictOf(t, Checker{}, "Protokolle dürfen mit KI entworfen werden.", "", "Protokolle KI"); v.Carried || v.Reason == "" {
		t.Errorf("verdict %+v", v)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("Sie dürfen 14 Tage.", minutes, "x")
	f.Add("§ 26", "§ 26 Abs. 3", "")
	f.Fuzz(func(t *testing.T, statement, passage, context string) {
		if len(statement)+len(passage)+len(context) > 4000 {
			t.Skip()
		}
		if v := verdictOf(t, Checker{}, statement, passage, context); v.Carried == (v.Reason != "") {
			t.Errorf("verdict %+v", v)
		}
	})
}

func TestAHousesWordsCount(t *testing.T) {
	t.Parallel()
	house, err := german.ParseSynonyms("haus", strings.NewReader("DA = Dienstanweisung\nKIM = Hausassistent\nKI = Künstliche Intelligenz\n"))
	if err != nil {
		t.Fatal(err)
	}
	for statement, passage := range map[string]string{
		"Die DA gilt seit dem 1. März 2026.":  "Die Dienstanweisung gilt seit dem 1. März 2026.",
		"Die Nutzung von KIM ist freiwillig.": "Die Nutzung des Hausassistenten ist freiwillig.",
	} {
		if verdictOf(t, Checker{}, statement, passage, "").Carried {
			t.Errorf("%q is carried without the house's words: the test tells nothing", statement)
		}
		if v := verdictOf(t, Checker{Synonyms: house}, statement, passage, ""); !v.Carried {
			t.Errorf("%q: %s", statement, v.Reason)
		}
		if verdictOf(t, Checker{Synonyms: house}, strings.Replace(statement, "KIM", "Copilot", 1)+" Das ist verboten.", passage, "").Carried {
			t.Errorf("%q with a ban is carried", statement)
		}
	}
}

func verdictOf(t testing.TB, c Checker, statement, passage, above string) Verdict {
	t.Helper()
	v, err := c.Check(t.Context(), statement, passage, above)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
