-- SPDX-License-Identifier: Apache-2.0
-- The library: documents that members contribute, in versions; what lists and
-- search find of them; and what members say of them.  Measures are a bit mask:
-- bit n is the n-th letter of NIS2 article 21(2), a to j.

-- An entry of the library.  What it says, and its file, are in its versions.
CREATE TABLE document (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	ref		TEXT NOT NULL UNIQUE,	-- DOC-2026-0042
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- its contributor and owner
	state		TEXT NOT NULL CHECK (state IN	-- what may be done with it
			('draft', 'published', 'withdrawn')),
	version		INTEGER NOT NULL,	-- number that readers see; 0 none yet
	draft		INTEGER,		-- number being written, or NULL
	position	INTEGER NOT NULL UNIQUE,	-- order of lists: µs of the last
						-- publication, made unique
	created_at	INTEGER NOT NULL,	-- when writing began
	published_at	INTEGER,		-- first publication
	withdrawn_at	INTEGER,		-- NULL unless it was
	withdrawn_why	TEXT			-- shown in place of the document
) STRICT;
CREATE INDEX document_draft ON document (organisation, position)
	WHERE draft IS NOT NULL;

-- One version: a draft until it is published, then never changed.
CREATE TABLE document_version (
	id		INTEGER PRIMARY KEY,	-- for other tables; never shown
	document	INTEGER NOT NULL REFERENCES document (id),	-- whose version it is
	number		INTEGER NOT NULL,	-- 1, 2, 3 …
	edit		INTEGER NOT NULL,	-- counts saves: the second of two
						-- editors is told
	title		TEXT NOT NULL,		-- one line
	summary		TEXT NOT NULL,		-- what it is good for
	kind		TEXT NOT NULL CHECK (kind IN ('guide', 'checklist',	-- what sort of document
			'procedure', 'lesson', 'exercise', 'policy')),
	language	TEXT NOT NULL,		-- ISO 639-1, of the document itself
	sectors		INTEGER NOT NULL,	-- bit mask: whom it is for; 0 all
	measures	INTEGER NOT NULL,	-- bit mask: what it helps with
	label		INTEGER NOT NULL CHECK (label BETWEEN 0 AND 4),	-- enum tlp
	review_by_at	INTEGER,		-- end of the day it is good until, or NULL
	translation_of	INTEGER REFERENCES document (id),	-- of which it is one, or NULL
	note		TEXT NOT NULL,		-- what changed since the last one
	blob		INTEGER REFERENCES blob (id),	-- its bytes; NULL: no file yet
	format		TEXT NOT NULL,		-- of the file: a word of scan/format.h
	filename	TEXT NOT NULL,		-- as it was uploaded, and is sent
	author		INTEGER REFERENCES person (id), -- NULL: by ententectl
	saved_at	INTEGER NOT NULL,	-- the last save
	published_at	INTEGER,		-- NULL while a draft
	UNIQUE (document, number)
) STRICT;
CREATE INDEX document_version_translation ON document_version (translation_of)
	WHERE translation_of IS NOT NULL;
CREATE INDEX document_version_blob ON document_version (blob);

-- Whom a version is addressed to.
CREATE TABLE document_version_circle (
	document_version INTEGER NOT NULL REFERENCES document_version (id),	-- what is addressed
	circle		INTEGER NOT NULL REFERENCES circle (id),	-- to whom
	PRIMARY KEY (document_version, circle)
) STRICT, WITHOUT ROWID;

-- The persons that a TLP:RED version names.
CREATE TABLE document_version_person (
	document_version INTEGER NOT NULL REFERENCES document_version (id),	-- what names
	person		INTEGER NOT NULL REFERENCES person (id),	-- who is named
	PRIMARY KEY (document_version, person)
) STRICT, WITHOUT ROWID;

-- Other documents that a version points to.
CREATE TABLE document_version_related (
	document_version INTEGER NOT NULL REFERENCES document_version (id),	-- what points
	document	INTEGER NOT NULL REFERENCES document (id),	-- to what
	PRIMARY KEY (document_version, document)
) STRICT, WITHOUT ROWID;

-- The text inside a file, as entente-scan found it: for finding and comparing.
CREATE TABLE document_text (
	blob		INTEGER NOT NULL REFERENCES blob (id),	-- of which file
	format		TEXT NOT NULL,		-- read as what: the same bytes may be two
	text		TEXT NOT NULL,		-- UTF-8, NFKC; empty: it has none
	is_cut		INTEGER NOT NULL CHECK (is_cut IN (0, 1)),	-- there is more in it
	PRIMARY KEY (blob, format)
) STRICT;

-- The access rule's other side: a document as each circle that it is
-- addressed to has it in its list; see advisory_circle.
CREATE TABLE document_circle (
	circle		INTEGER NOT NULL REFERENCES circle (id),	-- whose list it is in
	position	INTEGER NOT NULL,	-- document.position
	document	INTEGER NOT NULL REFERENCES document (id),	-- what is in it
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- whose it is
	state		TEXT NOT NULL,		-- of the document
	version		INTEGER NOT NULL,	-- of the document: the newest; 0 none yet
	label		INTEGER NOT NULL,	-- of the version that readers see
	kind		TEXT NOT NULL,		-- likewise
	language	TEXT NOT NULL,		-- likewise
	sectors		INTEGER NOT NULL,	-- likewise
	measures	INTEGER NOT NULL,	-- likewise
	review_by_at	INTEGER,		-- likewise
	PRIMARY KEY (circle, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_circle_item ON document_circle (document, circle);
CREATE INDEX document_circle_due ON document_circle (circle, review_by_at)
	WHERE review_by_at IS NOT NULL;

-- The persons named by the newest published version (or the draft of a
-- document that never was published): who may read TLP:RED.
CREATE TABLE document_person (
	document	INTEGER NOT NULL REFERENCES document (id),	-- what names
	person		INTEGER NOT NULL REFERENCES person (id),	-- who is named
	PRIMARY KEY (document, person)
) STRICT, WITHOUT ROWID;

-- Full text.  The row's id is the document's position; `reach` holds words of
-- the access rule: see advisory_fts.
CREATE VIRTUAL TABLE document_fts USING fts5 (
	title, summary, body, reach,
	tokenize = "unicode61 remove_diacritics 2"
);

-- Who has opened a document's page or had its file, and the newest version
-- that they saw.
CREATE TABLE document_reading (
	person		INTEGER NOT NULL REFERENCES person (id),	-- who opened it
	document	INTEGER NOT NULL REFERENCES document (id),	-- what was opened
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- where they worked then
	version		INTEGER NOT NULL,	-- the newest whose page they saw
	first_at	INTEGER NOT NULL,	-- when they first opened it
	last_at		INTEGER NOT NULL,	-- when they first opened that version
	downloaded	INTEGER NOT NULL,	-- the newest whose file they had; 0 none
	downloaded_at	INTEGER,		-- when they last had a file
	PRIMARY KEY (person, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_reading_item ON document_reading (document, organisation);

-- Every view of a TLP:RED document, for its contributor.
CREATE TABLE document_red_view (
	id		INTEGER PRIMARY KEY,	-- in the order of views
	document	INTEGER NOT NULL REFERENCES document (id),	-- what was viewed
	person		INTEGER NOT NULL REFERENCES person (id),	-- by whom
	is_file		INTEGER NOT NULL CHECK (is_file IN (0, 1)),	-- its file, or its page
	viewed_at	INTEGER NOT NULL	-- when
) STRICT;
CREATE INDEX document_red_view_item ON document_red_view (document, viewed_at);

-- What somebody says about a document: a thread, or an answer in one.
CREATE TABLE document_comment (
	id		INTEGER PRIMARY KEY,	-- in the order of writing
	document	INTEGER NOT NULL REFERENCES document (id),	-- about what
	version		INTEGER NOT NULL,	-- the newest when it was written
	thread		INTEGER REFERENCES document_comment (id),	-- answers it; NULL: begins one
	person		INTEGER NOT NULL REFERENCES person (id),	-- who wrote it
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- where they worked then
	text		TEXT NOT NULL,		-- plain text
	written_at	INTEGER NOT NULL,	-- when
	edited_at	INTEGER			-- NULL: never
) STRICT;
CREATE INDEX document_comment_item ON document_comment (document, id);

-- An organisation says that it uses a document.
CREATE TABLE document_use (
	document	INTEGER NOT NULL REFERENCES document (id),	-- what is used
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- by whom
	person		INTEGER NOT NULL REFERENCES person (id),	-- who said so
	used_at		INTEGER NOT NULL,	-- since when it says so
	PRIMARY KEY (document, organisation)
) STRICT, WITHOUT ROWID;

-- A verdict of another organisation on one version; its newest counts.
CREATE TABLE document_review (
	id		INTEGER PRIMARY KEY,	-- in the order of verdicts
	document	INTEGER NOT NULL REFERENCES document (id),	-- what was reviewed
	contributor	INTEGER NOT NULL REFERENCES organisation (id),	-- whose it is
	version		INTEGER NOT NULL,	-- which version of it
	organisation	INTEGER NOT NULL REFERENCES organisation (id),	-- by whom
	person		INTEGER NOT NULL REFERENCES person (id),	-- who said so
	verdict		TEXT NOT NULL CHECK (verdict IN (	-- what was found
			'reviewed',	-- good as it is
			'reservations',	-- good, but
			'changes')),	-- asks for changes
	text		TEXT NOT NULL,		-- why; may be empty of 'reviewed'
	reviewed_at	INTEGER NOT NULL	-- when
) STRICT;
CREATE INDEX document_review_item ON document_review (document, organisation);
CREATE INDEX document_review_changes ON document_review (contributor)
	WHERE verdict = 'changes';

-- What a person wants to hear of on Today.
CREATE TABLE subscription (
	person		INTEGER PRIMARY KEY REFERENCES person (id),	-- who
	sectors		INTEGER NOT NULL,	-- bit mask
	measures	INTEGER NOT NULL	-- bit mask
) STRICT;
