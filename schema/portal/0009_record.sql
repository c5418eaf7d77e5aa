-- SPDX-License-Identifier: Apache-2.0
-- Appending a record costs the same however many there are.

-- That no digest comes twice the salt in each record sees to, and nothing
-- looks for one; but the index that said so had each record written to a page
-- of its own somewhere in it.  A table loses such an index only by being made
-- anew, and what refers to it has to stand aside meanwhile.
CREATE TEMP TABLE concern_aside AS SELECT * FROM record_concern;
CREATE TEMP TABLE bundle_aside AS SELECT * FROM bundle_record;
DELETE FROM record_concern;
DELETE FROM bundle_record;

-- As it was: the record of a consequential act, appended in the act's own
-- transaction.
CREATE TABLE record_anew (
	id		INTEGER PRIMARY KEY,	-- 1, 2, 3 … without a gap
	recorded_at	INTEGER NOT NULL,	-- the same as in body
	kind		TEXT NOT NULL,		-- a row of domain/record.c
	actor		INTEGER REFERENCES person (id), -- NULL: the keeper's console
	organisation	INTEGER REFERENCES organisation (id), -- the actor's
	object		TEXT NOT NULL,		-- ref of what was acted on
	body		BLOB NOT NULL,		-- canonical JSON (RFC 8785)
	digest		BLOB NOT NULL		-- SHA-256 of body
) STRICT;
INSERT INTO record_anew (id, recorded_at, kind, actor, organisation, object,
	body, digest)
SELECT id, recorded_at, kind, actor, organisation, object, body, digest
FROM record ORDER BY id;
DROP TABLE record;
ALTER TABLE record_anew RENAME TO record;
CREATE INDEX record_object ON record (object, id);
CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
BEGIN SELECT RAISE (ABORT, 'records are append-only'); END;
CREATE TRIGGER record_is_never_removed BEFORE DELETE ON record
BEGIN SELECT RAISE (ABORT, 'records are append-only'); END;

INSERT INTO record_concern SELECT * FROM concern_aside;
INSERT INTO bundle_record SELECT * FROM bundle_aside;
DROP TABLE concern_aside;
DROP TABLE bundle_aside;
