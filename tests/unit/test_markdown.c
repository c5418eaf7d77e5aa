/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "base/clock.h"
#include "web/markdown.h"

static const struct {
	const char *text, *html;
} cases[] = {
	{ "", "" },
	{ "a & b", "<p>a &amp; b</p>\n" },
	{ "# One\n###### Six", "<h3>One</h3>\n<h6>Six</h6>\n" },
	{ "## One\n### Two\n## Three",
	    "<h3>One</h3>\n<h4>Two</h4>\n<h3>Three</h3>\n" },
	{ "## One\n> # Quoted",
	    "<h3>One</h3>\n<blockquote>\n<h3>Quoted</h3>\n"
	    "</blockquote>\n" },
	{ "**b** ~~s~~ `c<d`",
	    "<p><strong>b</strong> <del>s</del> "
	    "<code>c&lt;d</code></p>\n" },
	{ "[a](https://example.org/?b&c \"t\")",
	    "<p><a rel=\"noreferrer\" href=\"https://example.org/?b&amp;c\" "
	    "title=\"t\">a</a></p>\n" },
	{ "[a](/x) [b](#y) [c](mailto:d@example.org)",
	    "<p><a rel=\"noreferrer\" href=\"/x\">a</a> "
	    "<a rel=\"noreferrer\" href=\"#y\">b</a> "
	    "<a rel=\"noreferrer\" href=\"mailto:d@example.org\">c</a></p>\n" },
	{ "https://example.org",
	    "<p><a rel=\"noreferrer\" href=\"https://example.org\">"
	    "https://example.org</a></p>\n" },
	{ "![alt *x*](https://example.org/p.png)",
	    "<p><a rel=\"noreferrer\" href=\"https://example.org/p.png\">"
	    "alt <em>x</em></a></p>\n" },
	{ "![](https://example.org/p.png)",
	    "<p><a rel=\"noreferrer\" href=\"https://example.org/p.png\">"
	    "https://example.org/p.png</a></p>\n" },
	{ "[![alt](/p.png)](/q)",
	    "<p><a rel=\"noreferrer\" href=\"/q\">alt</a></p>\n" },
	{ "![a ![b](/c) d](/e)",
	    "<p><a rel=\"noreferrer\" href=\"/e\">a b d</a></p>\n" },
	{ "|a|b|\n|-|-|\n|1|<2|",
	    "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n"
	    "</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>&lt;2</td>\n</tr>\n"
	    "</tbody>\n</table>\n" },
	{ "a <b>c</b> d", "<p>a &lt;b&gt;c&lt;/b&gt; d</p>\n" },
	{ "block <ip> now", "<p>block &lt;ip&gt; now</p>\n" },
	{ "<script>alert(1)</script>",
	    "<p>&lt;script&gt;alert(1)&lt;/script&gt;\n</p>\n" },
	{ "x\n\n<div onclick=\"y\">z</div>\n\nw",
	    "<p>x</p>\n<p>&lt;div onclick=&quot;y&quot;&gt;z&lt;/div&gt;\n"
	    "</p>\n<p>w</p>\n" },
	{ "<!-- seen -->", "<p>&lt;!-- seen --&gt;\n</p>\n" },
	{ "[a](javascript:alert)", "<p>a</p>\n" },
	{ "[a](JAVASCRIPT:alert)", "<p>a</p>\n" },
	{ "[a](java&#115;cript:alert)", "<p>a</p>\n" },
	{ "[a](<java\tscript:alert>)", "<p>a</p>\n" },
	{ "[a](data:text/html,x)", "<p>a</p>\n" },
	{ "[a](vbscript:x) [b](file:///etc/passwd)", "<p>a b</p>\n" },
	{ "![a](javascript:alert)", "<p>a</p>\n" },
	{ "![a](data:image/png;base64,AAAA)", "<p>a</p>\n" },
	{ "<javascript:alert>", "<p>javascript:alert</p>\n" },
	{ "[a][r]\n\n[r]: javascript:alert", "<p>a</p>\n" },
	{ "&lt;a href=x&gt; \\<a href=y>",
	    "<p>&lt;a href=x&gt; &lt;a href=y&gt;</p>\n" },
	{ "```a\"><script>\n<a b>\n```",
	    "<pre><code class=\"language-a&quot;&gt;&lt;script&gt;\">"
	    "&lt;a b&gt;\n</code></pre>\n" },
	{ "[a](/x\"onclick=y)",
	    "<p><a rel=\"noreferrer\" href=\"/x%22onclick=y\">a</a></p>\n" },
	{ "[a](/x \"<a b\")",
	    "<p><a rel=\"noreferrer\" href=\"/x\" title=\"&lt;a b\">a</a>"
	    "</p>\n" },
	{ "a\xff"
	  "b",
	    "<p>a\ufffdb</p>\n" },
};

START_TEST(markdown_cases)
{
	struct arena *arena = arena_new(1024 * 1024);
	char *html;

	ck_assert_int_eq(markdown_html(arena, cases[_i].text, &html), ERR_OK);
	ck_assert_str_eq(html, cases[_i].html);
	arena_free(arena);
}
END_TEST

static char *
repeat(const char *piece, size_t max)
{
	char *text = malloc(max + 1);
	size_t len = strlen(piece), n = 0;

	ck_assert_ptr_nonnull(text);
	for (; n + len <= max; n += len)
		memcpy(text + n, piece, len);
	text[n] = '\0';
	return text;
}

START_TEST(markdown_size)
{
	struct arena *arena = arena_new(16 * 1024 * 1024);
	char *text = repeat("x", MARKDOWN_MAX + 1), *html;

	ck_assert_int_eq(markdown_html(arena, text, &html), ERR_TOO_LARGE);
	ck_assert_ptr_null(html);
	text[MARKDOWN_MAX] = '\0';
	ck_assert_int_eq(markdown_html(arena, text, &html), ERR_OK);
	free(text);
	arena_free(arena);
}
END_TEST

/* Shapes known to cost a parser more than its input's length. */
static const char *const costly[] = { "[", "![", "[a](b", "*a_ ", "a**b",
	"<!--", "<?", "`", "``a", "> ", "- ", "|", "\\", "[a]: b\n", "a_@",
	"www.", "http://", "~~a ", "|a\n|-\n", "<a ", "&#", "\t", "* \n",
	"[a][", "](", "_(", "1. " };

START_TEST(markdown_cost)
{
	struct arena *arena = arena_new(256 * 1024 * 1024);
	char *text = repeat(costly[_i], MARKDOWN_MAX), *html;
	int64_t t = clock_steady();

	ck_assert_int_eq(markdown_html(arena, text, &html), ERR_OK);
	t = clock_steady() - t;
	if (getenv("CK_BENCH") != NULL)
		printf("%-10s %8lld us\n", costly[_i], (long long)t);
	/* Ten seconds, so that valgrind and sanitizers pass as well. */
	ck_assert_int_lt(t, 10 * CLOCK_S);
	free(text);
	arena_free(arena);
}
END_TEST

/*
 * Pairs: one piece many times, then another one.  Each took seconds, or the
 * memory of a worker.  What is too much is shown as it was typed.
 */
static const struct {
	const char *first, *between, *second;
	size_t first_bytes;
	bool is_typed;
} hostile[] = {
	{ "* ", "a\n", "\n", 30000, true },
	{ "* ", "a\n", "b\n", 30000, true },
	{ ">", "a\n", "a\n", 30000, true },
	{ "1. ", "a\n", "\n", 1500, true },
	{ "- ", "a\n", "\n", 20, false },
	{ "_www.", "", "a", 60000, false },
	{ "http://a.b/", "", ")", 11, false },
	{ "http://a.b/", "", ").", 11, false },
	{ "![", "a", "](u)", 20000, false },
};

START_TEST(markdown_hostile)
{
	struct arena *arena = arena_new(8 * 1024 * 1024);
	const size_t first = hostile[_i].first_bytes;
	char *text = repeat(hostile[_i].first, first), *html;
	char *rest = repeat(hostile[_i].second, 60000 - first), *whole;
	int64_t t;

	whole = arena_printf(arena, "%s%s%s", text, hostile[_i].between, rest);
	t = clock_steady();
	ck_assert_int_eq(markdown_html(arena, whole, &html), ERR_OK);
	t = clock_steady() - t;
	if (getenv("CK_BENCH") != NULL)
		printf("%-10s %8lld us\n", hostile[_i].first, (long long)t);
	ck_assert_int_eq(
	    strncmp(html, "<pre><code>", 11) == 0, hostile[_i].is_typed);
	ck_assert_uint_lt(strlen(html), 1024 * 1024 + 100);
	free(text);
	free(rest);
	arena_free(arena);
}
END_TEST

static const size_t longs[] = { 20, 1200, 16000 };

/* One long definition, used thousands of times: 170 MB of 60 KB. */
START_TEST(markdown_definition)
{
	struct arena *arena = arena_new(8 * 1024 * 1024);
	char *target = repeat("x", longs[_i]), *uses = repeat("[a] ", 40000);
	char *text = arena_printf(arena, "[a]: /%s\n\n%s", target, uses);
	char *html;

	ck_assert_int_eq(markdown_html(arena, text, &html), ERR_OK);
	ck_assert_uint_lt(strlen(html), 1024 * 1024 + 100);
	free(target);
	free(uses);
	arena_free(arena);
}
END_TEST

/* A head of `columns` cells, and short rows that are filled up to it. */
static char *
table(int columns, size_t max)
{
	char *text = malloc(max + 1), *p = text;

	ck_assert_ptr_nonnull(text);
	for (int i = 0; i < columns; i++, p += 2)
		memcpy(p, "|a", 2);
	*p++ = '\n';
	for (int i = 0; i < columns; i++, p += 2)
		memcpy(p, "|-", 2);
	*p++ = '\n';
	for (; p < text + max - 1; p += 2)
		memcpy(p, "x\n", 2);
	*p = '\0';
	return text;
}

/* What comes out stays in proportion to what went in. */
static const struct {
	int columns;
	size_t bytes;
	bool is_table;
} tables[] = {
	{ 8, 400, true },
	{ 20, 1600, true },
	{ 50, 20000, false },
	{ 600, 20000, false },
	{ 3000, 20000, false },
};

START_TEST(markdown_table)
{
	struct arena *arena = arena_new(8 * 1024 * 1024);
	char *text = table(tables[_i].columns, tables[_i].bytes), *html;

	ck_assert_int_eq(markdown_html(arena, text, &html), ERR_OK);
	ck_assert_int_eq(strstr(html, "<table>") != NULL, tables[_i].is_table);
	ck_assert_uint_lt(strlen(html), 1024 * 1024);
	free(text);
	arena_free(arena);
}
END_TEST

UNIT_MAIN("markdown", UNIT_ROWS(markdown_table, tables),
    UNIT_ROWS(markdown_cases, cases), UNIT(markdown_size),
    UNIT_ROWS(markdown_cost, costly), UNIT_ROWS(markdown_hostile, hostile),
    UNIT_ROWS(markdown_definition, longs))
