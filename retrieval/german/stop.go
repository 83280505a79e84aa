package german

import "strings"

// stopWords are folded function words, question words, modal verbs and polite
// fillers of German. They carry no subject; what a question asks for (a date,
// a place) is read elsewhere from the question itself.
var stopWords = wordSet(`
aber ab alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes anderm andern
auch auf aus bei beim bin bis bist bitte da dabei dafur dagegen daher damit danach dann daran darauf daraus darin
daruber darum das dass dasselbe davon davor dazu dein deine deinem deinen deiner deines dem demselben den denn
denselben der derer derselbe derselben des desselben dessen dich die dies diese dieselbe dieselben diesem diesen
dieser dieses dir doch dort du durch durfen darf darfst durfte eben eigentlich ein eine einem einen einer eines
einig einige einigem einigen einiger einiges einmal er es etwa etwas euch euer eure eurem euren eurer eures
fur gab geben gegen gehabt geht gewesen gibt gilt hab habe haben halt hallo hat hatte hatten hatt hier hin hinter
ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins irgendwie irgendwo irgendwas ist ja jede jedem
jeden jeder jedes jene jenem jenen jener jenes jetzt kann kannst kein keine keinem keinen keiner keines konnen
konnt konnte konnten kommen kommt lassen lasst machen mache macht mal man manche manchem manchen mancher manches
mein meine meinem meinen meiner meines mich mir mit moin muss musst mussen musste mussten nach nachdem nicht nichts
noch nun nur ob oder ohne per schon sehr sei seien sein seine seinem seinen seiner seines seit selbst sich sie sind
so sofern sogar solche solchem solchen solcher solches soll sollen sollte sollten sondern sonst soviel soweit
statt uber um und uns unser unsere unserem unseren unserer unseres unter viel vom von vor wahrend wann war ware
waren warst warum was wegen weil welch welche welchem welchen welcher welches wenn wer werde werden wessen wem wen
wie wieder wieso wieviel will wir wird wirst wo wobei wodurch wofur woher wohin wollen wollte womit woran worauf
woraus worin worum worden wurde wurden zu zum zur zwar zwischen wozu weshalb
danke gern gerne gruss guten tag hi hey servus sowie bzw usw etc ggf wohl ganz gerade eher bereits lautet lauten
heisst heissen bedeutet nennt genannt steht stehts
nen ne nem ner n nich net nix ned is isses isn ists kanns gibts gehts wirds wars hats habs hab ham hats dus ichs wies obs wenns
furs fur fure furn furm aufm aufn aufs ausm beis mitm mitn vorm vorn hinterm unterm uberm ums ubers durchs furn zum zur zun inner inne anner
son sone sonen sonem soner sowas sowat was wat dat det des i u n d o mir ma moi mei
mach machs machst machts mit krieg kriege kriegst kriegt kriegen kriegts bekomm bekomme bekommst bekommt bekommen
wend tu tue tun tut tuts brauch brauche brauchst brauchts brauchen braucht wurd wurde musse mussma konnt kannste haste biste willste darfste
wieviele bissl bisschen bissel halt eh mega echt eigtl vllt evtl mfg lg vg thx
`)

// Stop reports whether a folded word is a stop word.
func Stop(folded string) bool { return stopWords[folded] }

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// determiners stand before a noun: behind one of them a lower-case word that is
// a known abbreviation ("die da") is taken for the abbreviation.
var determiners = wordSet(`der die das den dem des eine einer eines einem unsere unserer neue neuen alte alten laut welche welcher`)
