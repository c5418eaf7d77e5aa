/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

enum { LINE_BYTES = 1000 };

/* sd-daemon(3): the syslog priority in angle brackets. */
static const int priority[LOG__MAX] = {
	[LOG_ERROR] = 3,
	[LOG_WARNING] = 4,
	[LOG_INFO] = 6,
	[LOG_DEBUG] = 7,
};

/* One process has one standard error: the only state outside a context. */
static const char *program_name = "entente";
static enum log_level least = LOG_INFO;

void
log_open(const char *program, enum log_level level)
{
	program_name = program;
	least = level;
}

static bool
is_plain(int32_t c)
{
	return c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0) &&
	    c != 0x2028 && c != 0x2029;
}

/*
 * Whole characters only, so that a cut line is still UTF-8; what is not a
 * plain character is written byte by byte as \xNN.
 */
static size_t
escape(char *out, size_t room, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t len = strlen(text), used = 0;
	int32_t c;
	int n;

	while (len > 0) {
		n = utf8_decode(p, len, &c);
		if (n > 0 && is_plain(c)) {
			if (used + (size_t)n > room)
				break;
			memcpy(out + used, p, (size_t)n);
		} else {
			n = 1;
			if (used + 4 > room)
				break;
			snprintf(out + used, 5, "\\x%02x", *p);
			used += 3;
		}
		used += (size_t)n;
		p += n;
		len -= (size_t)n;
	}
	return used;
}

void
log_line(enum log_level level, const char *where, const char *format, ...)
{
	char text[LINE_BYTES];
	char line[LINE_BYTES + 1];
	int saved = errno, head;
	size_t len;
	ssize_t written;
	va_list ap;

	if ((unsigned)level >= LOG__MAX || level > least)
		return;
	va_start(ap, format);
	if (vsnprintf(text, sizeof(text), format, ap) < 0)
		text[0] = '\0';
	va_end(ap);
	head = snprintf(line, sizeof(line), "<%d>%s[%ld] %s: ", priority[level],
	    program_name, (long)getpid(), where);
	len = head < 0 ? 0 : (size_t)head;
	if (len > LINE_BYTES / 2)
		len = LINE_BYTES / 2;
	/* snprintf above needs a byte for its NUL: the newline takes it. */
	len += escape(line + len, LINE_BYTES - 1 - len, text);
	line[len++] = '\n';
	/* One write, so that the lines of several processes do not mix. */
	written = write(STDERR_FILENO, line, len);
	(void)written; /* nowhere left to say it */
	errno = saved;
}
