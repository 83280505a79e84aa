package doctor

import (
	"context"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/sources"
	"lvr.example/sprechstunde/retrieval"
)

func (r *round) examineSources(ctx context.Context) []Finding {
	configured, err := sources.Configured(r.site.Config)
	if err != nil {
		return []Finding{{"sources", StateWarning, err.Error(), "set sources to where the documents are"}}
	}
	var found []Finding
	for _, s := range configured {
		if err := r.checkSource(ctx, s); err != nil {
			found = append(found, broken("source "+s.Name, err, sourceAdvice(s))...)
			continue
		}
		found = append(found, ok("source "+s.Name, "can be read")...)
	}
	return found
}

func (r *round) checkSource(ctx context.Context, s config.Source) error {
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	source, _, err := sources.Open(r.site, s, nil)
	if err != nil {
		return err
	}
	defer source.Close()
	return source.Check(ctx)
}

func sourceAdvice(s config.Source) string {
	switch {
	case s.Website != nil:
		return "open the address in a browser; does a proxy or an own certificate authority stand in between (http.proxy, http.ca)?"
	case s.WebDAV != nil:
		return "check webdav.url, user and password; does a proxy or an own certificate authority stand in between (http.proxy, http.ca)?"
	case s.Mattermost != nil:
		return "correct the channels' names as they stand in their addresses, and invite the bot to them"
	}
	return "let this user read the folder, or correct its path"
}

// examineIndexed says which sources of the index the configuration does not name,
// or means another place by.
func (r *round) examineIndexed(ctx context.Context) []Finding {
	if r.database == nil {
		return nil // said of it already
	}
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	store, err := r.database.IndexToRead(ctx)
	if err != nil || store == nil {
		return nil // as above, or there is none yet
	}
	all, err := sources.Standings(ctx, r.site.Config, store)
	if err != nil {
		return broken("sources of the index", err, "check the database")
	}
	var found []Finding
	for _, s := range all {
		switch {
		case s.Forgotten():
			found = append(found, Finding{"source " + s.Name, StateWarning, s.Says(), s.Advice()})
		case s.Elsewhere():
			other := &retrieval.PlaceError{Source: s.Name, Known: s.Place, Named: s.Configured, Documents: s.Documents}
			found = append(found, broken("source "+s.Name, other, "see `sprechstunde sources --help`")...)
		}
	}
	return found
}
