/* SPDX-License-Identifier: Apache-2.0 */
/* Records become a log of static files; a crash leaves what a start mends. */
#include "log_fixture.h"

#include <dirent.h>

#include "base/clock.h"
#include "domain/log_status.h"

/* The hash of a record's leaf, as the database has it. */
static void
leaf_of(struct log_world *w, uint64_t index, uint8_t out[MERKLE_HASH])
{
	struct db_rows *rows =
	    db_query(w->f.ctx.db, "SELECT digest FROM record WHERE id = $1",
		DB_ARGS(db_i((int64_t)index + 1)));
	const char *digest;
	size_t len;

	ck_assert(db_next(rows));
	digest = db_col_peek(rows, 0, &len);
	ck_assert_uint_eq(len, DIGEST_BYTES);
	merkle_leaf(digest, len, out);
	fixture_ok(db_done(rows));
}

/* The root by RFC 6962's own words: split at the largest power of two. */
static void
naive_root(
    struct log_world *w, uint64_t from, uint64_t n, uint8_t out[MERKLE_HASH])
{
	uint8_t left[MERKLE_HASH], right[MERKLE_HASH];
	uint64_t k = 1;

	if (n == 0) {
		merkle_empty(out);
		return;
	}
	if (n == 1) {
		leaf_of(w, from, out);
		return;
	}
	while (2 * k < n)
		k *= 2;
	naive_root(w, from, k, left);
	naive_root(w, from + k, n - k, right);
	merkle_node(left, right, out);
}

/* What is published is the database's, and the files prove a leaf of it. */
static void
holds(struct log_world *w, uint64_t size, uint64_t index)
{
	const struct tlog_tile_source source = log_file_source(w->f.ctx.conf);
	const struct merkle_point at = log_published(w);
	struct tlog_tile_reader reader;
	struct merkle_reader hashes;
	struct merkle_proof proof;
	uint8_t leaf[MERKLE_HASH];

	ck_assert_uint_eq(at.size, size);
	ck_assert_int_eq(
	    fixture_int(&w->f, "SELECT MAX(size) FROM log_checkpoint"),
	    (int64_t)size);
	if (index >= size)
		return;
	tlog_tile_reader_start(&reader, &source, size);
	hashes = tlog_tile_merkle(&reader);
	fixture_ok(merkle_inclusion(&hashes, index, size, &proof));
	leaf_of(w, index, leaf);
	ck_assert(merkle_includes(&proof, index, size, leaf, at.root));
}

START_TEST(nothing_yet)
{
	struct log_world w;
	uint64_t added;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	fixture_ok(log_sequence_step(&w.s, &added));
	ck_assert_uint_eq(added, 0);
	holds(&w, 0, 0);
	ck_assert_int_eq(w.signatures, 1);
	fixture_ok(log_start(&w));
	ck_assert_int_eq(w.signatures, 1);
	log_close_world(&w);
}
END_TEST

/* How many come at once, over two boundaries of tiles. */
static const int steps[] = { 1, 7, 100, 255, 256, 257, 512, 600 };

START_TEST(as_the_database)
{
	struct log_world w;
	uint8_t root[MERKLE_HASH];
	struct merkle_point at;
	uint64_t size = 0;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	while (size < 600) {
		log_records(&w, steps[_i]);
		size += (uint64_t)steps[_i];
		log_catch_up(&w);
		holds(&w, size, size - 1);
		holds(&w, size, size / 2);
		holds(&w, size, 0);
	}
	at = log_published(&w);
	naive_root(&w, 0, size, root);
	ck_assert_mem_eq(at.root, root, MERKLE_HASH);
	log_close_world(&w);
}
END_TEST

/* A tile of the third level begins at 65,536 leaves. */
START_TEST(third_level)
{
	static const uint64_t sizes[] = { 65535, 65536, 65537, 66000 };
	struct log_world w;
	struct buf tile;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	for (int i = 0; i < 4; i++) {
		log_records(
		    &w, (int64_t)(sizes[i] - (i > 0 ? sizes[i - 1] : 0)));
		log_catch_up(&w);
		holds(&w, sizes[i], 0);
		holds(&w, sizes[i], 65534);
		holds(&w, sizes[i], sizes[i] - 1);
		fixture_ok(log_start(&w));
	}
	buf_init(&tile, TLOG_TILE_BYTES);
	fixture_ok(log_file_read_tile(
	    w.f.ctx.conf, &(struct tlog_tile){ 2, 0, 1 }, &tile));
	ck_assert_uint_eq(tile.len, MERKLE_HASH);
	buf_free(&tile);
	log_close_world(&w);
}
END_TEST

/* Files of one folder, without . and .. */
static int
files_in(struct log_world *w, const char *name)
{
	char *path = arena_printf(w->f.arena, "%s/log/%s", w->f.dir, name);
	DIR *dir = opendir(path);
	int n = -2;

	if (dir == NULL)
		return 0;
	while (readdir(dir) != NULL)
		n++;
	closedir(dir);
	return n;
}

/* Partial tiles of each size that was published, until the tile is full. */
START_TEST(partial_tiles)
{
	struct log_world w;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	for (int i = 0; i < 3; i++) {
		log_records(&w, 50);
		log_catch_up(&w);
	}
	ck_assert_int_eq(files_in(&w, "tile/0/000.p"), 3);
	ck_assert_int_eq(files_in(&w, "tile/entries/000.p"), 3);
	log_records(&w, 150);
	log_catch_up(&w);
	ck_assert_int_eq(files_in(&w, "tile/0/000.p"), 0);
	ck_assert_int_eq(files_in(&w, "tile/0"), 2); /* 000 and 001.p */
	ck_assert_int_eq(files_in(&w, "tile/0/001.p"), 1);
	ck_assert_int_eq(files_in(&w, "tile/1/000.p"), 1);
	holds(&w, 300, 20);
	log_close_world(&w);
}
END_TEST

/* ---- what is interrupted ------------------------------------------------- */

START_TEST(not_signed)
{
	struct log_world w;
	uint64_t added;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	log_records(&w, 10);
	w.fails = ERR_INTERNAL;
	fixture_err(log_sequence_step(&w.s, &added), ERR_INTERNAL);
	ck_assert_uint_eq(added, 0);
	holds(&w, 0, 0);
	w.fails = ERR_OK;
	log_records(&w, 10);
	log_catch_up(&w);
	holds(&w, 20, 15);
	log_close_world(&w);
}
END_TEST

/* Signed, and then it died: more records or not, at a start or not. */
START_TEST(not_published)
{
	struct log_world w;
	struct merkle_point before;
	uint64_t added;
	char *path;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	log_records(&w, 300);
	log_catch_up(&w);
	before = log_published(&w);
	/* Nothing can be put where a folder is that has something in it. */
	path = arena_printf(w.f.arena, "%s/log/checkpoint", w.f.dir);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	log_records(&w, 10);
	fixture_err(log_sequence_step(&w.s, &added), ERR_INTERNAL);
	ck_assert_uint_eq(w.last.size, 310);
	ck_assert_int_eq(rmdir(path), 0);
	if (_i == 1)
		log_records(&w, 300);
	if (_i == 2) {
		fixture_ok(log_start(&w));
		holds(&w, 310, 305);
	}
	log_catch_up(&w);
	holds(&w, _i == 1 ? 610 : 310, 305);
	ck_assert_uint_lt(before.size, w.last.size);
	log_close_world(&w);
}
END_TEST

/* Published, and the row is not there. */
START_TEST(not_noted)
{
	struct log_world w;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	log_records(&w, 10);
	log_catch_up(&w);
	fixture_run(&w.f, "DELETE FROM log_checkpoint WHERE size = 10");
	fixture_ok(log_start(&w));
	holds(&w, 10, 5);
	log_close_world(&w);
}
END_TEST

/* The clock goes back, or far ahead: the log goes on, and its page too. */
static const int64_t jumps[] = { -CLOCK_HOUR, -CLOCK_DAY, -4000 * CLOCK_DAY,
	CLOCK_DAY, 4000 * CLOCK_DAY };

START_TEST(clock_jumps)
{
	struct log_status status;
	struct log_world w;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	log_records(&w, 10);
	log_catch_up(&w);
	fixture_later(&w.f, jumps[_i]);
	log_records(&w, 300);
	log_catch_up(&w);
	holds(&w, 310, 305);
	fixture_ok(log_start(&w));
	fixture_later(&w.f, -2 * jumps[_i]);
	log_records(&w, 1);
	log_catch_up(&w);
	holds(&w, 311, 310);
	fixture_ok(log_status_load(&w.f.ctx, &status));
	ck_assert_uint_eq(status.tree.size, 311);
	ck_assert_uint_gt(status.point_count, 0);
	ck_assert_int_eq(status.points[status.point_count - 1].size, 311);
	log_close_world(&w);
}
END_TEST

/* A signer whose state is older goes on from there. */
START_TEST(signer_behind)
{
	struct log_world w;
	struct merkle_point old;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	log_records(&w, 100);
	log_catch_up(&w);
	old = w.last;
	log_records(&w, 400);
	log_catch_up(&w);
	w.last = old;
	fixture_ok(log_start(&w));
	log_records(&w, 1);
	log_catch_up(&w);
	holds(&w, 501, 500);
	log_close_world(&w);
}
END_TEST

static const char *const harms[] = {
	"UPDATE record SET digest = randomblob(32) WHERE id = 3",
	"DELETE FROM record WHERE id = 3",
	"DELETE FROM record WHERE id > 90", /* an older backup */
};

/* What was published is not there any more: nothing is signed. */
START_TEST(rewritten)
{
	struct log_world w;
	int signatures;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	log_records(&w, 100);
	log_catch_up(&w);
	signatures = w.signatures;
	fixture_run(&w.f, "DROP TRIGGER record_is_never_changed");
	fixture_run(&w.f, "DROP TRIGGER record_is_never_removed");
	fixture_run(&w.f, harms[_i]);
	fixture_err(log_start(&w), ERR_CORRUPT);
	ck_assert_int_eq(w.signatures, signatures);
	log_close_world(&w);
}
END_TEST

/* Another log's checkpoint is none of this key's. */
START_TEST(foreign_checkpoint)
{
	struct log_world w;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	w.key.id[0] ^= 1;
	fixture_err(log_start(&w), ERR_CORRUPT);
	log_close_world(&w);
}
END_TEST

START_TEST(cosigned)
{
	static const char line[] = "\xe2\x80\x94 witness.example AAAA\n";
	struct log_world w;
	struct buf text;

	log_open_world(&w);
	fixture_ok(log_start(&w));
	log_records(&w, 3);
	log_catch_up(&w);
	fixture_ok(db_begin(w.f.ctx.db));
	fixture_ok(db_exec(w.f.ctx.db,
	    "INSERT INTO log_cosignature (size, witness, line, cosigned_at)"
	    " VALUES (3, 'witness.example', $1, 1)",
	    DB_ARGS(db_t(line))));
	fixture_ok(db_end(w.f.ctx.db, ERR_OK));
	fixture_ok(log_sequence_cosigned(&w.s));
	buf_init(&text, NOTE_MAX);
	fixture_ok(log_file_read_checkpoint(w.f.ctx.conf, &text));
	ck_assert_ptr_nonnull(
	    strstr(text.data, "\xe2\x80\x94 portal.example/log"));
	ck_assert_ptr_nonnull(strstr(text.data, line));
	buf_free(&text);
	log_close_world(&w);
}
END_TEST

enum { RESTARTS = 3 };
static const int restarts[RESTARTS];

UNIT_MAIN("log_sequence", UNIT(nothing_yet), UNIT_ROWS(as_the_database, steps),
    UNIT(third_level), UNIT(partial_tiles), UNIT(not_signed),
    UNIT_ROWS(not_published, restarts), UNIT(not_noted),
    UNIT_ROWS(clock_jumps, jumps), UNIT(signer_behind),
    UNIT_ROWS(rewritten, harms), UNIT(foreign_checkpoint), UNIT(cosigned))
