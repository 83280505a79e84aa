package mail

import (
	"strings"
)

// The lines that PGP puts around a text (RFC 4880, sections 6.2 and 7).
const (
	pgpSealed    = "-----BEGIN PGP MESSAGE-----"
	pgpSigned    = "-----BEGIN PGP SIGNED MESSAGE-----"
	pgpSignature = "-----BEGIN PGP SIGNATURE-----"
	pgpEnd       = "-----END PGP SIGNATURE-----"
)

// unarmored returns a text without what signs it, or that it is sealed.
func unarmored(body string) (string, error) {
	if strings.HasPrefix(strings.TrimSpace(body), pgpSealed) {
		return "", errSealed
	}
	before, rest, isSigned := strings.Cut(body, pgpSigned)
	if !isSigned {
		return body, nil
	}
	if _, text, found := strings.Cut(rest, "\n\n"); found { // behind the names of what it was signed with
		rest = text
	}
	text, signature, _ := strings.Cut(rest, pgpSignature)
	_, after, _ := strings.Cut(signature, pgpEnd)
	text = strings.ReplaceAll("\n"+text, "\n- ", "\n") // dashes at the line's start are escaped
	return before + text + after, nil
}
