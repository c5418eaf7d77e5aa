-- SPDX-License-Identifier: Apache-2.0
-- Cooperation agreements: drafted, negotiated in numbered versions, signed,
-- in force, ended; and the keys by which organisations sign.  The charters
-- that are there become agreements of one party, given on paper.

-- The table is made anew under its own name, so that what refers to it finds
-- the same rows again; what is missing between is looked at at the end.
PRAGMA defer_foreign_keys = ON;
-- What was there, for the time of this script.
CREATE TABLE agreement_before AS SELECT * FROM agreement;
DROP TABLE agreement;

-- An agreement.  What it says is in its versions, who stands how in it is in
-- agreement_party.  Nothing is done by the clock: one that is signed is in
-- force from from_at until until_at, asked for when somebody reads.
CREATE TABLE agreement (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	ref		TEXT NOT NULL UNIQUE,	-- AGR-2026-0007
	kind		TEXT NOT NULL CHECK (kind IN	-- what sort of agreement
			('charter', 'exchange', 'sector', 'mutual-aid',
			'audit', 'other')),
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- who proposed it;
						-- of a charter, whom it lets in
	state		TEXT NOT NULL CHECK (state IN	-- what may be done with it
			('draft', 'proposed', 'signed', 'withdrawn')),
	on_paper	INTEGER NOT NULL CHECK (on_paper IN (0, 1)),	-- signed outside: has
						-- no version here
	version		INTEGER NOT NULL,	-- number that counts; 0 none
	position	INTEGER NOT NULL UNIQUE,	-- order of lists: µs of the last act
						-- made unique
	created_at	INTEGER NOT NULL,	-- when drafting began, or it was entered
	proposed_at	INTEGER,		-- when its first version was proposed
	signed_at	INTEGER,		-- the last signature; on paper: its day
	from_at		INTEGER,		-- in force from here; NULL until signed
	until_at	INTEGER,		-- and no longer from here; NULL: no end
	end_cause	TEXT CHECK (end_cause IN	-- NULL: the end that was agreed
			('notice', 'terminated', 'replaced')),
	replaces	INTEGER REFERENCES agreement (id),	-- which one it follows
	replaces_how	TEXT CHECK (replaces_how IN	-- why, NULL when it follows none
			('amendment', 'renewal')),
	withdrawn_at	INTEGER,		-- NULL unless the proposal was
	withdrawn_why	TEXT,			-- told to the parties
	publication	TEXT NOT NULL CHECK (publication IN	-- who else may read it
			('none', 'community', 'everybody')),
	extent		TEXT NOT NULL CHECK (extent IN	-- how much of it
			('whole', 'terms')),
	published_at	INTEGER,		-- order of the register: µs, made unique
	asked_publication TEXT CHECK (asked_publication IN	-- waits for every party's yes
			('community', 'everybody')),
	asked_extent	TEXT CHECK (asked_extent IN ('whole', 'terms')),	-- likewise
	asked_by	INTEGER REFERENCES organisation (id),	-- who asked for it
	asked_at	INTEGER,			-- when
	CHECK ((state = 'signed') = (from_at IS NOT NULL)),
	CHECK ((publication = 'none') = (published_at IS NULL))
) STRICT;
CREATE INDEX agreement_organisation ON agreement (organisation, kind);
CREATE INDEX agreement_replaces ON agreement (replaces)
	WHERE replaces IS NOT NULL;
CREATE UNIQUE INDEX agreement_published ON agreement (published_at)
	WHERE published_at IS NOT NULL;

INSERT INTO agreement (id, ref, kind, organisation, state, on_paper, version,
	position, created_at, signed_at, from_at, publication, extent)
SELECT id, ref, kind, organisation, 'signed', 1, 0,
	(SELECT MAX(recorded_at) FROM agreement_before)
	+ ROW_NUMBER() OVER (ORDER BY recorded_at, id),
	recorded_at, signed_at, recorded_at, 'none', 'whole'
FROM agreement_before;
DROP TABLE agreement_before;

-- A party of the version that counts, and how it stands.
CREATE TABLE agreement_party (
	agreement	INTEGER NOT NULL REFERENCES agreement (id),	-- of what
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- who
	position	INTEGER NOT NULL,	-- 1, 2, 3 …: the order of signature
	notice_at	INTEGER,		-- when it gave notice
	notice_why	TEXT,			-- told to the other parties
	leaves_at	INTEGER,		-- since when it is no party any more
	suspended_at	INTEGER,		-- NULL while it is not
	suspended_by	INTEGER REFERENCES organisation (id),	-- which party did it
	suspended_why	TEXT,			-- told to the parties
	ending_at	INTEGER,		-- it agreed to end the agreement at once
	publishing_at	INTEGER,		-- it agreed to the publication asked for
	PRIMARY KEY (agreement, organisation)
) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_party_organisation
	ON agreement_party (organisation, agreement);

INSERT INTO agreement_party (agreement, organisation, position)
SELECT id, organisation, 1 FROM agreement;

-- What it opens since it was signed: a charter several, others one.
CREATE TABLE agreement_circle (
	agreement	INTEGER NOT NULL REFERENCES agreement (id),	-- why it is open
	circle		INTEGER NOT NULL REFERENCES circle (id),	-- what is open
	max_label	INTEGER NOT NULL CHECK (max_label BETWEEN 0 AND 4),	-- up to here
	PRIMARY KEY (agreement, circle)
) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_circle_circle ON agreement_circle (circle, agreement);

INSERT INTO agreement_circle (agreement, circle, max_label)
SELECT agreement, circle, MAX(max_label) FROM access_grant
GROUP BY agreement, circle;

-- One version: an organisation's own draft until it is proposed, which gives
-- it its number; then never changed.
CREATE TABLE agreement_version (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	agreement	INTEGER NOT NULL REFERENCES agreement (id),	-- of what
	number		INTEGER,		-- 1, 2, 3 …; NULL: a draft
	edit		INTEGER NOT NULL,	-- counts saves: the second of two
						-- editors is told
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- who wrote it
	author		INTEGER REFERENCES person (id), -- NULL: the console
	title		TEXT NOT NULL,		-- one line
	text		TEXT NOT NULL,		-- Markdown
	change		TEXT NOT NULL,		-- what is new in it; not signed
	why_one_kind	TEXT NOT NULL,		-- why not an operator and an institution;
						-- not signed
	circle		INTEGER REFERENCES circle (id), -- that it extends; NULL: a new one
	circle_name	TEXT NOT NULL,		-- of either
	sectors		INTEGER NOT NULL,	-- bit mask: what it is about
	max_label	INTEGER NOT NULL CHECK (max_label BETWEEN 0 AND 4),	-- the highest it carries
	sharing		TEXT NOT NULL CHECK (sharing IN	-- may a party share further
			('never', 'permission', 'sector')),
	from_at		INTEGER,		-- NULL: from the last signature
	until_at	INTEGER,		-- NULL: no end
	notice_days	INTEGER NOT NULL,	-- from notice to leaving
	auditor		INTEGER REFERENCES organisation (id), -- who may read its records
	auditor_name	TEXT,			-- as it was then
	signing_order	TEXT NOT NULL CHECK (signing_order IN	-- who signs when
			('free', 'sequence')),
	saved_at	INTEGER NOT NULL,	-- the last save
	proposed_at	INTEGER,		-- NULL while a draft
	digest		BLOB,			-- SHA-256 of its canonical bytes
	UNIQUE (agreement, number),
	CHECK ((number IS NULL) = (digest IS NULL))
) STRICT;
CREATE UNIQUE INDEX agreement_version_draft
	ON agreement_version (agreement, organisation) WHERE number IS NULL;
CREATE INDEX agreement_version_auditor ON agreement_version (auditor)
	WHERE auditor IS NOT NULL;
CREATE TRIGGER agreement_version_is_never_changed
BEFORE UPDATE ON agreement_version WHEN OLD.number IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'versions are immutable'); END;
CREATE TRIGGER agreement_version_is_never_removed
BEFORE DELETE ON agreement_version WHEN OLD.number IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'versions are immutable'); END;

-- The parties that a version names.
CREATE TABLE agreement_version_party (
	version		INTEGER NOT NULL REFERENCES agreement_version (id),	-- which names
	position	INTEGER NOT NULL,	-- 1, 2, 3 …: the order of signature
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- who is named
	name		TEXT NOT NULL,		-- as it was then
	PRIMARY KEY (version, position),
	UNIQUE (version, organisation)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER agreement_version_party_is_never_added
BEFORE INSERT ON agreement_version_party
WHEN (SELECT number FROM agreement_version WHERE id = NEW.version) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'versions are immutable'); END;
CREATE TRIGGER agreement_version_party_is_never_changed
BEFORE UPDATE ON agreement_version_party
WHEN (SELECT number FROM agreement_version WHERE id = OLD.version) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'versions are immutable'); END;
CREATE TRIGGER agreement_version_party_is_never_removed
BEFORE DELETE ON agreement_version_party
WHEN (SELECT number FROM agreement_version WHERE id = OLD.version) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'versions are immutable'); END;

-- What parties say to each other about a version.
CREATE TABLE agreement_comment (
	id		INTEGER PRIMARY KEY,	-- in the order of writing
	agreement	INTEGER NOT NULL REFERENCES agreement (id),	-- about what
	version		INTEGER NOT NULL,	-- about which number
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- who says it
	person		INTEGER NOT NULL REFERENCES person (id),	-- by whom
	text		TEXT NOT NULL,		-- what
	written_at	INTEGER NOT NULL	-- when
) STRICT;
CREATE INDEX agreement_comment_agreement ON agreement_comment (agreement, id);

-- An organisation's own minisign key: one person proposes it, a second one
-- of the other role (steward, signatory) confirms it.
CREATE TABLE signing_key (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- whose it is
	number		TEXT NOT NULL,		-- of the key as people see it: 16 hex digits
	public_key	TEXT NOT NULL,		-- its line of base64
	proposed_by	INTEGER NOT NULL REFERENCES person (id),	-- who brought it
	proposed_as	INTEGER NOT NULL,	-- bit mask of enum role, of those two
	proposed_at	INTEGER NOT NULL,	-- when
	confirmed_by	INTEGER REFERENCES person (id),	-- who compared it; NULL: waits
	confirmed_at	INTEGER,		-- when
	revoked_by	INTEGER REFERENCES person (id),	-- who took it back; NULL: good
	revoked_at	INTEGER,		-- when
	UNIQUE (organisation, number)
) STRICT;
-- Nobody passes off another organisation's key as its own.
CREATE UNIQUE INDEX signing_key_public ON signing_key (public_key)
	WHERE revoked_at IS NULL;

-- A signature of a version by a party.  One of an earlier version than the
-- agreement's is void; it is kept.
CREATE TABLE agreement_signature (
	id		INTEGER PRIMARY KEY,	-- in the order of signing
	version		INTEGER NOT NULL REFERENCES agreement_version (id),	-- what was signed
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- for whom
	person		INTEGER NOT NULL REFERENCES person (id),	-- by whom
	way		TEXT NOT NULL CHECK (way IN	-- passkey: not yet
			('portal', 'minisign', 'passkey')),
	digest		BLOB NOT NULL,		-- of the canonical bytes they saw
	minisig		TEXT,			-- the file as it was brought
	key		INTEGER REFERENCES signing_key (id),	-- that verified it
	signed_at	INTEGER NOT NULL,	-- when
	UNIQUE (version, organisation),
	CHECK ((way = 'minisign') = (minisig IS NOT NULL AND key IS NOT NULL))
) STRICT;
CREATE TRIGGER agreement_signature_is_never_changed
BEFORE UPDATE ON agreement_signature
BEGIN SELECT RAISE (ABORT, 'signatures are kept as they are'); END;
CREATE TRIGGER agreement_signature_is_never_removed
BEFORE DELETE ON agreement_signature
BEGIN SELECT RAISE (ABORT, 'signatures are kept as they are'); END;
