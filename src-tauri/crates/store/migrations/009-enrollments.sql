-- Whether an enrollment was the member's first, and whether the months missing before it were paid
-- afterwards, and when. Nothing is known of them in an older record.

ALTER TABLE enrollment ADD COLUMN first_enrollment INTEGER NOT NULL DEFAULT 0
    CHECK (first_enrollment IN (0, 1));
ALTER TABLE enrollment ADD COLUMN back_paid INTEGER CHECK (back_paid IN (0, 1));
ALTER TABLE enrollment ADD COLUMN back_paid_on TEXT;
