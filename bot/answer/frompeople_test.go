package answer

import "testing"

// What a person wrote keeps its bold and its links; nothing else of it does anything.
func TestWhatPeopleWroteKeepsBoldAndLinks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Nur **intern** und mit [Formular F-305](https://intranet.example/f305).": "Nur **intern** und mit [Formular F-305](https://intranet.example/f305).",
		"- **Frist:** 14 Tage\n- sonst nichts":                                    "- **Frist:** 14 Tage\n- sonst nichts",
		"[hier](javascript:alert(1)) und [da](data:x)":                            "hier) und da",
		"![Bild](https://evil.example/p.png) weg":                                 Safe("![Bild](https://evil.example/p.png) weg"),
		"**@all** [@channel](https://x.example/)":                                 "**" + Safe("@all") + "** [" + Safe("@channel") + "](https://x.example/)",
		"nichts *Besonderes* _hier_":                                              Safe("nichts *Besonderes* _hier_"),
		"**offen [und so](":                                                       Safe("**offen [und so]("),
	} {
		if got := safeLines(text); got != want {
			t.Errorf("safeLines(%q)\n got %q\nwant %q", text, got, want)
		}
	}
}
