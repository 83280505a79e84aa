-- +goose Up

-- What a month's questions that found no answer were about. It holds nothing of a
-- single person: words that five people have used, and how many they are, rounded. A
-- month is looked at once: of two reports that differ by one person the difference
-- would tell what that one has asked.
CREATE TABLE bot.gap_report (
    month      date PRIMARY KEY,   -- its first day
    gaps       jsonb NOT NULL,
    expires_at timestamptz NOT NULL
);

-- +goose Down
DROP TABLE bot.gap_report;
