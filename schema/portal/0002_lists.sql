-- SPDX-License-Identifier: Apache-2.0
-- Lists know a row whole from the reader's circles: the revision that is
-- newest stands there too, and one advisory's rows are read out of one index.

ALTER TABLE advisory_circle ADD COLUMN
	revision	INTEGER NOT NULL DEFAULT 0;	-- of the advisory: the newest; 0 none yet
UPDATE advisory_circle SET revision =
	(SELECT a.revision FROM advisory a WHERE a.id = advisory_circle.advisory);

DROP INDEX advisory_circle_item;
CREATE INDEX advisory_circle_item ON advisory_circle (advisory, circle, label,
	position, organisation, state, revision, severity, sectors,
	answer_by_at);

-- What asks for an answer is found through advisory_asked.
DROP INDEX advisory_circle_answer;
