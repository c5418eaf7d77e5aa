-- SPDX-License-Identifier: Apache-2.0
-- How people prove who they are.  Of what faces the network, login.fcgi
-- alone opens this database.  `person` is person.id of the portal's database.

-- A person's password and second factor.
CREATE TABLE credential (
	person		INTEGER PRIMARY KEY,	-- whose it is: person.id of the portal
	password	TEXT NOT NULL,		-- Argon2id, libsodium's own format
	totp		BLOB,			-- 20 bytes, NULL until enrolled
	totp_step	INTEGER NOT NULL,	-- last step used: a code works once
	failures	INTEGER NOT NULL,	-- consecutive tries without success,
						-- counted before they are judged;
						-- over 100 the account is locked
	changed_at	INTEGER NOT NULL	-- when password or factor last changed
) STRICT;

-- A code on paper that stands in for the second factor once.
CREATE TABLE recovery_code (
	digest		BLOB PRIMARY KEY,	-- SHA-256 of person and code
	person		INTEGER NOT NULL REFERENCES credential (person),	-- whose it is
	used_at		INTEGER			-- NULL until it was used
) STRICT;
CREATE INDEX recovery_code_person ON recovery_code (person);

-- What is half done: between password and code, between the password of an
-- invitation and its first code, or while a new factor is being enrolled.
CREATE TABLE pending (
	digest		BLOB PRIMARY KEY,	-- of the token in the cookie; of
						-- the session's, of kind factor
	kind		TEXT NOT NULL CHECK (kind IN ('code', 'enrol', 'factor')),	-- what is half done
	person		INTEGER NOT NULL,	-- who it would be
	password	TEXT,			-- of kind enrol: its Argon2id hash
	totp		BLOB,			-- the secret being enrolled
	tries		INTEGER NOT NULL,	-- codes given so far
	expires_at	INTEGER NOT NULL	-- then it must begin anew
) STRICT;
CREATE INDEX pending_expires ON pending (expires_at);

-- A one-time link that signs in, made by ententectl for demonstrations; it
-- is taken only where the configuration says `signin_links yes`.
CREATE TABLE signin_link (
	digest		BLOB PRIMARY KEY,	-- of the token in the link
	person		INTEGER NOT NULL,	-- whom it lets in
	expires_at	INTEGER NOT NULL,	-- its end, used or not
	used_at		INTEGER			-- NULL until it was used
) STRICT;

-- Token buckets: how much a key (an account or an address) may still try.
-- A bucket that is full again is not kept.
CREATE TABLE throttle (
	digest		BLOB PRIMARY KEY,	-- SHA-256 of kind and key
	tokens		INTEGER NOT NULL,	-- thousandths
	filled_at	INTEGER NOT NULL	-- when tokens were last counted
) STRICT;
CREATE INDEX throttle_filled ON throttle (filled_at);

-- Where passkeys will stand: one row a credential (WebAuthn level 2 §6.5).
CREATE TABLE passkey (
	id		BLOB PRIMARY KEY,	-- credential id, at most 1,023 bytes
	person		INTEGER NOT NULL REFERENCES credential (person),	-- whose it is
	algorithm	INTEGER NOT NULL,	-- COSE: -7, -8, -257
	public_key	BLOB NOT NULL,		-- as the authenticator gave it
	counter		INTEGER NOT NULL,	-- signatures so far: must grow
	name		TEXT NOT NULL,		-- what its owner calls it
	created_at	INTEGER NOT NULL	-- when it was registered
) STRICT;
