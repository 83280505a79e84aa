package app

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/answer/hardlist"
	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/bot/llm"
	"lvr.example/sprechstunde/prompts"
)

// Texts returns the catalogue of texts with the house's own on top.
func (b *Base) Texts() (*prompts.Catalogue, error) {
	if b.Config.Texts == "" {
		return prompts.Default(), nil
	}
	return prompts.Load(b.Config.Texts)
}

// Answerer builds what answers one question out of a library.
func (b *Base) Answerer(lib *Library, house House, texts *prompts.Catalogue) (*ask.Answerer, error) {
	model, err := b.chatModel()
	if err != nil {
		return nil, err
	}
	return b.answerer(lib, lib.Engine, model, house, texts)
}

// answerer answers out of what a searcher finds. Without a model its answers are
// quotes.
func (b *Base) answerer(lib *Library, searcher ask.Searcher, model *llm.Client, house House, texts *prompts.Catalogue) (*ask.Answerer, error) {
	composer := answer.Config{Texts: texts, Timeout: b.Config.Model.Timeout, Log: b.Log, Synonyms: lib.Synonyms.InForce()}
	if model != nil {
		composer.Model = model
	}
	hard, err := hardlist.Load()
	if err != nil {
		return nil, fmt.Errorf("hard list: %w", err)
	}
	return ask.NewAnswerer(ask.AnswererConfig{
		Searcher: searcher, Composer: answer.New(composer), HardList: hard,
		Contacts: house.Contacts, Fields: house.Fields, Calendar: house.Calendar, Texts: texts, Now: b.Now,
	})
}

// chatModel returns nil where no model is configured: answers are quotes then.
func (b *Base) chatModel() (*llm.Client, error) {
	m := b.Config.Model
	if m.URL == "" {
		return nil, nil
	}
	return llm.New(llm.Config{
		URL: m.URL, Key: m.Key.Reveal(), Model: m.Name, Timeout: m.Timeout, HTTPClient: b.http, Now: b.Now,
	})
}

// StaffCollections returns the names of the collections that all staff may read.
func (lib *Library) StaffCollections(ctx context.Context) ([]string, error) {
	all, err := lib.Store.Collections(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, c := range all {
		if c.Access.Staff {
			names = append(names, c.Name)
		}
	}
	return names, nil
}
