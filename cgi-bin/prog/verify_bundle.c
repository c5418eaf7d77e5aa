/* SPDX-License-Identifier: Apache-2.0 */
/* A whole bundle, and what it proves in words. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "prog/verify.h"

#define N(n) verify_number(v->arena, (n))

static void
take_trouble(void *arg, const struct tlog_trouble *t)
{
	struct verify *v = arg;
	struct buf text;

	buf_init(&text, 1024);
	buf_addf(&text, "%s", tlog_wrong_text(t->wrong));
	if (t->wrong == WRONG_ARCHIVE)
		buf_addf(&text, ", at byte %" PRIu64, t->at);
	if (t->line > 0)
		buf_addf(&text, ", line %d", t->line);
	if (t->detail != NULL && strcmp(t->detail, "ok") != 0)
		buf_addf(&text, " (%s)", t->detail);
	buf_addc(&text, '.');
	verdict_add(v->verdict,
	    tlog_wrong_is_open(t->wrong) ? VERDICT_OPEN : VERDICT_FALSE,
	    tlog_wrongs[t->wrong], t->name[0] != '\0' ? t->name : "(start)",
	    text.data);
	buf_free(&text);
}

static void
prove(struct verify *v, const char *sentence)
{
	verdict_add(v->verdict, VERDICT_PROVED, NULL, NULL, sentence);
}

static void
not_proved(struct verify *v, const char *sentence)
{
	verdict_add(v->verdict, VERDICT_NOT, NULL, NULL, sentence);
}

void
verify_witnesses(struct verify *v, const int64_t *cosigned_s)
{
	for (size_t i = 0; i < v->witness_count; i++)
		if (cosigned_s[i] != 0)
			prove(v,
			    arena_printf(v->arena,
				"The witness %s signed the same checkpoint on "
				"%s.",
				v->witness[i].name,
				verify_time(v->arena, cosigned_s[i])));
		else
			not_proved(v,
			    arena_printf(v->arena,
				"That the witness %s saw this checkpoint: its "
				"signature is not there.",
				v->witness[i].name));
	if (v->witness_count == 0)
		not_proved(v,
		    "That others were shown the same log: no witness's key "
		    "was given (--witness).");
}

static void
say_log(struct verify *v, const struct tlog_report *r)
{
	prove(v,
	    arena_printf(v->arena,
		"The log %s signed that it had %s records, and the root %s.",
		v->log.name, N(r->tree.size), r->root));
	verify_witnesses(v, r->cosigned_s);
	if (r->proofs > 0)
		prove(v,
		    arena_printf(v->arena,
			"%s of %s records of this bundle are in that log, "
			"each at its place, and unchanged.",
			N(r->proofs), N(r->records)));
}

static void
say_keys(struct verify *v, const struct tlog_report *r)
{
	if (r->keys_told > 0)
		prove(v,
		    arena_printf(v->arena,
			"%s of %s organisations' keys are those that records "
			"say were confirmed.",
			N(r->keys_told), N(r->keys)));
	if (r->keys > r->keys_told)
		not_proved(v,
		    arena_printf(v->arena,
			"That the other keys are the organisations': records "
			"tell the number of %s of %s, ask them for the keys.",
			N(r->keys_confirmed - r->keys_told),
			N(r->keys - r->keys_told)));
}

static void
say_contents(struct verify *v, const struct tlog_report *r)
{
	if (r->agreements > 0)
		prove(v,
		    arena_printf(v->arena,
			"Versions of agreements that are what records name: "
			"%s; signatures of these by organisations' own keys "
			"that hold: %s.",
			N(r->agreements), N(r->signatures)));
	if (r->contents > 0)
		prove(v,
		    arena_printf(v->arena,
			"Other contents that are what records name: %s.",
			N(r->contents)));
	if (r->referred > r->included)
		not_proved(v,
		    arena_printf(v->arena,
			"Of %s contents that records name, %s are not in the "
			"bundle.",
			N(r->referred), N(r->referred - r->included)));
	say_keys(v, r);
}

static void
say_sums(struct verify *v, const struct tlog_report *r)
{
	if (!r->is_sums_signed)
		return;
	prove(v,
	    arena_printf(v->arena,
		"All %s files are as they were when the list of them was "
		"signed by the key %s.",
		N(r->files), r->bundle_key));
	if (!r->is_bundle_key_known)
		not_proved(v,
		    "That this key is the portal's: compare it, or give it "
		    "(--bundle-key).");
}

static void
say_limits(struct verify *v, const struct tlog_report *r)
{
	if (r->records < r->tree.size)
		not_proved(v,
		    arena_printf(v->arena,
			"That the bundle has all records that you may see: "
			"%s of %s are here.",
			N(r->records), N(r->tree.size)));
	not_proved(v, "That what a record says is so.");
}

void
verify_bundle(struct verify *v)
{
	const struct tlog_verify asked = {
		.log = &v->log,
		.witness = v->witness,
		.witness_count = v->witness_count,
		.policy = v->policy,
		.bundle_key = v->has_bundle_key ? &v->bundle_key : NULL,
		.trouble = take_trouble,
		.arg = v,
	};
	int fd = open(v->file[0], O_RDONLY | O_CLOEXEC);
	struct tar_source source = { tar_read_fd, &fd };
	struct tlog_report r;

	if (fd == -1) {
		verify_open(v, v->file[0], strerror(errno));
		return;
	}
	if (tlog_verify(&asked, &source, &r) == ERR_MEMORY)
		verify_open(v, v->file[0], "There is not enough memory.");
	close(fd);
	if (!r.has_checkpoint)
		return;
	verify_goes_on(v, "checkpoint", &r.tree);
	say_log(v, &r);
	say_contents(v, &r);
	say_sums(v, &r);
	say_limits(v, &r);
}
