/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/log_witness_list.h"
#include "base/log.h"
#include "log_keys.h"

enum { ARENA = 1 << 20, SENTENCES = 40 };

struct heard {
	char *sentence[SENTENCES];
	size_t n;
};

static void
hear(void *arg, const char *sentence)
{
	struct heard *h = arg;

	ck_assert_uint_lt(h->n, SENTENCES);
	h->sentence[h->n++] = strdup(sentence);
}

static struct log_witness_list list;
static struct heard heard;

static void
forget(void)
{
	for (size_t i = 0; i < heard.n; i++)
		free(heard.sentence[i]);
	memset(&heard, 0, sizeof(heard));
}

static enum err
read_file(const char *path)
{
	const struct log_witness_listener listener = { hear, &heard };
	struct arena *arena = arena_new(ARENA);
	enum err rc;

	log_open("test", LOG_WARNING);
	forget();
	rc = log_witness_list_read(path, arena, &listener, &list);
	arena_free(arena);
	return rc;
}

static enum err
read_text(const char *text)
{
	char dir[UNIT_PATH], path[UNIT_PATH];
	enum err rc;

	unit_scratch(dir);
	unit_file(dir, "witnesses", text, path);
	rc = read_file(path);
	unit_remove(dir);
	return rc;
}

/* The text of a key, good until the next but three. */
static const char *
key(const char *name, enum note_type type, uint8_t seed)
{
	static char text[4][NOTE_KEY_TEXT];
	static int n;
	struct log_key k = log_key(name, type, seed);

	n = (n + 1) % 4;
	note_key_text(&k.pub, text[n]);
	return text[n];
}

START_TEST(nobody)
{
	char dir[UNIT_PATH], path[UNIT_PATH];

	unit_scratch(dir);
	unit_path(path, dir, "none");
	ck_assert_int_eq(read_file(path), ERR_OK);
	ck_assert_uint_eq(list.n, 0);
	ck_assert_uint_eq(heard.n, 0);
	unit_remove(dir);
	ck_assert_int_eq(read_text("# Nobody so far.\n\n  \t\r\n"), ERR_OK);
	ck_assert_uint_eq(list.n, 0);
	ck_assert_uint_eq(heard.n, 0);
}
END_TEST

START_TEST(some)
{
	char text[2048];

	snprintf(text, sizeof(text),
	    "# Partners\n%s https://w.example\n\n \t%s "
	    "\thttps://w.example/2\r\n"
	    "  # not the last\n%s http://localhost:8080/x",
	    key("w.example/1", NOTE_COSIGNATURE, 1),
	    key("w.example/2", NOTE_COSIGNATURE, 2),
	    key("w\xc3\xa9.example", NOTE_COSIGNATURE, 3));
	ck_assert_int_eq(read_text(text), ERR_OK);
	ck_assert_uint_eq(heard.n, 0);
	ck_assert_uint_eq(list.n, 3);
	ck_assert_str_eq(list.place[0].key.name, "w.example/1");
	ck_assert_int_eq(list.place[0].key.type, NOTE_COSIGNATURE);
	ck_assert_str_eq(list.place[0].url, "https://w.example/add-checkpoint");
	ck_assert_str_eq(
	    list.place[1].url, "https://w.example/2/add-checkpoint");
	ck_assert_str_eq(list.place[2].key.name, "w\xc3\xa9.example");
	ck_assert_str_eq(
	    list.place[2].url, "http://localhost:8080/x/add-checkpoint");
}
END_TEST

/* The line of a good key, and what is said of it. */
static const struct {
	enum note_type type;
	const char *before, *behind, *said;
} wrong[] = {
	{ NOTE_COSIGNATURE, "", "", "address is missing" },
	{ NOTE_COSIGNATURE, "", "  ", "address is missing" },
	{ NOTE_COSIGNATURE, "", " http://w.example", "address must be" },
	{ NOTE_COSIGNATURE, "", " https://w.example/", "address must be" },
	{ NOTE_COSIGNATURE, "", " https://w.example x", "address must be" },
	{ NOTE_COSIGNATURE, "", " https://W.example", "address must be" },
	{ NOTE_COSIGNATURE, "", " file:///etc/passwd", "address must be" },
	{ NOTE_COSIGNATURE, "https://w.example ", "", "verifier key, but" },
	{ NOTE_COSIGNATURE, "x", " https://w.example", "id is not that" },
	{ NOTE_ED25519, "", " https://w.example", "the key of a log" },
	{ NOTE_COSIGNATURE, "+", " https://w.example", "name of a key" },
	{ NOTE_COSIGNATURE, "\xff", " https://w.example", "name of a key" },
};

/* It is named by file and line; those around it hold. */
START_TEST(one_is_wrong)
{
	char text[2048];

	snprintf(text, sizeof(text),
	    "# x\n%s https://a.example\n%s%s%s\n%s https://b.example\n",
	    key("a.example", NOTE_COSIGNATURE, 1), wrong[_i].before,
	    key("w.example", wrong[_i].type, 2), wrong[_i].behind,
	    key("b.example", NOTE_COSIGNATURE, 3));
	ck_assert_int_eq(read_text(text), ERR_OK);
	ck_assert_uint_eq(list.n, 2);
	ck_assert_str_eq(list.place[0].key.name, "a.example");
	ck_assert_str_eq(list.place[1].key.name, "b.example");
	ck_assert_uint_eq(heard.n, 1);
	ck_assert_ptr_nonnull(strstr(heard.sentence[0], "/witnesses:3: "));
	ck_assert_msg(strstr(heard.sentence[0], wrong[_i].said) != NULL, "%s",
	    heard.sentence[0]);
	ck_assert_int_eq(heard.sentence[0][strlen(heard.sentence[0]) - 1], '.');
}
END_TEST

START_TEST(named_twice)
{
	char text[2048];

	snprintf(text, sizeof(text),
	    "%s https://a.example\n%s https://b.example\n",
	    key("a.example", NOTE_COSIGNATURE, 1),
	    key("a.example", NOTE_COSIGNATURE, 2));
	ck_assert_int_eq(read_text(text), ERR_OK);
	ck_assert_uint_eq(list.n, 1);
	ck_assert_str_eq(list.place[0].url, "https://a.example/add-checkpoint");
	ck_assert_ptr_nonnull(strstr(heard.sentence[0], ":2: this witness"));
}
END_TEST

START_TEST(too_many)
{
	char text[8192] = "", name[32];
	size_t len = 0;

	for (int i = 0; i < LOG_WITNESSES + 2; i++) {
		snprintf(name, sizeof(name), "w%d.example", i);
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "%s https://w.example/%d\n",
		    key(name, NOTE_COSIGNATURE, (uint8_t)i), i);
	}
	ck_assert_int_eq(read_text(text), ERR_OK);
	ck_assert_uint_eq(list.n, LOG_WITNESSES);
	ck_assert_uint_eq(heard.n, 2);
	ck_assert_ptr_nonnull(strstr(heard.sentence[0], ":16: there are"));
}
END_TEST

START_TEST(address_has_a_limit)
{
	static const int behind = sizeof("/add-checkpoint");
	char text[2048], url[URL_MAX];

	for (int over = 0; over < 2; over++) {
		snprintf(url, sizeof(url), "https://w.example/%0*d",
		    URL_MAX - behind - 18 + over, 0);
		snprintf(text, sizeof(text), "%s %s\n",
		    key("w.example", NOTE_COSIGNATURE, 1), url);
		ck_assert_int_eq(read_text(text), ERR_OK);
		ck_assert_uint_eq(list.n, over == 0 ? 1 : 0);
		if (over == 0)
			ck_assert_uint_eq(
			    strlen(list.place[0].url), URL_MAX - 1);
	}
}
END_TEST

START_TEST(no_file_of_ours)
{
	char *text = malloc(70001);

	ck_assert_int_eq(read_file("/tmp"), ERR_INTERNAL);
	ck_assert_uint_eq(heard.n, 1);
	ck_assert_str_eq(heard.sentence[0],
	    "/tmp: the file cannot be read; check its owner and mode.");
	memset(text, '\n', 70000);
	text[70000] = '\0';
	ck_assert_int_eq(read_text(text), ERR_TOO_LARGE);
	ck_assert_uint_eq(list.n, 0);
	ck_assert_uint_eq(heard.n, 1);
	free(text);
	forget();
}
END_TEST

UNIT_MAIN("log_witness_list", UNIT(nobody), UNIT(some),
    UNIT_ROWS(one_is_wrong, wrong), UNIT(named_twice), UNIT(too_many),
    UNIT(address_has_a_limit), UNIT(no_file_of_ours))
