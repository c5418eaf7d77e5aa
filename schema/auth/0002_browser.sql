-- SPDX-License-Identifier: Apache-2.0
-- Browsers that have signed somebody in: what others try on that person's
-- account does not shut them out.

-- A browser that knows a person, by the token in its cookie.
CREATE TABLE browser (
	digest		BLOB NOT NULL,	-- of the token; its persons share it
	person		INTEGER NOT NULL REFERENCES credential (person),	-- whom it has signed in
	failures	INTEGER NOT NULL,	-- consecutive tries here without success,
						-- counted before they are judged
	seen_at		INTEGER NOT NULL,	-- the last proof given here
	PRIMARY KEY (digest, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX browser_person ON browser (person, seen_at);
CREATE INDEX browser_seen ON browser (seen_at);
