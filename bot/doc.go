// Package bot takes in what is addressed to the bot, finds the way of each
// message in one table, and looks once more before anything is posted.
//
// What a message is says the room dialogue; who handles it stands in ways.go.
// The rooms below (talk, ask, desk, care …) know nothing of this package and
// nothing of each other but small interfaces. All of it compiles without
// Mattermost, PostgreSQL or a model vendor; adapters live in mattermost,
// postgres and llm.
//
// A button that opens a dialog is an inbox.Action like any other, with a line in
// dialogue's table of actions; the way of its kind in ways.go has a form besides
// its handler:
//
//	dialogue.Edit: {handle: desk.Edit, form: form{open: desk.EditForm, check: desk.EditFaults}},
//
// The form is opened while the press waits, for the person who pressed, as things
// stand then. What is sent off is checked by its fields and by check, whose faults
// stand beside the fields; without any it arrives (inbox.FromDialog) and goes the
// way like the press of the button that opened it: with the same Action, Subject
// and Marker, and with what was filled in as Message.Fields by chat.Field.Name. It
// uses the button up as a press would (inbox.Spends). Where no dialog can be opened
// (its form has no fields now, the trigger is too old, the platform knows none), the
// press goes the way with Fields nil, which answers in words. What was typed is
// kept until the question is done: what has to stay is the handler's to store.
//
// A slash command is an arrival too (inbox.FromCommand); its words stand in one
// table in dialogue, and it is answered as if it stood in the direct message.
package bot
