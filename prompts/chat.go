package prompts

var (
	buttonTaken    = declare("chat/button_taken", struct{}{})
	buttonRepeated = declare("chat/button_repeated", struct{}{})
	buttonExpired  = declare("chat/button_expired", struct{}{})
	buttonFailed   = declare("chat/button_failed", struct{}{})
)

// ButtonTaken tells who pressed a button that it arrived.
func (c *Catalogue) ButtonTaken() string { return buttonTaken.render(c, struct{}{}) }

// ButtonRepeated tells who pressed a button that an earlier press of it counts.
func (c *Catalogue) ButtonRepeated() string { return buttonRepeated.render(c, struct{}{}) }

// ButtonExpired tells who pressed a button that it is too old or its message gone.
func (c *Catalogue) ButtonExpired() string { return buttonExpired.render(c, struct{}{}) }

// ButtonFailed asks who pressed a button to try again.
func (c *Catalogue) ButtonFailed() string { return buttonFailed.render(c, struct{}{}) }

var (
	dialogOver      = declare("chat/dialog_over", struct{}{})
	dialogRepeated  = declare("chat/dialog_repeated", struct{}{})
	dialogForged    = declare("chat/dialog_forged", struct{}{})
	dialogFailed    = declare("chat/dialog_failed", struct{}{})
	fieldMissing    = declare("chat/field_missing", struct{}{})
	fieldTooLong    = declare("chat/field_too_long", Length{Length: 4200, Limit: 3000})
	fieldNotOffered = declare("chat/field_not_offered", struct{}{})
	commandTaken    = declare("chat/command_taken", struct{}{})
	commandFailed   = declare("chat/command_failed", struct{}{})
	commandForged   = declare("chat/command_forged", struct{}{})
)

// DialogOver tells who sent a dialog off that it is too old or its message gone.
func (c *Catalogue) DialogOver() string { return dialogOver.render(c, struct{}{}) }

// DialogRepeated tells who sent a dialog off that this was done before.
func (c *Catalogue) DialogRepeated() string { return dialogRepeated.render(c, struct{}{}) }

// DialogForged tells whoever sent a dialog off that it was not opened for them like
// this.
func (c *Catalogue) DialogForged() string { return dialogForged.render(c, struct{}{}) }

// DialogFailed asks who sent a dialog off to try again.
func (c *Catalogue) DialogFailed() string { return dialogFailed.render(c, struct{}{}) }

// FieldMissing asks to fill a field in.
func (c *Catalogue) FieldMissing() string { return fieldMissing.render(c, struct{}{}) }

// FieldTooLong says how much a field takes.
func (c *Catalogue) FieldTooLong(d Length) string { return fieldTooLong.render(c, d) }

// FieldNotOffered asks to choose out of what a field offers.
func (c *Catalogue) FieldNotOffered() string { return fieldNotOffered.render(c, struct{}{}) }

// CommandTaken tells who called a command where its answer comes.
func (c *Catalogue) CommandTaken() string { return commandTaken.render(c, struct{}{}) }

// CommandFailed asks who called a command to try again.
func (c *Catalogue) CommandFailed() string { return commandFailed.render(c, struct{}{}) }

// CommandForged says that a command came with a token that the house does not know.
func (c *Catalogue) CommandForged() string { return commandForged.render(c, struct{}{}) }
