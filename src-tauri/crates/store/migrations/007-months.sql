-- Many new rows of one table are one change: `number` is the first of them, `last` the last. What they hold
-- is noted, as a JSON array, when they are taken back.

ALTER TABLE undo_change ADD COLUMN last INTEGER;

-- How much each part of an account changed in each month: what balances are added up from. An account
-- without parts has '' here. One index by day is left for what a month does not tell.
CREATE TABLE account_month (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    sub TEXT NOT NULL,
    month TEXT NOT NULL,
    fen INTEGER NOT NULL,
    UNIQUE (account, sub, month)
) STRICT;

INSERT INTO account_month (account, sub, month, fen)
    SELECT account, coalesce(sub, ''), month, sum(fen) FROM leg GROUP BY 1, 2, 3;

DROP INDEX leg_monthly;
DROP INDEX leg_daily;
CREATE INDEX leg_by_day ON leg (account, day, entry, sub, fen);
