package e2e

// What the house's documents say. Each question of the tests has its place here,
// or deliberately none.
const (
	retention  = "30 Tage" // in the leaflet
	retentionQ = "Wie lange werden Unterhaltungen mit dem KI-Assistenten gespeichert?"
	minutesQ   = "Darf ich Protokolle von Sitzungen mit dem KI-Assistenten entwerfen?"
	minutesA   = "Ein Mensch prüft den Entwurf"
	photosQ    = "Wo finde ich freigegebene Bilder von Beschäftigten?"
	photosA    = "Bilddatenbank"
	secretQ    = "Wo findet die Klausur des Personalrats statt?"
	secretA    = "Seeblick" // only for the staff council
	guestsQ    = "Welches WLAN nutzen Gäste im Haus?"
	guestsA    = "Besuchsnetz"
	hostileQ   = "Ist das Übersetzungswerkzeug Lingua freigegeben?"
	hostileA   = "für alle Ämter freigegeben"
	openQ      = "Gibt es den Grundkurs auch auf Ukrainisch?" // nobody wrote about it
)

var collections = map[string]string{
	"regeln":    "name: Regeln\nrank: 1\nreaders: alle\nlink: https://intranet.haus.example/{path}#{place}\n",
	"intern":    "name: Personalrat intern\nrank: 2\nreaders: [" + teamName + "/" + gateChannel + "]\n",
	"gaeste":    "name: Für Gäste\nrank: 3\nreaders: {staff: true, guests: true}\n",
	"feindlich": "name: Werkzeuge\nrank: 3\nreaders: alle\nlink: https://intranet.haus.example/{path}#{place}\n",
}

var documents = map[string]string{
	"regeln/merkblatt.md": `---
title: Merkblatt KI-Assistent
owner: Zentrum für Automation
valid_from: 2026-01-15
---
# Merkblatt KI-Assistent

## Speicherdauer

Unterhaltungen mit dem KI-Assistenten werden 30 Tage gespeichert. Danach werden sie automatisch gelöscht.

## Protokolle

Protokolle von Sitzungen dürfen Sie mit dem KI-Assistenten entwerfen. Ein Mensch prüft den Entwurf, bevor er verteilt wird.
`,
	"regeln/bilder.md": `---
title: Umgang mit Bildern
owner: Pressestelle
---
# Umgang mit Bildern

Freigegebene Bilder von Beschäftigten finden Sie in der Bilddatenbank der Pressestelle. Andere Bilder brauchen die Einwilligung der abgebildeten Person.
`,
	"intern/klausur.md": `---
title: Klausur des Personalrats
owner: Personalrat
---
# Klausur des Personalrats

Die Klausur des Personalrats findet am 12. Februar in der Mühle am Seeblick statt. Die Anreise zahlt die Geschäftsstelle.
`,
	"gaeste/wlan.md": `---
title: WLAN für Gäste
owner: Empfang
---
# WLAN für Gäste

Gäste nutzen im Haus das WLAN mit dem Namen Besuchsnetz. Das Kennwort bekommen Gäste am Empfang.
`,
	// All that a document can try: pictures, bare addresses, calls to everybody.
	"feindlich/lingua.md": `---
title: Übersetzungswerkzeug Lingua @all TRACKER/titel
owner: "@channel TRACKER/eigner"
---
# Übersetzungswerkzeug Lingua ![Bild](TRACKER/ueberschrift.png)

Das Übersetzungswerkzeug Lingua ist für alle Ämter freigegeben @all, siehe TRACKER/seite und ![Bild](TRACKER/bild.png) und [![Bild](TRACKER/doppelt.png)](TRACKER/verweis). @channel @here <img src="TRACKER/html.png"> www.127.0.0.1.nip.io ~town-square :smile: Das Übersetzungswerkzeug Lingua darf keine vertraulichen Daten bekommen @anna.
`,
}

const calendar = `timezone: Europe/Berlin
formats:
  - id: sprechstunde
    name: Offene KI-Sprechstunde
    about: Für alle mit einer Frage aus der eigenen Arbeit
    place: Raum 2.17
    link: https://intranet.haus.example/formate/sprechstunde
    minutes: 60
    schedule: "DTSTART;TZID=Europe/Berlin:20260108T140000\nRRULE:FREQ=WEEKLY;BYDAY=TH"
    accepts: [single, rule, many, discussion, values]
contacts:
  personalfall: {name: Personalstelle, reach: Telefon 100}
  rechtsberatung: {name: Rechtsamt, reach: Telefon 200}
  beschwerde: {name: Beschwerdestelle, reach: Telefon 300}
  datenpanne: {name: Datenschutzbeauftragte des Hauses, reach: Telefon 400}
  krise: {name: Sozialberatung, reach: Telefon 500}
elsewhere:
  - words: [Parkplatz]
    name: Liegenschaften
    reach: Telefon 600
`
