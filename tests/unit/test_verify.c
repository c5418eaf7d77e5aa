/* SPDX-License-Identifier: Apache-2.0 */
/* The program entente-verify: its commands, words and exit statuses. */
#include <jansson.h>
#include <sys/stat.h>

#include "base/file.h"
#include "crypt/key_handover_sign.h"
#include "crypt/tlog_tile.h"
#include "log_bundle.h"
#include "program.h"

enum { SIZE = 700, OLD = 300 };

static char dir[UNIT_PATH], said[UNIT_PATH];
static struct log_bundle world, older;

static const char *
in(const char *name)
{
	static char paths[8][UNIT_PATH];
	static int next;
	char *path = paths[next++ % 8];

	unit_path(path, dir, name);
	return path;
}

static void
put(const char *name, const void *bytes, size_t len)
{
	FILE *f = fopen(in(name), "wb");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, len, f), len);
	ck_assert_int_eq(fclose(f), 0);
}

static void
put_key(const char *name, const struct note_key *key)
{
	char text[NOTE_KEY_TEXT];

	note_key_text(key, text);
	put(name, text, strlen(text));
}

static void
put_tiles(void)
{
	struct tlog_tile tile;
	char path[TLOG_TILE_PATH];

	mkdir(in("tile"), 0700);
	mkdir(in("tile/0"), 0700);
	mkdir(in("tile/1"), 0700);
	mkdir(in("tile/0/002.p"), 0700);
	mkdir(in("tile/1/000.p"), 0700);
	for (int level = 0; level < 2; level++)
		for (uint64_t n = 0; tlog_tile_at(level, n, SIZE, &tile); n++) {
			tlog_tile_path(&tile, path);
			put(path, world.level[8 * level] + n * TLOG_TILE_BYTES,
			    (size_t)tile.width * MERKLE_HASH);
		}
}

static void
put_proof(const char *name, uint64_t index)
{
	struct merkle_reader reader = { bundle_read_hash, &world };
	struct tlog_proof p = { .index = index,
		.checkpoint = { world.checkpoint.data, world.checkpoint.len } };
	struct buf b;

	merkle_inclusion(&reader, index, SIZE, &p.path);
	buf_init(&b, TLOG_PROOF_MAX);
	tlog_proof_write(&b, &p);
	put(name, b.data, b.len);
	buf_free(&b);
}

static void
put_hashes(const char *name)
{
	struct merkle_reader reader = { bundle_read_hash, &world };
	struct merkle_proof p;
	struct buf b;
	char text[64];

	merkle_consistency(&reader, OLD, SIZE, &p);
	buf_init(&b, 8192);
	for (size_t i = 0; i < p.n; i++) {
		sodium_bin2base64(text, sizeof(text), p.hash[i], MERKLE_HASH,
		    sodium_base64_VARIANT_ORIGINAL);
		buf_addf(&b, "%s\n", text);
	}
	put(name, b.data, b.len);
	buf_free(&b);
}

static void
start(void)
{
	char record[2048];

	unit_scratch(dir);
	unit_path(said, dir, "said");
	log_bundle_start(&world, SIZE, 1, true);
	log_bundle_make(&world);
	log_bundle_start(&older, OLD, 1, false);
	put("b.tar", world.out.data, world.out.len);
	world.out.data[world.out.len / 2] ^= 4;
	put("bad.tar", world.out.data, world.out.len);
	put("cut.tar", world.out.data, 5000);
	put("new", world.checkpoint.data, world.checkpoint.len);
	put("old", older.checkpoint.data, older.checkpoint.len);
	older.tree.root[0] ^= 1;
	buf_reset(&older.checkpoint);
	bundle_sign_checkpoint(&older);
	put("old_fork", older.checkpoint.data, older.checkpoint.len);
	older.tree.root[0] ^= 1;
	buf_reset(&older.checkpoint);
	bundle_sign_checkpoint(&older);
	put_key("log.key", &world.log);
	put_key("witness.key", &world.witness);
	put_proof("7.proof", 7);
	put("7.json", record, bundle_record(&world, 7, record, 2048));
	put("8.json", record, bundle_record(&world, 8, record, 2048));
	put_tiles();
	put_hashes("hashes");
	put("hashes_bad", "AAAA\n", 5);
}

static void
finish(void)
{
	log_bundle_free(&world);
	log_bundle_free(&older);
	unit_remove(dir);
}

/* ---- keys of the log before the one that signed the bundle ------------- */

struct old_key {
	struct note_key note;
	uint8_t secret[NOTE_SECRET];
};

static void
put_handover(const char *name, struct old_key *old, struct old_key *new,
    const struct merkle_point *last)
{
	const struct key_file a = { .note = old->note, .secret = old->secret };
	const struct key_file b = { .note = new->note, .secret = new->secret };
	struct buf note;

	buf_init(&note, NOTE_MAX);
	ck_assert_int_eq(key_handover_write(&a, &b, last, &note), ERR_OK);
	put(name, note.data, note.len);
	buf_free(&note);
}

/* What the first key signed, of the size that the older log has. */
static void
put_first(const struct old_key *first)
{
	uint8_t signature[NOTE_SIGNATURE];
	char body[CHECKPOINT_BODY];
	struct buf note;

	ck_assert(checkpoint_body(BUNDLE_ORIGIN, &older.tree, body));
	ck_assert_int_eq(
	    note_sign(span_of(body), &first->note, first->secret, signature),
	    ERR_OK);
	buf_init(&note, NOTE_MAX);
	buf_addf(&note, "%s\n", body);
	note_add_line(&note, &first->note, signature, sizeof(signature));
	put("first", note.data, note.len);
	buf_free(&note);
}

/* first -> second -> the bundle's; and ways that are none. */
static void
put_handovers(void)
{
	struct old_key first, second, last = { .note = world.log };
	struct merkle_point forked = world.tree, beyond = { SIZE + 1, { 0 } };

	memcpy(last.secret, world.log_secret, sizeof(last.secret));
	forked.root[0] ^= 1;
	bundle_note_key(
	    &first.note, first.secret, BUNDLE_ORIGIN, NOTE_ED25519, 21);
	bundle_note_key(
	    &second.note, second.secret, BUNDLE_ORIGIN, NOTE_ED25519, 22);
	put_key("first.key", &first.note);
	put_handover("1", &first, &second, &older.tree);
	put_handover("2", &second, &last, &world.tree);
	put_handover("2_fork", &second, &last, &forked);
	put_handover("2_more", &second, &last, &beyond);
	put_handover("1_more", &first, &second, &beyond);
	note_key_make("first", NOTE_COSIGNATURE, first.note.key, &second.note);
	put_key("first_w.key", &second.note);
	put_first(&first);
}

static const struct {
	int status;
	const char *says;
	const char *argument[16]; /* "@name" is a file */
} rows[] = {
	{ 0, "700 of 700 records",
	    { "--key", "@log.key", "--witness", "@witness.key", "@b.tar" } },
	{ 0, "Everything that was checked is true.",
	    { "--key", "@log.key", "@b.tar" } },
	{ 0, "no witness's key was given", { "--key", "@log.key", "@b.tar" } },
	{ 1, "FALSE", { "--key", "@log.key", "@bad.tar" } },
	{ 1, "at byte", { "--key", "@log.key", "@cut.tar" } },
	{ 1, "log-key.txt: this is another key",
	    { "--key", "@other.key", "@b.tar" } },
	{ 2, "no such file", { "--key", "@none", "@b.tar" } },
	{ 2, "No such file", { "--key", "@log.key", "@none" } },
	{ 2, "no key to verify with", { "--key", "@witness.key", "@b.tar" } },
	{ 2, "no key to verify with", { "--key", "@7.json", "@b.tar" } },
	{ 2, "key is needed", { "@b.tar" } },
	{ 2, "number of files", { "--key", "@log.key" } },
	{ 2, "no such option", { "--keys", "@log.key", "@b.tar" } },
	{ 2, "twice", { "--key", "a", "--key", "b", "@b.tar" } },
	{ 2, "--policy", { "--key", "@log.key", "--policy", "1", "@b.tar" } },
	{ 0, "That the witness",
	    { "checkpoint", "--key", "@log.key", "--witness", "@other_w.key",
		"--policy", "0", "@new" } },
	{ 1, "Fewer of your witnesses",
	    { "checkpoint", "--key", "@log.key", "--witness", "@other_w.key",
		"@new" } },
	{ 0, "it had 700 records",
	    { "checkpoint", "--key", "@log.key", "--witness", "@witness.key",
		"@new" } },
	{ 1, "not signed by that key",
	    { "checkpoint", "--key", "@other.key", "@new" } },
	{ 0, "is record number 8 of that log (leaf 7)",
	    { "proof", "--key", "@log.key", "@7.proof", "@7.json" } },
	{ 1, "does not lead to the root",
	    { "proof", "--key", "@log.key", "@7.proof", "@8.json" } },
	{ 1, "a line is missing, or one too many, line 1",
	    { "proof", "--key", "@log.key", "@7.json", "@8.json" } },
	{ 0, "in the same places",
	    { "consistency", "--key", "@log.key", "--tiles", "@", "@old",
		"@new" } },
	{ 0, "in the same places",
	    { "consistency", "--key", "@log.key", "--hashes", "@hashes", "@old",
		"@new" } },
	{ 0, "in the same places",
	    { "consistency", "--key", "@log.key", "@new", "@new" } },
	{ 1, "cannot be of one log",
	    { "consistency", "--key", "@log.key", "@old", "@old_fork" } },
	{ 1, "If it is the older, name it first",
	    { "consistency", "--key", "@log.key", "@new", "@old" } },
	{ 1, "does not lead to the root",
	    { "consistency", "--key", "@log.key", "--hashes", "@none_hashes",
		"@old", "@new" } },
	{ 2, "not a list of hashes",
	    { "consistency", "--key", "@log.key", "--hashes", "@hashes_bad",
		"@old", "@new" } },
	{ 2, "are needed",
	    { "consistency", "--key", "@log.key", "@old", "@new" } },
	{ 2, "not all tiles",
	    { "consistency", "--key", "@log.key", "--tiles", "/nowhere", "@old",
		"@new" } },
	{ 2, "no other witness",
	    { "--key", "@log.key", "--witness", "@witness.key", "--witness",
		"@witness.key", "--policy", "2", "@b.tar" } },
	{ 2, "no other witness",
	    { "--key", "@log.key", "--witness", "@witness.key", "--witness",
		"@renamed.key", "@b.tar" } },
	{ 2, "no other witness",
	    { "--key", "@log.key", "--witness", "@itself.key", "@b.tar" } },
	{ 2, "\\x1b[2Jb\\x0a\\x9bm.tar: No such file",
	    { "--key", "@log.key", "\x1b[2Jb\n\x9bm.tar" } },
	/* Who has a key of the log that is not the newest. */
	{ 1, "log-key.txt: this is another key",
	    { "--key", "@first.key", "@b.tar" } },
	{ 0, "700 of 700 records",
	    { "--key", "@first.key", "--handover", "@1", "--handover", "@2",
		"@b.tar" } },
	{ 0,
	    "Your key of the log portal.example/log handed over to this one, "
	    "after it had signed 300 records: portal.example/log+",
	    { "--key", "@first.key", "--handover", "@1", "--handover", "@2",
		"@b.tar" } },
	{ 0, "That key of the log portal.example/log handed over",
	    { "--key", "@first.key", "--handover", "@1", "--handover", "@2",
		"@b.tar" } },
	{ 0, "ask the keeper by another way",
	    { "--key", "@first.key", "--handover", "@1", "--handover", "@2",
		"@b.tar" } },
	{ 1, "log-key.txt: this is another key",
	    { "--key", "@first.key", "--handover", "@1", "@b.tar" } },
	{ 1, "not signed by that key",
	    { "--key", "@first.key", "--handover", "@2", "--handover", "@1",
		"@b.tar" } },
	{ 1, "not signed by that key",
	    { "--key", "@log.key", "--handover", "@1", "@b.tar" } },
	{ 1, "checkpoint: This does not go on",
	    { "--key", "@first.key", "--handover", "@1", "--handover",
		"@2_fork", "@b.tar" } },
	{ 1, "checkpoint: This does not go on",
	    { "--key", "@first.key", "--handover", "@1", "--handover",
		"@2_more", "@b.tar" } },
	{ 1, "2: This does not go on",
	    { "--key", "@first.key", "--handover", "@1_more", "--handover",
		"@2", "@b.tar" } },
	{ 1, "there is no signature here",
	    { "--key", "@first.key", "--handover", "@log.key", "@b.tar" } },
	{ 2, "no such file",
	    { "--key", "@first.key", "--handover", "@none", "@b.tar" } },
	{ 2, "no other witness",
	    { "--key", "@first.key", "--handover", "@1", "--handover", "@2",
		"--witness", "@first_w.key", "@b.tar" } },
	{ 0, "Your key of the log",
	    { "handover", "--key", "@first.key", "@1" } },
	{ 0, "That key of the log",
	    { "handover", "--key", "@first.key", "--handover", "@1", "@2" } },
	{ 1, "not signed by that key",
	    { "handover", "--key", "@log.key", "@1" } },
	{ 1, "there is no signature here",
	    { "handover", "--key", "@log.key", "@log.key" } },
	{ 1, "not go on",
	    { "checkpoint", "--key", "@first.key", "--handover", "@1",
		"--handover", "@2_more", "@new" } },
	{ 1, "not go on",
	    { "proof", "--key", "@first.key", "--handover", "@1", "--handover",
		"@2_more", "@7.proof", "@7.json" } },
	{ 0, "in the same places",
	    { "consistency", "--key", "@first.key", "--handover", "@1",
		"--handover", "@2", "--tiles", "@", "@first", "@new" } },
	{ 1, "not signed by that key",
	    { "consistency", "--key", "@log.key", "--tiles", "@", "@first",
		"@new" } },
	{ 1, "not signed by that key",
	    { "checkpoint", "--key", "@first.key", "--handover", "@1",
		"--handover", "@2", "@first" } },
	{ 0, "usage:", { "--help" } },
	{ 0, "entente-verify ", { "--version" } },
};

static const char *
program(void)
{
	static char path[UNIT_PATH];
	const char *build = getenv("BUILD");

	snprintf(path, sizeof(path), "%s/bin/entente-verify",
	    build != NULL ? build : "build");
	return path;
}

static void
expect_said(const char *text)
{
	struct buf b;

	buf_init(&b, 1 << 20);
	ck_assert_int_eq(file_read(said, &b), ERR_OK);
	ck_assert_msg(strstr(b.data, text) != NULL, "%s", b.data);
	/* Whatever a file is called, no terminal obeys it. */
	ck_assert_ptr_null(strpbrk(b.data, "\x1b\x9b"));
	buf_free(&b);
}

static int
run_row(int row, bool is_json)
{
	const char *argv[20] = { program() };
	int n = 1;

	for (int i = 0; rows[row].argument[i] != NULL; i++) {
		const char *a = rows[row].argument[i];

		argv[n++] = a[0] == '@' ? in(a + 1) : a;
	}
	if (is_json)
		argv[n++] = "--json";
	argv[n] = NULL;
	return unit_spawn(argv, said);
}

static void
others(void)
{
	struct note_key key;
	uint8_t secret[NOTE_SECRET];

	bundle_note_key(&key, secret, BUNDLE_ORIGIN, NOTE_ED25519, 9);
	put_key("other.key", &key);
	bundle_note_key(&key, secret, "other.example", NOTE_COSIGNATURE, 9);
	put_key("other_w.key", &key);
	note_key_make("renamed", NOTE_COSIGNATURE, world.witness.key, &key);
	put_key("renamed.key", &key);
	note_key_make("itself", NOTE_COSIGNATURE, world.log.key, &key);
	put_key("itself.key", &key);
	put("none_hashes", "", 0);
	put_handovers();
}

/* Seventeen are too many. */
START_TEST(how_many_handovers)
{
	const char *argv[40] = { program(), "--key", "none" };
	int n = 3;

	start();
	for (int i = 0; i < 17; i++) {
		argv[n++] = "--handover";
		argv[n++] = "none";
	}
	argv[n] = "none";
	ck_assert_int_eq(unit_spawn(argv, said), 2);
	expect_said("more than 16 times");
	argv[n - 2] = "none";
	argv[n - 1] = NULL;
	ck_assert_int_eq(unit_spawn(argv, said), 2);
	expect_said("no such file");
	finish();
}
END_TEST

START_TEST(by_the_row)
{
	start();
	others();
	ck_assert_int_eq(run_row(_i, false), rows[_i].status);
	expect_said(rows[_i].says);
	finish();
}
END_TEST

/* The same as JSON: what is false has its file and its word. */
START_TEST(as_json)
{
	static const char *const results[] = { "true", "false", "not checked" };
	json_t *said_json, *list, *first;
	int status;

	if (rows[_i].status == 2 || rows[_i].argument[1] == NULL)
		return;
	start();
	others();
	status = run_row(_i, true);
	ck_assert_int_eq(status, rows[_i].status);
	said_json = json_load_file(said, JSON_REJECT_DUPLICATES, NULL);
	ck_assert_ptr_nonnull(said_json);
	ck_assert_str_eq(
	    json_string_value(json_object_get(said_json, "result")),
	    results[status]);
	list = json_object_get(said_json, "false");
	ck_assert_int_eq(json_array_size(list) > 0, status == 1);
	if (status == 1) {
		first = json_array_get(list, 0);
		ck_assert(json_is_string(json_object_get(first, "what")));
		ck_assert(json_is_string(json_object_get(first, "file")));
	}
	json_decref(said_json);
	finish();
}
END_TEST

/* It can be built and run where nothing but libsodium is. */
START_TEST(needs_libsodium_alone)
{
	const char *build = getenv("BUILD");
	char sh[1024];

	start();
	snprintf(sh, sizeof(sh),
	    "ldd %s/bin/entente-verify | grep -vE"
	    " 'linux-vdso|libsodium|libc\\.so|/ld-linux|libasan|libubsan|"
	    "libm\\.so|libgcc_s|libdl|librt|libpthread|libstdc'",
	    build != NULL ? build : "build");
	ck_assert_int_eq(UNIT_SPAWN(said, "sh", "-c", sh), 1);
	snprintf(sh, sizeof(sh),
	    "nm -D %s/bin/entente-verify | grep -E"
	    " 'crypto_sign_detached|crypto_sign_seed|socket|connect'",
	    build != NULL ? build : "build");
	ck_assert_int_eq(UNIT_SPAWN(said, "sh", "-c", sh), 1);
	finish();
}
END_TEST

UNIT_MAIN("verify", UNIT_ROWS(by_the_row, rows), UNIT_ROWS(as_json, rows),
    UNIT(how_many_handovers), UNIT(needs_libsodium_alone))
