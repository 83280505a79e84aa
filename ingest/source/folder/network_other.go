//go:build !linux

package folder

// networkMount is not known here: watching fails by itself where it does.
func networkMount(string) (kind string, remote bool) { return "", false }
