package mattermost

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// position is where the next listing goes on, by "team/channel".
type position map[string]channelPosition

type channelPosition struct {
	Channel string `json:"channel"` // id: another channel may have the name later
	Since   int64  `json:"since"`   // all changes up to then are known: the channel's last post, in milliseconds of the server
	Read    int64  `json:"read"`    // when all posts were read last, in the same
	Files   string `json:"files"`   // fingerprint of those listed: what is known must be that
}

// parsePosition reads a position; of what is none nothing is known.
func parsePosition(text string) position {
	var p position
	if json.Unmarshal([]byte(text), &p) != nil {
		return nil
	}
	return p
}

// The server gives the posts that changed since a moment, deleted ones and former
// texts included, but at most 1 000, and not which; and it asks a copy of its
// database that may lag behind. What leaves without a trace, as by the server's
// own retention, is not among them.
const (
	mostChanges = 500             // half of what the server gives: then none is missing
	overlap     = 5 * time.Minute // longer than a copy lags, or clocks differ
	readAgain   = 24 * time.Hour  // after which all posts are read once more
)

// changed returns the files of a channel by what is known of them and by what
// changed in it. Not reliable: that does not tell, so all posts must be read.
func (s *Source) changed(ctx context.Context, channel *model.Channel, name string, l listing, from channelPosition) (files []file, reliable bool, err error) {
	if from.Channel != channel.Id || from.Since <= 0 || l.began < from.Since || l.began-from.Read >= readAgain.Milliseconds() {
		return nil, false, nil
	}
	files, complete := knownFiles(name, l.known)
	if !complete || fingerprint(files) != from.Files {
		return nil, false, nil
	}
	list, _, err := s.api.GetPostsSince(ctx, channel.Id, from.Since-overlap.Milliseconds(), false)
	if err != nil {
		return nil, false, fmt.Errorf("read changes of %s: %w", name, err)
	}
	if len(list.Order) >= mostChanges {
		return nil, false, nil
	}
	files = slices.DeleteFunc(files, func(f file) bool { return slices.Contains(list.Order, f.post) })
	for _, id := range list.Order {
		files = append(files, l.filesOf(list.Posts[id], name)...)
	}
	return files, true, nil
}
