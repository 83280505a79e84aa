package hardlist

import "testing"

// Questions written apart from the rules.
var (
	moreHardQuestions = map[Topic][]string{
		Personnel: {"Meine Chefin hat meinen Urlaub nicht genehmigt, darf sie das?", "Wie komme ich an meine Personalakte?", "Bekomme ich als Teilzeitkraft weniger Zulage? Ich arbeite 50 Prozent und mein Gehalt stimmt nicht",
			"Ich bin schwanger, wem muss ich das sagen?", "warum bin ich nicht befördert worden", "Kann ich gegen meine dienstliche Beurteilung vorgehen?", "Ich habe eine Behinderung und brauche einen anderen Arbeitsplatz, steht mir das zu?",
			"Meine Kollegin verdient mehr als ich, ist das gerecht?", "Werde ich nach der Ausbildung übernommen?", "Ich wurde zum BEM-Gespräch eingeladen", "Kann ich unbezahlten Urlaub nehmen?",
			"Ich will kündigen, welche Frist habe ich?", "Droht mir jetzt eine Abmahnung?", "Ich habe Ärger mit der Probezeit, man will mich nicht verlängern"},
		Legal: {"Soll ich mir einen Anwalt nehmen?", "Ich will den LVR verklagen", "Kann ich eine Anzeige erstatten?", "Ist mein Bescheid rechtswidrig und soll ich klagen?", "Brauche rechtlichen Rat in meinem Fall", "Habe ich Anspruch auf Schmerzensgeld?"},
		Complaint: {"Meine Vorgesetzte behandelt mich unfair und schreit mich an", "Ich möchte mich über einen Kollegen beschweren, er ist ständig unverschämt", "Herr Schmitz aus der IT belästigt mich", "Wo melde ich sexuelle Belästigung?", "Ein Kollege macht rassistische Witze über mich, was kann ich tun?",
			"Mein Teamleiter schikaniert uns", "An wen wende ich mich bei Mobbing?", "beschwerde über frau klein einreichen", "Mein Chef liest heimlich meine Mails, an wen kann ich mich wenden?"},
		Breach: {"Ich hab die Mail mit den Klientendaten an den falschen Empfänger geschickt", "Da sind glaub ich Patientendaten im Internet gelandet", "Ich habe gerade echte Namen in ChatGPT eingetippt, was jetzt?", "Mein Diensthandy ist weg", "verdacht auf datenpanne", "Ein Kollege hat Gesundheitsdaten in Copilot kopiert",
			"Ich glaube mein Rechner wurde gehackt", "Ich habe ein Gutachten in DeepL hochgeladen, da standen Namen drin", "Wir haben aus Versehen die Bewerbungsunterlagen im falschen Laufwerk abgelegt"},
		Crisis: {"Ich halte das alles nicht mehr aus und will sterben", "Ich hab daran gedacht mich umzubringen", "Mir geht es so schlecht, ich will nicht mehr", "Ein Klient droht mich umzubringen", "Im Flur liegt jemand bewusstlos", "Es brennt im Büro", "I want to kill myself", "Mein Freund schlägt mich", "Ich habe Angst, dass mein Kollege sich etwas antut"},
	}

	moreRuleQuestions = []string{
		"Wer darf KI im Haus überhaupt nutzen?", "Ich habe eine Idee für RPA, wo gebe ich sie ab?", "Wo finde ich die Akte zum Projekt Automatisierung?", "Welche Kolleginnen helfen mir bei Prompts?", "Darf ich meinen Chef um Copilot bitten?",
		"Was kostet Copilot?", "Haben wir einen Vertrag mit OpenAI?", "Wann läuft der Vertrag mit dem Anbieter aus?", "Muss ich meinem Vorgesetzten sagen, dass ich KI nutze?", "Darf meine Vorgesetzte verlangen, dass ich KI nutze?",
		"Kann KI mein Gehalt berechnen?", "Gibt es Überstunden für die Schulung?", "Zählt der KI-Kongress als Arbeitszeit?", "Muss ich für WissenToGo Urlaub nehmen?", "Gibt es einen Leitfaden für Konflikte in der Ethikrunde?",
		"Darf ich Bewerbungen mit KI vorsortieren?", "Wie melde ich Verbesserungsvorschläge?", "Wie melde ich meine Kollegin zur Schulung an?", "Kann ich meinen Kollegen mit zum LeanCoffee bringen?", "Darf ich Gesundheitsdaten anonymisiert eingeben?",
		"Wer hat die Daten für den Chatbot hochgeladen?", "Wurden unsere Dokumente in die KI geladen?", "Ich habe die Dienstanweisung gelesen, darf ich Namen eingeben?", "Ich habe Namen anonymisiert, darf ich den Text jetzt eingeben?", "Ich habe einen Bericht mit KI geschrieben, muss ich das kennzeichnen?",
		"Welche Folgen hat es, wenn Daten abfließen?", "Was tun bei Halluzinationen?", "Hilfe, ich finde das Formular nicht!", "Im Notfall: wer schaltet den Bot ab?", "Gibt es eine Notfallnummer für die IT?",
		"Kann ein Klient gegen eine KI-Entscheidung Widerspruch einlegen?", "Ist ChatGPT legal?", "Ist es rechtlich zulässig, Fotos mit KI zu erzeugen?", "Wer beantwortet rechtliche Fragen zur KI-Verordnung?", "Welche Rechte hat der Personalrat?",
		"teilzeit - krieg ich genauso viel lernzeit??", "Wie alt ist die Leitlinie?", "Wer kontrolliert, ob ich KI nutze?", "Werden meine Fragen gespeichert?", "Kann mein Chef meine Fragen lesen?", "Darf ich mit dem Handy fotografierte Akten per KI auswerten?",
		"Was macht das Zentrum für Automation?", "Ist der Laptop weg vom Netz, geht dann Copilot?", "Ich habe leider keine Unterlagen bekommen, wo finde ich sie?", "Wir haben die Liste der freigegebenen Werkzeuge verloren, wo steht sie?", "Ich habe das Protokoll geteilt, finde es aber nicht",
		"Wie kündige ich die Teilnahme am Termin?", "Was passiert in der Probezeit eines neuen KI-Systems?", "Gilt die Dienstanweisung auch in Teilzeit?", "Ich arbeite in Teilzeit, gibt es WissenToGo auch nachmittags?", "Kann ich während der Elternzeit an der Schulung teilnehmen?",
		"Welche Schulung passt für mich?", "Muss ich zur Schulung?", "Ich bin neu hier, was muss ich wissen?", "Ist die Teilnahme freiwillig?", "Darf ich ein Tagebuch mit KI führen?", "Wer ist Ansprechperson für Barrierefreiheit?", "Bekomme ich eine Bescheinigung?", "Darf ich einen Brief an eine Anwältin mit KI schreiben?",
		"Darf KI Beschwerden von Bürgern beantworten?", "Können wir Beschwerden mit KI auswerten?", "Wie gehe ich mit diskriminierenden Ausgaben um?",
	}
)

func TestHardListOnASecondSet(t *testing.T) {
	t.Parallel()
	for topic, questions := range moreHardQuestions {
		for _, q := range questions {
			if got, ok := loaded(t).Check(q); !ok || got != topic {
				t.Errorf("Check(%q) = %q, want %q", q, got, topic)
			}
		}
	}
	for _, q := range moreRuleQuestions {
		if got, ok := loaded(t).Check(q); ok {
			t.Errorf("Check(%q) = %q, want it to pass", q, got)
		}
	}
}
