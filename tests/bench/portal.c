/* SPDX-License-Identifier: Apache-2.0 */
#include "portal.h"

#include <stdio.h>
#include <stdlib.h>

#include "crypt/token.h"
#include "db/migrate.h"

enum err
portal_open(struct ctx *ctx, struct conf **conf)
{
	struct db_options options = { .schema = SCHEMA_PORTAL };
	char path[4096], *problem;
	enum err rc;

	*conf = NULL;
	if ((rc = crypt_start()) != ERR_OK)
		return rc;
	if ((rc = conf_load(NULL, conf, &problem)) != ERR_OK) {
		fprintf(stderr, "bench: %s\n", problem);
		free(problem);
		return rc;
	}
	snprintf(path, sizeof(path), "%s/portal.db", (*conf)->data_dir);
	options.path = path;
	ctx->conf = *conf;
	return db_open(&options, &ctx->db);
}

void
portal_close(struct ctx *ctx, struct conf *conf)
{
	db_free(ctx->db);
	conf_free(conf);
}
