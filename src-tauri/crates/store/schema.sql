CREATE TABLE household (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    demo INTEGER NOT NULL CHECK (demo IN (0, 1))
) STRICT;

CREATE TABLE member (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
    name TEXT NOT NULL,
    born TEXT,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE enrollment (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
    member INTEGER NOT NULL REFERENCES member (id),
    from_day TEXT NOT NULL,
    until_day TEXT,
    pool TEXT NOT NULL,
    scheme TEXT NOT NULL,
    plan TEXT NOT NULL,
    status TEXT NOT NULL,
    contribution_base_fen INTEGER,
    retired_on TEXT,
    insured_months INTEGER,
    special TEXT NOT NULL, pension_fen INTEGER, frozen_credit_fen INTEGER, employer TEXT, first_enrollment INTEGER NOT NULL DEFAULT 0
    CHECK (first_enrollment IN (0, 1)), back_paid INTEGER CHECK (back_paid IN (0, 1)), back_paid_on TEXT,
    UNIQUE (member, from_day)
) STRICT;

CREATE TABLE account (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
    owner INTEGER NOT NULL REFERENCES member (id),
    kind TEXT NOT NULL,
    pool TEXT,
    name TEXT NOT NULL,
    opened_on TEXT NOT NULL
, overdraft_fen INTEGER, overdraft_source TEXT, overdraft_on TEXT, overdraft_months INTEGER CHECK (overdraft_months BETWEEN 1 AND 12)) STRICT;

CREATE TABLE settlement (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
    member INTEGER NOT NULL REFERENCES member (id),
    request TEXT NOT NULL,
    estimate TEXT NOT NULL
, slip TEXT) STRICT;

CREATE TABLE entry (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
    day TEXT NOT NULL,
    for_month TEXT,
    kind TEXT NOT NULL,
    memo TEXT NOT NULL,
    corrects INTEGER REFERENCES entry (id),
    settlement INTEGER REFERENCES settlement (id)
, for_member INTEGER REFERENCES member (id)) STRICT;

CREATE INDEX entry_correction ON entry (corrects) WHERE corrects IS NOT NULL;

CREATE INDEX entry_settlement ON entry (settlement) WHERE settlement IS NOT NULL;

CREATE INDEX entry_credit ON entry (day) WHERE kind = 'credit';

CREATE TABLE leg (
    id INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entry (id),
    position INTEGER NOT NULL,
    account INTEGER NOT NULL REFERENCES account (id),
    sub TEXT,
    day TEXT NOT NULL,
    fen INTEGER NOT NULL,
    UNIQUE (entry, position)
) STRICT;

CREATE TABLE stated_balance (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
    account INTEGER NOT NULL REFERENCES account (id),
    sub TEXT,
    as_of TEXT NOT NULL,
    fen INTEGER NOT NULL
) STRICT;

CREATE TABLE stated_counter (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
    member INTEGER NOT NULL REFERENCES member (id),
    pool TEXT NOT NULL,
    counter TEXT NOT NULL,
    as_of TEXT NOT NULL,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE credit_day (
    member INTEGER PRIMARY KEY REFERENCES member (id),
    day INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31)
) STRICT;

CREATE TABLE missing_credit (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    month TEXT NOT NULL,
    noted_on TEXT NOT NULL,
    UNIQUE (account, month)
) STRICT;

CREATE TABLE binding (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
    donor INTEGER NOT NULL REFERENCES member (id),
    recipient INTEGER NOT NULL REFERENCES member (id),
    relation TEXT NOT NULL,
    bound_on TEXT NOT NULL,
    ended_on TEXT,
    rank INTEGER NOT NULL CHECK (rank >= 1),
    CHECK (donor <> recipient)
) STRICT;

CREATE TABLE planned_spending (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
    member INTEGER NOT NULL REFERENCES member (id),
    title TEXT NOT NULL,
    part TEXT NOT NULL,
    class TEXT,
    total_fen INTEGER NOT NULL,
    full_self_pay_fen INTEGER NOT NULL,
    over_limit_fen INTEGER NOT NULL,
    upfront_copay_fen INTEGER NOT NULL,
    not_account_payable_fen INTEGER NOT NULL,
    by_item TEXT NOT NULL,
    first_on TEXT NOT NULL,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1))
, rrule TEXT) STRICT;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE undo_step (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

CREATE TABLE undo_change (
    id INTEGER PRIMARY KEY,
    step INTEGER NOT NULL REFERENCES undo_step (id),
    record TEXT NOT NULL,
    number INTEGER NOT NULL,
    before TEXT,
    after TEXT
, last INTEGER) STRICT;

CREATE INDEX undo_change_step ON undo_change (step);

CREATE TABLE policy_file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    pack TEXT,
    added_on TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE INDEX entry_for_member ON entry (for_member) WHERE for_member IS NOT NULL;

CREATE TABLE account_month (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    sub TEXT NOT NULL,
    month TEXT NOT NULL,
    fen INTEGER NOT NULL,
    UNIQUE (account, sub, month)
) STRICT;

CREATE INDEX leg_by_day ON leg (account, day, entry, sub, fen);

CREATE TABLE planned_premium (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
    member INTEGER NOT NULL REFERENCES member (id),
    paid_by INTEGER REFERENCES member (id),
    relation TEXT,
    from_year INTEGER NOT NULL CHECK (from_year BETWEEN 1900 AND 2199),
    until_year INTEGER CHECK (until_year BETWEEN from_year AND 2199),
    pay_on TEXT
, amount_fen INTEGER CHECK (amount_fen > 0)) STRICT;
