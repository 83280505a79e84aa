package database

// Die ends the hold as the end of the process does: nothing is tidied up.
func (t *Temporary) Die() { t.close() }
