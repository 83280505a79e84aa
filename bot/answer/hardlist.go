package answer

import (
	"regexp"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// Topic is a subject on which no machine says anything. Its value is the key
// of the house's contact for it.
type Topic string

// The topics, in the order in which they are tried.
const (
	Crisis    Topic = "krise"
	Breach    Topic = "datenpanne"
	Complaint Topic = "beschwerde"
	Personnel Topic = "personalfall"
	Legal     Topic = "rechtsberatung"
)

// HardList finds questions that no machine decides: somebody in need, a data
// breach, a complaint about a person, one's own personnel case, legal advice on
// one's case. It works by rules on words alone. Questions about rules for KI
// that only name such a subject pass.
type HardList struct{}

// Check returns the topic that a question belongs to.
func (HardList) Check(question string) (Topic, bool) {
	q := read(question)
	for _, rule := range hardRules {
		if rule.meets(q) {
			return rule.topic, true
		}
	}
	return "", false
}

// reading is a question as the rules see it.
type reading struct {
	text  string // folded words with single blanks between, and a dot where a sentence ends
	about bool   // names KI or a format: the bot's own field
	own   bool   // speaks of oneself
}

func read(question string) reading {
	var b strings.Builder
	b.WriteByte(' ')
	for _, span := range german.Sentences(question) {
		text := strings.NewReplacer("/", " ", "-", "", ":", "", "*", "", "_", "").Replace(span.Of(question))
		words := strings.FieldsFunc(german.Fold(text), func(r rune) bool { return !isWordRune(r) })
		for _, word := range meant(words) {
			b.WriteString(word + " ")
		}
		b.WriteString(". ")
	}
	text := b.String()
	return reading{text: text, about: ourField.MatchString(text), own: oneself.MatchString(text)}
}

// rule matches when its pattern does and nothing speaks against it.
type rule struct {
	topic   Topic
	pattern *regexp.Regexp
	own     bool // only where the question speaks of oneself
	strict  bool // not where the question is about our own field
	unless  *regexp.Regexp
}

func (r rule) meets(q reading) bool {
	if r.own && !q.own || r.strict && q.about {
		return false
	}
	return r.pattern.MatchString(q.text) && (r.unless == nil || !r.unless.MatchString(q.text))
}

// The patterns see folded text (umlauts as a, o, u; ß as ss), words parted by
// one blank. {near} stands for up to six words between.
func pattern(p string) *regexp.Regexp {
	return regexp.MustCompile(strings.NewReplacer(
		"{near}", `(?:[^ .]+ ){0,6}?`,
		"{person}", person,
		"{data}", personalData,
	).Replace(p))
}

const (
	person = `(?:(?:mein|unser|ein|dies|d|jen|sein|ihr|eur)(?:e|er|en|em|es|as)? )?(?:[^ .]+ )?` +
		`(?:kolleg[^ .]*|chef[^ .]*|vorgesetzte[^ .]*|vorgesetzter|[^ .]*leiter(?:in)?|[^ .]*leitung|fuhrungskraft|mitarbeiter(?:in|s)?|azubi|sachbearbeiter(?:in)?|dezernent(?:in)?|frau [^ .]+|herrn? [^ .]+)`
	personalData = `(?:[^ .]*daten|[^ .]*akten?|[^ .]*listen?|[^ .]*dateien?|namen|adressen?|dokumente?|bescheide?|[^ .]*unterlagen|[^ .]*protokolle?|berichte?|gutachten|e?mails?|fotos?|excel|tabellen?|diagnosen?|fall|falle|aktenzeichen|passworter|zugangsdaten|gehaltsabrechnung[^ .]*|personalbogen)`
)

var (
	ourField = pattern(` (?:ki|ai|kis|k i|ki[a-z]+|kunstlich[a-z]+ intelligenz|chatgpt|gpt[0-9]*|copilot|gemini|claude|llm|[a-z]*chatbots?|bots?|sprachmodell[a-z]*|rpa|automatisier[a-z]*|automation|algorithm[a-z]*|prompt[a-z]*|deepl|leancoffee|lean coffee|wissentogo|wissen to go|sprechstunden?|ethikrunden?|kongress|leitlinie|dienstanweisung|schulung[a-z]*|fortbildung[a-z]*|vortrag|workshop|lernzeit|[a-z]*kurs|kurse|kurses|seminare?|webinare?|teilnehmen|teilnahme) `)
	oneself  = pattern(` (?:ich|mir|mich|mein[a-z]*|uns|unser[a-z]*|wir) `)
	general  = pattern(` (?:was ist|was sind|gibt es|welche|praventions?[a-z]*|vortrag|konzept|statistik) `)
)

var hardRules = []rule{
	// Somebody in need: self-harm, violence, an emergency.
	{topic: Crisis, pattern: pattern(` (?:mich|mir) {near}(?:umbring|umzubring|leben nehmen|leben zu nehmen|etwas antu|was antu|etwas anzutun|was anzutun|selbst verletz|ritz)`)},
	{topic: Crisis, pattern: pattern(` (?:(?:will|mochte|mag|kann) (?:einfach |auch |so )?nicht mehr leben|(?:will|mochte) (?:nur noch |einfach |am liebsten )?(?:sterben|tot sein)|nicht mehr weiterleben|keinen ausweg|lebensmude|(?:ich|einfach) kann (?:einfach |so )?nicht mehr (?:weiter )?\.|ich kann einfach nicht mehr|leben (?:hat )?(?:macht )?keinen sinn|bringe mich um|tu mir was an)`)},
	{topic: Crisis, pattern: pattern(` (?:(?:am liebsten|lieber|besser) {near}nicht mehr (?:da|hier|am leben|aufwach)|nicht mehr (?:da sein|am leben sein|aufwachen|aufzuwachen|auf der welt)|ich kann (?:einfach |echt |wirklich |so )?nicht mehr (?:ich|und ich|alles|es ist|hilfe|bitte helf|am liebsten|mir)) `), unless: pattern(` nicht mehr (?:da|hier) (?:ist|sind|war|waren|bin|bist) `)},
	{topic: Crisis, pattern: pattern(` (?:ich will (?:einfach )?nicht mehr \.|sich (?:et)?was (?:antut|antun|anzutun)|sich {near}(?:umbringt|umbringen|umzubringen|das leben nehmen|das leben nimmt)|kill myself|suicidal|want to die|end my life|hurt myself)`)},
	{topic: Crisis, pattern: pattern(` (?:suizid[a-z]*|selbstmord[a-z]*|selbstverletz[a-z]*|umbringen|selbsttotung) `), strict: true, unless: general},
	{topic: Crisis, pattern: pattern(` (?:suizid[a-z]*|selbstmord[a-z]*) `), own: true, unless: pattern(` (?:darf|durfen|vortrag|pravention|klient[a-z]*|text[a-z]*|schreiben) `)},
	{topic: Crisis, pattern: pattern(` (?:bedroht mich|mich bedroht|werde (?:von [^.]*)?bedroht|wurde (?:von [^.]*)?(?:bedroht|geschlagen|angegriffen|vergewaltigt)|schlagt mich|hat mich (?:{near})?(?:geschlagen|gewurgt|angegriffen|begrapscht|vergewaltigt)|mich {near}geschlagen|angst um mein leben|will (?:mich|ihn|sie|uns|jemanden) umbringen|bringe? (?:ihn|sie|jemanden|alle) um |morddrohung[a-z]*|amok[a-z]*|bombendrohung|hausliche[a-z]* gewalt|droht mit gewalt)`), unless: pattern(` jobs? `)},
	{topic: Crisis, pattern: pattern(` (?:bewusstlos[a-z]*|ohnmachtig|herzinfarkt|schlaganfall|atmet nicht|notarzt|krankenwagen|blutet stark|feuer im|brennt es|es brennt im|hat ein messer|hat eine waffe|mit einer waffe|mit einem messer) `), strict: true},
	{topic: Crisis, pattern: pattern(` (?:notfall|hilfe) {near}(?:kolleg[a-z]*|jemand|person) {near}(?:zusammengebrochen|verletzt|umgekippt)`)},

	// A data breach, suspected or real.
	{topic: Breach, pattern: pattern(` [a-z]*(?:datenpanne|datenleck|datenschutzvorfall|datenschutzverletzung|datenschutzverstoss|datendiebstahl)[a-z]* `)},
	{topic: Breach, pattern: pattern(` (?:aus versehen|versehentlich|irrtumlich|fehlerhaft|ausversehen|aus dummheit|leider|schon|bereits|dummerweise) {near}{data} {near}(?:eingegeben|hochgeladen|verschickt|geschickt|gesendet|kopiert|veroffentlicht|weitergegeben|weitergeleitet|geteilt|eingetippt|gepostet|geladen|reinkopiert|eingefugt|geloscht|abgelegt)`), unless: heard},
	{topic: Breach, pattern: pattern(` (?:ich hab|ich habe|hab ich|habe ich|wir haben|haben wir|hat (?:[^ .]+ ){1,3}|[^ .]+ hat) {near}{data} {near}(?:aus versehen |versehentlich |irrtumlich )?{near}(?:eingegeben|hochgeladen|an [^ .]+ falsch[a-z]* [^ .]+ (?:geschickt|gesendet|verschickt)|reinkopiert|eingetippt|kopiert|eingefugt|gepostet|weitergegeben) `), unless: heard},
	{topic: Breach, pattern: pattern(` {data} {near}(?:an die falsche|an den falschen|an falsche|an das falsche|an unbefugte|in falsche hande|ins internet gelangt|im internet gelandet|offentlich einsehbar)`)},
	{topic: Breach, pattern: pattern(` (?:gehackt|hackerangriff|phishing[a-z]* {near}(?:geklickt|geoffnet)|trojaner|erpressungssoftware|ransomware|(?:account|konto|passwort) {near}(?:gestohlen|geklaut|gehackt|abgegriffen)) `), unless: general},
	{topic: Breach, pattern: pattern(` (?:[a-z]*laptop|[a-z]*handy|usbstick|[a-z]*stick|diensthandy|notebook|tablet|akten?|festplatte) {near}(?:verloren|gestohlen|geklaut|liegen gelassen|liegengelassen|abhandengekommen|weg \.)`)},

	// A complaint about a person.
	{topic: Complaint, pattern: pattern(` (?:mobb[a-z]*|gemobbt|schikanier[a-z]*|belastig[a-z]*|anzuglich[a-z]*|begrapsch[a-z]*|stalk[a-z]*) `), strict: true, unless: general},
	{topic: Complaint, pattern: pattern(` (?:mobbt|gemobbt|schikaniert|belastigt|beleidigt|diskriminiert|angeschrien|ausgegrenzt|blossgestellt|anschreit|beschimpft|herabgewurdigt) `), own: true, unless: pattern(` (?:wenn|falls|ob) (?:die |eine |der |das )?(?:ki|bot|chatbot|system) | (?:ki|bot|chatbot|chatgpt|copilot) (?:{near})?(?:diskriminiert|beleidigt|beschimpft) | von (?:der |einer |dem |einem )?(?:ki|chatbot|bot|copilot|chatgpt) `)},
	{topic: Complaint, pattern: pattern(` (?:beschwer[a-z]*|dienstaufsichtsbeschwerde|anzeigen|anschwarzen|melden) {near}(?:uber|gegen|wegen) {person} `)},
	{topic: Complaint, pattern: pattern(` (?:uber|gegen|wegen) {person} {near}(?:beschwer[a-z]*|dienstaufsichtsbeschwerde|vorgehen|melden) `)},
	{topic: Complaint, pattern: pattern(` (?:mein[a-z]*|unser[a-z]*|ein[a-z]*) (?:kolleg[a-z]*|chef[a-z]*|vorgesetzt[a-z]*|teamleit[a-z]*|[a-z]*leiter(?:in)?) [^.]*(?:\. [^.]*)?(?:das|ihn|sie|es|so etwas|den|die) (?:irgendwo |anonym |jetzt |heimlich )?(?:melden|verpetzen|anzeigen|verpfeifen) `)},
	{topic: Complaint, pattern: pattern(` {person} (?:und [^.]*)?{near}(?:behandelt (?:mich|uns)|schreit (?:mich|uns)|rassistisch[a-z]*|sexistisch[a-z]*|unverschamt[a-z]*|ubergriffig[a-z]*|liest heimlich|uberwacht mich|kontrolliert mich|ignoriert mich|verbreitet {near}uber mich|macht mich {near}schlecht) `)},
	{topic: Complaint, pattern: pattern(` (?:mich|uns) {near}uber (?:ihn|sie|diese|diesen|jemanden) beschwer| {person} [^.]*macht (?:mich|uns) {near}(?:fertig|kaputt|runter|krank|zur schnecke) `)},
	{topic: Complaint, pattern: pattern(` (?:beschwerde|mich beschweren|uns beschweren) `), own: true, strict: true, unless: pattern(` (?:uber|gegen|wegen) (?:den |die |das |dem |der |eine? |einen )?(?:kantine|software|system|drucker|essen|parkplatz|heizung|bot|programm|technik|internet|intranet|formular|leitlinie|regel|termin|format) `)},

	// One's own personnel case, or that of one's staff.
	{topic: Personnel, pattern: pattern(` (?:abgemahnt|strafversetzt|degradiert|disziplinarverfahren|kundigungsschutz|personalgesprach|bemgesprach|bemverfahren|wiedereingliederung) `), own: true, unless: pattern(` (?:wurde|werde) ich {near}(?:wenn|falls) `)},
	{topic: Personnel, pattern: pattern(` (?:mir (?:wurde |wird |ist )?{near}gekundigt|wurde {near}(?:versetzt|entlassen|freigestellt|gekundigt|suspendiert|zuruckgestuft)|soll {near}(?:versetzt|entlassen|umgesetzt) werden) `), own: true, strict: true},
	{topic: Personnel, pattern: pattern(` mein(?:e|er|en|em|es|ens)? (?:[a-z]+ )?(?:abmahnung|kundigung|beforderung|versetzung|hohergruppierung|eingruppierung|entgeltgruppe|entgeltstufe|besoldung|probezeit|personalakte|schwangerschaft|elternzeit|mutterschutz|schwerbehinderung|krankheit|krankmeldung|krankschreibung|teilzeit[a-z]*|befristung|arbeitsvertrag|vertrag|gehalt|lohn|resturlaub|urlaubsantrag|urlaubsanspruch|urlaub|uberstunden|dienstzeugnis|nebentatigkeit|rente|pension|stufe|burnout|depression) `), strict: true},
	{topic: Personnel, pattern: pattern(` mein(?:e|er|en|em)? (?:[a-z]+ )?(?:abmahnung|kundigung|personalakte|versetzung|eingruppierung|hohergruppierung|beforderung) (?:ist |war |rechtens|zulassig|rechtmassig|wirksam|abgelehnt|ungerecht|falsch|zu |erhalten|bekommen|anfechten)`)},
	{topic: Personnel, pattern: pattern(` (?:ich {near}(?:eine |die )?(?:abmahnung|kundigung) {near}(?:bekommen|erhalten|gekriegt)|(?:abmahnung|kundigung) (?:bekommen|erhalten|gekriegt)|kann mir {near}gekundigt werden|darf mir {near}gekundigt werden) `), own: true, unless: pattern(` (?:wenn|falls) {near}(?:ki|chatgpt|copilot) `)},
	{topic: Personnel, pattern: pattern(` (?:abmahnung|kundigung|kundigen|beforderung|befordert|beurteilung|hohergruppierung|hohergruppiert|eingruppierung|eingruppiert|gehaltserhohung|gehalt|lohn|besoldung|entgeltgruppe|schwanger|schwerbehindert|krankgeschrieben|elternzeit|mutterschutz|altersteilzeit|teilzeit|nebentatigkeit|urlaubstage|resturlaub|uberstunden|befristet|entfristet|entfristung|verbeamtet|probezeit|pensioniert|burnout) `), own: true, strict: true, unless: pattern(` (?:vertrag|abo|lizenz|software|account|newsletter|mitgliedschaft) {near}(?:kundigen|kundigung) `)},
	{topic: Personnel, pattern: pattern(` (?:verdiene? (?:ich |mehr|weniger|zu wenig)|verdient mehr als ich|(?:unbezahlten |unbezahlter |bezahlten )urlaub|urlaub (?:nicht )?(?:genehmigt|abgelehnt|nehmen)|ich (?:habe )?(?:[^ .]+ )?behinderung|ausbildung {near}ubernommen|zulage) `), own: true, strict: true},
	{topic: Personnel, pattern: pattern(` {person} (?:[^ .]+ )?(?:abmahnen|kundigen|entlassen|versetzen|rauswerfen|freistellen) `), strict: true},

	// Legal advice on a case of one's own.
	{topic: Legal, pattern: pattern(` (?:verklagen|verklagt|klage einreichen|klagen|schadensersatz|schadenersatz|schmerzensgeld|anwalt|anwaltin|rechtsanwalt|rechtsbeistand|rechtsberatung|strafanzeige|anzeige erstatten|widerspruch einlegen|widerspruch einlege|einspruch einlegen|rechtliche schritte|rechtlich vorgehen|rechtlich belangt|vor gericht|rechtsstreit|abfindung) `), own: true, strict: true},
	{topic: Legal, pattern: pattern(` (?:verklage ich|ich verklagen|gegen mich {near}(?:anzeige|klage|ermittlung[a-z]*|verfahren)|ich {near}(?:eine |die )?(?:strafanzeige|klage|anklage|vorladung) {near}(?:bekommen|erhalten|gekriegt)|rechtsberatung {near}(?:brauche|zu meinem|in meinem|fur mich)|brauche {near}rechtsberatung|anwalt nehmen|rechtliche chancen)`)},
	{topic: Legal, pattern: pattern(` (?:klagt|klagen|prozessiert|ermittelt) {near}gegen mich | gegen mich {near}(?:geklagt|klagt|ermittelt)`)},
	{topic: Legal, pattern: pattern(` (?:muss|musste|kann|soll|werde) ich {near}(?:haften|haftbar gemacht)`), strict: true},
	{topic: Legal, pattern: pattern(` (?:in meinem|meinem konkreten|in unserem|unserem konkreten|in diesem) (?:konkreten |speziellen )?(?:fall|rechtsstreit|verfahren) {near}(?:recht[a-z]*|haft[a-z]*|straf[a-z]*|klage[a-z]*|widerspruch|zulassig|gericht) `)},
	{topic: Legal, pattern: pattern(` (?:recht[a-z]*|haft[a-z]*|straf[a-z]*|verklag[a-z]*|widerspruch|zulassig|illegal|legal) {near}in (?:meinem|unserem|diesem) (?:konkreten |speziellen )?fall `)},
	{topic: Legal, pattern: pattern(` (?:habe ich mich|ich mich|haben wir uns) {near}strafbar gemacht `)},
	{topic: Legal, pattern: pattern(` (?:hafte ich|bin ich haftbar|mache ich mich strafbar|bin ich strafbar) `), strict: true},
}

// heard marks a sentence about a rule, not about a deed.
var heard = pattern(` (?:gehort|gelesen|wer hat|eingegeben werden|hochgeladen werden|eingegeben wird|durfen|darf|durfte) `)
