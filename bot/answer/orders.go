package answer

import (
	"regexp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// Orders reports whether a sentence orders a machine about instead of telling people
// a rule: whoever writes a document or page could have it say what the bot says.
// Such a sentence is shown to no model and quoted to nobody while there is another.
func Orders(sentence string) bool {
	folded := german.Fold(sentence)
	if len(folded) > longestOrder {
		folded = strings.ToValidUTF8(folded[:longestOrder], "")
	}
	for _, rule := range orderRules {
		if rule.MatchString(folded) {
			return true
		}
	}
	return false
}

// longestOrder bounds what is read of one sentence, in bytes.
const longestOrder = 2000

const (
	// opens is where a sentence begins, a cell of a table, or what somebody is to say.
	opens   = `(^|[|:>.!]\s*)[^\w|"„“”»«]*`
	machine = `(ki(-(system|assisten|modell|bot|agent|werkzeug|tool|anwendung|dienst)\w*)?|k\. ?i\.|ai|bots?|chatbots?|sprachmodelle?n?|modelle?|assistent(en|in|ent)?|assistenz|assistant|llms?|gpt|chatgpt|copilot|sprechstunde-?bot|maschine|system|agent(en)?)`
	reply   = `(antwort(en)?|ausgabe|reaktion|erwiderung|nachricht|zusammenfassung)`
	tell    = `(antworte\w*|schreib(e|en|t)?|gib|geben|gebt|fug(e|en|t)|nenne[n]?|erwahne[n]?|beende[n]?|beginne[n]?|wiederhole[n]?|verlinke[n]?|zeige[n]?|sende[n]?|poste[n]?|verrate[n]?|sage?n?|behaupte[n]?|empfiehl|empfehlen|verweise[n]?|erklare[n]?|bestatige[n]?|ersetze[n]?|andere?|stelle?n?|hange?n?|rufe?n?|lade?n?|teile?n?|informiere[n]?|setze?n?|formuliere[n]?|ubersetze[n]?|gebe)`
)

// orderRules are read on folded text.
var orderRules = []*regexp.Regexp{
	// rules of whoever runs it are to be forgotten
	regexp.MustCompile(`\b(ignorier\w*|vergiss|vergessen sie|vergesst|missacht\w*|uberschreib\w*|ubergeh\w*|verwirf|verwerfen sie|uberspring\w*|hebe?n? .{0,40}auf|setz\w* .{0,40} ausser kraft|ignore|disregard|forget)\b.{0,80}\b(anweisung\w*|regeln?|vorgaben?|instruktion\w*|prompts?|systemprompt|anleitung\w*|befehle?|einschrankung\w*|instructions?|rules?|bisherige\w*|vorherige\w*|obige\w*|schutz\w*)\b`),
	regexp.MustCompile(`\b(neue|geanderte|aktualisierte|folgende|geheime|interne|verborgene) (anweisung\w*|instruktion\w*|system\w*|befehle?|prompts?|direktive\w*)\b`),
	regexp.MustCompile(`\bsystem(anweisung|nachricht|befehl)\w*\b`),
	// somebody is spoken to as no rule speaks to people
	regexp.MustCompile(opens + `(antworte|schreibe?|gib|nenne|sage?|behaupte|poste|verrate|erwahne|zitiere|wiederhole|verlinke|empfiehl|ersetze|beende|beginne|setze|hebe|fuge|binde|hange|teile|ubersetze|benachrichtige|informiere)\b($|[^\w ]| [^s]| s[^i]| si[^e])`),
	// marks of chats
	regexp.MustCompile(opens + `(system|assistant|assistent|user|developer|prompt|anweisung|instruktion|befehl|override)\s*(prompt|message|nachricht)?\s*[:>\]]`),
	regexp.MustCompile(`<\|?\s*/?\s*(im_start|im_end|system|assistant|user|endoftext|eot)|\[/?inst\]|<<sys>>|\bsystem-?prompt|\bim_start\b|\bjailbreak\b|\bdan-modus\b|\bentwicklermodus\b`),
	// it is somebody else from now on
	regexp.MustCompile(`\b(du bist|sie sind|ihr seid|spiele?n?|verhalte?n?|agiere?n?|handle|tu so|you are)\b.{0,60}\b` + machine + `\b`),
	regexp.MustCompile(`\b(ab (jetzt|sofort|nun)|von nun an|fortan|kunftig)\b.{0,60}\b(` + tell + `|bist du|gilt fur dich)\b.{0,80}\b(` + reply + `|jede[nrms]?|alle[nrms]?|immer|stets|nur)\b`),
	// spoken to or about the machine: it is to say something
	regexp.MustCompile(`\b(hinweis|zusammenfassung|text|absatz|information|nachricht|anweisung|notiz|memo|botschaft|mitteilung|note|attention|achtung|wichtig)\b( (an|fur|to|for))?( \w+){0,2} ` + machine + `\b[^.]{0,24}[:!]`),
	regexp.MustCompile(`\b(liebe[rs]?|hallo|hey|achtung)( \w+)? ` + machine + `\b[^.]{0,24}[:,!–-]`),
	regexp.MustCompile(`\b(an|fur) (die|den|das|dich als|alle|jede[ns]?|eine?n?) (\w+ )?` + machine + `\s*[:!]`),
	regexp.MustCompile(opens + machine + `\s*[:,!–].{0,160}\b` + tell + `\b`),
	regexp.MustCompile(`\b(wenn|falls|sobald|sofern) (du|sie|ihr|ein\w*|der|die|das|dieser?s?)\b.{0,40}\b` + machine + `\b.{0,80},.{0,20}\b` + tell + `\b`),
	regexp.MustCompile(`\b(als|jede[rs]?|der|die|das|ein|eine)\b \S{0,20} ?\b` + machine + `\b.{0,60}\b(muss|mussen|soll|sollen|musst|sollst|hat|haben)\b.{0,160}\b(antworten|schreiben|ausgeben|nennen|erwahnen|hinzufugen|einfugen|anfugen|verlinken|sagen|behaupten|empfehlen|anhangen|beginnen|beenden|weitergeben|verraten|posten|wiederholen|mitteilen|ersetzen)\b`),
	regexp.MustCompile(`\b` + machine + `\b.{0,120}\b(zu (antworten|nennen|erwahnen|zitieren|sagen|schreiben)|voranzustellen|auszugeben|hinzuzufugen|anzufugen|anzuhangen|einzufugen)\b`),
	regexp.MustCompile(`\b(richtet|wendet|gilt)\b.{0,30}\b` + machine + `\b.{0,20}:`),
	regexp.MustCompile(`\bals ` + machine + `\b.{0,80}\b` + tell + `\b`),
	// the answer is to hold something
	regexp.MustCompile(`\b` + tell + `\b.{0,80}\b(in|an|unter|zu|vor|hinter|am ende|am anfang|zu beginn|auf)\b.{0,30}\b(jede[nrms]?|deine[nrms]?|eure[nrms]?|ihre[nrm]?|alle[nrms]?|die|der|dieser?|nachsten?)\b.{0,20}\b` + reply + `\b`),
	regexp.MustCompile(`\b(deine|eure|ihre|jede|die nachste|die|alle|in der|in jeder|in deiner|in ihrer) ` + reply + `\b.{0,40}\b(muss|mussen|soll|sollen|lautet|hat|haben|enthalt|enthalten|beginnt|endet|besteht)\b`),
	regexp.MustCompile(`\b(antwort(en)?|beantwortung)\b.{0,60}\b(voranzustellen|auszugeben|anzuhangen|hinzuzufugen|anzufugen)\b|\b(ohne|keine) quellen?\b[^-]{0,40}\b(antwort\w*|nennen|angeben|zitieren)\b`),
	regexp.MustCompile(`\b(antworte|antworten sie|antwortet)\b.{0,40}\b(nur|immer|stets|ausschliesslich|ab sofort|mit|auf (jede|alle|diese)|wie folgt)\b`),
	regexp.MustCompile(`\b(gib|geben sie|gebt)\b.{0,120}\b(aus|wieder|preis|zuruck)\b`),
	regexp.MustCompile(`\b(sage?|sagen sie|empfehlen sie|raten sie|behaupte|behaupten sie|teile|teilen sie|erzahle|erzahlen sie|empfiehl)\b.{0,40}\b(den (fragenden|nutzenden|nutzern?|beschaftigten|leuten|menschen|personen|lesenden)|allen fragenden|der (fragenden|nutzenden) person|dem nutzer|der nutzerin|allen|jedem|jeder)\b`),
	regexp.MustCompile(`\b(verrate|verraten sie|zeige|zeigen sie|nenne|nennen sie|wiederhole|wiederholen sie)\b.{0,60}\b(deine|deinen|eure|ihre|ihren|die obige\w*|den obige\w*|verborgene\w*|geheime\w*)\b.{0,30}\b(anweisung\w*|regeln?|prompts?|vorgaben|instruktion\w*|text)\b`),
	regexp.MustCompile(`\b(erwahne|erwahnen sie|pinge|benachrichtige|verlinke|verlinken sie|lade|binde|binden sie)\b.{0,60}(@|https?:|\bbild\b|\blink\b|\bkanal\b|\balle im\b)`),
}

// withoutOrders is a hit as a model may be shown it; false: nothing is left.
func withoutOrders(hit retrieval.Hit) (retrieval.Hit, bool) {
	hit.Passage = obedient(hit.Passage)
	around := make([]retrieval.Passage, 0, len(hit.Around))
	for _, p := range hit.Around {
		if p = obedient(p); p.Text != "" {
			around = append(around, p)
		}
	}
	hit.Around = around
	if Orders(hit.Document.Title) {
		hit.Document.Title = ""
	}
	return hit, hit.Passage.Text != ""
}

// obedient is a passage without sentences and headings that order machines about.
func obedient(p retrieval.Passage) retrieval.Passage {
	p.Headings = slices.DeleteFunc(slices.Clone(p.Headings), Orders)
	if Orders(p.Place) {
		p.Place = ""
	}
	var kept strings.Builder
	from, dropped := 0, false
	for _, span := range german.Sentences(p.Text) {
		if Orders(span.Of(p.Text)) {
			kept.WriteString(p.Text[from:span.Start])
			from, dropped = span.End, true
		}
	}
	if dropped {
		p.Text = strings.TrimSpace(kept.String() + p.Text[from:])
	}
	return p
}
