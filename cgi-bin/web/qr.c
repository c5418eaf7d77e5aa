/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include <qrencode.h>

#include "base/buf.h"
#include "base/log.h"
#include "web/escape.h"
#include "web/qr.h"

enum { TEXT_MAX = 500, QUIET = 4, SVG_MAX = 256 * 1024 };

/* Dark modules of a row, a rectangle for each run of them. */
static void
row(struct buf *out, const QRcode *code, int y)
{
	const unsigned char *dots = code->data + y * code->width;
	int from;

	for (int x = 0; x < code->width; x++) {
		if ((dots[x] & 1) == 0)
			continue;
		for (from = x; x + 1 < code->width && dots[x + 1] & 1; x++)
			;
		buf_addf(out, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET,
		    x - from + 1, x - from + 1);
	}
}

/* The ground is drawn too, so that it stays light on a dark page. */
static void
draw(struct buf *out, const QRcode *code, const char *label)
{
	int size = code->width + 2 * QUIET;

	buf_addf(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"qr\""
	    " viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\""
	    " shape-rendering=\"crispEdges\">"
	    "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
	    "<path fill=\"#000\" d=\"",
	    size, size, label, size, size);
	for (int y = 0; y < code->width; y++)
		row(out, code, y);
	buf_adds(out, "\"/></svg>");
}

enum err
qr_svg(struct arena *arena, const char *text, const char *label, char **svg)
{
	const size_t len = strlen(text);
	struct buf out;
	QRcode *code;
	char *name;

	*svg = NULL;
	if (len == 0 || len > TEXT_MAX)
		return ERR_TOO_LARGE;
	code = QRcode_encodeData(
	    (int)len, (const unsigned char *)text, 0, QR_ECLEVEL_M);
	if (code == NULL) {
		log_line(LOG_ERROR, "qr", "libqrencode: %s", strerror(errno));
		return ERR_MEMORY;
	}
	name = arena_alloc(arena, escape_html_length(label) + 1);
	escape_html(label, name);
	buf_init(&out, SVG_MAX);
	draw(&out, code, name);
	QRcode_free(code);
	if (!out.overflow)
		*svg = arena_copy_n(arena, out.data, out.len);
	buf_free(&out);
	return *svg != NULL ? ERR_OK : ERR_TOO_LARGE;
}
