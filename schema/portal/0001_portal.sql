-- SPDX-License-Identifier: Apache-2.0
-- The portal's own database: everything except how people prove who they are
-- (that is schema/auth).  Times are microseconds UTC, in columns that end in
-- _at.  Labels are 0 TLP:CLEAR, 1 GREEN, 2 AMBER, 3 AMBER+STRICT, 4 RED.
-- Sectors are a bit mask: bit n is row n of the table in domain/sector.c.

-- An organisation: a private operator, a public institution, an auditor, or
-- the keeper of the portal.
CREATE TABLE organisation (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	ref		TEXT NOT NULL UNIQUE,	-- in addresses: a slug of the name
	name		TEXT NOT NULL UNIQUE,	-- as it calls itself
	kind		TEXT NOT NULL CHECK (kind IN	-- decides roles and grants
			('operator', 'institution', 'auditor', 'keeper')),
	country		TEXT NOT NULL,		-- ISO 3166-1 alpha-2
	sectors		INTEGER NOT NULL,	-- bit mask of its sectors
	state		TEXT NOT NULL CHECK (state IN
			('admitted', 'suspended')),	-- suspended: no grants, no sessions
	admitted_at	INTEGER NOT NULL,	-- when the keeper admitted it
	suspended_at	INTEGER			-- NULL while it is admitted
) STRICT;

-- A group of readers that an item can be addressed to.
CREATE TABLE circle (
	id		INTEGER PRIMARY KEY,	-- 1 is public, 2 is community
	ref		TEXT NOT NULL UNIQUE,	-- in addresses and on the command line
	kind		TEXT NOT NULL CHECK (kind IN (
			'public',		-- everybody, of TLP:CLEAR alone
			'community',		-- all members
			'sector',		-- the members of one sector
			'agreement',		-- the parties of one agreement
			'own')),		-- one organisation's own people
	sector		INTEGER,			-- one bit, of kind sector
	organisation	INTEGER REFERENCES organisation (id), -- of kind own
	name		TEXT			-- of kind agreement; others are in the catalogues
) STRICT;
CREATE UNIQUE INDEX circle_own ON circle (organisation) WHERE kind = 'own';

-- What an organisation signed.  The charter is an agreement like any other.
CREATE TABLE agreement (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	ref		TEXT NOT NULL UNIQUE,	-- AGR-2026-0007
	kind		TEXT NOT NULL CHECK (kind IN ('charter')),	-- what sort of agreement
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- who signed it
	signed_at	INTEGER NOT NULL,	-- day of the signature
	recorded_at	INTEGER NOT NULL	-- when the keeper entered it
) STRICT;

-- The access rule's rows: an agreement opens a circle to an organisation.
CREATE TABLE access_grant (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	agreement	INTEGER NOT NULL REFERENCES agreement (id),	-- why the circle is open
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- to whom it is open
	circle		INTEGER NOT NULL REFERENCES circle (id),	-- what is open
	max_label	INTEGER NOT NULL CHECK (max_label BETWEEN 0 AND 4),	-- the highest label it carries
	from_at		INTEGER NOT NULL,	-- valid from this instant
	until_at	INTEGER,			-- NULL: no end was agreed
	ended_at	INTEGER,			-- ended early: notice, suspension
	UNIQUE (agreement, organisation, circle, from_at)
) STRICT;
CREATE INDEX access_grant_reader ON access_grant (organisation, circle);
CREATE INDEX access_grant_circle ON access_grant (circle, organisation);

-- A person of an organisation.
CREATE TABLE person (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	ref		TEXT NOT NULL UNIQUE,	-- in addresses: 16 random characters
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- where they work
	email		TEXT NOT NULL,		-- as it was given
	email_folded	TEXT NOT NULL UNIQUE,	-- as it is compared
	name		TEXT NOT NULL,		-- as it is shown
	language	TEXT NOT NULL CHECK (language IN ('en', 'fr')),	-- of pages and mails
	roles		INTEGER NOT NULL,	-- bit mask of enum role
	state		TEXT NOT NULL CHECK (state IN	-- active once they set a password
			('invited', 'active', 'disabled')),
	created_at	INTEGER NOT NULL,	-- when they were invited
	seen_at		INTEGER			-- last signed in
) STRICT;
CREATE INDEX person_organisation ON person (organisation, name);

-- A browser that is signed in.
CREATE TABLE session (
	id		INTEGER PRIMARY KEY,	-- for the list of one's sessions
	digest		BLOB NOT NULL UNIQUE,	-- of the token in the cookie
	person		INTEGER NOT NULL REFERENCES person (id),	-- who is signed in
	created_at	INTEGER NOT NULL,	-- when it began
	seen_at		INTEGER NOT NULL,	-- moved at most once a minute
	proved_at	INTEGER NOT NULL,	-- password and code given; 0 by link
	expires_at	INTEGER NOT NULL,	-- absolute end
	address		TEXT NOT NULL,		-- where it began, shown to its owner
	user_agent	TEXT NOT NULL		-- the browser, shown to its owner
) STRICT;
CREATE INDEX session_person ON session (person);

-- A one-time link by which a person sets the first password.
CREATE TABLE invitation (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	digest		BLOB NOT NULL UNIQUE,	-- of the token in the link
	person		INTEGER NOT NULL REFERENCES person (id),	-- whom it invites
	created_by	INTEGER REFERENCES person (id), -- NULL: by ententectl
	created_at	INTEGER NOT NULL,	-- when it was made
	expires_at	INTEGER NOT NULL,	-- its end, used or not
	used_at		INTEGER			-- NULL until it was used
) STRICT;
CREATE INDEX invitation_person ON invitation (person);

-- A form that was sent, so that sending it again is done once.
CREATE TABLE submission (
	digest		BLOB PRIMARY KEY,	-- of the form's random key
	person		INTEGER NOT NULL,	-- who sent it
	location	TEXT NOT NULL,		-- where it led
	done_at		INTEGER NOT NULL	-- removed two days later
) STRICT;
CREATE INDEX submission_done ON submission (done_at);

-- The record of a consequential act, appended in the act's own transaction.
CREATE TABLE record (
	id		INTEGER PRIMARY KEY,	-- 1, 2, 3 … without a gap
	recorded_at	INTEGER NOT NULL,	-- the same as in body
	kind		TEXT NOT NULL,		-- a row of domain/record.c
	actor		INTEGER REFERENCES person (id), -- NULL: the keeper's console
	organisation	INTEGER REFERENCES organisation (id), -- the actor's
	object		TEXT NOT NULL,		-- ref of what was acted on
	body		BLOB NOT NULL,		-- canonical JSON (RFC 8785)
	digest		BLOB NOT NULL UNIQUE	-- SHA-256 of body
) STRICT;
CREATE INDEX record_object ON record (object, id);
CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
BEGIN SELECT RAISE (ABORT, 'records are append-only'); END;
CREATE TRIGGER record_is_never_removed BEFORE DELETE ON record
BEGIN SELECT RAISE (ABORT, 'records are append-only'); END;

-- The next number of references such as ENT-2026-0042.
CREATE TABLE counter (
	name		TEXT NOT NULL,		-- 'ENT', 'AGR'
	year		INTEGER NOT NULL,	-- in the reference
	last		INTEGER NOT NULL,	-- the last number given
	PRIMARY KEY (name, year)
) STRICT;

-- A file kept by its content, in blobs/<first two>/<sha256>.
CREATE TABLE blob (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	sha256		TEXT NOT NULL UNIQUE,	-- lower-case hex
	bytes		INTEGER NOT NULL,	-- its size
	media_type	TEXT NOT NULL,		-- as it is sent
	created_at	INTEGER NOT NULL	-- when it was first kept
) STRICT;

-- An advisory.  What it says is in its revisions.
CREATE TABLE advisory (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	ref		TEXT NOT NULL UNIQUE,	-- ENT-2026-0042
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- its source and owner
	state		TEXT NOT NULL CHECK (state IN	-- what may be done with it
			('draft', 'published', 'withdrawn')),
	revision	INTEGER NOT NULL,	-- number that readers see; 0 none yet
	draft		INTEGER,		-- number being written, or NULL
	position	INTEGER NOT NULL UNIQUE,	-- order of lists: µs of the last
						-- publication, made unique
	created_at	INTEGER NOT NULL,	-- when writing began
	published_at	INTEGER,			-- first publication
	withdrawn_at	INTEGER,		-- NULL unless it was
	withdrawn_why	TEXT,			-- shown in place of the text
	foreign_id	TEXT,			-- an imported document's own id
	UNIQUE (organisation, foreign_id)
) STRICT;
CREATE INDEX advisory_own ON advisory (organisation, position);
CREATE INDEX advisory_draft ON advisory (organisation, position)
	WHERE draft IS NOT NULL;

-- One revision: a draft until it is published, then never changed.
CREATE TABLE advisory_revision (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	advisory	INTEGER NOT NULL REFERENCES advisory (id),	-- whose revision it is
	number		INTEGER NOT NULL,	-- 1, 2, 3 …
	edit		INTEGER NOT NULL,	-- counts saves: the second of two
						-- editors is told
	title		TEXT NOT NULL,		-- one line
	summary		TEXT NOT NULL,		-- what a reader acts on
	happened	TEXT NOT NULL,		-- Markdown
	todo		TEXT NOT NULL,		-- Markdown: what to do
	products	TEXT NOT NULL,		-- one a line
	cves		TEXT NOT NULL,		-- CVE identifiers, one a line
	severity	INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 4),
						-- 0 none, low, medium, high, critical
	label		INTEGER NOT NULL CHECK (label BETWEEN 0 AND 4),	-- enum tlp
	sectors		INTEGER NOT NULL,	-- bit mask: what it is about
	answer_by_at	INTEGER,			-- end of the day asked for, or NULL
	change		TEXT NOT NULL,		-- what changed since the last one
	foreign_version	TEXT,			-- of the imported document
	source		INTEGER REFERENCES blob (id), -- its original bytes
	author		INTEGER REFERENCES person (id), -- NULL: imported
	saved_at	INTEGER NOT NULL,	-- the last save
	published_at	INTEGER,			-- NULL while a draft
	UNIQUE (advisory, number)
) STRICT;

-- Whom a revision is addressed to.
CREATE TABLE revision_circle (
	revision	INTEGER NOT NULL REFERENCES advisory_revision (id),	-- what is addressed
	circle		INTEGER NOT NULL REFERENCES circle (id),	-- to whom
	PRIMARY KEY (revision, circle)
) STRICT;

-- The persons that a TLP:RED revision names.
CREATE TABLE revision_person (
	revision	INTEGER NOT NULL REFERENCES advisory_revision (id),	-- what names
	person		INTEGER NOT NULL REFERENCES person (id),	-- who is named
	PRIMARY KEY (revision, person)
) STRICT;

-- A piece of a structured document (CSAF), in reading order.
CREATE TABLE advisory_part (
	revision	INTEGER NOT NULL REFERENCES advisory_revision (id),	-- what it is a part of
	position	INTEGER NOT NULL,	-- 1, 2, 3 …
	kind		TEXT NOT NULL,		-- as domain/csaf.h lists them
	depth		INTEGER NOT NULL,	-- in the product tree; of others 1: belongs
						-- to the vulnerability before it
	name		TEXT NOT NULL,		-- e.g. a CVE, a vector, a category
	title		TEXT NOT NULL,		-- a heading
	text		TEXT NOT NULL,		-- what it says
	url		TEXT NOT NULL,		-- http, https or empty
	PRIMARY KEY (revision, position)
) STRICT, WITHOUT ROWID;

-- The access rule's other side: an advisory as each circle that it is
-- addressed to has it in its list.  Every advisory, a draft too, has the row
-- of its organisation's own circle; a published TLP:CLEAR one has the public
-- circle's.  Derived from the newest published revision in the transaction
-- that publishes it; ententectl check compares.
CREATE TABLE advisory_circle (
	circle		INTEGER NOT NULL REFERENCES circle (id),	-- whose list it is in
	position	INTEGER NOT NULL,	-- advisory.position
	advisory	INTEGER NOT NULL REFERENCES advisory (id),	-- what is in it
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- whose it is
	state		TEXT NOT NULL,		-- of the advisory
	label		INTEGER NOT NULL,	-- of the revision that readers see
	severity	INTEGER NOT NULL,	-- likewise
	sectors		INTEGER NOT NULL,	-- likewise
	answer_by_at	INTEGER,		-- likewise
	PRIMARY KEY (circle, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX advisory_circle_item ON advisory_circle (advisory, circle);
-- The few that ask for an answer, with all that their list is filtered by.
CREATE INDEX advisory_circle_answer ON advisory_circle (circle, position,
	advisory, organisation, state, label, severity, sectors, answer_by_at)
	WHERE answer_by_at IS NOT NULL;

-- What asks an organisation for an answer and has none of it, as its list
-- has it: whoever has answered thousands pays for the few that are open.
-- Every grant counts here, also one that ended: the access rule is asked when
-- somebody reads.  Derived like advisory_circle, and compared likewise.
CREATE TABLE advisory_asked (
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- who is asked
	position	INTEGER NOT NULL,	-- advisory.position
	advisory	INTEGER NOT NULL REFERENCES advisory (id),	-- what asks
	PRIMARY KEY (organisation, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX advisory_asked_item ON advisory_asked (advisory, organisation);

-- The persons named by the newest published revision (or the draft of an
-- advisory that never was published): who may read TLP:RED.
CREATE TABLE advisory_person (
	advisory	INTEGER NOT NULL REFERENCES advisory (id),	-- what names
	person		INTEGER NOT NULL REFERENCES person (id),	-- who is named
	PRIMARY KEY (advisory, person)
) STRICT, WITHOUT ROWID;

-- Who has opened an advisory, and the newest revision that they saw.
CREATE TABLE reading (
	person		INTEGER NOT NULL REFERENCES person (id),	-- who opened it
	advisory	INTEGER NOT NULL REFERENCES advisory (id),	-- what was opened
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- where they worked then
	revision	INTEGER NOT NULL,	-- the newest that they saw
	first_at	INTEGER NOT NULL,	-- when they first opened any
	last_at		INTEGER NOT NULL,	-- when that revision was first opened
	PRIMARY KEY (person, advisory)
) STRICT, WITHOUT ROWID;
CREATE INDEX reading_advisory ON reading (advisory, organisation);

-- Every view of a TLP:RED advisory, for its source.
CREATE TABLE red_view (
	id		INTEGER PRIMARY KEY,	-- in the order of views
	advisory	INTEGER NOT NULL REFERENCES advisory (id),	-- what was viewed
	person		INTEGER NOT NULL REFERENCES person (id),	-- by whom
	viewed_at	INTEGER NOT NULL	-- when
) STRICT;
CREATE INDEX red_view_advisory ON red_view (advisory, viewed_at);

-- What an organisation says about an advisory, now.
CREATE TABLE answer (
	advisory	INTEGER NOT NULL REFERENCES advisory (id),	-- what is answered
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- who answers
	state		TEXT NOT NULL CHECK (state IN	-- what it did about it
			('examining', 'unaffected', 'mitigating', 'mitigated')),
	comment		TEXT NOT NULL,		-- to the source, may be empty
	done_by_at	INTEGER,			-- when it was or will be mitigated
	revision	INTEGER NOT NULL,	-- that it answers
	person		INTEGER NOT NULL REFERENCES person (id),	-- who said so
	answered_at	INTEGER NOT NULL,	-- when
	PRIMARY KEY (advisory, organisation)
) STRICT, WITHOUT ROWID;

-- What it said over time, the present answer included.
CREATE TABLE answer_history (
	id		INTEGER PRIMARY KEY,	-- in the order of answers
	advisory	INTEGER NOT NULL REFERENCES advisory (id),	-- what is answered
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- who answers
	state		TEXT NOT NULL,		-- as in answer
	comment		TEXT NOT NULL,		-- as in answer
	done_by_at	INTEGER,		-- as in answer
	revision	INTEGER NOT NULL,	-- as in answer
	person		INTEGER NOT NULL REFERENCES person (id),	-- as in answer
	answered_at	INTEGER NOT NULL	-- as in answer
) STRICT;
CREATE INDEX answer_history_item
	ON answer_history (advisory, organisation, id);

-- Full text.  The row's id is the advisory's position, so that FTS5 gives
-- the newest first by itself; `reach` holds words of the access rule (see
-- access_words()), so that what a reader may not see costs no time either.
CREATE VIRTUAL TABLE advisory_fts USING fts5 (
	title, summary, body, reach,
	tokenize = "unicode61 remove_diacritics 2"
);

-- The circles that are there before any organisation is.
INSERT INTO circle (id, ref, kind) VALUES
	(1, 'public', 'public'),
	(2, 'community', 'community');
INSERT INTO circle (ref, kind, sector) VALUES
	('energy', 'sector', 1),
	('transport', 'sector', 2),
	('communications', 'sector', 4),
	('water', 'sector', 8),
	('banking', 'sector', 16),
	('financial-markets', 'sector', 32),
	('health', 'sector', 64),
	('ict-services', 'sector', 128),
	('public-administration', 'sector', 256),
	('space', 'sector', 512),
	('postal', 'sector', 1024),
	('waste', 'sector', 2048),
	('chemicals', 'sector', 4096),
	('food', 'sector', 8192),
	('manufacturing', 'sector', 16384),
	('digital-providers', 'sector', 32768),
	('research', 'sector', 65536);
