package mattermost

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/ingest"
)

// file is one attached to a post. Its version and path hold all that a listing
// needs to know of it, so that its post need not be read again.
type file struct {
	path             string // of its document
	id, post         string
	updated, created int64 // milliseconds
}

// filesOf returns the files of one post.
func (l listing) filesOf(post *model.Post, channel string) []file {
	if !l.lists(post) || post.Metadata == nil {
		return nil
	}
	var files []file
	for _, info := range post.Metadata.Files {
		if info != nil && info.DeleteAt == 0 {
			at := below(channel) + info.Id + "/" + baseName(info.Name)
			files = append(files, file{path: at, id: info.Id, post: post.Id, updated: info.UpdateAt, created: info.CreateAt})
		}
	}
	return files
}

// below is where the files of a channel are listed.
func below(channel string) string { return channel + "/files/" }

// item makes the item of a file and remembers how it is opened.
func (s *Source) item(f file, channel string, l listing) ingest.Item {
	s.remember(f.path, content{file: f.id})
	return ingest.Item{
		Path: f.path, Name: path.Base(f.path), Version: f.version(), Modified: time.UnixMilli(f.created), Link: l.permalink(channel, f.post),
	}
}

func (f file) version() string {
	return f.id + "-" + strconv.FormatInt(f.updated, 10) + "-" + f.post + "-" + strconv.FormatInt(f.created, 10)
}

// parseFile reads a file from where it is listed and its version; ok is false for
// those that are none.
func parseFile(at, version string) (f file, ok bool) {
	parts := strings.Split(version, "-")
	if len(parts) != 4 || !model.IsValidId(parts[0]) || !model.IsValidId(parts[2]) || path.Base(path.Dir(at)) != parts[0] {
		return file{}, false
	}
	updated, badUpdate := strconv.ParseInt(parts[1], 10, 64)
	created, badCreate := strconv.ParseInt(parts[3], 10, 64)
	return file{path: at, id: parts[0], post: parts[2], updated: updated, created: created}, badUpdate == nil && badCreate == nil
}

// knownFiles returns the files of a channel that are known; ok is false where one
// of them is not known well enough to be listed without its post.
func knownFiles(channel string, known map[string]string) (files []file, ok bool) {
	for at, version := range known {
		rest, is := strings.CutPrefix(at, below(channel))
		if !is || strings.Count(rest, "/") != 1 {
			continue // a pinned post, or attached to a file
		}
		f, ok := parseFile(at, version)
		if !ok {
			return nil, false
		}
		files = append(files, f)
	}
	return files, true
}

// fingerprint tells whether two lists have the same files.
func fingerprint(files []file) string {
	var paths []string
	for _, f := range files {
		paths = append(paths, f.path)
	}
	slices.Sort(paths)
	sum := sha256.New()
	for _, at := range paths {
		_, _ = io.WriteString(sum, at+"\x00") // a hash takes everything
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}
