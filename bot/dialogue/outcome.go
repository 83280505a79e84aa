package dialogue

// Outcomes of what the bot has said to which the next message may be a reply.
// They stand in the database.
const (
	ShownDocuments = "document" // led to what was wanted
	ShownPreview   = "preview"  // of what would go to people, or spoke of an open one
	AskedOfPreview = "unclear"  // asked what is to become of an open preview
	AskedHow       = "how"      // asked how an open preview is to be changed
	AskedForPeople = "offer"    // offered to bring the last question to people
	AskedForText   = "hint"     // asked for the question that is to go to people
	AskedToForget  = "forget"   // asked whether all that is kept of the person may go
	Voted          = "vote"     // took what was said of an answer, which still stands
)
