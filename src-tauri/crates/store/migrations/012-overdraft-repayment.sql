-- Within how many months an account that went below zero is to be made good in cash, by the member's own
-- statement. An older record says nothing of it: credits fill it.

ALTER TABLE account ADD COLUMN overdraft_months INTEGER CHECK (overdraft_months BETWEEN 1 AND 12);
