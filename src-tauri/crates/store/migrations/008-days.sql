-- The month stood beside the day in every entry and leg for sums by month, which `account_month` holds now.

ALTER TABLE entry DROP COLUMN month;
ALTER TABLE leg DROP COLUMN month;

UPDATE undo_change
SET before = json_remove(before, '$.month'), after = json_remove(after, '$.month')
WHERE record IN ('entry', 'leg') AND last IS NULL;
