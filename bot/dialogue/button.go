package dialogue

import "lvr.example/sprechstunde/bot/inbox"

// actions are what buttons do, and what the house has to say, as the words for
// it would be.
var actions = map[inbox.Action]Kind{
	inbox.ShowPreview: Person,
	inbox.HandOver:    Send,
	inbox.Decline:     Cancel,
	inbox.Edit:        Edit,
	inbox.Join:        Change,
	inbox.Lapsed:      Lapsed,
	inbox.Settle:      Settled,
	inbox.Reopen:      StillOpen,
	inbox.Block:       Block,
	inbox.Release:     Release,
	inbox.Tell:        Notices,
	inbox.Pause:       Pause,

	inbox.CoffeeBallot: CoffeeBallot,
	inbox.CoffeeVote:   CoffeeVote,
	inbox.CoffeeCount:  CoffeeCount,
	inbox.CoffeeGoOn:   CoffeeGoOn,
	inbox.CoffeeNext:   CoffeeNext,
	inbox.CoffeeEnd:    CoffeeEnd,
	inbox.CoffeeTime:   CoffeeTime,
	inbox.Claim:        Claim,
	inbox.GiveBack:     GiveBack,
	inbox.AnswerHow:    HostAnswer,
	inbox.Merge:        Merge,
	inbox.Move:         Move,
	inbox.Close:        Close,
	inbox.AnswerAgain:  AnswerAgain,
	inbox.HostChange:   HostChange,
	inbox.Remind:       Remind,
	inbox.ToChannel:    ToChannel,
	inbox.Waited:       Waited,
	inbox.Reminder:     Reminder,
	inbox.Postponed:    Postponed,
	inbox.Daily:        Daily,
	inbox.Knowledge:    Knowledge,
	inbox.Approve:      Approve,
	inbox.SendBack:     SendBack,
	inbox.Review:       Review,
	inbox.Gaps:         Gaps,
	inbox.Helpful:      Helpful,
	inbox.Unhelpful:    Unhelpful,
	inbox.Why:          Why,
	inbox.Joined:       Joined,
	inbox.Publish:      Publish,
	inbox.Withhold:     Withhold,
	inbox.More:         More,
	inbox.Simpler:      Simpler,
	inbox.Again:        Again,
	inbox.Share:        Share,
	inbox.Forget:       Forgotten,

	inbox.RemindSession: RemindSession,
}

// Pressed understands the press of a button, or another arrival that is no
// message. One of a version that did other things is Nothing.
func Pressed(a inbox.Action, on inbox.Subject) Act {
	kind, known := actions[a]
	if !known {
		return Act{Kind: Nothing}
	}
	return Act{Kind: kind, Subject: on, Choice: chosen[a]}
}
