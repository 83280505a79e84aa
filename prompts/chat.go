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
