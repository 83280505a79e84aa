package app

import (
	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/bot/llm"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/prompts"
)

// NewAnswerer builds what answers one question out of what a searcher finds.
// Without a model (nil) its answers are quotes.
func NewAnswerer(site *neighbours.Site, searcher ask.Searcher, model *llm.Client, own house.House, texts *prompts.Catalogue) (*ask.Answerer, error) {
	composer := answer.Config{Texts: texts, Timeout: site.Config.Model.Timeout, Log: site.Log}
	if model != nil {
		composer.Model = model
	}
	return ask.NewAnswerer(ask.AnswererConfig{
		Searcher: searcher, Composer: answer.New(composer), HardList: answer.HardList{},
		Contacts: own.Contacts, Fields: own.Fields, Calendar: own.Calendar, Texts: texts, Now: site.Now,
	})
}
