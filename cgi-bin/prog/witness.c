/* SPDX-License-Identifier: Apache-2.0 */
/*
 * witness.fcgi: other portals ask it to cosign the checkpoints of their logs.
 * A program of its own, because whoever asks is anybody, and what it needs is
 * the signer alone: no database, no session, no page.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/log.h"
#include "crypt/token.h"
#include "page/page_witness.h"

enum { ARENA_BYTES = 1024 * 1024 };

int
main(void)
{
	struct conf *conf = NULL;
	char *problem = NULL;
	enum err rc;

	log_open("witness", LOG_INFO);
	umask(0077);
	if ((rc = crypt_start()) == ERR_OK &&
	    (rc = conf_load(NULL, &conf, &problem)) != ERR_OK)
		log_line(LOG_ERROR, "witness", "%s",
		    problem != NULL ? problem : err_name(rc));
	free(problem);
	if (rc == ERR_OK)
		rc = serve(page_witness, conf, ARENA_BYTES,
		    "<!doctype html><title>500</title>");
	conf_free(conf);
	return rc == ERR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
