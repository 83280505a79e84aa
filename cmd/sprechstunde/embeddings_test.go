package main

import (
	"slices"
	"testing"

	"lvr.example/sprechstunde/retrieval/embed/embedlocal"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

// smallHouse configures a small house with one source.
func smallHouse(t *testing.T) (environ []string, dir string) {
	t.Helper()
	dir = smallFolder(t)
	write(t, dir, "collection.yaml", "name: Regeln\nrank: 1\nreaders: alle\n")
	config := write(t, t.TempDir(), "s.yaml", "sources:\n  - name: haus\n    folder: "+dir+"\n")
	return append(parts(t), "SPRECHSTUNDE_CONFIG="+config), dir
}

type listedSets struct{ Sets []listedSet }

func (l listedSets) want(t *testing.T, want ...listedSet) {
	t.Helper()
	for i := range l.Sets {
		l.Sets[i].Vectors = 0
	}
	if !slices.Equal(l.Sets, want) {
		t.Errorf("got %+v, want %+v", l.Sets, want)
	}
}

func TestChangeOfModel(t *testing.T) {
	t.Parallel()
	environ, dir := smallHouse(t)
	call(t, environ, "embeddings", "list").exits(exitNothing)
	call(t, environ, "ingest").exits(exitOK)
	local := listedSet{Model: embedlocal.Model, Dimensions: embedlocal.Dimensions, State: "active", Documents: 2, Configured: true}
	var l listedSets
	call(t, environ, "embeddings", "list", "--json").exits(exitOK).decode(&l)
	l.want(t, local)
	call(t, environ, "embeddings", "build").exits(exitUsage).complains("next_embedder")
	call(t, environ, "embeddings", "switch", "haus-modell").exits(exitNothing).complains("haus-modell", "embeddings list")
	call(t, environ, "embeddings", "remove", embedlocal.Model).exits(exitFailed).complains("serves searches")

	both := slices.Concat(environ, []string{
		"SPRECHSTUNDE_NEXT_EMBEDDER_URL=" + retrievaltest.Endpoint(t, retrievaltest.Embedder{Dimensions: 48}),
		"SPRECHSTUNDE_NEXT_EMBEDDER_MODEL=haus-modell", "SPRECHSTUNDE_NEXT_EMBEDDER_DIMENSIONS=48",
	})
	call(t, both, "embeddings", "build").exits(exitOK).shows("haus-modell: 2 documents embedded", "complete")
	write(t, dir, "regeln/neu.md", "# Raum 4.11\n\nDer Raum 4.11 ist am Dienstag frei.\n")
	call(t, environ, "ingest").exits(exitOK) // a replica that does not know the next embedder
	call(t, both, "embeddings", "switch", "haus-modell").exits(exitFailed).complains("1 documents wait", "embeddings build haus-modell")
	next := listedSet{Model: "haus-modell", Dimensions: 48, State: "active", Documents: 3, Configured: true}
	local.State, local.Documents = "complete", 3
	call(t, both, "embeddings", "build", "--switch", "--json").exits(exitOK).decode(&l)
	l.want(t, next, local)
	call(t, both, "ask", asking).exits(exitOK).shows("30 Tage")
	call(t, environ, "ask", asking).exits(exitOK).shows("30 Tage").complains("no embedder is configured for the active embedding set")
	call(t, environ, "doctor").exits(exitFailed).shows("embedding set", "next_embedder")
	call(t, environ, "embeddings", "switch", "haus-modell").exits(exitFailed).complains("no embedder")

	call(t, both, "embeddings", "switch", embedlocal.Model).exits(exitOK).shows("serves now")
	call(t, both, "embeddings", "switch", "haus-modell").exits(exitOK)
	call(t, both, "embeddings", "remove", embedlocal.Model, "--json").exits(exitOK).decode(&l)
	l.want(t, next)
	call(t, both, "documents", "list", "--json").exits(exitOK).shows(`"model":"haus-modell"`)
}

func TestNextEmbedderNeedsAnotherName(t *testing.T) {
	t.Parallel()
	environ := []string{
		"SPRECHSTUNDE_EMBEDDER_URL=http://127.0.0.1:1/v1", "SPRECHSTUNDE_EMBEDDER_MODEL=m", "SPRECHSTUNDE_EMBEDDER_DIMENSIONS=4",
		"SPRECHSTUNDE_NEXT_EMBEDDER_URL=http://127.0.0.1:2/v1", "SPRECHSTUNDE_NEXT_EMBEDDER_MODEL=m",
	}
	call(t, environ, "config", "check").exits(exitUsage).complains("next_embedder.dimensions", "next_embedder.model", `"m"`)
}
