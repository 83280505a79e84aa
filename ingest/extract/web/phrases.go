package web

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lvr.example/sprechstunde/ingest/extract"
)

// left notes that something was left out here: a heading right before it may
// have nothing to say any more.
func (p *page) left() {
	p.flush()
	if n := len(p.Doc.Blocks); n > 0 && p.Doc.Blocks[n-1].Kind == extract.Heading {
		p.cut = n
	}
}

// endCut takes back a heading of which nothing is left. The page's title stays.
func (p *page) endCut() {
	n := len(p.Doc.Blocks)
	if p.cut == 0 || p.cut != n || p.Doc.Blocks[n-1].Level == 1 {
		p.cut = 0
		return
	}
	p.cut = 0
	p.Doc.Blocks = p.Doc.Blocks[:n-1]
	if depth := len(p.Path); depth > 0 {
		p.Path, p.Levels = p.Path[:depth-1], p.Levels[:depth-1]
	}
}

// isPhrase reports lines that pages have to lead on, to be shared or commented:
// on a page that says something, they are no part of it.
func (p *page) isPhrase(line string) bool {
	const enough = 400 // characters of prose
	if p.weights == nil || p.prose < enough {
		return false
	}
	line = strings.Trim(strings.Join(strings.Fields(line), " "), " :.…»›>|-–—!?0123456789()[]")
	return utf8.RuneCountInString(line) <= 60 && phrases.MatchString(line)
}

var phrases = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
	`(?:jetzt |artikel |beitrag |seite |diese seite |diesen artikel |diesen beitrag |auf \w+ )?(?:teilen|weiterempfehlen|drucken|merken|kommentieren|twittern)`, `teilen (?:sie )?(?:mit|auf|dies mit)`,
	`(?:foto|fotos|bild|bilder|photo|grafik|bildquelle|bildnachweis): .{3,50}`, `© .{3,50}`, `druckversion`, `druckansicht`, `weiterlesen`, `mehr lesen`, `mehr anzeigen`, `nach oben`, `zum seitenanfang`, `seitenanfang`,
	`zurück(?: zu[mr]? (?:übersicht|liste|listenansicht|startseite|news-?übersicht))?`,
	`(?:mehr|weitere[rs]?|neueste|aktuelle|ähnliche|verwandte|beliebte|meistgelesene|meist gelesene) (?:artikel|beiträge|nachrichten|meldungen|news|themen|pressemitteilungen|zum thema|aus (?:dem|der) \w+|interessantes)`,
	`(?:mehr|weiterführende)(?: informationen| links?)?`, `(?:das |dies )?könnte (?:sie|dich|euch)`, `(?:aktuelle|neueste|letzte) \w+`, `mehr von .{0,20}`, `zum (?:weiterlesen|thema)`, `meistgelesen`, `meist gelesen`, `(?:das )?könnte (?:sie|dich) auch interessieren`, `(?:das|dies) (?:thema )?könnte (?:sie|dich|euch) (?:auch )?interessieren`,
	`(?:lesen sie|lies|hier) (?:auch|mehr)`, `auch (?:interessant|lesen)`, `passend zum thema`, `schlagw(?:orte|örter)`, `tags`,
	`(?:schreibe?n? (?:sie )?(?:einen|einen ersten|ihren) |hinterlasse(?:n sie)? (?:einen|eine) )?(?:kommentare?|antwort)(?: schreiben| verfassen| abgeben| hinterlassen| geschlossen| anzeigen)?`, `antworten(?: abbrechen)?`,
	`(?:bisher |noch )?keine (?:kommentare|bewertungen)`, `kommentare insgesamt`, `\w+ (?:sie|dir|ihnen) (?:dieser|der|diese|die) (?:artikel|beitrag|seite|inhalt)`,
	`(?:ist|war|waren) (?:dieser|der|diese|die|dieses) (?:artikel|beitrag|seite|inhalt|informationen?|thema) (?:für sie )?(?:hilfreich|nützlich|interessant)`, `wie (?:bewerten|finden|gefällt) (?:sie|ihnen|du|dir) (?:diese[nrs]?|den|die|der) (?:artikel|beitrag|seite|inhalt)`,
	`(?:möchten|wollen) sie (?:den|diesen) (?:artikel|beitrag) teilen`, `haben ihnen die informationen (?:weiter)?geholfen`, `sie (?:sind|befinden sich) hier\b.{0,50}`, `über (?:den|die) autor(?:in)?`, `newsletter(?: abonnieren)?`, `anzeige`, `werbung`, `folgen sie uns.{0,20}`,
	`share(?: this)?(?: (?:on|via) \w+)?`, `tweet`, `print`, `facebook`, `twitter`, `whatsapp`, `pinterest`, `linkedin`, `instagram`, `read more`, `read also`, `see also`, `related(?: \w+)?`, `you (?:might|may) also like`,
	`more (?:from|on|stories|news).{0,20}`, `most (?:read|popular)`, `leave a (?:comment|reply)`, `comments?(?: are closed)?`, `reply`, `advertisement`, `filed under`, `about the author`, `back to top`,
}, "|") + `)$`)

// related matches headings over what other pages say.
var related = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
	`(?:mehr|auch|passend|weiteres|beiträge|artikel) zum thema.{0,25}`, `(?:das|dies|diese \w+) (?:thema )?könnten? (?:sie|dich|euch)(?: auch)?(?: noch)?(?: interessieren)?`, `(?:auch|ebenfalls) (?:interessant|lesenswert|lesen)`, `(?:schon|bereits) gelesen`,
	`(?:ähnliche|verwandte|weitere|neueste|aktuelle|aktuellste|beliebte|beliebteste|top|kommentierte|meist ?(?:gelesene|kommentierte)) (?:artikel|beiträge|nachrichten|meldungen|news|themen|themenbereiche|pressemitteilungen|posts|stories|videos|podcasts)(?: (?:der|des|aus|von|zu[mr]?) .{1,25})?`,
	`(?:am )?meist ?gelesen(?:e artikel)?`, `lesen sie (?:auch|mehr|weiter).{0,20}`, `mehr (?:aus|von) .{1,25}`, `related(?: \w+){0,2}`, `(?:you|we think you)(?: might| may|'ll)?(?: also)? (?:like|enjoy)`, `(?:more|most) (?:from|on|stories|news|read|popular|in).{0,20}`, `(?:read|see) (?:also|next|more)`, `recommended(?: \w+){0,3}`, `trending(?: \w+)?`, `latest (?:news|stories|articles|posts)`,
}, "|") + `)$`)

// isRelated reports parts of a page that begin with such a heading and lead on,
// behind what the page says.
func (p *page) isRelated(node *html.Node, w weight) bool {
	if p.prose < 600 || w.links == 0 || w.title || p.share(w) >= 15 || !p.isAround(w) {
		return false
	}
	first := p.firstBlock(node)
	if first == node {
		return false
	}
	line := strings.Trim(strings.Join(strings.Fields(textOf(first)), " "), " :.…»›>|-–—!?")
	return utf8.RuneCountInString(line) <= 60 && related.MatchString(line) && len(findAll(node, isFileLink)) == 0
}

// firstBlock returns the innermost block below an element that its text begins with;
// the element itself, if none stands before its words.
func (p *page) firstBlock(node *html.Node) *html.Node {
	for child := range node.ChildNodes() {
		switch {
		case child.Type == html.TextNode && strings.TrimSpace(child.Data) != "":
			return node
		case p.weightOf(child).text > 0:
			return p.firstBlock(child)
		}
	}
	return node
}

func isFileLink(node *html.Node) bool {
	return node.DataAtom == atom.A && filePath.MatchString(strings.ToLower(attr(node, "href")))
}

// isCredit reports captions that say who made a picture; those of drawings say
// more.
func isCredit(node *html.Node) bool {
	names := namesOf(node)
	if creditNames.MatchString(names) && utf8.RuneCountInString(strings.TrimSpace(textOf(node))) <= 90 {
		return true
	}
	if node.DataAtom != atom.Figcaption && !captionNames.MatchString(names) {
		return false
	}
	text := strings.Join(strings.Fields(textOf(node)), " ")
	return utf8.RuneCountInString(text) <= 90 && credits.MatchString(text)
}

var captionNames = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:caption|legend|bildunterschrift|bildquelle|dida|credits?)(?:[\s_-]|$)`)

// creditNames are those of who made a picture.
var creditNames = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:(?:img|image|photo|foto|figure|bild|picture|media|caption)[_-]*(?:author|source|copyrights?|credits?|quelle|nachweis|rechte)|(?:photo|foto|bild)(?:autor|graf|quelle|nachweis|rechte|author|credits?))(?:[\s_-]|$)`)

var credits = regexp.MustCompile(`(?i)©|\(c\)|\b(?:Fotos?|Bild(?:er)?|Fotocredit|Bildquelle|Bildnachweis|Photos?|Photograph|Image|Quelle|Credit)\s*:|shutterstock|istock|getty|\bdpa\b|adobe ?stock|unsplash|pixabay|picture.alliance|imago`)
