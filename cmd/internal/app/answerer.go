package app

import (
	"fmt"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/answer/hardlist"
	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/bot/llm"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/prompts"
)

// Answering is what answers are made of.
type Answering struct {
	Site     *neighbours.Site
	Library  *library.Library
	House    house.House
	Texts    *prompts.Catalogue
	Model    *llm.Client  // nil: answers are quotes
	Searcher ask.Searcher // nil: the library's engine
	Approved ask.Approvals
}

// NewAnswerer builds what answers one question.
func NewAnswerer(a Answering) (*ask.Answerer, error) {
	asked := a.Site.Config.Model
	composer := answer.Config{
		Texts: a.Texts, Timeout: asked.Timeout, PassageWords: asked.PassageWords, Log: a.Site.Log,
		Synonyms: a.Library.Synonyms.InForce(), Withhold: asked.Withheld(),
	}
	if a.Model != nil {
		composer.Model = a.Model
	}
	if a.Library.Embedder != nil && asked.Compare == config.CompareMeaning {
		composer.Likeness = answer.NewMeaning(a.Library.Embedder)
	}
	if a.Searcher == nil {
		a.Searcher = a.Library.Engine
	}
	hard, err := hardlist.Load()
	if err != nil {
		return nil, fmt.Errorf("hard list: %w", err)
	}
	return ask.NewAnswerer(ask.AnswererConfig{
		Searcher: a.Searcher, Composer: answer.New(composer), HardList: hard,
		Contacts: a.House.Contacts, Fields: a.House.Fields, Calendar: a.House.Calendar, Texts: a.Texts, Now: a.Site.Now,
		Approved: a.Approved,
	})
}
