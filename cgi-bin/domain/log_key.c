/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/log_key.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "domain/log_file.h"

enum { PATH = 1024 };

/* Below the folder of keys, as `ententectl key make` leaves it. */
static enum err
read_of_signer(const struct conf *conf, struct buf *text)
{
	char path[PATH];
	int n = snprintf(
	    path, sizeof(path), "%s/signer/" LOG_KEY_FILE, conf->data_dir);

	if (n < 0 || (size_t)n >= sizeof(path))
		return ERR_INTERNAL;
	/* The signer's folder is nobody else's in an installation. */
	if (access(path, R_OK) == -1 && errno == EACCES)
		return ERR_FORBIDDEN;
	return file_read(path, text);
}

enum err
log_key_read(
    const struct conf *conf, enum log_key_place place, struct note_key *key)
{
	static const char *const files[] = {
		[LOG_KEY_PUBLISHED] = LOG_KEY_FILE,
		[LOG_KEY_WITNESS] = LOG_WITNESS_KEY_FILE,
		[LOG_KEY_SIGNER] = NULL,
	};
	struct tlog_fault fault = { TLOG_OK, 0 };
	struct buf text;
	enum err rc;

	memset(key, 0, sizeof(*key));
	buf_init(&text, NOTE_KEY_TEXT);
	rc = files[place] == NULL
	    ? read_of_signer(conf, &text)
	    : log_file_read_key(conf, files[place], &text);
	if (rc == ERR_OK)
		rc = note_key_parse(text.data, text.len, key, &fault);
	if (rc == ERR_INVALID)
		log_line(LOG_ERROR, "log", "a public key: %s",
		    tlog_reason_text(fault.reason));
	buf_free(&text);
	return rc;
}
