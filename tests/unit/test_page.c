/* SPDX-License-Identifier: Apache-2.0 */
/* web/page.c, web/template.c, web/lang.c: data + template + expected text. */
#include "unit.h"

#include "base/clock.h"
#include "web/page.h"

static const char dir[] = "tests/unit/data/web";

/* 2026-11-01T09:05:00Z */
enum { DAY = 20758 };
static const int64_t first =
    DAY * CLOCK_DAY + 9 * CLOCK_HOUR + 5 * CLOCK_MINUTE;

static struct pages *
start(void)
{
	struct pages *pages;

	/* The log lines of the faults made here would hide a real one. */
	ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
	ck_assert_int_eq(pages_new(dir, &pages), ERR_OK);
	return pages;
}

static struct buf
render(struct page *page, const char *name, enum err expected)
{
	struct buf out;

	buf_init(&out, 1024 * 1024);
	buf_adds(&out, "^");
	ck_assert_int_eq(page_render(page, name, &out), expected);
	ck_assert_int_eq(out.data[0], '^');
	if (expected != ERR_OK)
		ck_assert_uint_eq(out.len, 1);
	return out;
}

static void
expect(struct page *page, const char *name, const char *part, bool is_there)
{
	struct buf out = render(page, name, ERR_OK);

	if ((strstr(out.data, part) != NULL) != is_there)
		ck_abort_msg(
		    "%s %s: %s", is_there ? "not" : "found", part, out.data);
	buf_free(&out);
}

START_TEST(page_whole)
{
	struct pages *pages = start();
	struct page *page = page_new(pages, LANG_FR);
	struct node *root = page_root(page);
	struct buf out;

	node_set(root, "Text", "a <b> & \"c\" 'd'\r");
	node_set(root, "Url", "/x?a=1&b='");
	node_html(page, root, "Markup", "<p class=\"m\">x & y</p>");
	node_flag(root, "May.See", true);
	node_set(node_row(root, "Row"), "Name", "<one>");
	node_set(node_row(root, "Row"), "Name", "two");
	out = render(page, "all.cs", ERR_OK);
	ck_assert_str_eq(out.data,
	    "^\n\n\n<!doctype html>\n"
	    "<html lang=\"fr\"><title>a &lt;b&gt; &amp; &quot;c&quot; "
	    "&#39;d&#39; - Le &lt;Portail&gt;</title>\n"
	    "<main>[a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;][]"
	    "<a href=\"/x?a=1&amp;b=&#39;\">u</a>"
	    "{<p class=\"m\">x & y</p>}seen"
	    "<ul><li>&lt;one&gt;</li><li>two</li></ul></main></html>\n");
	buf_free(&out);
	page_free(page);
	pages_free(pages);
}
END_TEST

/* Names of another page's data must not show through, nor a language's. */
START_TEST(page_stale)
{
	struct pages *pages = start();
	struct page *page = page_new(pages, LANG_EN);

	node_set(page_root(page), "Text", "secret-of-the-first");
	node_set(page_root(page), "Missing", "secret-of-the-first");
	node_set(node_row(page_root(page), "Row"), "Name", "secret-row");
	node_flag(page_root(page), "May.See", true);
	expect(page, "all.cs", "secret-of-the-first", true);
	page_free(page);

	page = page_new(pages, LANG_FR);
	expect(page, "all.cs", "secret", false);
	expect(page, "all.cs", "not seen", true);
	expect(page, "all.cs", "lang=\"fr\"", true);
	page_free(page);
	page = page_new(pages, LANG_EN);
	expect(page, "all.cs", "lang=\"en\"", true);
	page_free(page);
	pages_free(pages);
}
END_TEST

static const struct {
	const char *url;
	const char *href;
} urls[] = {
	{ "/advisories/1", "href=\"/advisories/1\"" },
	{ "https://example.org/?a&b", "href=\"https://example.org/?a&amp;b\"" },
	{ "HTTP://example.org", "href=\"HTTP://example.org\"" },
	{ "mailto:a@example.org", "href=\"mailto:a@example.org\"" },
	{ "a/b:c", "href=\"a/b:c\"" },
	{ "?q=a:b", "href=\"?q=a:b\"" },
	{ "#x:y", "href=\"#x:y\"" },
	{ "", "href=\"\"" },
	{ "javascript:alert(1)", "href=\"#\"" },
	{ "JaVaScRiPt:alert(1)", "href=\"#\"" },
	{ " javascript:alert(1)", "href=\"#\"" },
	{ "java\tscript:alert(1)", "href=\"#\"" },
	{ "\001javascript:alert(1)", "href=\"#\"" },
	{ "data:text/html,<script>", "href=\"#\"" },
	{ "vbscript:x", "href=\"#\"" },
	{ "file:/etc/passwd", "href=\"#\"" },
	{ "ftp://example.org", "href=\"#\"" },
	{ "httpx://example.org", "href=\"#\"" },
	{ "/x\" onclick=\"y", "href=\"/x&quot; onclick=&quot;y\"" },
	{ "/<script>", "href=\"/&lt;script&gt;\"" },
};

START_TEST(page_url)
{
	struct pages *pages = start();
	struct page *page = page_new(pages, LANG_EN);

	node_set(page_root(page), "Url", urls[_i].url);
	expect(page, "all.cs", urls[_i].href, true);
	page_free(page);
	pages_free(pages);
}
END_TEST

/* html() takes nothing that node_html() did not put there. */
static const char *const foreign[] = {
	"<script>alert(1)</script>",
	"\001markup:<script>alert(1)</script>",
	"\001markup:00000000000000000000000000000000<script>",
	"markup<script>",
	"\001<script>",
};

START_TEST(page_foreign_markup)
{
	struct pages *pages = start();
	struct page *page = page_new(pages, LANG_EN);

	node_set(page_root(page), "Markup", foreign[_i]);
	expect(page, "all.cs", "<script", false);
	expect(page, "all.cs", "&lt;script", true);
	page_free(page);
	pages_free(pages);
}
END_TEST

/* Data is never a template. */
START_TEST(page_data_is_data)
{
	struct pages *pages = start();
	struct page *page = page_new(pages, LANG_EN);

	node_set(page_root(page), "Text", "<?cs var:Lang.Code ?>");
	expect(page, "all.cs", "&lt;?cs var:Lang.Code ?&gt;", true);
	page_free(page);
	pages_free(pages);
}
END_TEST

static const char *const bad_templates[] = {
	"no_such.cs",
	"broken.cs",
	"nobody.cs",
	"includes_up.cs",
	"includes_root.cs",
	"../web/all.cs",
	"/etc/hostname",
	"",
	"mail/none.cs",
	"all.cs\n",
	"frame/../all.cs",
	"/all.cs",
	"./../web/all.cs",
};

START_TEST(page_bad_template)
{
	struct pages *pages = start();
	struct page *page = page_new(pages, LANG_EN);
	const char *const names[] = { "all.cs", bad_templates[_i], NULL };
	struct buf out;

	out = render(page, bad_templates[_i], ERR_INTERNAL);
	buf_free(&out);
	ck_assert_int_eq(pages_warm(pages, names), ERR_INTERNAL);
	/* The others still work. */
	expect(page, "all.cs", "<main>", true);
	page_free(page);
	pages_free(pages);
}
END_TEST

START_TEST(page_bad_catalogue)
{
	struct pages *pages;
	char scratch[UNIT_PATH];

	ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
	ck_assert_int_ne(pages_new("/no/such/folder", &pages), ERR_OK);
	ck_assert_ptr_null(pages);
	unit_scratch(scratch);
	ck_assert_int_ne(pages_new(scratch, &pages), ERR_OK);
	unit_remove(scratch);
}
END_TEST

START_TEST(page_mail)
{
	struct pages *pages = start();
	struct page *page = page_new(pages, LANG_EN);
	struct buf out;

	node_set(page_root(page), "Text", "a <b> & 'c'");
	out = render(page, "mail/hello.cs", ERR_OK);
	ck_assert_str_eq(out.data, "^The <Portal>: a <b> & 'c'\n");
	buf_free(&out);
	page_free(page);
	pages_free(pages);
}
END_TEST

START_TEST(page_nodes)
{
	struct pages *pages = start();
	struct page *page = page_new(pages, LANG_EN);
	struct node *root = page_root(page);

	node_set(root, "Text", "old");
	node_set(root, "Text", "new");
	node_set(node_at(root, "May"), "See", "1");
	expect(page, "all.cs", "[new]", true);
	expect(page, "all.cs", "old", false);
	node_int(root, "Text", INT64_MIN);
	expect(page, "all.cs", "[-9223372036854775808]", true);
	node_int(root, "Text", 4294967297);
	expect(page, "all.cs", "[4294967297]", true);
	node_set(root, "Text", NULL);
	expect(page, "all.cs", "[][]", true);
	expect(page, "all.cs", "not seen", false);
	node_flag(root, "May.See", false);
	expect(page, "all.cs", "not seen", true);
	node_flag(node_row(root, "Row"), "Flag", true);
	expect(page, "all.cs", "<li></li>!", true);
	page_free(page);
	pages_free(pages);
}
END_TEST

static const char *const bad_names[] = { "Lang", "Lang.Code", "", ".", "A..B",
	"A.", ".A" };

START_TEST(page_bad_name)
{
	struct pages *pages = start();
	struct page *page = page_new(pages, LANG_EN);
	struct buf out;

	node_set(page_root(page), bad_names[_i], "x");
	out = render(page, "all.cs", ERR_INTERNAL);
	buf_free(&out);
	page_free(page);
	pages_free(pages);
}
END_TEST

START_TEST(page_too_large)
{
	struct pages *pages = start();
	struct page *page = page_new(pages, LANG_EN);
	struct buf out;

	node_set(page_root(page), "Text", "some text that does not fit");
	buf_init(&out, 60);
	buf_adds(&out, "before");
	ck_assert_int_eq(page_render(page, "all.cs", &out), ERR_INTERNAL);
	ck_assert_str_eq(out.data, "before");
	ck_assert(!out.overflow);
	buf_free(&out);
	page_free(page);
	pages_free(pages);
}
END_TEST

START_TEST(page_two_at_once)
{
	struct pages *pages = start();
	struct page *a = page_new(pages, LANG_EN);
	struct page *b = page_new(pages, LANG_FR);

	node_set(page_root(a), "Text", "of-a");
	node_set(page_root(b), "Text", "of-b");
	expect(a, "all.cs", "of-b", false);
	expect(b, "all.cs", "of-a", false);
	page_free(a);
	page_free(b);
	page_free(NULL);
	pages_free(pages);
	pages_free(NULL);
}
END_TEST

static const struct {
	const char *header;
	enum lang lang;
} accepted[] = {
	{ NULL, LANG_EN },
	{ "", LANG_EN },
	{ "fr", LANG_FR },
	{ "FR-CA", LANG_FR },
	{ "en-GB,fr;q=0.9", LANG_EN },
	{ "de,fr;q=0.3,en;q=0.2", LANG_FR },
	{ "en;q=0.2, fr ; q=0.300", LANG_FR },
	{ "fr;q=0, en;q=0.1", LANG_EN },
	{ "fr;q=0", LANG_EN },
	{ "en;q=0.5,fr;q=0.5", LANG_EN },
	{ "fr;q=0.5,en;q=0.5", LANG_FR },
	{ "*", LANG_EN },
	{ "*;q=0.1,fr;q=0.2", LANG_FR },
	{ "*;q=0.3,fr;q=0.2", LANG_EN },
	{ "de", LANG_EN },
	{ "fra", LANG_EN },
	{ "f", LANG_EN },
	{ ",,,fr", LANG_FR },
	{ "fr;x=1", LANG_EN },
	{ ";;;=,-", LANG_EN },
	{ "fr;", LANG_FR },
	{ "fr;q=", LANG_EN },
	{ "fr;q=9", LANG_FR },
};

START_TEST(lang_accepts)
{
	ck_assert_int_eq(lang_accepted(accepted[_i].header), accepted[_i].lang);
}
END_TEST

START_TEST(lang_by_code)
{
	enum lang lang;

	ck_assert_str_eq(lang_code(LANG_EN), "en");
	ck_assert_str_eq(lang_code(LANG_FR), "fr");
	ck_assert(lang_from_code("fr", &lang));
	ck_assert_int_eq(lang, LANG_FR);
	ck_assert(!lang_from_code("de", &lang));
	ck_assert(!lang_from_code("", &lang));
	ck_assert(!lang_from_code("fr-CA", &lang));
	ck_assert(!lang_from_code(NULL, &lang));
}
END_TEST

START_TEST(lang_texts)
{
	struct pages *pages = start();

	ck_assert_str_eq(lang_text(pages, LANG_FR, "Name"), "Le <Portail>");
	ck_assert_str_eq(lang_text(pages, LANG_FR, "No.Such"), "No.Such");
	/* A key with children only has no text of its own. */
	ck_assert_str_eq(lang_text(pages, LANG_FR, "Reach"), "Reach");
	pages_free(pages);
}
END_TEST

static const struct {
	enum lang lang;
	const char *key;
	int64_t n;
	const char *text;
} plurals[] = {
	{ LANG_EN, "Reach", 0, "0 people in Lyon {n}" },
	{ LANG_EN, "Reach", 1, "1 person in Lyon {n}" },
	{ LANG_EN, "Reach", 2, "2 people in Lyon {n}" },
	{ LANG_EN, "Reach", 12481, "12,481 people in Lyon {n}" },
	{ LANG_FR, "Reach", 0, "0 personne dans Lyon {n}" },
	{ LANG_FR, "Reach", 1, "1 personne dans Lyon {n}" },
	{ LANG_FR, "Reach", 2, "2 personnes dans Lyon {n}" },
	{ LANG_FR, "Reach", 12481, "12\u202f481 personnes dans Lyon {n}" },
	{ LANG_EN, "Only", 1, "Only" },
	{ LANG_EN, "Only", 2, "always 2" },
	{ LANG_EN, "No.Key", 2, "No.Key" },
};

START_TEST(lang_plural)
{
	struct pages *pages = start();
	struct arena *arena = arena_new(1024 * 1024);
	const struct say says[] = { { "n", NULL, plurals[_i].n },
		{ "where", "Lyon {n}", 0 }, { NULL, NULL, 0 } };

	ck_assert_str_eq(
	    lang_say(pages, plurals[_i].lang, arena, plurals[_i].key, says),
	    plurals[_i].text);
	arena_free(arena);
	pages_free(pages);
}
END_TEST

START_TEST(lang_places)
{
	struct pages *pages = start();
	struct page *page = page_new(pages, LANG_EN);
	const struct say says[] = { { "name", "<{name}>", 0 },
		{ NULL, NULL, 0 } };

	node_say(page, page_root(page), "Text", "Plain", says);
	expect(page, "all.cs",
	    "[Hello &lt;{name}&gt;, &lt;{name}&gt;! {missing} {]", true);
	page_free(page);
	pages_free(pages);
}
END_TEST

static const struct {
	int64_t n;
	const char *en, *fr;
} numbers[] = {
	{ 0, "0", "0" },
	{ 999, "999", "999" },
	{ 1000, "1,000", "1\u202f000" },
	{ -1234567, "-1,234,567", "-1\u202f234\u202f567" },
	{ INT64_MAX, "9,223,372,036,854,775,807",
	    "9\u202f223\u202f372\u202f036\u202f854\u202f775\u202f807" },
	{ INT64_MIN, "-9,223,372,036,854,775,808",
	    "-9\u202f223\u202f372\u202f036\u202f854\u202f775\u202f808" },
};

START_TEST(lang_numbers)
{
	struct arena *arena = arena_new(1024 * 1024);

	ck_assert_str_eq(
	    lang_number(LANG_EN, arena, numbers[_i].n), numbers[_i].en);
	ck_assert_str_eq(
	    lang_number(LANG_FR, arena, numbers[_i].n), numbers[_i].fr);
	arena_free(arena);
}
END_TEST

START_TEST(lang_times)
{
	struct pages *pages = start();
	struct page *page = page_new(pages, LANG_FR);
	struct arena *arena = arena_new(1024 * 1024);

	ck_assert_str_eq(lang_time(pages, LANG_EN, arena, first),
	    "1\u00a0November\u00a02026, 09:05\u00a0UTC");
	ck_assert_str_eq(lang_time(pages, LANG_FR, arena, first),
	    "1er\u00a0novembre\u00a02026, 09:05\u00a0UTC");
	ck_assert_str_eq(lang_date(pages, LANG_FR, arena, first + CLOCK_DAY),
	    "2\u00a0novembre\u00a02026");
	node_time(page, page_root(page), "Row", first);
	node_time(page, page_root(page), "Missing", 0);
	node_set(page_root(page), "Text", "x");
	expect(page, "all.cs", "[x][]", true);
	arena_free(arena);
	page_free(page);
	pages_free(pages);
}
END_TEST

/* A page of about 10 KB; `pages` prints what one costs (CK_BENCH=1). */
static void
fill_many(struct page *page)
{
	for (int i = 0; i < 20; i++) {
		struct node *row = node_row(page_root(page), "Rows");

		node_set(row, "Ref", "ENT-2026-0042");
		node_set(row, "Title",
		    "Remote code execution in a "
		    "substation gateway's web service");
		node_set(row, "Label", "AMBER");
		node_set(row, "Org", "Ministry of Energy & Mines");
		node_set(row, "Url", "/advisories/ENT-2026-0042");
		node_set(row, "Summary",
		    "An attacker who reaches the maintenance network can "
		    "<run> any command as root; versions before 4.2.1 are "
		    "affected, a mitigation is known and a patch is due.");
		node_time(page, row, "Due", first + i * CLOCK_DAY);
		node_flag(row, "May.Answer", i % 2 == 0);
	}
}

START_TEST(page_cost)
{
	struct pages *pages = start();
	struct buf out;
	int64_t build = 0, rendered = 0, t;
	int rounds = getenv("CK_BENCH") != NULL ? 5000 : 2;

	buf_init(&out, 1024 * 1024);
	for (int i = 0; i < rounds; i++) {
		struct page *page;

		t = clock_steady();
		page = page_new(pages, LANG_EN);
		fill_many(page);
		build += clock_steady() - t;
		buf_reset(&out);
		t = clock_steady();
		ck_assert_int_eq(
		    page_render(page, "list/many.cs", &out), ERR_OK);
		page_free(page);
		rendered += clock_steady() - t;
	}
	ck_assert_uint_gt(out.len, 9000);
	ck_assert_ptr_nonnull(strstr(out.data,
	    "4\u00a0November\u00a02026, 09:05\u00a0UTC</time>"
	    " (4\u00a0November\u00a02026)"));
	if (rounds > 2)
		printf("%zu bytes: build %.1f us, render %.1f us\n", out.len,
		    (double)build / rounds, (double)rendered / rounds);
	buf_free(&out);
	pages_free(pages);
}
END_TEST

UNIT_MAIN("page", UNIT(page_whole), UNIT(page_stale), UNIT_ROWS(page_url, urls),
    UNIT_ROWS(page_foreign_markup, foreign), UNIT(page_data_is_data),
    UNIT_ROWS(page_bad_template, bad_templates), UNIT(page_bad_catalogue),
    UNIT(page_mail), UNIT(page_nodes), UNIT_ROWS(page_bad_name, bad_names),
    UNIT(page_too_large), UNIT(page_two_at_once),
    UNIT_ROWS(lang_accepts, accepted), UNIT(lang_by_code), UNIT(lang_texts),
    UNIT_ROWS(lang_plural, plurals), UNIT(lang_places),
    UNIT_ROWS(lang_numbers, numbers), UNIT(lang_times), UNIT(page_cost))
