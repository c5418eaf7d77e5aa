/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checking a bundle or a receipt for whoever has no program for it.  It says
 * what entente-verify says, by the same code; that one need not trust the
 * portal for the answer is why the page names the stock tools first.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "crypt/tlog_proof.h"
#include "crypt/tlog_verify.h"
#include "crypt/token.h"
#include "domain/log_file.h"
#include "page/routes.h"
#include "page/visit.h"

static const char where[] = "verify";

enum {
	BUNDLE_BYTES = 16 * 1024 * 1024, /* more: with entente-verify */
	TOLD_MAX = 50 /* of what is false; the rest is counted */
};

const struct field fields_verify[] = {
	{ .name = "file",
	    .kind = FIELD_FILE,
	    .required = true,
	    .max = BUNDLE_BYTES },
	{ .name = "record", .kind = FIELD_FILE, .max = TLOG_RECORD_MAX },
	{ .name = NULL },
};

/* ---- what is said ----------------------------------------------------- */

struct outcome {
	struct visit *v;
	struct node *node; /* Outcome: .Proved.N.Text .Not.N.Text
			      .False.N.{Name,Text}, .MoreText, .Verdict */
	uint64_t wrong, open;
};

static void
say_sentence(
    struct outcome *o, const char *list, const char *key, const struct say *say)
{
	node_say(o->v->page, node_row(o->node, list), "Text", key, say);
}

static void
take_trouble(void *arg, const struct tlog_trouble *t)
{
	struct outcome *o = arg;
	const char *word = tlog_wrongs[t->wrong];
	struct node *row;

	/* Where it begins there is no file to name. */
	if (t->wrong == WRONG_ARCHIVE && t->name[0] == '\0')
		word = "start";
	if (tlog_wrong_is_open(t->wrong))
		o->open++;
	else
		o->wrong++;
	if (o->wrong + o->open > TOLD_MAX)
		return;
	row = node_row(o->node, "False");
	node_set(row, "Name",
	    t->name[0] != '\0' ? arena_copy(o->v->req->arena, t->name) : NULL);
	node_set(row, "Text", page_word(o->v, "Verify.Wrong", word));
}

static void
end(struct outcome *o)
{
	const char *verdict = o->wrong > 0 ? "false"
	    : o->open > 0		   ? "open"
					   : "true";

	if (o->wrong + o->open > TOLD_MAX)
		page_count(o->v, o->node, "MoreText", "Verify.More",
		    (int64_t)(o->wrong + o->open - TOLD_MAX));
	node_set(o->node, "VerdictWord", verdict);
	node_set(
	    o->node, "Verdict", page_word(o->v, "Verify.Verdict", verdict));
}

static void
say_counts(struct outcome *o, const struct tlog_report *r, const char *log)
{
	const struct say say[] = {
		{ "log", log, 0 },
		{ "root", r->root, 0 },
		{ "size", NULL, (int64_t)r->tree.size },
		{ "records", NULL, (int64_t)r->records },
		{ "proofs", NULL, (int64_t)r->proofs },
		{ "agreements", NULL, (int64_t)r->agreements },
		{ "signatures", NULL, (int64_t)r->signatures },
		{ "contents", NULL, (int64_t)r->contents },
		{ "files", NULL, (int64_t)r->files },
		{ "key", r->bundle_key, 0 },
		{ NULL, NULL, 0 },
	};

	say_sentence(o, "Proved", "Verify.Log", say);
	if (r->proofs > 0)
		say_sentence(o, "Proved", "Verify.Records", say);
	if (r->agreements > 0)
		say_sentence(o, "Proved", "Verify.Agreements", say);
	if (r->contents > 0)
		say_sentence(o, "Proved", "Verify.Contents", say);
	if (r->is_sums_signed)
		say_sentence(o, "Proved", "Verify.Sums", say);
	if (r->records < r->tree.size)
		say_sentence(o, "Not", "Verify.NotAll", say);
	say_sentence(o, "Not", "Verify.NotWitnessed", say);
	say_sentence(o, "Not", "Verify.NotTrue", say);
}

/* ---- checking --------------------------------------------------------- */

/* The log's own key, as it is published; ERR_NOT_FOUND before there is one. */
static enum err
load_key(struct visit *v, struct note_key *key)
{
	struct tlog_fault fault;
	struct buf text;
	enum err rc;

	buf_init(&text, NOTE_KEY_TEXT + 1);
	rc = log_file_read_key(v->ctx.conf, LOG_KEY_FILE, &text);
	if (rc == ERR_OK)
		rc = note_key_parse(text.data, text.len, key, &fault);
	buf_free(&text);
	return rc == ERR_INVALID ? ERR_CORRUPT : rc;
}

static enum err
check_bundle(struct outcome *o, const struct note_key *key, const char *path)
{
	const struct tlog_verify asked = {
		.log = key, .trouble = take_trouble, .arg = o
	};
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct tar_source source = { tar_read_fd, &fd };
	struct tlog_report r;
	enum err rc;

	if (fd == -1)
		return file_error(where, "open");
	rc = tlog_verify(&asked, &source, &r);
	close(fd);
	if (r.has_checkpoint)
		say_counts(o, &r, key->name);
	return rc == ERR_MEMORY ? rc : ERR_OK;
}

static enum err
check_proof(struct outcome *o, const struct note_key *key, struct span proof,
    struct span record)
{
	uint8_t digest[DIGEST_BYTES], leaf[MERKLE_HASH];
	struct tlog_fault fault;
	struct checkpoint c = { .tree = { 0 } };
	struct tlog_proof p;
	struct note note;
	const char *why = "proof";

	digest_sha256(record.at, record.len, digest);
	merkle_leaf(digest, sizeof(digest), leaf);
	if (tlog_proof_parse(proof, &p, &fault) != ERR_OK) {
		why = "proof_form";
	} else if (tlog_proof_check(&p, key, leaf, &fault) == ERR_OK &&
	    checkpoint_open(p.checkpoint, key, &note, &c, &fault) == ERR_OK) {
		const struct say say[] = { { "log", key->name, 0 },
			{ "number", NULL, (int64_t)p.index + 1 },
			{ "leaf", NULL, (int64_t)p.index },
			{ "size", NULL, (int64_t)c.tree.size },
			{ NULL, NULL, 0 } };

		say_sentence(o, "Proved", "Verify.Proof", say);
		say_sentence(o, "Not", "Verify.NotWitnessed", say);
		say_sentence(o, "Not", "Verify.NotTrue", say);
		return ERR_OK;
	}
	o->wrong++;
	node_set(node_row(o->node, "False"), "Text",
	    page_word(o->v, "Verify.Wrong", why));
	return ERR_OK;
}

/* ---- what was given --------------------------------------------------- */

/* By its first bytes; what is in it is checked later. */
enum given { GIVEN_BUNDLE, GIVEN_RECEIPT, GIVEN_RECORD, GIVEN_OTHER };

enum { TAR_MAGIC_AT = 257 };

static bool
begins(const char *head, size_t len, const char *with)
{
	return len >= strlen(with) && memcmp(head, with, strlen(with)) == 0;
}

/*
 * A bundle that one byte was changed of still begins as one, or has the mark
 * of a tar: it is to be called false, and not another kind of file.
 */
static enum given
given_of(const char *head, size_t len)
{
	if (begins(head, len, "c2sp.org/tlog-proof"))
		return GIVEN_RECEIPT;
	if (begins(head, len, "{"))
		return GIVEN_RECORD;
	if (len == TAR_BLOCK &&
	    (begins(head, len, "README.txt") ||
		begins(head + TAR_MAGIC_AT, len - TAR_MAGIC_AT, "ustar")))
		return GIVEN_BUNDLE;
	return GIVEN_OTHER;
}

static enum err
look_at(const char *path, enum given *given)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char head[TAR_BLOCK];
	size_t len = 0;
	enum err rc = ERR_OK;
	ssize_t n;

	*given = GIVEN_OTHER;
	if (fd == -1)
		return file_error(where, "open");
	while (len < sizeof(head) &&
	    (n = read(fd, head + len, sizeof(head) - len)) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			rc = file_error(where, "read");
			break;
		}
		len += (size_t)n;
	}
	close(fd);
	*given = given_of(head, len);
	return rc;
}

/* Of one file alone; NULL: it can be checked. */
static const char *
lack_of(enum given given)
{
	switch (given) {
	case GIVEN_BUNDLE:
		return NULL;
	case GIVEN_RECEIPT:
		return "ReceiptAlone";
	case GIVEN_RECORD:
		return "RecordAlone";
	case GIVEN_OTHER:
		break;
	}
	return "NoBundle";
}

/* ---- receipts --------------------------------------------------------- */

/* A receipt is small, and needs the record that it is of beside it. */
static enum err
check_receipt(struct outcome *o, const struct note_key *key,
    const struct value *proof, const struct value *record)
{
	struct buf a, b;
	enum err rc;

	buf_init(&a, TLOG_PROOF_MAX);
	buf_init(&b, TLOG_RECORD_MAX);
	rc = file_read(proof->file, &a);
	if (rc == ERR_OK)
		rc = file_read(record->file, &b);
	if (rc == ERR_OK)
		rc = check_proof(o, key, (struct span){ a.data, a.len },
		    (struct span){ b.data, b.len });
	else if (rc == ERR_TOO_LARGE)
		form_refuse(o->v->form, "file", "NoReceipt");
	buf_free(&a);
	buf_free(&b);
	return rc == ERR_TOO_LARGE ? ERR_INVALID : rc;
}

static enum err
refuse(struct visit *v, const char *field, const char *error)
{
	form_refuse(v->form, field, error);
	return ERR_INVALID;
}

/* The two fields may have each other's file. */
static enum err
check_pair(struct outcome *o, const struct note_key *key,
    const struct value *file, const struct value *record)
{
	enum given first, second;
	enum err rc;

	if ((rc = look_at(file->file, &first)) != ERR_OK ||
	    (rc = look_at(record->file, &second)) != ERR_OK)
		return rc;
	if (first == GIVEN_RECEIPT)
		return check_receipt(o, key, file, record);
	if (second == GIVEN_RECEIPT)
		return check_receipt(o, key, record, file);
	return refuse(o->v, "file", "NoReceipt");
}

static enum err
check_given(struct outcome *o, const struct note_key *key,
    const struct value *file, const struct value *record)
{
	enum given given;
	const char *lack;
	enum err rc;

	if (record->is_given)
		return check_pair(o, key, file, record);
	if ((rc = look_at(file->file, &given)) != ERR_OK)
		return rc;
	if ((lack = lack_of(given)) != NULL)
		return refuse(
		    o->v, given == GIVEN_RECEIPT ? "record" : "file", lack);
	return check_bundle(o, key, file->file);
}

/* ---- the page --------------------------------------------------------- */

enum err
page_verify_form(struct visit *v)
{
	page_form_start(v, fields_verify);
	page_form(v);
	node_int(v->root, "MaxMib", BUNDLE_BYTES / (1024 * 1024));
	page_section(v, "verify");
	return page_send(v, "verify/form.cs");
}

enum err
page_verify(struct visit *v)
{
	const struct value *file = form_value(v->form, "file");
	const struct value *record = form_value(v->form, "record");
	struct outcome o = { .v = v, .node = node_at(v->root, "Outcome") };
	struct note_key key;
	enum err rc;

	if ((rc = load_key(v, &key)) != ERR_OK)
		return rc;
	if ((rc = check_given(&o, &key, file, record)) != ERR_OK)
		return rc;
	node_set(o.node, "Name", file->text);
	end(&o);
	return page_verify_form(v);
}
