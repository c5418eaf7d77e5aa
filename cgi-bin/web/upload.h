/* SPDX-License-Identifier: Apache-2.0 */
/*
 * multipart/form-data (RFC 7578), streamed: fields to memory, files to a
 * sink, never a whole body at once.  Limits: 64 parts, 2 KiB of headers a
 * part, REQ_FORM_MAX for all fields together, max_file_bytes a file.
 */
#ifndef WEB_UPLOAD_H
#define WEB_UPLOAD_H

#include "web/req.h"

struct upload_part {
	const char *name;
	const char *filename; /* without any path; "" when none was chosen */
	bool is_name_bad;     /* control or bidirectional characters, or too
				 long: `filename` is "?" then */
	const char *type;     /* "" when none was given */
};

struct upload_sink {
	void *to;
	/* A file starts, goes on, ends.  A code other than ERR_OK stops. */
	enum err (*open)(void *to, const struct upload_part *);
	enum err (*write)(void *to, const void *, size_t);
	enum err (*close)(void *to);
};

/*
 * Plain fields come out as pairs that end with name NULL.  ERR_MALFORMED on
 * what is not RFC 7578 or ends early, ERR_TOO_LARGE over a limit, or what the
 * sink said; a file that was open then is the sink's to close.
 */
enum err
upload_parse(struct arena *, const struct body *, const char *content_type,
    uint64_t max_file_bytes, const struct upload_sink *, struct pair **fields);

#endif
