/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/log_key.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "domain/log_file.h"

enum { PATH = 1024 };

static const char *const folders[] = {
	[LOG_KEY_PUBLISHED] = LOG_DIR,
	[LOG_KEY_SIGNER] = "signer",
};

enum err
log_key_read(
    const struct conf *conf, enum log_key_place place, struct note_key *key)
{
	struct tlog_fault fault = { TLOG_OK, 0 };
	char path[PATH];
	struct buf text;
	enum err rc;
	int n;

	memset(key, 0, sizeof(*key));
	n = snprintf(path, sizeof(path), "%s/%s/" LOG_KEY_FILE, conf->data_dir,
	    folders[place]);
	if (n < 0 || (size_t)n >= sizeof(path))
		return ERR_INTERNAL;
	buf_init(&text, NOTE_KEY_TEXT);
	rc = file_read(path, &text);
	if (rc == ERR_OK)
		rc = note_key_parse(text.data, text.len, key, &fault);
	if (rc == ERR_INVALID)
		log_line(LOG_ERROR, "log", "%s: %s", path,
		    tlog_reason_text(fault.reason));
	buf_free(&text);
	return rc;
}
