/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What may stand in HTML text, in an attribute and in an href: the one place
 * that page, markdown and qr share.
 */
#ifndef WEB_ESCAPE_H
#define WEB_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes that escape_html() writes for `text`, without the NUL. */
size_t escape_html_length(const char *text);

/* & < > " ' as entities; returns the end, where it wrote a NUL. */
char *escape_html(const char *text, char *out);

/* True with the scheme http, https or mailto, or without any scheme. */
bool escape_url_fits(const char *url);

/* Well-formed UTF-8 (RFC 3629), whatever the characters mean. */
bool escape_is_utf8(const char *, size_t len);

#endif
