-- The official slip of a recorded settlement, once somebody typed it in. An older record has none.

ALTER TABLE settlement ADD COLUMN slip TEXT;
