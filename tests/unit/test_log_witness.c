/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A real log over a real database, and witnesses with real keys; the network
 * between them is a function call.
 */
#include "domain/log_witness.h"
#include "base/log.h"
#include "domain/log_status.h"
#include "log_fixture.h"
#include "witness.h"

enum { NAMED = 2 };

static const char *const names[NAMED] = { "w.example/a", "w.example/b" };

struct town {
	struct log_world l;
	struct witness witness[NAMED];
	struct log_witness_list list;
	struct log_witnesses w;
};

static void
start(struct town *t)
{
	fixture_ok(log_witness_start(&t->w, &t->l.f.ctx, &t->list));
	fixture_ok(log_witness_look(&t->w));
}

static void
open_town(struct town *t)
{
	memset(t, 0, sizeof(*t));
	log_open_world(&t->l);
	log_open("test", LOG_ERROR);
	fixture_ok(log_start(&t->l));
	for (int i = 0; i < NAMED; i++) {
		witness_start(
		    &t->witness[i], names[i], (uint8_t)(i + 1), &t->l.key);
		t->list.place[i].key = t->witness[i].key.pub;
	}
	t->list.n = NAMED;
	start(t);
}

static void
close_town(struct town *t)
{
	log_close_world(&t->l);
}

/* So many records more, in a checkpoint of their own. */
static void
grow(struct town *t, int64_t n)
{
	log_records(&t->l, n);
	log_catch_up(&t->l);
	fixture_ok(log_witness_look(&t->w));
}

/* ---- asking, and answering by hand ------------------------------------ */

static void
ask_body(struct town *t, int i, struct buf *body)
{
	buf_init(body, TLOG_WITNESS_BODY_MAX);
	ck_assert(log_witness_is_due(&t->w, &t->w.peer[i]));
	fixture_ok(log_witness_ask(&t->w, &t->w.peer[i], body));
	ck_assert(!log_witness_is_due(&t->w, &t->w.peer[i]));
}

static enum err
answer_rc(struct town *t, int i, const struct log_witness_answer *a)
{
	return log_witness_answered(&t->w, &t->w.peer[i], a);
}

static void
answer(struct town *t, int i, int status, const char *type, const char *body)
{
	const struct log_witness_answer a = { ERR_OK, status, type,
		span_of(body) };

	fixture_ok(answer_rc(t, i, &a));
}

/* As it is over the network. */
static int
ask(struct town *t, int i)
{
	struct buf body, out;
	int status;

	buf_init(&out, NOTE_MAX);
	ask_body(t, i, &body);
	status = witness_answer(&t->witness[i], body.data, body.len, &out);
	answer(t, i, status, status == 409 ? "text/x.tlog.size" : "text/plain",
	    out.len > 0 ? out.data : "");
	buf_free(&body);
	buf_free(&out);
	return status;
}

/* The body is not looked at: the witness says this. */
static void
ask_and_hear(
    struct town *t, int i, int status, const char *type, const char *body)
{
	struct buf asked;

	ask_body(t, i, &asked);
	answer(t, i, status, type, body);
	buf_free(&asked);
}

static char *
trouble(struct town *t, int i)
{
	struct db_rows *rows = db_query(t->l.f.ctx.db,
	    "SELECT trouble FROM log_witness WHERE witness = $1",
	    DB_ARGS(db_t(names[i])));
	char *text = NULL;

	if (db_next(rows))
		text = db_col_text(rows, 0, t->l.f.arena);
	fixture_ok(db_done(rows));
	return text;
}

static int64_t
count(struct town *t)
{
	return fixture_int(&t->l.f, "SELECT COUNT(*) FROM log_cosignature");
}

/* ---- the way it should go --------------------------------------------- */

/* Growth of every kind: first, in a tile, over tiles, over levels. */
static const int64_t steps[] = { 1, 1, 5, 248, 1, 1, 300, 66000, 3 };

START_TEST(cosigned_as_it_grows)
{
	struct town t;

	open_town(&t);
	for (size_t s = 0; s < sizeof(steps) / sizeof(steps[0]); s++) {
		grow(&t, steps[s]);
		ck_assert_int_eq(ask(&t, 0), 200);
		ck_assert_uint_eq(t.witness[0].has.size, t.w.newest);
		ck_assert(!log_witness_is_due(&t.w, &t.w.peer[0]));
	}
	ck_assert_int_eq(count(&t), UNIT_COUNT(steps));
	close_town(&t);
}
END_TEST

/* Published with its lines, which hold for whoever has the keys. */
START_TEST(published)
{
	struct town t;
	struct tlog_fault fault;
	struct checkpoint c;
	struct note note;
	struct buf text;
	int64_t time_s;

	open_town(&t);
	grow(&t, 7);
	ck_assert_int_eq(ask(&t, 0), 200);
	ck_assert_int_eq(ask(&t, 1), 200);
	fixture_ok(log_sequence_cosigned(&t.l.s));
	buf_init(&text, NOTE_MAX);
	fixture_ok(log_file_read_checkpoint(t.l.f.ctx.conf, &text));
	fixture_ok(checkpoint_open(
	    (struct span){ text.data, text.len }, &t.l.key, &note, &c, &fault));
	ck_assert_uint_eq(note.n, 1 + NAMED);
	for (int i = 0; i < NAMED; i++) {
		ck_assert_int_eq(
		    cosignature_check(&note, &t.witness[i].key.pub, &time_s),
		    TLOG_OK);
		ck_assert_int_eq(time_s, t.witness[i].time_s);
	}
	buf_free(&text);
	close_town(&t);
}
END_TEST

START_TEST(shown)
{
	struct log_status s;
	struct town t;

	open_town(&t);
	grow(&t, 7);
	ask(&t, 0);
	ask_and_hear(&t, 1, 500, "", "");
	fixture_ok(log_status_load(&t.l.f.ctx, &s));
	ck_assert_uint_eq(s.witness_count, 2);
	ck_assert_str_eq(s.witnesses[0].name, names[0]);
	ck_assert_int_eq(s.witnesses[0].size, 7);
	ck_assert_int_eq(
	    s.witnesses[0].cosigned_at, t.witness[0].time_s * CLOCK_S);
	ck_assert_int_eq(s.witnesses[0].asked_at, t.l.f.ctx.now_at);
	ck_assert(!s.witnesses[0].is_in_trouble);
	ck_assert_int_eq(s.witnesses[1].size, 0);
	ck_assert(s.witnesses[1].is_in_trouble);
	close_town(&t);
}
END_TEST

/* Nothing to cosign before the first record. */
START_TEST(nothing_yet)
{
	struct town t;

	open_town(&t);
	ck_assert_uint_eq(t.w.newest, 0);
	ck_assert(!log_witness_is_due(&t.w, &t.w.peer[0]));
	close_town(&t);
}
END_TEST

/* Checkpoints come while it answers: its answer counts, then the newest. */
START_TEST(newest_alone)
{
	struct town t;
	struct buf body, out;

	open_town(&t);
	grow(&t, 3);
	ask_body(&t, 0, &body);
	grow(&t, 1);
	grow(&t, 1);
	ck_assert(!log_witness_is_due(&t.w, &t.w.peer[0]));
	buf_init(&out, NOTE_MAX);
	ck_assert_int_eq(
	    witness_answer(&t.witness[0], body.data, body.len, &out), 200);
	answer(&t, 0, 200, "", out.data);
	ck_assert_uint_eq(t.w.peer[0].cosigned, 3);
	ck_assert_int_eq(ask(&t, 0), 200);
	ck_assert_uint_eq(t.witness[0].has.size, 5);
	ck_assert_int_eq(count(&t), 2);
	buf_free(&body);
	buf_free(&out);
	close_town(&t);
}
END_TEST

/* ---- starting again --------------------------------------------------- */

START_TEST(goes_on_after_a_start)
{
	struct town t;

	open_town(&t);
	grow(&t, 3);
	ask(&t, 0);
	start(&t);
	ck_assert(!log_witness_is_due(&t.w, &t.w.peer[0]));
	ck_assert(log_witness_is_due(&t.w, &t.w.peer[1]));
	grow(&t, 2);
	ck_assert_int_eq(ask(&t, 0), 200);
	close_town(&t);
}
END_TEST

/* It cosigned, and we ended before we heard so. */
START_TEST(answer_was_lost)
{
	struct town t;
	struct buf body, out;

	open_town(&t);
	grow(&t, 3);
	ask_body(&t, 0, &body);
	buf_init(&out, NOTE_MAX);
	witness_answer(&t.witness[0], body.data, body.len, &out);
	start(&t);
	ck_assert_int_eq(ask(&t, 0), 409);
	ck_assert_ptr_null(trouble(&t, 0));
	/* At once, and from where it is: it signs the same once more. */
	ck_assert_int_eq(ask(&t, 0), 200);
	ck_assert_str_eq(trouble(&t, 0), "");
	ck_assert_int_eq(count(&t), 1);
	/* And so the next time, too. */
	grow(&t, 1);
	ask_and_hear(&t, 0, 409, "text/x.tlog.size", "2\n");
	ck_assert_str_eq(trouble(&t, 0), "");
	ck_assert(log_witness_is_due(&t.w, &t.w.peer[0]));
	buf_free(&body);
	buf_free(&out);
	close_town(&t);
}
END_TEST

START_TEST(no_longer_named)
{
	struct town t;

	open_town(&t);
	grow(&t, 3);
	ask(&t, 0);
	ask(&t, 1);
	t.list.n = 1;
	start(&t);
	ck_assert_uint_eq(t.w.n, 1);
	ck_assert_str_eq(trouble(&t, 0), "");
	ck_assert_ptr_null(trouble(&t, 1));
	ck_assert_int_eq(count(&t), 2);
	/* Named once more, it goes on from what it has cosigned. */
	t.list.n = 2;
	start(&t);
	grow(&t, 1);
	ck_assert_int_eq(ask(&t, 1), 200);
	close_town(&t);
}
END_TEST

/* ---- trouble ---------------------------------------------------------- */

static const struct {
	enum err rc;
	int status;
	const char *type, *body, *trouble;
} troubles[] = {
	{ ERR_NOT_FOUND, 0, "", "", "unreachable" },
	{ ERR_FORBIDDEN, 0, "", "", "certificate" },
	{ ERR_BUSY, 0, "", "", "timeout" },
	{ ERR_TOO_LARGE, 0, "", "", "answer" },
	{ ERR_MALFORMED, 0, "", "", "answer" },
	{ ERR_MEMORY, 0, "", "", "unreachable" },
	{ ERR_OK, 400, "", "", "request" },
	{ ERR_OK, 403, "", "", "key" },
	{ ERR_OK, 404, "", "", "log" },
	{ ERR_OK, 422, "", "", "proof" },
	{ ERR_OK, 429, "", "", "busy" },
	{ ERR_OK, 500, "", "", "failed" },
	{ ERR_OK, 302, "", "", "failed" },
	{ ERR_OK, 201, "", "", "failed" },
	{ ERR_OK, 200, "", "", "unsigned" },
	{ ERR_OK, 200, "", "Yes.\n", "answer" },
	{ ERR_OK, 200, "", "\n", "answer" },
	/* A size that we have: "0" is what we said. */
	{ ERR_OK, 409, "text/x.tlog.size", "0\n", "conflict" },
	{ ERR_OK, 409, "text/x.tlog.size", "4\n", "ahead" },
	{ ERR_OK, 409, "text/x.tlog.size", "3", "answer" },
	{ ERR_OK, 409, "text/x.tlog.size", "03\n", "answer" },
	{ ERR_OK, 409, "text/x.tlog.size", "3\n3\n", "answer" },
	{ ERR_OK, 409, "text/x.tlog.size", "", "answer" },
	{ ERR_OK, 409, "text/plain", "3\n", "answer" },
	{ ERR_OK, 409, "", "3\n", "answer" },
};

START_TEST(by_the_row)
{
	const struct log_witness_answer a = { troubles[_i].rc,
		troubles[_i].status, troubles[_i].type,
		span_of(troubles[_i].body) };
	struct town t;
	struct buf body;

	open_town(&t);
	log_open("test", LOG_ERROR);
	grow(&t, 3);
	ask_body(&t, 0, &body);
	fixture_ok(answer_rc(&t, 0, &a));
	ck_assert_str_eq(trouble(&t, 0), troubles[_i].trouble);
	ck_assert_int_ge(
	    text_index(log_witness_troubles, troubles[_i].trouble), 1);
	ck_assert_int_eq(count(&t), 0);
	ck_assert(!log_witness_is_due(&t.w, &t.w.peer[0]));
	/* Others do not wait for it; and it is not lost. */
	ck_assert_int_eq(ask(&t, 1), 200);
	fixture_later(&t.l.f, LOG_WITNESS_WAIT);
	ck_assert_int_eq(ask(&t, 0), 200);
	ck_assert_str_eq(trouble(&t, 0), "");
	buf_free(&body);
	close_town(&t);
}
END_TEST

/* One that says another size each time is not asked for ever. */
START_TEST(says_one_size_and_another)
{
	struct town t;

	open_town(&t);
	grow(&t, 9);
	ask_and_hear(&t, 0, 409, "text/x.tlog.size", "3\n");
	ask_and_hear(&t, 0, 409, "text/x.tlog.size", "4\n");
	ck_assert_str_eq(trouble(&t, 0), "conflict");
	ck_assert(!log_witness_is_due(&t.w, &t.w.peer[0]));
	fixture_later(&t.l.f, LOG_WITNESS_WAIT);
	ck_assert_int_eq(ask(&t, 0), 409);
	ck_assert_int_eq(ask(&t, 0), 200);
	close_town(&t);
}
END_TEST

/* Of the same size, with another root: it need not say a size then. */
START_TEST(refuses_its_own_size)
{
	struct town t;

	open_town(&t);
	grow(&t, 9);
	ask_and_hear(&t, 0, 409, "text/x.tlog.size", "9\n");
	ask_and_hear(&t, 0, 409, "", "");
	ck_assert_str_eq(trouble(&t, 0), "conflict");
	close_town(&t);
}
END_TEST

/* It was shown another history: it refuses, and nothing of it is kept. */
START_TEST(another_history)
{
	struct town t;

	open_town(&t);
	grow(&t, 3);
	ask(&t, 0);
	t.witness[0].has.root[0] ^= 1;
	grow(&t, 3);
	ck_assert_int_eq(ask(&t, 0), 422);
	ck_assert_str_eq(trouble(&t, 0), "proof");
	ck_assert_int_eq(count(&t), 1);
	ck_assert_int_eq(
	    fixture_int(&t.l.f, "SELECT size FROM log_witness"), 3);
	close_town(&t);
}
END_TEST

START_TEST(waits_longer_each_time)
{
	static const int waits_s[] = { 2, 4, 8, 16, 32, 64, 128, 256, 300,
		300 };
	struct town t;

	open_town(&t);
	grow(&t, 3);
	for (int i = 0; i < UNIT_COUNT(waits_s); i++) {
		ask_and_hear(&t, 0, 500, "", "");
		fixture_later(&t.l.f, waits_s[i] * CLOCK_S - 1);
		ck_assert(!log_witness_is_due(&t.w, &t.w.peer[0]));
		/* Not even for a new checkpoint. */
		grow(&t, 1);
		ck_assert(!log_witness_is_due(&t.w, &t.w.peer[0]));
		fixture_later(&t.l.f, 1);
	}
	ck_assert_int_eq(ask(&t, 0), 200);
	grow(&t, 1);
	ask_and_hear(&t, 0, 500, "", "");
	fixture_later(&t.l.f, LOG_WITNESS_WAIT);
	ck_assert(log_witness_is_due(&t.w, &t.w.peer[0]));
	close_town(&t);
}
END_TEST

/* The clock is set right, by years. */
START_TEST(clock_set_back)
{
	struct town t;

	open_town(&t);
	grow(&t, 3);
	fixture_later(&t.l.f, 1000 * CLOCK_DAY);
	ask_and_hear(&t, 0, 500, "", "");
	ck_assert(!log_witness_is_due(&t.w, &t.w.peer[0]));
	fixture_later(&t.l.f, -1000 * CLOCK_DAY);
	ck_assert(log_witness_is_due(&t.w, &t.w.peer[0]));
	close_town(&t);
}
END_TEST

/* ---- what may stand in an answer -------------------------------------- */

enum said {
	ITS_OWN,
	ITS_OWN_TWICE,	 /* two times: the later one is kept */
	WITH_ANOTHERS,	 /* of a key that nobody asked about */
	ANOTHERS_ALONE,	 /* … in place of its own */
	OF_ANOTHER_TREE, /* it signs another checkpoint */
	BY_ANOTHER_KEY,	 /* of the same name */
	BROKEN,		 /* one bit is */
	OWN_AND_BROKEN,	 /* one that holds, one that does not */
	MOVED_SPLIT,	 /* a blank line, and a text of its own behind it */
	TIME_OF_NOBODY,	 /* 0 */
	TIME_BEYOND,	 /* what no column takes */
	CUT,		 /* without its line end */
	MANY,		 /* more than a note may have */
	SAID__MAX
};

static const char *const said[SAID__MAX] = {
	[ITS_OWN] = "",
	[ITS_OWN_TWICE] = "",
	[WITH_ANOTHERS] = "",
	[ANOTHERS_ALONE] = "unsigned",
	[OF_ANOTHER_TREE] = "false",
	[BY_ANOTHER_KEY] = "unsigned",
	[BROKEN] = "false",
	[OWN_AND_BROKEN] = "false",
	[MOVED_SPLIT] = "answer",
	[TIME_OF_NOBODY] = "false",
	[TIME_BEYOND] = "false",
	[CUT] = "answer",
	[MANY] = "answer",
};

/* The line of a witness, with its last characters spoiled. */
static void
add_broken(const struct witness *w, const struct checkpoint *c, struct buf *out)
{
	const size_t before = out->len;

	witness_line(w, c, out);
	ck_assert_uint_gt(out->len - before, 40);
	out->data[out->len - 20] = out->data[out->len - 20] == 'A' ? 'B' : 'A';
}

static void
add_said(struct town *t, enum said what, const struct checkpoint *real,
    struct buf *out)
{
	struct witness own = t->witness[0], other = t->witness[1];
	struct checkpoint c = *real;

	if (what == TIME_OF_NOBODY)
		own.time_s = 0;
	if (what == TIME_BEYOND)
		own.time_s = CLOCK_LAST / CLOCK_S + 1;
	if (what == OF_ANOTHER_TREE)
		c.tree.root[5] ^= 4;
	if (what == BY_ANOTHER_KEY)
		own.key = log_key(names[0], NOTE_COSIGNATURE, 99);
	if (what == WITH_ANOTHERS || what == ANOTHERS_ALONE)
		witness_line(&other, &c, out);
	if (what == MOVED_SPLIT)
		buf_addf(out, "\n");
	if (what == BROKEN)
		add_broken(&own, &c, out);
	else if (what != ANOTHERS_ALONE)
		witness_line(&own, &c, out);
	own.time_s++;
	if (what == ITS_OWN_TWICE)
		witness_line(&own, &c, out);
	if (what == OWN_AND_BROKEN)
		add_broken(&own, &c, out);
	for (int i = 0; what == MANY && i < NOTE_SIGNATURES; i++)
		witness_line(&other, &c, out);
	out->len -= what == CUT;
}

START_TEST(what_it_says)
{
	const bool is_kept = *said[_i] == '\0';
	struct town t;
	struct checkpoint c = { .tree = { 0 } };
	struct buf body, out, line;

	open_town(&t);
	grow(&t, 3);
	c.tree = log_published(&t.l);
	ask_body(&t, 0, &body);
	buf_init(&out, NOTE_MAX);
	add_said(&t, (enum said)_i, &c, &out);
	fixture_ok(answer_rc(&t, 0,
	    &(struct log_witness_answer){
		ERR_OK, 200, "", { out.data, out.len } }));
	ck_assert_str_eq(trouble(&t, 0), said[_i]);
	ck_assert_int_eq(count(&t), is_kept ? 1 : 0);
	if (is_kept) {
		t.witness[0].time_s += _i == ITS_OWN_TWICE;
		buf_init(&line, NOTE_MAX);
		witness_line(&t.witness[0], &c, &line);
		ck_assert_str_eq(line.data,
		    fixture_text(&t.l.f, "SELECT line FROM log_cosignature"));
		ck_assert_int_eq(fixture_int(&t.l.f,
				     "SELECT cosigned_at FROM log_cosignature"),
		    t.witness[0].time_s * CLOCK_S);
		buf_free(&line);
	}
	buf_free(&body);
	buf_free(&out);
	close_town(&t);
}
END_TEST

/* ---- faults of our own ------------------------------------------------ */

/* Nothing is kept, nothing is forgotten: later it is asked again. */
START_TEST(not_kept)
{
	struct town t;
	struct buf body, out;

	open_town(&t);
	grow(&t, 3);
	ask_body(&t, 0, &body);
	buf_init(&out, NOTE_MAX);
	witness_answer(&t.witness[0], body.data, body.len, &out);
	fixture_run(&t.l.f,
	    "CREATE TRIGGER no BEFORE INSERT ON log_witness"
	    " BEGIN SELECT RAISE(ABORT, 'no'); END");
	ck_assert_int_ne(answer_rc(&t, 0,
			     &(struct log_witness_answer){
				 ERR_OK, 200, "", { out.data, out.len } }),
	    ERR_OK);
	db_settle(t.l.f.ctx.db);
	ck_assert_int_eq(count(&t), 0);
	fixture_run(&t.l.f, "DROP TRIGGER no");
	ck_assert(!log_witness_is_due(&t.w, &t.w.peer[0]));
	fixture_later(&t.l.f, LOG_WITNESS_WAIT);
	ck_assert_int_eq(ask(&t, 0), 409);
	ck_assert_int_eq(ask(&t, 0), 200);
	ck_assert_int_eq(count(&t), 1);
	buf_free(&body);
	buf_free(&out);
	close_town(&t);
}
END_TEST

START_TEST(no_tiles)
{
	char path[2 * UNIT_PATH];
	struct town t;
	struct buf body;

	open_town(&t);
	grow(&t, 3);
	ask(&t, 0);
	grow(&t, 3);
	snprintf(path, sizeof(path), "%s/log/tile", t.l.f.dir);
	unit_remove(path);
	buf_init(&body, TLOG_WITNESS_BODY_MAX);
	ck_assert_int_ne(log_witness_ask(&t.w, &t.w.peer[0], &body), ERR_OK);
	ck_assert(!log_witness_is_due(&t.w, &t.w.peer[0]));
	ck_assert_uint_eq(t.w.peer[0].asked, 0);
	ck_assert_str_eq(trouble(&t, 0), "");
	fixture_later(&t.l.f, LOG_WITNESS_WAIT);
	ck_assert(log_witness_is_due(&t.w, &t.w.peer[0]));
	buf_free(&body);
	close_town(&t);
}
END_TEST

START_TEST(words)
{
	for (int i = 0; i < LOG_WITNESS__MAX; i++) {
		ck_assert_ptr_nonnull(log_witness_troubles[i]);
		ck_assert_int_eq(
		    text_index(log_witness_troubles, log_witness_troubles[i]),
		    i);
	}
	ck_assert_ptr_null(log_witness_troubles[LOG_WITNESS__MAX]);
}
END_TEST

UNIT_MAIN("log_witness", UNIT(cosigned_as_it_grows), UNIT(published),
    UNIT(shown), UNIT(nothing_yet), UNIT(newest_alone),
    UNIT(goes_on_after_a_start), UNIT(answer_was_lost), UNIT(no_longer_named),
    UNIT_ROWS(by_the_row, troubles), UNIT(says_one_size_and_another),
    UNIT(refuses_its_own_size), UNIT(another_history),
    UNIT(waits_longer_each_time), UNIT(clock_set_back),
    UNIT_ROWS(what_it_says, said), UNIT(not_kept), UNIT(no_tiles), UNIT(words))
