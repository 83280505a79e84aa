package demo

import (
	"fmt"
	"io"
	"strings"
)

// show prints a thread as its reader sees it.
func show(w io.Writer, s Scene) {
	fmt.Fprintf(w, "\n── %s (gelesen von %s in einer neuen Sitzung) ──\n", s.Title, s.Reader)
	for _, m := range s.Thread {
		fmt.Fprintf(w, "\n%s, %s\n", m.Author, m.At.Format("15:04:05"))
		for line := range strings.Lines(m.Text) {
			fmt.Fprintf(w, "   %s\n", strings.TrimRight(line, "\n"))
		}
		for i, b := range m.Buttons {
			fmt.Fprintf(w, "   [%d] %s\n", i+1, b.Label)
		}
	}
}

// goOn says how to go on with the running demo.
func goOn(w io.Writer, s State) {
	fmt.Fprintf(w, `
Das Haus ist offen.
  Im Terminal:       bin/sprechstunde chat            (als %s; --as toni, --channel %s)
  Mattermost-Client: %s  Anmeldung: %s, Kennwort: %s
                     (Der Server hat keine Web-Oberfläche; ein Browser zeigt dort nichts.)
  Gastgeber:in:      bin/sprechstunde chat --as %s --channel %s
Strg-C beendet alles, was hier gestartet wurde.
`, robin, s.Channel, s.URL, robin, password, mika, hostsChannel)
}
