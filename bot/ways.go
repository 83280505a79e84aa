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
	handle    dialogue.Handler
	everybody bool // also whom the pilot does not take
	form      form // what its button opens; none: a press goes the way at once
}

// table is the one list of who handles what, said in words or by a button.
func (b *Bot) table() map[dialogue.Kind]way {
	texts, talk, asking, desk, care := b.cfg.Texts, b.cfg.Talk, b.cfg.Asking, b.cfg.Desk, b.cfg.Care
	said, own, coffee, known, reminds := b.cfg.Feedback, b.cfg.OwnData, b.cfg.Coffee, b.cfg.Knowledge, b.cfg.Reminders
	return map[dialogue.Kind]way{
		dialogue.Question: {handle: asking.Answer},
		dialogue.FollowUp: {handle: asking.Answer},
		dialogue.Date:     {handle: asking.Answer},
		dialogue.Document: {handle: asking.Document},

		dialogue.Greeting:     {handle: talk.Notice("greeting", texts.Greeting)},
		dialogue.SmallTalk:    {handle: talk.Notice("small talk", texts.SmallTalk)},
		dialogue.Identity:     {handle: talk.Where("identity", texts.Identity)},
		dialogue.Capabilities: {handle: talk.Capabilities},
		dialogue.Privacy:      {handle: talk.Privacy},
		dialogue.Thanks:       {handle: talk.Notice("thanks", texts.Thanks)},
		dialogue.Bye:          {handle: talk.Notice("bye", texts.Bye)},
		dialogue.OK:           {handle: talk.OK},
		dialogue.Announce:     {handle: talk.Notice("announced", texts.Announce)},
		dialogue.Test:         {handle: talk.Notice("test", texts.Test)},
		dialogue.Insult:       {handle: talk.Where("insult", texts.Insult)},
		dialogue.TookBack:     {handle: talk.Notice("took back", texts.StillThere)},
		dialogue.Discreet:     {handle: talk.Notice("discreet", texts.Discreet)},
		dialogue.StillLed:     {handle: asking.StillLed},
		dialogue.Language:     {handle: talk.Language},
		dialogue.Task:         {handle: talk.Notice("task", texts.Task)},
		dialogue.AboutBot:     {handle: talk.Notice("about", texts.AboutBot)},

		dialogue.Yes:      {handle: talk.Yes},
		dialogue.No:       {handle: talk.No},
		dialogue.NotMeant: {handle: talk.Offers(texts.NotMeant)},
		dialogue.TooLong:  {handle: asking.Shorter(talk.Offers(texts.AnswerTooLong))},
		dialogue.Simpler:  {handle: asking.About(asking.Simpler(asking.Shorter(talk.Offers(texts.Simpler)), talk.Offers(texts.NotSimpler)))},
		dialogue.Again:    {handle: asking.About(asking.Again)},
		dialogue.Wrong:    {handle: said.Said(feedback.Wrong, talk.OffersIn(texts.Wrong))},
		dialogue.Outdated: {handle: said.Said(feedback.Outdated, talk.OffersIn(texts.Outdated))},
		dialogue.More:     {handle: asking.About(asking.Further)},
		dialogue.Source:   {handle: asking.Source(asking.Answer)},
		dialogue.Verdict:  {handle: asking.Shorter(asking.Answer)},
		dialogue.Objects:  {handle: asking.Stays(talk.OffersIn(texts.Wrong))},

		dialogue.Helpful:   {handle: said.Helpful},
		dialogue.Unhelpful: {handle: said.Unhelpful, form: form{open: said.Form}},
		dialogue.Why:       {handle: said.Why, everybody: true},
		dialogue.Report:    {handle: said.Report},
		dialogue.Share:     {handle: asking.Share},
		dialogue.Topics:    {handle: asking.Topics},
		dialogue.OwnData:   {handle: own.Show, everybody: true},
		dialogue.Forget:    {handle: own.Ask, everybody: true},
		dialogue.Forgotten: {handle: own.Report, everybody: true},

		dialogue.Person:             {handle: asking.About(desk.Preview)},
		dialogue.PersonWithQuestion: {handle: desk.Preview},
		dialogue.Send:               {handle: desk.Agree},
		dialogue.Cancel:             {handle: desk.Decline},
		dialogue.Change:             {handle: desk.Change},
		dialogue.Edit:               {handle: desk.Edit, form: form{open: desk.EditForm}},
		dialogue.Unclear:            {handle: talk.Unclear},
		dialogue.Settled:            {handle: desk.Settle},
		dialogue.StillOpen:          {handle: desk.Reopen},
		dialogue.ReplyToHost:        {handle: desk.ReplyToHost},
		dialogue.Withdraw:           {handle: desk.Withdraw},
		dialogue.Status:             {handle: reminds.Listed(desk.Status)},

		dialogue.Lapsed:      {handle: desk.TellLapsed, everybody: true},
		dialogue.ChannelMode: {handle: b.cfg.Channels.Mode},
		dialogue.Joined:      {handle: b.cfg.Channels.Introduce, everybody: true},
		dialogue.Publish:     {handle: b.cfg.Channels.Publish, everybody: true},
		dialogue.Withhold:    {handle: b.cfg.Channels.Withhold, everybody: true},

		dialogue.CoffeeOpen:   {handle: coffee.Open},
		dialogue.CoffeeTopic:  {handle: b.coffeeTopic},
		dialogue.CoffeeBallot: {handle: coffee.Ballot},
		dialogue.CoffeeVote:   {handle: coffee.Vote},
		dialogue.CoffeeCount:  {handle: coffee.Count},
		dialogue.CoffeeGoOn:   {handle: coffee.GoOn},
		dialogue.CoffeeNext:   {handle: coffee.Next},
		dialogue.CoffeeNote:   {handle: coffee.Note},
		dialogue.CoffeeEnd:    {handle: coffee.End},
		dialogue.CoffeeTime:   {handle: coffee.Time, everybody: true},

		dialogue.Remind:    {handle: reminds.Remind},
		dialogue.Unremind:  {handle: reminds.Unremind},
		dialogue.ToChannel: {handle: desk.ToChannel},

		dialogue.RemindSession: {handle: reminds.Due, everybody: true},

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

		dialogue.Knowledge: {handle: known.Draft, everybody: true, form: form{open: known.DraftForm, check: known.DraftFaults}},
		dialogue.Approve:   {handle: known.Approve, everybody: true},
		dialogue.SendBack:  {handle: known.SendBack, everybody: true, form: form{open: known.SendBackForm}},
		dialogue.Retire:    {handle: known.Retire, everybody: true},
		dialogue.Review:    {handle: known.Review, everybody: true},
		dialogue.Gaps:      {handle: b.cfg.Gaps.Tell, everybody: true},

		dialogue.Block:   {handle: care.Block, everybody: true},
		dialogue.Release: {handle: care.Block, everybody: true},
		dialogue.Notices: {handle: care.Notices, everybody: true},
		dialogue.Pause:   {handle: talk.Notice("pause", texts.Budget), everybody: true},
		dialogue.Chatter: {handle: drop("no question")},
		dialogue.Nothing: {handle: drop("not addressed"), everybody: true},
	}
}

func drop(reason string) dialogue.Handler {
	return func(context.Context, chat.Message, dialogue.Act) (inbox.Reply, error) {
		return inbox.Reply{Drop: true, Reason: reason}, nil
	}
}
