-- What a planned premium comes to a year, by the household's own word. Nothing was said of it in an older record.

ALTER TABLE planned_premium ADD COLUMN amount_fen INTEGER CHECK (amount_fen > 0);
