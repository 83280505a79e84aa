package bot

import (
	"context"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/feedback"
	"lvr.example/sprechstunde/bot/inbox"
)

// way is who handles a kind of message. It may be called again for the same one:
// whatever it changes is marked with the message's id.
type way struct {
	handle    handler
	everybody bool // also whom the pilot does not take
	form      form // what its button opens; none: a press goes the way at once
}

// table is the one list of who handles what, said in words or by a button.
func (b *Bot) table() map[dialogue.Kind]way {
	texts, asking, desk, care, said := b.cfg.Texts, b.cfg.Asking, b.cfg.Desk, b.cfg.Care, b.cfg.Feedback
	return map[dialogue.Kind]way{
		dialogue.Question: {handle: asking.Answer},
		dialogue.FollowUp: {handle: asking.Answer},
		dialogue.Date:     {handle: asking.Answer},
		dialogue.Document: {handle: asking.Document},

		dialogue.Greeting:     {handle: b.notice("greeting", texts.Greeting)},
		dialogue.SmallTalk:    {handle: b.notice("small talk", texts.SmallTalk)},
		dialogue.Identity:     {handle: b.where("identity", texts.Identity)},
		dialogue.Capabilities: {handle: b.where("capabilities", texts.Capabilities)},
		dialogue.Privacy:      {handle: b.notice("privacy", b.privacy)},
		dialogue.Thanks:       {handle: b.notice("thanks", texts.Thanks)},
		dialogue.Bye:          {handle: b.notice("bye", texts.Bye)},
		dialogue.OK:           {handle: b.ok},
		dialogue.Announce:     {handle: b.notice("announced", texts.Announce)},
		dialogue.Test:         {handle: b.notice("test", texts.Test)},
		dialogue.Insult:       {handle: b.where("insult", texts.Insult)},
		dialogue.Language:     {handle: b.where("language", texts.Language)},
		dialogue.Task:         {handle: b.notice("task", texts.Task)},
		dialogue.AboutBot:     {handle: b.notice("about", texts.AboutBot)},

		dialogue.Yes:      {handle: b.yes},
		dialogue.No:       {handle: b.no},
		dialogue.NotMeant: {handle: b.offers(texts.NotMeant)},
		dialogue.TooLong:  {handle: b.offers(texts.AnswerTooLong)},
		dialogue.Simpler:  {handle: b.offers(texts.Simpler)},
		dialogue.Wrong:    {handle: said.Said(feedback.Wrong, b.offers(b.reportable(texts.Wrong)))},
		dialogue.Outdated: {handle: said.Said(feedback.Outdated, b.offers(b.reportable(texts.Outdated)))},
		dialogue.More:     {handle: b.asked(asking.Further)},

		dialogue.Helpful:   {handle: said.Helpful},
		dialogue.Unhelpful: {handle: said.Unhelpful, form: form{open: said.Form}},
		dialogue.Report:    {handle: said.Report},
		dialogue.Share:     {handle: b.share},
		dialogue.Topics:    {handle: b.topics},
		dialogue.OwnData:   {handle: b.ownData, everybody: true},
		dialogue.Forget:    {handle: b.forget, everybody: true},
		dialogue.Forgotten: {handle: b.forgets, everybody: true},

		dialogue.Person:             {handle: b.asked(desk.Preview)},
		dialogue.PersonWithQuestion: {handle: desk.Preview},
		dialogue.Send:               {handle: desk.Agree},
		dialogue.Cancel:             {handle: desk.Decline},
		dialogue.Change:             {handle: desk.Change},
		dialogue.Edit:               {handle: desk.Edit, form: form{open: desk.EditForm}},
		dialogue.Unclear:            {handle: b.notice("unclear", texts.Unclear)},
		dialogue.Settled:            {handle: desk.Settle},
		dialogue.StillOpen:          {handle: desk.Reopen},
		dialogue.ReplyToHost:        {handle: desk.ReplyToHost},
		dialogue.Withdraw:           {handle: desk.Withdraw},
		dialogue.Status:             {handle: desk.Status},

		dialogue.Lapsed:       {handle: desk.TellLapsed, everybody: true},
		dialogue.CoffeeOpen:   {handle: b.cfg.Coffee.Open},
		dialogue.CoffeeTopic:  {handle: b.coffeeTopic},
		dialogue.CoffeeBallot: {handle: b.cfg.Coffee.Ballot},
		dialogue.CoffeeVote:   {handle: b.cfg.Coffee.Vote},
		dialogue.CoffeeCount:  {handle: b.cfg.Coffee.Count},
		dialogue.CoffeeGoOn:   {handle: b.cfg.Coffee.GoOn},
		dialogue.CoffeeNext:   {handle: b.cfg.Coffee.Next},
		dialogue.CoffeeNote:   {handle: b.cfg.Coffee.Note},
		dialogue.CoffeeEnd:    {handle: b.cfg.Coffee.End},
		dialogue.CoffeeTime:   {handle: b.cfg.Coffee.Time, everybody: true},

		dialogue.Remind: {handle: desk.Remind},

		dialogue.HostAnswer:  {handle: desk.HostAnswer, everybody: true, form: form{open: desk.AnswerForm}},
		dialogue.HostAsks:    {handle: desk.HostAnswer, everybody: true},
		dialogue.AnswerAgain: {handle: desk.AnswerAgain, everybody: true},
		dialogue.HostChange:  {handle: desk.HostChange, everybody: true},
		dialogue.Slip:        {handle: desk.Slip, everybody: true},
		dialogue.Claim:       {handle: desk.Claim, everybody: true},
		dialogue.GiveBack:    {handle: desk.GiveBack, everybody: true},
		dialogue.Merge:       {handle: desk.Merge, everybody: true, form: form{open: desk.MergeForm}},
		dialogue.Move:        {handle: desk.Move, everybody: true, form: form{open: desk.MoveForm}},
		dialogue.NextTime:    {handle: desk.Move, everybody: true},
		dialogue.Close:       {handle: desk.Close, everybody: true, form: form{open: desk.CloseForm}},
		dialogue.Pin:         {handle: desk.Pin, everybody: true},
		dialogue.OpenTickets: {handle: desk.OpenTickets, everybody: true},
		dialogue.Agenda:      {handle: desk.Agenda, everybody: true},
		dialogue.Minutes:     {handle: desk.Minutes, everybody: true},
		dialogue.Practice:    {handle: desk.Practice, everybody: true},
		dialogue.Waited:      {handle: desk.Waited, everybody: true},
		dialogue.Postponed:   {handle: desk.Postponed, everybody: true},
		dialogue.Reminder:    {handle: desk.Reminder, everybody: true},
		dialogue.Daily:       {handle: desk.Daily, everybody: true},

		dialogue.Block:   {handle: care.Block, everybody: true},
		dialogue.Release: {handle: care.Block, everybody: true},
		dialogue.Notices: {handle: care.Notices, everybody: true},
		dialogue.Pause:   {handle: b.notice("pause", texts.Budget), everybody: true},
		dialogue.Chatter: {handle: drop("no question")},
		dialogue.Nothing: {handle: drop("not addressed"), everybody: true},
	}
}

func drop(reason string) handler {
	return func(context.Context, chat.Message, dialogue.Act) (inbox.Reply, error) {
		return inbox.Reply{Drop: true, Reason: reason}, nil
	}
}
