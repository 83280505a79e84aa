package postgres

import (
	"context"
	"embed"
	"io/fs"

	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/retrieval/database"
)

//go:embed migrations
var migrations embed.FS

// schema is what all migrations together make, by pg_dump.
//
//go:embed schema.sql
var schema string

// line is the index's line of migrations in a schema.
func line(name string) database.Line {
	return database.Line{Schema: name, Files: below("migrations/index"), Form: schema, Extensions: []string{"vector"}}
}

// cacheLine is that of the vectors which evaluations share.
func cacheLine() database.Line {
	return database.Line{Schema: CacheSchema, Files: below("migrations/cache"), Extensions: []string{"vector"}}
}

func below(dir string) fs.FS {
	files, err := fs.Sub(migrations, dir)
	if err != nil {
		panic(err) // unreachable: the folders are embedded
	}
	return files
}

// Migrate brings the schema to the newest form, see [database.Line.Up], and
// returns the names of the migrations that it applied. tell may be nil.
func Migrate(ctx context.Context, pool *pgxpool.Pool, schema string, tell ...database.Tell) (applied []string, err error) {
	return migrate(ctx, pool, line(schema), tell...)
}

func migrate(ctx context.Context, pool *pgxpool.Pool, line database.Line, tell ...database.Tell) ([]string, error) {
	applied, err := line.Up(ctx, pool, func(schema, step string) {
		for _, t := range tell {
			t(schema, step)
		}
	})
	if err == nil {
		pool.Reset() // connections opened before do not know the vector type
	}
	return applied, err
}

// Down rolls back all migrations; the schema itself stays.
func Down(ctx context.Context, pool *pgxpool.Pool, schema string) (reverted []string, err error) {
	return line(schema).DownTo(ctx, pool, 0)
}

// Check returns nil if the schema is in the newest form, else why it cannot be
// used: [database.ErrOld], ErrNewer, ErrTorn or ErrForeign. It changes nothing.
func Check(ctx context.Context, pool *pgxpool.Pool, schema string) error {
	return line(schema).Check(ctx, pool)
}
