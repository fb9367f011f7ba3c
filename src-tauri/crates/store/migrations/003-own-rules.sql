-- Policy files that the household added: a pack from somewhere, or what it knows better about its place.

CREATE TABLE policy_file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    pack TEXT,
    added_on TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
