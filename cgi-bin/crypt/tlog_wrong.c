/* SPDX-License-Identifier: Apache-2.0 */
/* The words for what can be wrong with a bundle. */
#include "crypt/tlog_verify.h"

static const struct {
	const char *text;
	bool is_open;
} rows[WRONG__MAX] = {
	[WRONG_ARCHIVE] = { "the archive is damaged behind this file", false },
	[WRONG_UNREADABLE] = { "the archive cannot be read on", true },
	[WRONG_TOO_MUCH] = { "there is more here than can be checked", true },
	[WRONG_NAME] = { "a bundle has no file of this name", false },
	[WRONG_MISSING] = { "this file is missing", false },
	[WRONG_SIZE] = { "this file is larger than it can be", false },
	[WRONG_CHECKPOINT] = { "this is no checkpoint signed by the log's key",
	    false },
	[WRONG_LOG_KEY] = { "this is another key than the one you have",
	    false },
	[WRONG_BUNDLE_KEY] = { "this is no key, or not the one you have",
	    false },
	[WRONG_WITNESS_KEYS] = { "this is no list of witnesses' keys", false },
	[WRONG_WITNESS] = { "a cosignature by this witness is false", false },
	[WRONG_POLICY] = { "fewer of your witnesses signed it than you ask for",
	    false },
	[WRONG_KEY] = { "this is not the key that its name, or a record, says",
	    false },
	[WRONG_RECORD_FORM] = { "this is not a record in its canonical form",
	    false },
	[WRONG_RECORD_KIND] = { "this record has a format that is not known",
	    true },
	[WRONG_RECORD_INDEX] = { "the log has no such place", false },
	[WRONG_UNPROVED] = { "this record has no proof", false },
	[WRONG_PROOF_ALONE] = { "the record of this proof is missing", false },
	[WRONG_PROOF_FORM] = { "this is not a proof for that place", false },
	[WRONG_PROOF_OTHER] = { "this proof has another checkpoint", false },
	[WRONG_PROOF] = { "this does not prove that the record is in the log: "
			  "one of the two was changed",
	    false },
	[WRONG_AGREEMENT] = { "this is not the agreement that its name says",
	    false },
	[WRONG_UNKNOWN] = { "no record here refers to this", false },
	[WRONG_SIGNATURE] = { "this signature is false", false },
	[WRONG_SIGNER] = { "the signer is no party of the agreement", false },
	[WRONG_SIGNER_KEY] = { "the key of this signature is missing", false },
	[WRONG_SIGNED] = { "what this signs is missing", false },
	[WRONG_CONTENT] = { "this has not the SHA-256 that it is named after",
	    false },
	[WRONG_SUMS] = { "SHA256SUMS says otherwise about this file", false },
	[WRONG_SUMS_SIGNATURE] = { "the signature of SHA256SUMS is false",
	    false },
};

const char *const tlog_wrongs[WRONG__MAX + 1] = {
	[WRONG_ARCHIVE] = "archive",
	[WRONG_UNREADABLE] = "unreadable",
	[WRONG_TOO_MUCH] = "too_much",
	[WRONG_NAME] = "name",
	[WRONG_MISSING] = "missing",
	[WRONG_SIZE] = "size",
	[WRONG_CHECKPOINT] = "checkpoint",
	[WRONG_LOG_KEY] = "log_key",
	[WRONG_BUNDLE_KEY] = "bundle_key",
	[WRONG_WITNESS_KEYS] = "witness_keys",
	[WRONG_WITNESS] = "witness",
	[WRONG_POLICY] = "policy",
	[WRONG_KEY] = "key",
	[WRONG_RECORD_FORM] = "record_form",
	[WRONG_RECORD_KIND] = "record_kind",
	[WRONG_RECORD_INDEX] = "record_index",
	[WRONG_UNPROVED] = "unproved",
	[WRONG_PROOF_ALONE] = "proof_alone",
	[WRONG_PROOF_FORM] = "proof_form",
	[WRONG_PROOF_OTHER] = "proof_other",
	[WRONG_PROOF] = "proof",
	[WRONG_AGREEMENT] = "agreement",
	[WRONG_UNKNOWN] = "unknown",
	[WRONG_SIGNATURE] = "signature",
	[WRONG_SIGNER] = "signer",
	[WRONG_SIGNER_KEY] = "signer_key",
	[WRONG_SIGNED] = "signed",
	[WRONG_CONTENT] = "content",
	[WRONG_SUMS] = "sums",
	[WRONG_SUMS_SIGNATURE] = "sums_signature",
	[WRONG__MAX] = NULL,
};

const char *
tlog_wrong_text(enum tlog_wrong wrong)
{
	return (unsigned)wrong < WRONG__MAX ? rows[wrong].text : "it is wrong";
}

bool
tlog_wrong_is_open(enum tlog_wrong wrong)
{
	return (unsigned)wrong < WRONG__MAX && rows[wrong].is_open;
}
