package ingest

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// What people write beside documents, in sidecars and settings of a collection, is
// a dozen lines. It is read in this process, which has the secrets, so it is held
// to that: the library's time and memory grow with the square of nested values,
// and what is named once may be repeated without end.
const (
	// MaxYAML is the number of bytes that are read.
	MaxYAML = 16 << 10
	// mostTokens also bounds how deep values can be nested.
	mostTokens = 2000
	mostNested = 16 // brackets in brackets
)

// ReadYAML lets decode read a YAML text of people, unless that could take long or
// much memory. The error says where and why, as "[line:column] …".
func ReadYAML(data []byte, decode func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = errors.New("[1:1] is no YAML that can be read")
		}
	}()
	if len(data) > MaxYAML {
		return fmt.Errorf("[1:1] longer than %d kB", MaxYAML>>10)
	}
	if err := checkTokens(lexer.Tokenize(string(data))); err != nil {
		return err
	}
	return decode()
}

func checkTokens(tokens token.Tokens) error {
	nested := 0
	for i, t := range tokens {
		refuse := func(why string) error {
			return fmt.Errorf("[%d:%d] %s", t.Position.Line, t.Position.Column, why)
		}
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType, token.TagType, token.DirectiveType:
			return refuse(fmt.Sprintf("%q is not read here: write the value itself, or put it in quotes", strings.TrimSpace(t.Value)))
		case token.DocumentHeaderType:
			if i > 0 && !onlyComments(tokens[:i]) {
				return refuse("only one document is read")
			}
		case token.SequenceStartType, token.MappingStartType:
			if nested++; nested > mostNested {
				return refuse("values are nested too deeply")
			}
		case token.SequenceEndType, token.MappingEndType:
			nested--
		}
		if i >= mostTokens {
			return refuse("more values than belong here")
		}
	}
	return nil
}

func onlyComments(tokens token.Tokens) bool {
	for _, t := range tokens {
		if t.Type != token.CommentType {
			return false
		}
	}
	return true
}
