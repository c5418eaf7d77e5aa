-- SPDX-License-Identifier: Apache-2.0
-- Records for those whom they concern, the transparency log over them, its
-- witnesses, and the bundles that auditors download.

-- Whom a record concerns: the actor's organisation, the one it is about, who
-- owns what was acted on, the parties of an agreement.  It is in their list.
CREATE TABLE record_concern (
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- whose list it is in
	record		INTEGER NOT NULL REFERENCES record (id),	-- what is in it
	recorded_at	INTEGER NOT NULL,	-- of the record
	family		INTEGER NOT NULL,	-- of its kind: enum record_family
	label		INTEGER,		-- of what it is about; NULL: it has none
	PRIMARY KEY (organisation, record)
) STRICT, WITHOUT ROWID;

INSERT INTO record_concern (organisation, record, recorded_at, family, label)
SELECT DISTINCT c.organisation, r.id, r.recorded_at,
	CASE substr(r.kind, 1, instr(r.kind, '.') - 1)
		WHEN 'organisation' THEN 0 WHEN 'person' THEN 1
		WHEN 'advisory' THEN 2 WHEN 'document' THEN 3
		WHEN 'agreement' THEN 4 ELSE 5 END,
	(SELECT MAX(x.label) FROM advisory a JOIN advisory_circle x
		ON x.advisory = a.id WHERE a.ref = r.object)
FROM record r JOIN (
	SELECT id AS record, organisation FROM record
	WHERE organisation IS NOT NULL
	UNION SELECT k.id, o.id FROM record k JOIN organisation o
		ON o.ref = k.object
	UNION SELECT k.id, p.organisation FROM record k JOIN person p
		ON p.ref = k.object
	UNION SELECT k.id, a.organisation FROM record k JOIN advisory a
		ON a.ref = k.object
	UNION SELECT k.id, p.organisation FROM record k JOIN agreement a
		ON a.ref = k.object JOIN agreement_party p ON p.agreement = a.id
) AS c ON c.record = r.id;

-- What an auditor that an agreement names may read.
ALTER TABLE agreement_version ADD COLUMN
	audit_families	INTEGER NOT NULL DEFAULT 0;	-- bit mask of enum record_family; 0 all
ALTER TABLE agreement_version ADD COLUMN
	audit_from_at	INTEGER;	-- records since then; NULL: since its beginning

-- Each checkpoint of the log that was published.
CREATE TABLE log_checkpoint (
	size		INTEGER PRIMARY KEY,	-- leaves: records up to this id
	root		BLOB NOT NULL,		-- of the Merkle tree
	note		TEXT NOT NULL,		-- as it was signed, by this log's key alone
	signed_at	INTEGER NOT NULL	-- when
) STRICT;

-- What a witness said of one of them.
CREATE TABLE log_cosignature (
	size		INTEGER NOT NULL REFERENCES log_checkpoint (size),	-- of which
	witness		TEXT NOT NULL,		-- its key's name
	line		TEXT NOT NULL,		-- the signature line, as it was verified
	cosigned_at	INTEGER NOT NULL,	-- the time in it
	PRIMARY KEY (size, witness)
) STRICT;

-- How asking a witness went the last time.
CREATE TABLE log_witness (
	witness		TEXT PRIMARY KEY,	-- its key's name
	size		INTEGER NOT NULL,	-- the largest it has cosigned; 0 none
	asked_at	INTEGER NOT NULL,	-- when it was asked last
	trouble		TEXT NOT NULL		-- why it did not cosign; '' when it did
) STRICT;

-- A bundle of records that an auditor asked for; made beside the pages.
CREATE TABLE bundle (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	ref		TEXT NOT NULL UNIQUE,	-- in addresses: 16 random characters
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- whose auditors may have it
	person		INTEGER NOT NULL REFERENCES person (id),	-- who asked
	language	TEXT NOT NULL,		-- of who asked
	families	INTEGER NOT NULL,	-- asked for: bit mask; 0 all
	about		INTEGER REFERENCES organisation (id),	-- asked for; NULL: all
	object		TEXT NOT NULL,		-- asked for: a ref; '' all
	from_at		INTEGER NOT NULL,	-- asked for: since then; 0 all
	until_at	INTEGER NOT NULL,	-- asked for: before then; 0 all
	state		TEXT NOT NULL CHECK (state IN	-- how far it is
			('asked', 'making', 'ready', 'failed')),
	records		INTEGER NOT NULL,	-- that it will have
	done		INTEGER NOT NULL,	-- that are in it
	size		INTEGER NOT NULL,	-- of the checkpoint in it; 0: not yet
	blob		INTEGER REFERENCES blob (id),	-- once it is ready
	trouble		TEXT NOT NULL,		-- a word of the catalogue, when it failed
	asked_at	INTEGER NOT NULL,	-- when it was asked for
	ready_at	INTEGER			-- when it was ready, or had failed
) STRICT;
CREATE INDEX bundle_organisation ON bundle (organisation, id);
CREATE INDEX bundle_open ON bundle (id) WHERE state IN ('asked', 'making');

-- What it has: fixed when it is asked for, by who asked.
CREATE TABLE bundle_record (
	bundle		INTEGER NOT NULL REFERENCES bundle (id),	-- which bundle
	record		INTEGER NOT NULL REFERENCES record (id),	-- what is in it
	PRIMARY KEY (bundle, record)
) STRICT, WITHOUT ROWID;
