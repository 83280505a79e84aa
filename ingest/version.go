package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"lvr.example/sprechstunde/retrieval"
)

// versionOf returns the version of an item as it is listed and these readers read it.
func versionOf(item Item, readers []string) retrieval.Version {
	return retrieval.Version{Form: formOf(readers), Beside: besideHash(item), Mark: item.Version}
}

// besideHash covers what is said of an item beside its content; "" if nothing is.
func besideHash(item Item) string {
	if item.Sidecar == nil && len(item.Defaults) == 0 {
		return ""
	}
	sum := sha256.New()
	fmt.Fprint(sum, defaultsOf(item))
	if item.Sidecar != nil {
		fmt.Fprintf(sum, "\x00%s", item.Sidecar.Version)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// isSeen reports whether what is known of a document is of the item as it is
// listed, read as it would be read now, and holds without another look.
func (s *syncer) isSeen(known retrieval.Known, item Item) bool {
	return (known.Verdict == retrieval.Taken || known.Verdict == retrieval.Refused) && s.isCurrent(known.Version.Form) &&
		known.Version.Beside == besideHash(item) && known.Version.Mark == item.Version
}

// versions returns the source's own versions of the known documents, by path;
// empty: the document is to be read anew.
func (s *syncer) versions() map[string]string {
	versions := make(map[string]string, len(s.known))
	for path, known := range s.known {
		if versions[path] = known.Version.Mark; known.Verdict == retrieval.Reread {
			versions[path] = ""
		}
	}
	return versions
}

// refusedBefore returns the verdict on the same content under another version,
// as when a file was copied or touched: it is not read again by the same reader.
func (s *syncer) refusedBefore(item Item, hash string) (reason retrieval.Reason, ok bool) {
	known := s.known[item.Path]
	return known.Reason, known.Verdict == retrieval.Refused && known.Judged == hash && s.isCurrent(known.Version.Form) && !known.Reason.IsZero() && known.Listed == item.Collection.Name
}
