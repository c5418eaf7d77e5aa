/* SPDX-License-Identifier: Apache-2.0 */
#include "page/site.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "db/migrate.h"
#include "domain/log_proof.h"
#include "page/dispatch.h"
#include "web/part.h"
#include "web/serve.h"

/*
 * A bound, not a size: a usual page takes 100 KiB, an uploaded document of
 * 2 MiB memory of its own (domain/csaf_import.c).
 */
enum {
	ARENA_BYTES = 64 * 1024 * 1024,
	SCRATCH_BYTES = 16 * 1024 * 1024,
	LAST_BYTES = 64 * 1024
};

static enum err
open_db(const struct conf *conf, const char *name,
    const struct db_right *rights, int schema, struct db **db)
{
	char path[1024];
	struct db_options options = { .rights = rights, .schema = schema };
	enum err rc;
	int n;

	n = snprintf(path, sizeof(path), "%s/%s", conf->data_dir, name);
	if (n < 0 || (size_t)n >= sizeof(path))
		return ERR_INTERNAL;
	options.path = path;
	rc = db_open(&options, db);
	if (rc == ERR_STATE)
		log_line(LOG_ERROR, "site",
		    "%s has another schema version; run: ententectl migrate",
		    name);
	else if (rc != ERR_OK)
		log_line(LOG_ERROR, "site",
		    "%s cannot be opened (%s); run: ententectl doctor", name,
		    err_name(rc));
	return rc;
}

/*
 * A folder below data_dir, for all programs of the group, whichever comes
 * first.
 */
static enum err
make_folder(const struct conf *conf, const char *name)
{
	char path[1024];
	int n;

	n = snprintf(path, sizeof(path), "%s/%s", conf->data_dir, name);
	if (n < 0 || (size_t)n >= sizeof(path))
		return ERR_INTERNAL;
	if (mkdir(path, 0770) == 0 ? chmod(path, 02770) == 0 : errno == EEXIST)
		return ERR_OK;
	log_line(LOG_ERROR, "site", "%s: %s; run: ententectl doctor", path,
	    strerror(errno));
	return ERR_INTERNAL;
}

enum err
site_open(const struct site_options *options, struct site *site)
{
	char *problem = NULL;
	enum err rc;

	memset(site, 0, sizeof(*site));
	site->program = options->program;
	site->routes = options->routes;
	buf_init(&site->scratch, SCRATCH_BYTES);
	buf_init(&site->rows, SCRATCH_BYTES);
	if ((site->parts = parts_new()) == NULL)
		return ERR_MEMORY;
	umask(0077);
	if ((rc = crypt_start()) != ERR_OK)
		return rc;
	rc = conf_load(NULL, &site->conf, &problem);
	if (rc != ERR_OK) {
		log_line(LOG_ERROR, "site", "%s",
		    problem != NULL ? problem : err_name(rc));
		free(problem);
		return rc;
	}
	rc = open_db(site->conf, "portal.db", options->portal_rights,
	    SCHEMA_PORTAL, &site->db);
	if (rc == ERR_OK && (site->tiles = log_tiles_new(site->conf)) == NULL)
		rc = ERR_MEMORY;
	if (rc == ERR_OK && options->auth_rights != NULL)
		rc = open_db(site->conf, CONF_AUTH_DB, options->auth_rights,
		    SCHEMA_AUTH, &site->auth);
	if (rc == ERR_OK)
		rc = make_folder(site->conf, "blobs");
	if (rc == ERR_OK)
		rc = make_folder(site->conf, CONF_UPLOAD_DIR);
	if (rc == ERR_OK)
		rc = pages_new(site->conf->template_dir, &site->pages);
	if (rc == ERR_OK)
		rc = pages_warm(site->pages, options->templates);
	return rc;
}

void
site_close(struct site *site)
{
	free(site->picture);
	buf_free(&site->scratch);
	buf_free(&site->rows);
	parts_free(site->parts);
	log_tiles_free(site->tiles);
	pages_free(site->pages);
	db_free(site->auth);
	db_free(site->db);
	conf_free(site->conf);
	memset(site, 0, sizeof(*site));
}

int
site_main(const struct site_options *options)
{
	struct arena *kept = arena_new(LAST_BYTES);
	const char *last_page;
	struct site site;
	enum err rc;

	log_open(options->program, LOG_INFO);
	rc = site_open(options, &site);
	if (rc == ERR_OK)
		rc =
		    pages_text(site.pages, kept, "error/last.html", &last_page);
	if (rc == ERR_OK) {
		log_line(LOG_INFO, "site", "ready, with %s", db_engine());
		rc = serve(dispatch, &site, ARENA_BYTES, last_page);
	}
	site_close(&site);
	arena_free(kept);
	return rc == ERR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
