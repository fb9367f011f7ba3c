-- How often a plan recurs is one text, a rule as calendars write it (RFC 5545), with its end inside. What
-- recurred on a day that not every month has was meant to take the month's last day, and now says so.
-- What cannot be understood stays as it stands, so that reading it still names it.

ALTER TABLE planned_spending ADD COLUMN rrule TEXT;

-- Every way in which a plan, or a step that can be undone, says it, and the rule for it.
CREATE TEMP TABLE said AS
    SELECT recurrence, every_days, until_day, first_on FROM planned_spending
    UNION
    SELECT image ->> 'recurrence', image ->> 'every_days', image ->> 'until_day', image ->> 'first_on'
    FROM (
        SELECT before AS image FROM undo_change WHERE record = 'planned_spending'
        UNION ALL
        SELECT after FROM undo_change WHERE record = 'planned_spending'
    )
    WHERE image IS NOT NULL;
ALTER TABLE said ADD COLUMN rrule TEXT;
UPDATE said SET rrule =
    CASE recurrence
        WHEN 'once' THEN NULL
        WHEN 'every_days' THEN 'FREQ=DAILY' || CASE every_days
            WHEN 1 THEN ''
            ELSE ';INTERVAL=' || coalesce(every_days, '') END
        WHEN 'monthly' THEN 'FREQ=MONTHLY' || CASE substr(first_on, 9)
            WHEN '29' THEN ';BYMONTHDAY=28,29;BYSETPOS=-1'
            WHEN '30' THEN ';BYMONTHDAY=28,29,30;BYSETPOS=-1'
            WHEN '31' THEN ';BYMONTHDAY=28,29,30,31;BYSETPOS=-1'
            ELSE '' END
        ELSE recurrence
    END || coalesce(';UNTIL=' || replace(until_day, '-', ''), '');

UPDATE planned_spending SET rrule = (
    SELECT said.rrule FROM said
    WHERE said.recurrence = planned_spending.recurrence
        AND said.every_days IS planned_spending.every_days
        AND said.until_day IS planned_spending.until_day
        AND said.first_on = planned_spending.first_on);
UPDATE undo_change SET before = json_remove(
    json_set(before, '$.rrule', (
        SELECT rrule FROM said
        WHERE recurrence = before ->> 'recurrence'
            AND every_days IS before ->> 'every_days'
            AND until_day IS before ->> 'until_day'
            AND first_on = before ->> 'first_on')),
    '$.recurrence', '$.every_days', '$.until_day')
WHERE record = 'planned_spending' AND before IS NOT NULL;
UPDATE undo_change SET after = json_remove(
    json_set(after, '$.rrule', (
        SELECT rrule FROM said
        WHERE recurrence = after ->> 'recurrence'
            AND every_days IS after ->> 'every_days'
            AND until_day IS after ->> 'until_day'
            AND first_on = after ->> 'first_on')),
    '$.recurrence', '$.every_days', '$.until_day')
WHERE record = 'planned_spending' AND after IS NOT NULL;
DROP TABLE said;

ALTER TABLE planned_spending DROP COLUMN recurrence;
ALTER TABLE planned_spending DROP COLUMN every_days;
ALTER TABLE planned_spending DROP COLUMN until_day;
