package extract

// Reasons that a file is not read beside those that its content gives.
const (
	Crashed       Reason = "reader crashed"  // the process that read it broke
	TooSlow       Reason = "too slow"        // not read in time
	TooMuchMemory Reason = "too much memory" // not read within the memory allowed
)

// Reasons are all of them.
var Reasons = []Reason{
	Empty, TooLarge, NotText, Unsupported, FrontMatter, Damaged, Encrypted, NoText, Unsafe, Crashed, TooSlow, TooMuchMemory,
}
