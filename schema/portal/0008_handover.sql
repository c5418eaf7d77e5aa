-- SPDX-License-Identifier: Apache-2.0
-- The keys of the log, one after the other.

-- One key handed over to the next; both signed that.
CREATE TABLE log_handover (
	id		INTEGER PRIMARY KEY,	-- in the order of the keys
	key		TEXT NOT NULL UNIQUE,	-- the verifier key that took over
	note		TEXT NOT NULL,		-- the hand-over, whole, as it was signed
	kept_at		INTEGER NOT NULL	-- when the portal was told
) STRICT;
