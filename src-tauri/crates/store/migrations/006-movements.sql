-- Whom money of an account was paid for, where no settlement says it; and what a member says about an
-- account that may go below zero. Nothing is known of either in an older record.

ALTER TABLE entry ADD COLUMN for_member INTEGER REFERENCES member (id);
CREATE INDEX entry_for_member ON entry (for_member) WHERE for_member IS NOT NULL;

ALTER TABLE account ADD COLUMN overdraft_fen INTEGER;
ALTER TABLE account ADD COLUMN overdraft_source TEXT;
ALTER TABLE account ADD COLUMN overdraft_on TEXT;
