-- +goose Up

-- Whether a document may carry an answer on a day: the one rule for all queries.
-- In Go it is retrieval.Document.Validity. Replaced without a day: nobody knows until
-- when it served, so it serves on none. The planner sets the function's text into
-- the query, as long as it is one expression that never sets anything.
-- +goose StatementBegin
CREATE FUNCTION serves(d document, day date) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT d.state = 'indexed'
        AND (coalesce(d.valid_from, d.replaces_from) IS NULL OR coalesce(d.valid_from, d.replaces_from) <= day)
        AND (d.valid_until IS NULL OR d.valid_until >= day)
        AND (d.superseded_by IS NULL OR coalesce(d.superseded_from > day, false))
$$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION serves(document, date);
