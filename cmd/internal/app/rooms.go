package app

import (
	"context"

	"lvr.example/sprechstunde/bot"
	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/bot/budget"
	"lvr.example/sprechstunde/bot/care"
	"lvr.example/sprechstunde/bot/channels"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/desk"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/feedback"
	"lvr.example/sprechstunde/bot/gaps"
	"lvr.example/sprechstunde/bot/knowledge"
	"lvr.example/sprechstunde/bot/leancoffee"
	"lvr.example/sprechstunde/bot/owndata"
	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/bot/privacy"
	"lvr.example/sprechstunde/bot/reminders"
	"lvr.example/sprechstunde/bot/rights"
	"lvr.example/sprechstunde/bot/talk"
	"lvr.example/sprechstunde/cmd/internal/config"
)

// rooms are the bot and those of its rooms that have work of their own.
type rooms struct {
	bot    *bot.Bot
	desk   *desk.Desk
	care   *care.Care
	coffee *leancoffee.Room
	known  *knowledge.Knowledge
	gaps   *gaps.Gaps
	remind *reminders.Reminders
}

// rooms builds the bot from the ground floor up.
func (s *Service) rooms(self chat.User) (r rooms, err error) {
	conf, now, log := s.opened.Config, s.opened.Now, s.opened.Log
	buttons := conf.Mattermost.CallbackURL != ""
	answerer, err := NewAnswerer(Answering{Site: s.opened.Site, Library: s.lib, House: s.house, Texts: s.texts, Model: s.opened.Model, Approved: s.shelf})
	if err != nil {
		return r, err
	}
	var formats []string
	for _, f := range s.house.Calendar.Formats() {
		formats = append(formats, f.Name)
	}
	ear, err := dialogue.New(formats...)
	if err != nil {
		return r, err
	}
	readers, err := rights.New(rights.Config{Directory: s.chat, Collections: s.lib.Store, Shelf: s.lib.Engine, Pilot: rights.Pilot(conf.Pilot), Log: log})
	if err != nil {
		return r, err
	}
	var embed func(ctx context.Context, question string) ([]float32, error)
	if embedder := s.lib.Embedder; embedder != nil {
		embed = func(ctx context.Context, question string) ([]float32, error) {
			v, err := embedder.EmbedQueries(ctx, question)
			if err != nil {
				return nil, err
			}
			return v[0].Values, nil
		}
	}
	posts := talk.WithCommands(s.chat, s.questions, self)
	r.desk, err = desk.New(desk.Config{
		Self: self, Posts: posts, Ear: ear, Directory: s.chat, Store: s.tickets, Calendar: s.house.Calendar, Refuser: answerer, Texts: s.texts, Whole: ask.Whole, Leans: ask.Leans,
		Files: s.chat, Masker: s.members, Advisor: ask.Advisor{Answerer: answerer, Readers: readers},
		Said:    ask.Said{Answers: s.questions, Rights: readers, Texts: s.texts},
		Certain: s.house.Feed.Every + certainRest,
		Hosts:   desk.Hosts(conf.Hosts), Limits: desk.Limits(conf.Handover), Buttons: buttons, Now: now, Log: log,
	})
	if err != nil {
		return r, err
	}
	r.care, err = care.New(care.Config{
		Documents: s.lib.Store, Directory: s.chat, Texts: s.texts, Zone: s.house.Calendar.Zone(), Buttons: buttons, Now: now, Log: log,
	})
	if err != nil {
		return r, err
	}
	r.coffee, err = leancoffee.New(leancoffee.Config{
		Store: botpostgres.NewCoffees(s.pool, 0), Directory: s.chat, Texts: s.texts, Zone: s.house.Calendar.Zone(), Buttons: buttons, Now: now, Log: log,
	})
	if err != nil {
		return r, err
	}
	r.known, err = knowledge.New(knowledge.Config{
		Versions: s.versions, Shelf: s.shelf, Desk: r.desk, Tickets: s.tickets, Documents: s.lib.Engine, Readers: readers, Collections: s.lib.Store,
		Directory: s.chat, Texts: s.texts, Buttons: buttons, Now: now, Log: log,
	})
	if err != nil {
		return r, err
	}
	r.gaps, err = gaps.New(gaps.Config{
		Self: self, Store: botpostgres.NewGaps(s.pool), Posts: s.chat, Desk: r.desk, Documents: s.lib.Engine, Owners: s.lib.Store, Readers: readers,
		Directory: s.chat, Calendar: s.house.Calendar, Texts: s.texts, Embed: embed, Now: now, Log: log,
	})
	if err != nil {
		return r, err
	}
	places, err := channels.New(channels.Config{
		Self: self, Posts: s.chat, Directory: s.chat, Store: botpostgres.NewChannels(s.pool), Questions: s.questions, People: r.desk, Texts: s.texts, Now: now,
	})
	if err != nil {
		return r, err
	}
	asking, err := ask.New(ask.Config{
		Self: self, Posts: posts, Directory: s.chat, Ear: ear, Answerer: answerer, Answers: s.questions, Readers: readers, People: r.desk,
		Calendar: s.house.Calendar, Texts: s.texts, Buttons: buttons, Now: now, Log: log,
		Channels: places, QuotesFirst: s.opened.Config.Model.First == config.FirstQuotes,
	})
	if err != nil {
		return r, err
	}
	said, err := feedback.New(feedback.Config{
		Self: self, Posts: posts, Directory: s.chat, Votes: botpostgres.NewVotes(s.pool), Answers: s.questions, Documents: s.lib.Store,
		Readers: readers, Reactions: s.chat, Texts: s.texts, Now: now,
	})
	if err != nil {
		return r, err
	}
	kept, err := s.kept()
	if err != nil {
		return r, err
	}
	own, err := owndata.New(owndata.Config{Store: kept, Texts: s.texts, Buttons: buttons})
	if err != nil {
		return r, err
	}
	talking, err := talk.New(talk.Config{
		Self: self, Posts: posts, Ear: ear, Outcomes: s.questions, People: r.desk, Told: botpostgres.NewTold(s.pool), Texts: s.texts,
		Zone: s.house.Calendar.Zone(), Now: now,
	})
	if err != nil {
		return r, err
	}
	r.remind, err = reminders.New(reminders.Config{
		Store: botpostgres.NewReminders(s.pool), Talk: r.desk, Directory: s.chat, Calendar: s.house.Calendar, Texts: s.texts, Tickets: r.desk.Remind, Now: now,
	})
	if err != nil {
		return r, err
	}
	r.bot, err = bot.New(bot.Config{
		Self: self, Posts: s.chat, Directory: s.chat, Talk: talking, Rights: readers, Asking: asking, Desk: r.desk, Care: r.care, Coffee: r.coffee, Knowledge: r.known, Reminders: r.remind, Gaps: r.gaps, Channels: places,
		Feedback: said, OwnData: own, Calendar: s.house.Calendar, Texts: s.texts, Budget: budget.Limits(conf.Budget), Now: now, Log: log,
	})
	return r, err
}

// kept is what people may ask for of their own, in a house that can also forget: one
// with privacy.key.
func (s *Service) kept() (owndata.Store, error) {
	key := s.opened.Config.Privacy.Key.Reveal()
	if key == "" {
		return nil, nil
	}
	return privacy.New(botpostgres.NewPersons(s.pool), []byte(key), s.opened.Now, s.opened.Log)
}
