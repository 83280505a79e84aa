-- +goose Up

-- What a ticket's point of the list is, is counted where it is said, among those that
-- still stand on it.
CREATE INDEX ticket_agenda ON bot.ticket (format, session, place) WHERE state IN ('open', 'claimed');

-- +goose Down
DROP INDEX bot.ticket_agenda;
