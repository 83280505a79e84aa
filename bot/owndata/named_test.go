package owndata

import (
	"reflect"
	"testing"

	"lvr.example/sprechstunde/bot/privacy"
	"lvr.example/sprechstunde/prompts"
)

// The text says that it is all; so whatever the export holds has a word in it.
func TestEverythingKeptIsNamed(t *testing.T) {
	t.Parallel()
	texts, err := prompts.Load("")
	if err != nil {
		t.Fatal(err)
	}
	said := func(e privacy.Export) [2]string {
		return [2]string{texts.OwnData(ownText(e)), texts.Forgotten(ownText(e))}
	}
	nothing := said(privacy.Export{})
	for i, export := 0, reflect.TypeFor[privacy.Export](); i < export.NumField(); i++ {
		field := export.Field(i)
		if field.Type.Kind() != reflect.Slice {
			continue
		}
		var e privacy.Export
		reflect.ValueOf(&e).Elem().Field(i).Set(reflect.MakeSlice(field.Type, 1, 1))
		for where, text := range said(e) {
			if text == nothing[where] {
				t.Errorf("%s is kept and not told (text %d)", field.Name, where)
			}
		}
	}
}
