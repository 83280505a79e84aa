package prompts

var (
	buttonTaken   = declare("chat/button_taken", struct{}{})
	buttonExpired = declare("chat/button_expired", struct{}{})
	buttonFailed  = declare("chat/button_failed", struct{}{})
)

// ButtonTaken tells who pressed a button that it arrived.
func (c *Catalogue) ButtonTaken() string { return buttonTaken.render(c, struct{}{}) }

// ButtonExpired tells who pressed a button that it is too old or its message gone.
func (c *Catalogue) ButtonExpired() string { return buttonExpired.render(c, struct{}{}) }

// ButtonFailed asks who pressed a button to try again.
func (c *Catalogue) ButtonFailed() string { return buttonFailed.render(c, struct{}{}) }
