/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "web/qr.h"

START_TEST(qr_draws)
{
	struct arena *arena = arena_new(1024 * 1024);
	char *svg;

	ck_assert_int_eq(
	    qr_svg(arena, "otpauth://totp/x", "Code <\"'&>", &svg), ERR_OK);
	/* Version 2: 25 modules and the quiet zone. */
	ck_assert_ptr_eq(strstr(svg,
			     "<svg xmlns=\"http://www.w3.org/2000/svg\" "
			     "class=\"qr\" viewBox=\"0 0 33 33\" role=\"img\" "
			     "aria-label=\"Code &lt;&quot;&#39;&amp;&gt;\""),
	    svg);
	/* The finder pattern's upper edge, seven dark modules. */
	ck_assert_ptr_nonnull(strstr(svg, "d=\"M4 4h7v1h-7z"));
	ck_assert_ptr_null(strstr(svg, "style"));
	ck_assert_ptr_nonnull(strstr(svg, "\"/></svg>"));
	arena_free(arena);
}
END_TEST

static const size_t sizes[] = { 0, 501, 5000 };

START_TEST(qr_sizes)
{
	struct arena *arena = arena_new(1024 * 1024);
	char text[5001], *svg;

	memset(text, 'x', sizeof(text));
	text[sizes[_i]] = '\0';
	ck_assert_int_eq(qr_svg(arena, text, "x", &svg), ERR_TOO_LARGE);
	ck_assert_ptr_null(svg);
	arena_free(arena);
}
END_TEST

START_TEST(qr_largest)
{
	struct arena *arena = arena_new(1024 * 1024);
	char text[501], *svg;

	memset(text, '\xc3', sizeof(text));
	text[500] = '\0';
	ck_assert_int_eq(qr_svg(arena, text, "", &svg), ERR_OK);
	ck_assert_ptr_nonnull(strstr(svg, "</svg>"));
	arena_free(arena);
}
END_TEST

UNIT_MAIN("qr", UNIT(qr_draws), UNIT_ROWS(qr_sizes, sizes), UNIT(qr_largest))
