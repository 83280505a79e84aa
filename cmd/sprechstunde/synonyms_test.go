package main

import (
	"slices"
	"strings"
	"testing"
)

func TestSynonyms(t *testing.T) {
	t.Parallel()
	environ := parts(t)
	dir := t.TempDir()
	call(t, environ, "synonyms", "list").exits(exitNothing)
	call(t, environ, "synonyms", "list", "--all").exits(exitOK).shows("DA = Dienstanweisung")
	call(t, environ, "synonyms", "add", "DA = Durchführungsanordnung").exits(exitOK).shows("1 groups")
	call(t, environ, "synonyms", "test", "Was sagt die DA?").exits(exitOK).shows("DA = Durchführungsanordnung").hides("Dienstanweisung")
	call(t, environ, "synonyms", "add", "Anordnung = DA").exits(exitFailed).complains(`"DA" stands in line 1 already`)
	for _, bad := range []string{"", "DA", "a1 = b1\nc1 = d1", "DA = "} {
		call(t, environ, "synonyms", "add", bad).exits(exitUsage).complains("GROUP:1")
	}
	broken := write(t, dir, "kreis.txt", "# unsere Liste\nRad = Kreis\nKreis = Ring\n")
	call(t, environ, "synonyms", "import", broken).exits(exitFailed).complains(broken+":3:", `"Kreis" stands in line 2 already`)
	call(t, environ, "synonyms", "import", dir+"/gibtesnicht.txt").exits(exitFailed).complains("gibtesnicht.txt")
	if o := call(t, environ, "synonyms", "list").exits(exitOK); o.stdout != "DA = Durchführungsanordnung\n" {
		t.Errorf("a refused list changed something: %q", o.stdout)
	}
	good := write(t, dir, "gut.txt", "# unsere Liste\nRad = Kreis = Ring\nLVR = Landschaftsverband Rheinland\n")
	var list listedSynonyms
	call(t, environ, "synonyms", "import", good, "--json").exits(exitOK).decode(&list)
	if len(list.Groups) != 2 || !list.Groups[0].House || !slices.Equal(list.Groups[0].Members, []string{"Rad", "Kreis", "Ring"}) {
		t.Errorf("%+v", list)
	}
	call(t, environ, "synonyms", "test", "Was sagt die DA?").exits(exitOK).shows("DA = Dienstanweisung")
	call(t, environ, "synonyms", "test", "Guten Morgen", "--json").exits(exitNothing).shows(`{"expansions":[]}`)
	call(t, environ, "synonyms", "remove", "gibtesnicht").exits(exitNothing).complains("gibtesnicht")
	call(t, environ, "synonyms", "remove", "DA").exits(exitNothing) // the program's, not the house's
	call(t, environ, "synonyms", "remove", "kreise").exits(exitOK).shows("1 groups")
	printed := call(t, environ, "synonyms", "list").exits(exitOK).stdout
	call(t, environ, "synonyms", "import", write(t, dir, "wieder.txt", printed)).exits(exitOK)

	filed := slices.Concat(environ, []string{"SPRECHSTUNDE_SYNONYMS=" + good})
	call(t, filed, "synonyms", "list").exits(exitOK).shows("Rad = Kreis = Ring")
	for _, args := range [][]string{{"add", "x1 = y1"}, {"remove", "Rad"}, {"import", good}} {
		call(t, filed, append([]string{"synonyms"}, args...)...).exits(exitUsage).complains("edit that file", good)
	}
	call(t, slices.Concat(environ, []string{"SPRECHSTUNDE_SYNONYMS=" + broken}), "ask", asking).exits(exitFailed).complains(broken + ":3:")
}

func TestAskByDate(t *testing.T) {
	t.Parallel()
	environ, dir := smallHouse(t)
	rule := func(days, head string) string {
		return "---\ntitle: Dienstanweisung Speicherdauer " + days + "\n" + head + "---\n# Speicherdauer\n\nUnterhaltungen mit dem KI-Assistenten werden " + days + " Tage gespeichert. Danach werden sie gelöscht.\n"
	}
	write(t, dir, "regeln/merkblatt.md", rule("90", "valid_from: 2020-01-01\n"))
	write(t, dir, "regeln/neu.md", rule("30", "valid_from: 2024-03-01\nsupersedes: merkblatt.md\n"))
	call(t, environ, "ingest").exits(exitOK)
	now := call(t, environ, "ask", asking).exits(exitOK).shows("30 Tage")
	if strings.Contains(now.stdout, "90 Tage") || strings.Contains(now.stdout, "So war der Stand") {
		t.Errorf("today: %s", now.stdout)
	}
	call(t, environ, "ask", "Welche Speicherdauer galt 2023 für Unterhaltungen mit dem KI-Assistenten?").exits(exitOK).
		shows("So war der Stand am 31.12.2023", "90 Tage", "galt bis 29.02.2024", "Heute gilt: Dienstanweisung Speicherdauer 30").hides("30 Tage")
	var a asked
	call(t, environ, "ask", "Welche Speicherdauer galt am 1.2.2024 für Unterhaltungen mit dem KI-Assistenten?", "--json").exits(exitOK).decode(&a)
	if a.AsOf != "2024-02-01" || len(a.Sources) == 0 || a.Sources[0].ValidUntil != "2024-02-29" || a.Sources[0].SupersededBy != "regeln/neu.md" {
		t.Errorf("%+v", a)
	}
}
