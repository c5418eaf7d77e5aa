/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can go wrong, as one closed set.  A function returns the code, the
 * place that first saw the trouble logs it, and page/failure.c holds the ONE
 * table that turns a code into an HTTP status and an error page.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err {
	ERR_OK,
	ERR_NOT_FOUND, /* not there, or not yours: never told apart */
	ERR_SIGN_IN,   /* nobody is signed in and somebody must be */
	ERR_REAUTH,    /* signed in, but the proof is too old for this act */
	ERR_FORBIDDEN, /* the role does not allow it */
	ERR_CHARTER,   /* the organisation has no charter in force */
	ERR_TOKEN,     /* wrong anti-forgery token, or a foreign site asks */
	ERR_MALFORMED, /* not HTTP, UTF-8, or a form as it should be */
	ERR_METHOD,    /* the path exists, the method does not */
	ERR_TOO_LARGE, /* over a size limit */
	ERR_MEDIA,     /* a content type that is not taken here */
	ERR_TOO_MANY,  /* rate limit; the response carries Retry-After */
	ERR_INVALID,   /* fields are wrong; the form says which */
	ERR_STALE,     /* somebody else changed it since it was loaded */
	ERR_STATE,     /* this act is not possible in the present state */
	ERR_AUDIENCE,  /* nobody would be able to read it */
	ERR_REPEATED,  /* done already, by the same form */
	ERR_EXISTS,    /* unique value already taken */
	ERR_BUSY,      /* the database is locked for too long */
	ERR_QUOTA,     /* as many as an organisation may have at once */
	ERR_FULL,      /* disk or quota is full */
	ERR_MEMORY,    /* no memory (Argon2id, libraries) */
	ERR_CORRUPT,   /* stored data is not as it was written */
	ERR_INTERNAL,  /* a fault of ours */
	ERR__MAX
};

/*
 * The code's name for log lines and `--json` output, e.g. "not_found".
 * Never NULL, also for values out of range.
 */
const char *err_name(enum err);

#endif
