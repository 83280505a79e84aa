package retrieval

// Remark counts something of a document that its passages do not hold, or that was
// read in a way that people should know of. It holds no text of the document beyond
// names.
type Remark struct {
	Code   string `json:"code"`   // what it is; the readers' own, such as "hidden sheet"
	Count  int    `json:"count"`  // of what the code names
	Detail string `json:"detail"` // a name or a reason; empty where the code says all
}
