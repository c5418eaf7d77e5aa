/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One HTTP response, complete before a byte of it goes out.  The ONE place
 * for headers: every response gets the security headers here.
 */
#ifndef WEB_RESP_H
#define WEB_RESP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { RESP_COOKIES = 4, RESP_KEPT_BYTES = 512 * 1024 };

struct resp {
	int status;		 /* 200 unless set */
	const char *type;	 /* "text/html; charset=utf-8" unless set */
	const char *location;	 /* of a 303 */
	const char *accel;	 /* X-Accel-Redirect: nginx sends the file */
	const char *disposition; /* Content-Disposition */
	const char *language;	 /* Content-Language */
	const char *allow;	 /* Allow, of a 405 (RFC 9110 §15.5.6) */
	const char *etag;	 /* ETag, quotes included; resp_settle() */
	int retry_after_s;	 /* 0 is none */
	bool is_public;		 /* may be cached for a minute by anybody;
				      else no-store */
	const char *cookie[RESP_COOKIES]; /* whole Set-Cookie values */
	int cookies;
	bool clears_site_data; /* Clear-Site-Data at sign-out */
	struct buf body;       /* kept from request to request */
};

void resp_init(struct resp *);
void resp_reset(struct resp *);
void resp_free(struct resp *);

/* 303 See Other to a path of our own ("/…", not "//…"); else ERR_INTERNAL. */
enum err resp_see_other(struct resp *, struct arena *, const char *path);

/*
 * The cookie `name`, which must start with "__Host-": Path=/; Secure;
 * HttpOnly; SameSite=Lax.  max_age_s -1 is a session cookie, 0 removes it.
 * ERR_INTERNAL for any other name, for a value that is not RFC 6265 octets
 * and for more than RESP_COOKIES.
 */
enum err resp_cookie(struct resp *, struct arena *, const char *name,
    const char *value, long max_age_s);
/* The same with SameSite=Strict: no request from another site carries it. */
enum err resp_cookie_strict(struct resp *, struct arena *, const char *name,
    const char *value, long max_age_s);

/*
 * Gives a complete body its ETag, a digest of it and of its language; when the
 * client has it already (If-None-Match, RFC 9110 §13.1.2), the answer becomes
 * 304 without a body.
 */
void resp_settle(struct resp *, struct arena *, const char *if_none_match);

/*
 * attachment; filename="ascii"; filename*=UTF-8''… (RFC 6266, RFC 8187).
 */
enum err resp_attachment(struct resp *, struct arena *, const char *filename);

/*
 * Headers as CGI wants them (Status: …), ending in an empty line.  A value
 * that holds a control character is ERR_INTERNAL and adds nothing.
 */
enum err resp_headers(const struct resp *, struct buf *out);

#endif
