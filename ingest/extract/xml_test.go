package extract

import (
	"errors"
	"strings"
	"testing"
)

func TestTreesAreBounded(t *testing.T) {
	_, err := ParseXML([]byte("<p>" + strings.Repeat("<r/><x/>", maxNodes/2+2) + "</p>"))
	if !errors.Is(err, errTooMany) {
		t.Errorf("got %v", err)
	}
}
