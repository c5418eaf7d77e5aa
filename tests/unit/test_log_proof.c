/* SPDX-License-Identifier: Apache-2.0 */
/* Receipts of records, and how the log stands. */
#include "domain/log_proof.h"

#include "log_fixture.h"

#include "base/clock.h"
#include "crypt/tlog_proof.h"
#include "domain/log_key.h"
#include "domain/log_status.h"
#include "domain/log_verify.h"

/* A record's receipt as whoever has its bytes and the log's key checks it. */
static void
holds(struct log_world *w, int64_t record)
{
	struct db_rows *rows = db_query(w->f.ctx.db,
	    "SELECT digest FROM record WHERE id = $1", DB_ARGS(db_i(record)));
	struct tlog_fault fault;
	struct tlog_proof proof;
	uint8_t leaf[MERKLE_HASH];
	const char *digest;
	struct buf file;
	size_t len;

	ck_assert(db_next(rows));
	digest = db_col_peek(rows, 0, &len);
	merkle_leaf(digest, len, leaf);
	fixture_ok(db_done(rows));
	buf_init(&file, TLOG_PROOF_MAX);
	fixture_ok(log_proof(&w->f.ctx, record, &file));
	fixture_ok(tlog_proof_parse(
	    (struct span){ file.data, file.len }, &proof, &fault));
	ck_assert_uint_eq(proof.index, (uint64_t)record - 1);
	fixture_ok(tlog_proof_check(&proof, &w->key, leaf, &fault));
	leaf[0] ^= 1;
	fixture_err(
	    tlog_proof_check(&proof, &w->key, leaf, &fault), ERR_INVALID);
	buf_free(&file);
}

static void
has_none(struct log_world *w, int64_t record, enum err want)
{
	struct buf file;

	buf_init(&file, TLOG_PROOF_MAX);
	fixture_err(log_proof(&w->f.ctx, record, &file), want);
	ck_assert_uint_eq(file.len, 0);
	buf_free(&file);
}

START_TEST(receipts)
{
	struct log_world w;
	int64_t size;

	log_open_world(&w);
	log_records(&w, 300);
	has_none(&w, 1, ERR_NOT_FOUND); /* nothing is published */
	fixture_ok(log_proof_size(&w.f.ctx, &size));
	ck_assert_int_eq(size, 0);
	fixture_ok(log_start(&w));
	log_catch_up(&w);
	log_records(&w, 1);
	holds(&w, 1);
	holds(&w, 256);
	holds(&w, 300);
	has_none(&w, 301, ERR_NOT_FOUND);
	has_none(&w, 0, ERR_NOT_FOUND);
	has_none(&w, -1, ERR_NOT_FOUND);
	has_none(&w, INT64_MAX, ERR_NOT_FOUND);
	fixture_ok(log_proof_size(&w.f.ctx, &size));
	ck_assert_int_eq(size, 300);
	log_catch_up(&w);
	holds(&w, 301);
	holds(&w, 2);
	log_close_world(&w);
}
END_TEST

/* What a cosigner said travels with the receipt. */
START_TEST(with_cosignatures)
{
	static const char line[] = "\xe2\x80\x94 witness.example/w AAAAAAAA\n";
	struct log_world w;
	struct buf file;

	log_open_world(&w);
	log_records(&w, 3);
	fixture_ok(log_start(&w));
	log_catch_up(&w);
	fixture_ok(db_begin(w.f.ctx.db));
	fixture_ok(db_exec(w.f.ctx.db,
	    "INSERT INTO log_cosignature (size, witness, line, cosigned_at)"
	    " VALUES (3, 'witness.example/w', $1, 7)",
	    DB_ARGS(db_t(line))));
	fixture_ok(db_end(w.f.ctx.db, ERR_OK));
	fixture_ok(log_sequence_cosigned(&w.s));
	buf_init(&file, TLOG_PROOF_MAX);
	fixture_ok(log_proof(&w.f.ctx, 2, &file));
	ck_assert_ptr_nonnull(strstr(file.data, line));
	buf_free(&file);
	log_close_world(&w);
}
END_TEST

/* ---- what is not as it was ----------------------------------------------- */

/* One byte of a tile is another, or the file is gone or longer. */
enum harm { FLIPPED, LONGER, GONE };

static void
harm(struct log_world *w, const struct tlog_tile *tile, enum harm how)
{
	char name[TLOG_TILE_PATH], path[1024];
	struct buf bytes;

	tlog_tile_path(tile, name);
	snprintf(path, sizeof(path), "%s/" LOG_DIR "/%s",
	    w->f.ctx.conf->data_dir, name);
	if (how == GONE) {
		ck_assert_int_eq(unlink(path), 0);
		return;
	}
	buf_init(&bytes, 1 << 20);
	fixture_ok(log_file_read_tile(w->f.ctx.conf, tile, &bytes));
	if (how == FLIPPED)
		bytes.data[40] ^= 4;
	else
		buf_addc(&bytes, 'x');
	fixture_ok(
	    log_file_put_tile(w->f.ctx.conf, tile, bytes.data, bytes.len));
	buf_free(&bytes);
}

/* The key as `ententectl key make` leaves it, for whoever checks. */
static void
put_key(struct log_world *w, const struct note_key *key)
{
	char text[NOTE_KEY_TEXT], path[1024];
	FILE *f;

	note_key_text(key, text);
	snprintf(path, sizeof(path), "%s/" LOG_DIR "/" LOG_KEY_FILE,
	    w->f.ctx.conf->data_dir);
	ck_assert_ptr_nonnull(f = fopen(path, "w"));
	fprintf(f, "%s\n", text);
	fclose(f);
}

static void
says(struct log_world *w, const char *want)
{
	int64_t checked;
	char *problem;

	fixture_ok(log_verify(&w->f.ctx, &checked, &problem));
	if (want == NULL)
		ck_assert_msg(problem == NULL, "%s", problem);
	else
		ck_assert_msg(problem != NULL && strstr(problem, want) != NULL,
		    "\"%s\", not \"%s\"", problem, want);
}

static const struct {
	struct tlog_tile tile;
	enum harm how;
	const char *says;
} harms[] = {
	{ { 0, 0, 256 }, FLIPPED, "tile/0/000 is not what" },
	{ { 0, 1, 256 }, GONE, "tile/0/001 is not there" },
	{ { 0, 2, 88 }, FLIPPED, "tile/0/002.p/88 is not what" },
	{ { 0, 2, 88 }, GONE, "tile/0/002.p/88 is not there" },
	{ { 0, 2, 88 }, LONGER, "tile/0/002.p/88 is not what" },
	{ { 1, 0, 2 }, FLIPPED, "tile/1/000.p/2 is not what" },
	{ { TLOG_TILE_ENTRIES, 0, 256 }, FLIPPED, "tile/entries/000 is not" },
	{ { TLOG_TILE_ENTRIES, 2, 88 }, GONE, "entries/002.p/88 is not there" },
};

START_TEST(a_bad_tile_is_named)
{
	struct log_world w;

	log_open_world(&w);
	log_records(&w, 600);
	fixture_ok(log_start(&w));
	log_catch_up(&w);
	put_key(&w, &w.key);
	says(&w, NULL);
	harm(&w, &harms[_i].tile, harms[_i].how);
	says(&w, harms[_i].says);
	log_close_world(&w);
}
END_TEST

/* What a worker keeps of a log that was put right is of no use to it. */
START_TEST(kept_from_one_to_the_next)
{
	const struct tlog_tile tile = { 0, 0, 256 };
	struct log_world w;

	log_open_world(&w);
	log_records(&w, 300);
	fixture_ok(log_start(&w));
	log_catch_up(&w);
	w.f.ctx.tiles = log_tiles_new(w.f.ctx.conf);
	harm(&w, &tile, FLIPPED);
	has_none(&w, 1, ERR_CORRUPT);
	harm(&w, &tile, FLIPPED);
	holds(&w, 1);
	holds(&w, 300);
	/* From what is kept. */
	harm(&w, &tile, FLIPPED);
	holds(&w, 1);
	holds(&w, 9);
	harm(&w, &tile, FLIPPED);
	log_records(&w, 300);
	log_catch_up(&w);
	holds(&w, 600);
	holds(&w, 3);
	log_tiles_free(w.f.ctx.tiles);
	log_close_world(&w);
}
END_TEST

/* A receipt that does not hold is not given. */
START_TEST(no_false_receipt)
{
	const struct tlog_tile tile = { 0, 0, 256 };
	struct log_world w;

	log_open_world(&w);
	log_records(&w, 256);
	fixture_ok(log_start(&w));
	log_catch_up(&w);
	holds(&w, 1);
	harm(&w, &tile, FLIPPED);
	has_none(&w, 1, ERR_CORRUPT);
	log_close_world(&w);
}
END_TEST

START_TEST(the_whole_is_compared)
{
	struct log_world w;
	struct note_key other;
	uint8_t public[NOTE_KEY], secret[NOTE_SECRET];

	log_open_world(&w);
	says(&w, NULL); /* before the first */
	fixture_ok(log_start(&w));
	log_records(&w, 5);
	log_catch_up(&w);
	says(&w, "no key");
	ck_assert_int_eq(crypto_sign_keypair(public, secret), 0);
	ck_assert(note_key_make(w.key.name, NOTE_ED25519, public, &other));
	put_key(&w, &other);
	says(&w, "its checkpoint: ");
	put_key(&w, &w.key);
	says(&w, NULL);
	log_records(&w, 2);
	says(&w, NULL); /* more in the database are only not in it yet */
	fixture_ok(db_begin(w.f.ctx.db));
	fixture_ok(db_exec(w.f.ctx.db,
	    "UPDATE log_checkpoint SET root = zeroblob(32) WHERE size = 5",
	    DB_NONE));
	fixture_ok(db_end(w.f.ctx.db, ERR_OK));
	says(&w, "the checkpoint of 5 records has another root");
	log_close_world(&w);
}
END_TEST

/* As a restored backup: the folder comes with the sequencer's next start. */
START_TEST(restored_without_files)
{
	char from[1024], to[1040];
	struct log_world w;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	log_records(&w, 300);
	log_catch_up(&w);
	snprintf(from, sizeof(from), "%s/" LOG_DIR, w.f.ctx.conf->data_dir);
	snprintf(to, sizeof(to), "%s.away", from);
	ck_assert_int_eq(rename(from, to), 0);
	says(&w, NULL);
	fixture_ok(db_begin(w.f.ctx.db));
	fixture_ok(db_exec(w.f.ctx.db,
	    "UPDATE log_checkpoint SET root = zeroblob(32) WHERE size = 300",
	    DB_NONE));
	fixture_ok(db_end(w.f.ctx.db, ERR_OK));
	says(&w, "the checkpoint of 300 records has another root");

	/* A folder without its checkpoint was robbed of it. */
	fixture_ok(log_file_start(w.f.ctx.conf));
	says(&w, "its checkpoint is not there");
	ck_assert_int_eq(rmdir(from), 0);
	ck_assert_int_eq(rename(to, from), 0);
	log_close_world(&w);
}
END_TEST

/* ---- how it stands --------------------------------------------------------- */

static void
grow(struct log_world *w, int64_t at, int64_t records)
{
	w->f.ctx.now_at = at;
	log_records(w, records);
	log_catch_up(w);
}

START_TEST(as_it_grew)
{
	const int64_t day = 20000 * CLOCK_DAY;
	struct log_world w;
	struct log_status s;

	log_open_world(&w);
	fixture_ok(log_status_load(&w.f.ctx, &s));
	ck_assert_uint_eq(s.point_count, 0);
	ck_assert_ptr_null(s.checkpoint);
	w.f.ctx.now_at = day + 5;
	fixture_ok(log_start(&w));
	grow(&w, day + 6, 3);
	grow(&w, day + 7, 1);
	grow(&w, day + 3 * CLOCK_DAY, 6);
	log_records(&w, 2);
	fixture_ok(log_status_load(&w.f.ctx, &s));
	ck_assert_uint_eq(s.tree.size, 10);
	ck_assert_int_eq(s.waiting, 2);
	ck_assert_int_eq(s.signed_at, day + 3 * CLOCK_DAY);
	ck_assert_ptr_nonnull(strstr(s.checkpoint, "\n10\n"));
	ck_assert_int_eq(s.point_days, 1);
	/* From nothing, on the day before. */
	ck_assert_uint_eq(s.point_count, 5);
	for (size_t i = 0; i < s.point_count; i++) {
		ck_assert_int_eq(s.points[i].size, i == 0 ? 0 : i < 4 ? 4 : 10);
		ck_assert_int_eq(s.points[i].at, day + (int64_t)i * CLOCK_DAY);
	}
	log_close_world(&w);
}
END_TEST

/* Compared with going through all of them. */
START_TEST(over_a_long_time)
{
	const int64_t day = 20000 * CLOCK_DAY;
	struct log_world w;
	struct log_status s;
	int64_t last = day;

	log_open_world(&w);
	w.f.ctx.now_at = day;
	fixture_ok(log_start(&w));
	for (int i = 1; i < 120; i++) {
		last = day + i * 4 * CLOCK_DAY + i * CLOCK_S;
		grow(&w, last, 1 + i % 7);
	}
	fixture_ok(log_status_load(&w.f.ctx, &s));
	ck_assert_int_eq(s.point_days, 14);
	ck_assert_uint_le(s.point_count, LOG_POINTS_MAX);
	ck_assert_uint_ge(s.point_count, 34);
	for (size_t i = 0; i < s.point_count; i++) {
		int64_t want;

		fixture_ok(db_one_int(w.f.ctx.db,
		    "SELECT COALESCE(MAX(size), 0) FROM log_checkpoint"
		    " WHERE signed_at < $1",
		    DB_ARGS(db_i(s.points[i].at)), &want));
		ck_assert_int_eq(s.points[i].size, want);
	}
	ck_assert_int_gt(s.points[s.point_count - 1].at, last);
	log_close_world(&w);
}
END_TEST

START_TEST(who_witnesses)
{
	struct log_world w;
	struct log_status s;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	log_records(&w, 3);
	log_catch_up(&w);
	fixture_ok(db_begin(w.f.ctx.db));
	fixture_ok(db_exec(w.f.ctx.db,
	    "INSERT INTO log_witness (witness, size, asked_at, trouble) VALUES"
	    " ('b.example/w', 0, 9, 'no answer'), ('a.example/w', 3, 8, '')",
	    DB_NONE));
	fixture_ok(db_exec(w.f.ctx.db,
	    "INSERT INTO log_cosignature (size, witness, line, cosigned_at)"
	    " VALUES (3, 'a.example/w', 'x', 7)",
	    DB_NONE));
	fixture_ok(db_end(w.f.ctx.db, ERR_OK));
	fixture_ok(log_status_load(&w.f.ctx, &s));
	ck_assert_uint_eq(s.witness_count, 2);
	ck_assert_str_eq(s.witnesses[0].name, "a.example/w");
	ck_assert_int_eq(s.witnesses[0].cosigned_at, 7);
	ck_assert(!s.witnesses[0].is_in_trouble);
	ck_assert_int_eq(s.witnesses[1].cosigned_at, 0);
	ck_assert(s.witnesses[1].is_in_trouble);
	log_close_world(&w);
}
END_TEST

UNIT_MAIN("log_proof", UNIT(receipts), UNIT(with_cosignatures),
    UNIT_ROWS(a_bad_tile_is_named, harms), UNIT(no_false_receipt),
    UNIT(kept_from_one_to_the_next), UNIT(the_whole_is_compared),
    UNIT(restored_without_files), UNIT(as_it_grew), UNIT(over_a_long_time),
    UNIT(who_witnesses))
