package inbox

// Keys of log lines, one for each meaning, for this package and those that are
// built around it. Users have none: no line may tell who asked.
const (
	KeyQuestion = "question" // Question.ID
	KeyOrigin   = "origin"
	KeyState    = "state"
	KeyOutcome  = "outcome"
	KeyReason   = "reason"
	KeyAttempt  = "attempt"
	KeyTry      = "try"
	KeyLate     = "late"
	KeyPost     = "post"    // id of a post of the chat platform
	KeyChannel  = "channel" // id of a channel, or its configured name
	KeyMarker   = "marker"  // Draft.Marker
	KeyEvent    = "event"   // kind of an event of the chat platform
	KeyCount    = "count"
	KeyPause    = "pause" // until the next try
	KeySeconds  = "seconds"
	KeyError    = "error"
)
