package extracttest

import (
	"fmt"
)

func NestedMail(depth int) string {
	mail := "Subject: innen\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nText\r\n"
	for i := range depth {
		mail = fmt.Sprintf("Subject: %d\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\nContent-Type: message/rfc822\r\n\r\n%s\r\n--b%d--\r\n", i, i, i, mail, i)
	}
	return mail
}
