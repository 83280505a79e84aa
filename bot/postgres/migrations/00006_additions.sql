-- +goose Up

-- A preview may be of something that its asker writes to a ticket that is with
-- people already. Rows from before open a new ticket each.
ALTER TABLE bot.handover ADD COLUMN ticket bigint REFERENCES bot.ticket;
CREATE INDEX handover_ticket ON bot.handover (ticket) WHERE ticket IS NOT NULL;

-- +goose Down

-- Without the column an open preview of an addition would open a ticket.
UPDATE bot.handover SET state = 'lapsed', text = '' WHERE ticket IS NOT NULL AND state = 'proposed';
ALTER TABLE bot.handover DROP COLUMN ticket;
