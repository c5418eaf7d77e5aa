/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every template, in both languages, with every leaf that it names hostile:
 * the page must have the elements and attributes that harmless data give, and
 * no others.  The names come out of the templates themselves (var, if, each,
 * call), so that a new one is in the test from its first day.
 *
 * Which leaves are set is drawn at random, from a fixed seed, until each leaf
 * that the template prints has been seen in a page.
 */
#include "canary.h"

#include <strings.h>

#include "base/buf.h"
#include "web/page.h"

enum { VARIANTS = 120, VARIANTS_MAX = 1200, PAGE_BYTES = 8 * 1024 * 1024 };

static const char *const hostile[] = {
	"\"'><svg/onload=1>{{javascript:1",
	"javascript:1\"'><svg/onload=1>",
	" x onload=1 ",
	"</textarea></title></script></style><svg/onload=1><!--",
};

static const char root[] = "templates";

/* ---- the shape of a page --------------------------------------------- */

/* Elements and names of attributes, in order; no text, no values. */
struct shape {
	struct buf tags;
	const char *problem;
};

static bool
is_space(char c)
{
	return c != '\0' && strchr(" \t\r\n\f", c) != NULL;
}

/* As a browser reads an address: leading white space does not count. */
static void
check_attribute(
    struct shape *s, const char *name, size_t len, const char *value)
{
	static const char *const links[] = { "href", "src", "action",
		"formaction", "data", "xlink:href", "poster", "srcset" };

	if (len > 2 && strncasecmp(name, "on", 2) == 0)
		s->problem = "an attribute that is a script";
	if (len == 5 && strncasecmp(name, "style", len) == 0)
		s->problem = "an attribute that is a style";
	while (*value != '\0' && (unsigned char)*value <= ' ')
		value++;
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (strlen(links[i]) == len &&
		    strncasecmp(name, links[i], len) == 0 &&
		    strncasecmp(value, "javascript:", 11) == 0)
			s->problem = "an address that is a script";
}

/* From behind the name of an element to behind its '>'. */
static const char *
read_attributes(struct shape *s, const char *p)
{
	const char *name, *value;
	size_t len;
	char quote;

	for (;;) {
		while (is_space(*p) || *p == '/')
			p++;
		if (*p == '\0' || *p == '>')
			return *p == '\0' ? p : p + 1;
		name = p++;
		while (*p != '\0' && *p != '>' && *p != '=' && *p != '/' &&
		    !is_space(*p))
			p++;
		len = (size_t)(p - name);
		buf_addf(&s->tags, " %.*s", (int)len, name);
		p += strspn(p, " \t\r\n\f");
		value = "";
		if (*p == '=') {
			p += 1 + strspn(p + 1, " \t\r\n\f");
			quote = *p == '"' || *p == '\'' ? *p++ : '\0';
			value = p;
			while (*p != '\0' &&
			    (quote != '\0' ? *p != quote
					   : *p != '>' && !is_space(*p)))
				p++;
			if (quote != '\0' && *p == quote)
				p++;
		}
		check_attribute(s, name, len, value);
	}
}

/* Elements whose text has no elements: to behind that text. */
static const char *
read_raw(struct shape *s, const char *tag, size_t len, const char *p)
{
	static const char *const raw[] = { "script", "style", "textarea",
		"title" };
	const char *start = p;
	size_t i;

	for (i = 0; i < sizeof(raw) / sizeof(raw[0]); i++)
		if (strlen(raw[i]) == len && strncasecmp(raw[i], tag, len) == 0)
			break;
	if (i == sizeof(raw) / sizeof(raw[0]))
		return p;
	while (*p != '\0' &&
	    (p[0] != '<' || p[1] != '/' || strncasecmp(p + 2, tag, len) != 0))
		p++;
	if (i < 2 && memmem(start, (size_t)(p - start), "~", 1) != NULL)
		s->problem = "data in a script or style";
	return p;
}

static void
read_page(struct shape *s, const char *p)
{
	const char *name;
	bool is_end;
	size_t len;

	while ((p = strchr(p, '<')) != NULL) {
		if (strncmp(p, "<!--", 4) == 0) {
			buf_adds(&s->tags, "comment\n");
			if ((p = strstr(p, "-->")) == NULL)
				return;
			continue;
		}
		is_end = p[1] == '/';
		name = p + 1 + is_end;
		if (!isalpha((unsigned char)*name)) {
			p++;
			continue;
		}
		len = strcspn(name, " \t\r\n\f/>");
		buf_addf(&s->tags, "%s%.*s", is_end ? "/" : "", (int)len, name);
		p = read_attributes(s, name + len);
		buf_adds(&s->tags, "\n");
		if (!is_end)
			p = read_raw(s, name, len, p);
	}
}

static struct shape
shape_of(const char *page)
{
	struct shape s = { .problem = NULL };

	buf_init(&s.tags, PAGE_BYTES);
	buf_adds(&s.tags, "");
	read_page(&s, page);
	ck_assert(!s.tags.overflow);
	if (strstr(page, "<svg/onload") != NULL)
		s.problem = "the canary";
	return s;
}

/* ---- rendering ------------------------------------------------------- */

/* The leaves that are set in one variant; 2: to the word they may equal. */
struct variant {
	char state[NAMES_MAX];
};

static unsigned
chance(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (unsigned)(*seed >> 40);
}

/* Whether a list that the path leads through is empty in this variant. */
static bool
is_left_out(const char *path, unsigned salt)
{
	uint64_t hash = salt;

	for (const char *p = path; *p != '\0'; p++) {
		if (p[0] == '.' && isdigit((unsigned char)p[1]) &&
		    hash % 3 == 0)
			return true;
		hash =
		    (hash ^ (unsigned char)*p) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 29;
	}
	return false;
}

/* The first has all leaves; in each other one more or fewer are left out. */
static void
draw(const struct scan *s, int number, uint64_t *seed, struct variant *v)
{
	static const unsigned sixteenths[] = { 15, 12, 8, 4 };
	unsigned share = sixteenths[number % 4], salt = chance(seed);

	for (int i = 0; i < s->name_count; i++) {
		v->state[i] = number == 0 ||
		    (chance(seed) % 16 < share &&
			(number % 2 == 0 ||
			    !is_left_out(s->names[i].path, salt)));
		if (s->names[i].word[0] != '\0' && number > 0 &&
		    v->state[i] == 1 && chance(seed) % 2 == 0)
			v->state[i] = 2;
	}
}

static struct buf
render(struct pages *pages, enum lang lang, struct scan *s,
    const struct variant *v, const char *text)
{
	struct page *page = page_new(pages, lang);
	char value[PATH_BYTES];
	struct buf out;
	enum err rc;

	for (int i = 0; i < s->name_count; i++) {
		snprintf(value, sizeof(value), "%s~%d~", text, i);
		if (v->state[i] != 0)
			node_set(page_root(page), s->names[i].path,
			    v->state[i] == 2 ? s->names[i].word : value);
	}
	buf_init(&out, PAGE_BYTES);
	buf_adds(&out, "");
	rc = page_render(page, s->page, &out);
	ck_assert_msg(rc == ERR_OK, "%s: %s", s->page, err_name(rc));
	page_free(page);
	return out;
}

static bool
is_same_leaf(const char *a, const char *b)
{
	for (; *a != '\0' && *b != '\0'; a++, b++)
		if (*a != *b &&
		    (!isdigit((unsigned char)*a) ||
			!isdigit((unsigned char)*b)))
			return false;
	return *a == *b;
}

/* The first leaf that no row of its list ever showed; NULL: all did. */
static const char *
unseen(const struct scan *s)
{
	const struct name *end = s->names + s->name_count, *n, *m;

	for (n = s->names; n < end; n++) {
		for (m = s->names; m < end; m++)
			if (m->was_seen && is_same_leaf(m->path, n->path))
				break;
		if (m == end && n->is_printed)
			return n->path;
	}
	return NULL;
}

/* Marks what a page shows. */
static void
see(struct scan *s, const char *page)
{
	char *end;
	long i;

	for (; (page = strchr(page, '~')) != NULL; page++) {
		i = strtol(page + 1, &end, 10);
		if (end > page + 1 && *end == '~' && i >= 0 &&
		    i < s->name_count)
			s->names[i].was_seen = true;
	}
}

/* NULL, or what is wrong with the hostile page: one sentence. */
static const char *
compare(const struct shape *good, const struct shape *bad)
{
	static char text[512];
	const char *a = good->tags.data, *b = bad->tags.data;

	if (bad->problem != NULL)
		return bad->problem;
	if (strcmp(a, b) == 0)
		return NULL;
	while (*a == *b)
		a++, b++;
	while (a > good->tags.data && a[-1] != '\n')
		a--, b--;
	snprintf(text, sizeof(text), "<%.*s> became <%.*s>",
	    (int)strcspn(a, "\n"), a, (int)strcspn(b, "\n"), b);
	return text;
}

static const char *
try_hostile(struct pages *pages, enum lang lang, struct scan *s,
    const struct variant *v, const struct shape *good)
{
	const char *problem = good->problem;
	struct shape bad;
	struct buf page;

	for (size_t i = 0;
	     i < sizeof(hostile) / sizeof(hostile[0]) && problem == NULL; i++) {
		page = render(pages, lang, s, v, hostile[i]);
		bad = shape_of(page.data);
		problem = compare(good, &bad);
		buf_free(&bad.tags);
		buf_free(&page);
	}
	return problem;
}

static const char *
try_all(struct pages *pages, enum lang lang, struct scan *s)
{
	const char *problem = NULL;
	struct shape good;
	struct variant v;
	struct buf page;
	uint64_t seed = 42;

	for (int i = 0; problem == NULL &&
	     (i < VARIANTS || (i < VARIANTS_MAX && unseen(s) != NULL));
	     i++) {
		draw(s, i, &seed, &v);
		page = render(pages, lang, s, &v, "ok");
		good = shape_of(page.data);
		see(s, page.data);
		problem = try_hostile(pages, lang, s, &v, &good);
		buf_free(&good.tags);
		buf_free(&page);
	}
	return problem;
}

/* ---- the templates --------------------------------------------------- */

static char found[FILES_MAX][PATH_BYTES];
static int found_count;

static int
find_one(const char *path, const struct stat *st, int flag, struct FTW *walk)
{
	size_t len = strlen(path);

	(void)st;
	(void)walk;
	if (flag == FTW_F && len > 3 && strcmp(path + len - 3, ".cs") == 0 &&
	    found_count < FILES_MAX)
		snprintf(found[found_count++], PATH_BYTES, "%.100s",
		    path + sizeof(root));
	return 0;
}

static bool
is_part(const char *name)
{
	return strncmp(name, "frame/", 6) == 0;
}

START_TEST(canary_template)
{
	const char *name = found[_i / LANG__MAX], *problem, *leaf;
	enum lang lang = (enum lang)(_i % LANG__MAX);
	struct pages *pages;
	struct variant v;
	struct scan *s;
	struct buf page;

	if (is_part(name))
		return;
	ck_assert_int_eq(pages_new(root, &pages), ERR_OK);
	s = scan_new(root, name);
	if (strncmp(name, "mail/", 5) == 0) {
		/* Plain text, which its reader escapes: see the next test. */
		memset(&v, 1, sizeof(v));
		page = render(pages, lang, s, &v, hostile[0]);
		ck_assert_ptr_nonnull(strstr(page.data, hostile[0]));
		buf_free(&page);
	} else {
		problem = try_all(pages, lang, s);
		ck_assert_msg(problem == NULL, "%s (%s): %s", name,
		    lang_code(lang), problem);
		leaf = unseen(s);
		ck_assert_msg(leaf == NULL, "%s never shows %s", name, leaf);
	}
	free(s);
	pages_free(pages);
}
END_TEST

/* What is in frame/ was read with the pages that include it. */
START_TEST(canary_parts)
{
	bool was_read[FILES_MAX] = { false };

	ck_assert_int_gt(found_count, 20);
	ck_assert_int_lt(found_count, FILES_MAX);
	for (int i = 0; i < found_count; i++) {
		struct scan *s = scan_new(root, found[i]);

		for (int n = 0; n < found_count && !is_part(found[i]); n++)
			for (int f = 0; f < s->files; f++)
				was_read[n] |=
				    strcmp(s->file[f], found[n]) == 0;
		free(s);
	}
	for (int i = 0; i < found_count; i++)
		ck_assert_msg(was_read[i], "no template includes %s", found[i]);
}
END_TEST

/* ---- does it see? ----------------------------------------------------- */

/* Bodies of a template, and whether they are right. */
static const struct {
	const char *body;
	bool is_right;
} bodies[] = {
	{ "<p class=\"<?cs var:A ?>\"><?cs var:B ?></p>", true },
	{ "<a href=\"/x/<?cs var:A ?>\">x</a>", true },
	{ "<a href=\"<?cs var:url(A) ?>\">x</a>", true },
	{ "<?cs each:r = A ?><b><?cs var:r.B.C ?></b><?cs /each ?>", true },
	{ "<textarea><?cs var:A ?></textarea>", true },
	{ "<p><?cs var:html(A) ?></p>", true },
	{ "<p><?cs uvar:A ?></p>", false },
	{ "<p><?cs if:B ?><?cs else ?><?cs uvar:A ?><?cs /if ?><?cs var:A ?>"
	  "</p><?cs var:B ?>",
	    false },
	{ "<?cs each:r = A ?><b><?cs uvar:r.B ?><?cs var:r.B ?></b>"
	  "<?cs /each ?>",
	    false },
	{ "<?cs if:A.K == \"red\" ?><?cs uvar:A.V ?><?cs /if ?><?cs var:A.V ?>"
	  "<?cs var:A.K ?>",
	    false },
	{ "<p class=<?cs var:A ?>>x</p>", false },
	{ "<p <?cs var:A ?>>x</p>", false },
	{ "<a href=\"<?cs var:A ?>\">x</a>", false },
	{ "<form action=\" <?cs var:A ?>\"></form>", false },
	{ "<a onclick=\"go('<?cs var:A ?>')\">x</a>", false },
	{ "<a style=\"color: <?cs var:A ?>\">x</a>", false },
	{ "<script>x = \"<?cs var:A ?>\"</script>", false },
	{ "<style>p { color: <?cs var:A ?> }</style>", false },
	{ "<textarea><?cs uvar:A ?></textarea>", false },
	{ "<?cs alt:A ?>x<?cs /alt ?>", false },
};

START_TEST(canary_sees)
{
	static const char start[] =
	    "<?cs def:title() ?>t<?cs /def ?><?cs def:body() ?>";
	char dir[UNIT_PATH], sub[UNIT_PATH], text[1024];
	struct pages *pages;
	const char *problem;
	struct scan *s;

	unit_scratch(dir);
	unit_path(sub, dir, "frame");
	ck_assert_int_eq(mkdir(sub, 0700), 0);
	unit_file(sub, "page.cs",
	    "<?cs include!Page.Body ?><html><title><?cs call:title() ?>"
	    "</title><?cs call:body() ?></html>",
	    NULL);
	unit_path(sub, dir, "lang");
	ck_assert_int_eq(mkdir(sub, 0700), 0);
	unit_file(sub, "en.hdf", "Lang {\n A = a\n}\n", NULL);
	unit_file(sub, "fr.hdf", "Lang {\n A = a\n}\n", NULL);
	snprintf(
	    text, sizeof(text), "%s%s<?cs /def ?>", start, bodies[_i].body);
	unit_file(dir, "x.cs", text, NULL);
	ck_assert_int_eq(pages_new(dir, &pages), ERR_OK);
	s = scan_new(dir, "x.cs");
	problem = try_all(pages, LANG_EN, s);
	ck_assert_msg((problem == NULL) == bodies[_i].is_right, "%s: %s",
	    bodies[_i].body, problem == NULL ? "nothing" : problem);
	free(s);
	pages_free(pages);
	unit_remove(dir);
}
END_TEST

int
main(void)
{
	if (nftw(root, find_one, 8, FTW_PHYS) != 0) {
		perror(root);
		return EXIT_FAILURE;
	}
	const struct unit_case cases[] = {
		UNIT_ROWS(canary_sees, bodies),
		UNIT(canary_parts),
		{ canary_template, found_count * LANG__MAX, 0, 0 },
	};

	return unit_run("canary", cases, UNIT_COUNT(cases));
}
