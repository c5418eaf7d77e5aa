-- SPDX-License-Identifier: Apache-2.0
-- A faster search of the library.

-- Titles and summaries of documents once more, in an index of their own: which
-- of them have a word there, document_fts knows only after stepping through
-- all that have it anywhere in the text.
CREATE VIRTUAL TABLE document_head_fts USING fts5 (
	title, summary, reach,
	tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO document_head_fts (rowid, title, summary, reach)
SELECT rowid, title, summary, reach FROM document_fts;
