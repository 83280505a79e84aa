package retrieval

import (
	"slices"
)

// Collection is a set of documents with one set of readers and one rank.
type Collection struct {
	Name   string
	Rank   int    // 1 is the most binding; a larger number yields to a smaller one
	Access Access // who may read it
	Link   string // template with {path} and {place}; empty: sources show title and place only
}

// Access says who may read a collection. The zero value admits nobody.
type Access struct {
	Staff    bool     // all staff: members of the house's teams who are no guests
	Channels []string // private gate channels as "team/channel"; their members may read
	Guests   bool     // guests, too, where they are members of a gate channel, or of the house if Staff
}

// Both returns the access of whom both admit.
func (a Access) Both(b Access) Access {
	both := Access{Staff: a.Staff && b.Staff, Guests: a.Guests && b.Guests}
	for _, list := range []struct {
		channels []string
		other    Access
	}{{a.Channels, b}, {b.Channels, a}} {
		for _, c := range list.channels {
			if (list.other.Staff || slices.Contains(list.other.Channels, c)) && !slices.Contains(both.Channels, c) {
				both.Channels = append(both.Channels, c)
			}
		}
	}
	slices.Sort(both.Channels)
	return both
}

// Equal reports whether both admit the same, whatever the order of channels.
func (a Access) Equal(b Access) bool {
	sorted := func(list []string) []string { return slices.Compact(slices.Sorted(slices.Values(list))) }
	return a.Staff == b.Staff && a.Guests == b.Guests && slices.Equal(sorted(a.Channels), sorted(b.Channels))
}

// Readers is the set of collections that one search may see. The zero value
// sees nothing. It is computed by whoever knows the asker and the audience.
type Readers struct {
	names []string // sorted, unique
}

// ReadersOf returns the readers who may see just the named collections.
func ReadersOf(collections ...string) Readers {
	names := slices.Clone(collections)
	slices.Sort(names)
	return Readers{names: slices.Compact(names)}
}

// Collections returns the names, sorted; the caller may keep it.
func (r Readers) Collections() []string { return slices.Clone(r.names) }

// May reports whether the named collection may be seen.
func (r Readers) May(collection string) bool {
	_, found := slices.BinarySearch(r.names, collection)
	return found
}

// Empty reports whether nothing may be seen.
func (r Readers) Empty() bool { return len(r.names) == 0 }
