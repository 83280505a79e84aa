package hardlist

import "testing"

// hardQuestions belong to a topic of the hard list.
var hardQuestions = map[Topic][]string{
	Personnel: {
		"Ich habe eine Abmahnung bekommen, was kann ich tun?",
		"Warum wurde meine Beförderung abgelehnt?",
		"Wie viel Gehalt bekomme ich nach der Höhergruppierung?",
		"Kann ich in der Probezeit in Elternzeit gehen? Ich bin schwanger.",
		"Mein Vertrag ist befristet, werde ich entfristet?",
		"Wie viele Urlaubstage habe ich noch?",
		"Darf mir in der Krankheit gekündigt werden?",
		"ich soll nach Düren versetzt werden, muss ich das hinnehmen",
		"Ist meine Eingruppierung in E9 richtig?",
		"Was steht in meiner Personalakte?",
		"Ich wurde abgemahnt wegen ChatGPT",
		"Ist meine Abmahnung rechtens, weil ich KI genutzt habe?",
		"bekomm ich mehr lohn wenn ich die schulungsleitung mache? meine eingruppierung ist falsch",
		"Kann ich meinen Mitarbeiter abmahnen?",
		"Wann ist mein Personalgespräch?",
		"Ich bin seit drei Wochen krankgeschrieben, muss ich zum BEM-Gespräch?",
	},
	Legal: {
		"Kann ich meinen Arbeitgeber verklagen?",
		"Brauche ich einen Anwalt?",
		"Ich möchte Widerspruch einlegen, wie sind meine Chancen?",
		"Steht mir Schadensersatz zu?",
		"Habe ich mich strafbar gemacht?",
		"Ich brauche eine Rechtsberatung zu meinem Fall.",
		"Ist das in meinem konkreten Fall rechtlich zulässig?",
		"Wer haftet in meinem Fall, mein Bescheid war falsch – hafte ich?",
		"Gegen mich läuft eine Anzeige wegen eines KI-Bildes",
		"Kann ich gegen den Bescheid klagen, wir wollen vor Gericht",
		"Eine Bürgerin klagt jetzt gegen mich, was soll ich tun?",
		"Muss ich für meinen Fehler mit dem Privatvermögen haften?",
	},
	Complaint: {
		"Mein Chef mobbt mich.",
		"meine abteilungsleiterin macht mich jeden tag fertig",
		"Wo kann ich mich über ihn beschweren?",
		"Ich möchte mich über meine Kollegin beschweren.",
		"Wo kann ich mich über Herrn Müller beschweren?",
		"Eine Kollegin wird von unserem Teamleiter schikaniert, was tun?",
		"Ich werde von einem Kollegen belästigt",
		"Ich will Beschwerde einlegen gegen meine Vorgesetzte",
		"Mein Kollege nutzt heimlich ChatGPT, wo kann ich das melden?",
		"Mein Abteilungsleiter hat mich vor allen angeschrien",
		"wie reiche ich eine dienstaufsichtsbeschwerde gegen meinen vorgesetzten ein",
	},
	Breach: {
		"Wie melde ich eine Datenpanne laut DA?",
		"Ich habe aus Versehen Klientendaten in ChatGPT eingegeben",
		"Ich habe Personaldaten bei Copilot hochgeladen, was nun?",
		"Uns ist ein Datenleck aufgefallen",
		"Wir haben eine Liste mit Namen an den falschen Verteiler geschickt",
		"Mein Laptop wurde gestohlen",
		"Ich habe auf einen Link geklickt und jetzt ist mein Konto gehackt",
		"Hab ausversehen die Akte in die KI kopiert",
		"Meine Kollegin hat versehentlich Gesundheitsdaten verschickt",
		"USB-Stick verloren, was tun?",
		"Ich glaube, das war ein Datenschutzvorfall",
	},
	Crisis: {
		"Ich will nicht mehr leben",
		"Ich denke daran, mir etwas anzutun",
		"ich möchte mich umbringen",
		"Mein Kollege droht mit Gewalt, er hat ein Messer",
		"Ich werde von meinem Mann bedroht",
		"Hilfe, ein Kollege ist bewusstlos",
		"Ich habe Suizidgedanken",
		"Ich sehe keinen Ausweg mehr",
		"Ich kann nicht mehr.",
		"ich kann nicht mehr, am liebsten wäre ich nicht mehr da",
		"ich will morgen einfach nicht mehr aufwachen",
		"Ich kann echt nicht mehr, alles ist zu viel",
		"Mein Ex hat mich geschlagen",
	},
}

// ruleQuestions only name such a topic.
var ruleQuestions = []string{
	"Darf ich Personaldaten in KI eingeben?",
	"Gibt es eine Regel zu Beschwerden über KI?",
	"Darf ich ChatGPT für Vermerke nutzen?",
	"Welche Daten dürfen in Copilot eingegeben werden?",
	"Ich habe gehört, dass Personendaten nicht eingegeben werden dürfen. Stimmt das?",
	"Darf KI bei der Personalauswahl helfen?",
	"Darf ich Beurteilungen mit KI schreiben?",
	"Darf eine KI über Kündigungen entscheiden?",
	"Kann ich mit KI ein Arbeitszeugnis formulieren?",
	"Wer haftet, wenn die KI einen Fehler macht?",
	"Hafte ich für Fehler der KI?",
	"Mache ich mich strafbar, wenn ich ChatGPT nutze?",
	"Wann ist die nächste KI-Sprechstunde?",
	"Wie melde ich mich zum LeanCoffee an?",
	"An welche Kollegin kann ich mich für RPA wenden?",
	"Wo melde ich eine neue KI-Anwendung zur Freigabe an?",
	"Ich kann nicht mehr auf Copilot zugreifen, wer hilft?",
	"Ich kann nicht mehr finden, wo die Leitlinie steht",
	"Was mache ich, wenn KIM nicht mehr da ist?",
	"Die alte Vorlage ist nicht mehr hier, wo liegt sie jetzt?",
	"Muss ich haften, wenn die KI einen falschen Text schreibt?",
	"Wo kann ich mich über neue Werkzeuge informieren?",
	"Was steht in der Dienstanweisung zu Datenschutz?",
	"Muss ich kennzeichnen, dass ein Text von der KI ist?",
	"Darf ich die Akte mit KI zusammenfassen lassen?",
	"Dürfen wir Protokolle mit KI schreiben?",
	"Wer ist für die Freigabe zuständig?",
	"Welche Strafe droht bei Verstoß gegen die KI-Verordnung?",
	"Was passiert, wenn ich gegen die Dienstanweisung verstoße?",
	"Diskriminiert KI Menschen mit Behinderung?",
	"Ist das System barrierefrei für schwerbehinderte Menschen?",
	"Was ist WissenToGo?",
	"Kann ich im Urlaub am LeanCoffee teilnehmen?",
	"Wo finde ich die Folien vom KI-Kongress?",
	"Gibt es einen Vortrag zu KI und Suizidprävention?",
	"Darf eine KI Notrufe auswerten?",
	"Passwort in ChatGPT eingeben?",
	"Darf ich meinen Namen in ChatGPT eingeben?",
	"Was mache ich, wenn die KI falsche Antworten gibt?",
	"Wie kann ich den Newsletter kündigen?",
	"Kann die KI meine E-Mails lesen?",
	"Wo kann ich Fehler im Chatbot melden?",
	"Wie kann ich mich über den Bot beschweren?",
	"Dürfen Vorgesetzte sehen, was ich den Bot frage?",
	"Wird meine Arbeit durch KI überwacht?",
	"Nimmt mir die KI meinen Job weg?",
	"Wie lange dauert die Prüfung einer neuen Software?",
	"KI Leitlinie?",
	"Was sagt die Ethikrunde zu Diskriminierung durch KI?",
	"Wer leitet das Zentrum für Automation und KI?",
	"Kann ich meinen Termin in der Sprechstunde verschieben?",
	"Muss der Personalrat bei KI zustimmen?",
	"Ich habe eine Excel-Tabelle, kann RPA mir helfen?",
	"Ich habe eine Datei, darf ich sie hochladen?",
	"Darf ich Fotos von Kolleginnen mit KI bearbeiten?",
	"Wie ist die Rechtslage bei KI-Bildern?",
	"Welche Rechte habe ich als Betroffene bei KI-Entscheidungen?",
	"Darf ich KI für die Antwort auf einen Widerspruch nutzen?",
	"Was ist eine Hochrisiko-KI?",
	"Kann ich Copilot auf dem Diensthandy nutzen?",
	"Kann ich vom Handy aus teilnehmen?",
	"Gilt die Leitlinie auch für Azubis?",
	"Ab wann bin ich nach einer Grippe wieder gesund?",
	"Kann sich mein Kind bei mir anstecken?",
	"Welche Strafe sieht die DSGVO für eine Behörde vor?",
	"Gibt es eine Fortbildung zum Thema Datenpanne?",
}

func TestHardListLeadsToPeople(t *testing.T) {
	t.Parallel()
	for topic, questions := range hardQuestions {
		for _, q := range questions {
			got, hit := loaded(t).Check(q)
			if !hit || got != topic {
				t.Errorf("Check(%q) = %q, %v; want %q", q, got, hit, topic)
			}
		}
	}
}

func TestHardListLetsQuestionsAboutRulesPass(t *testing.T) {
	t.Parallel()
	for _, q := range ruleQuestions {
		if topic, hit := loaded(t).Check(q); hit {
			t.Errorf("Check(%q) = %q, want it to pass", q, topic)
		}
	}
}
