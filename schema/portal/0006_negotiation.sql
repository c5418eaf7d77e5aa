-- SPDX-License-Identifier: Apache-2.0
-- In what language an agreement is written, and parties that decline it.

ALTER TABLE agreement_version ADD COLUMN
	language TEXT CHECK (language IN	-- of title and text; not signed;
			('en', 'fr', 'nl', 'de'));	-- NULL: nobody was asked

-- A party's no to the version that counts; the next one asks it again.
ALTER TABLE agreement_party ADD COLUMN
	declined_at INTEGER;	-- NULL unless it did, and did not sign after all
ALTER TABLE agreement_party ADD COLUMN
	declined_why TEXT;	-- told to the other parties
