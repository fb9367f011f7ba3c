-- Premiums of residents that are to be paid every year: from whose account, on which day of the first year.

CREATE TABLE planned_premium (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
    member INTEGER NOT NULL REFERENCES member (id),
    paid_by INTEGER REFERENCES member (id),
    relation TEXT,
    from_year INTEGER NOT NULL CHECK (from_year BETWEEN 1900 AND 2199),
    until_year INTEGER CHECK (until_year BETWEEN from_year AND 2199),
    pay_on TEXT
) STRICT;
