-- What only the member knows and some places credit by: the own pension, a frozen sum, the former
-- employer. Nothing is known of them in an older record.

ALTER TABLE enrollment ADD COLUMN pension_fen INTEGER;
ALTER TABLE enrollment ADD COLUMN frozen_credit_fen INTEGER;
ALTER TABLE enrollment ADD COLUMN employer TEXT;
