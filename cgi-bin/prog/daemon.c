/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/daemon.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "crypt/token.h"
#include "db/migrate.h"

volatile sig_atomic_t daemon_is_over;

static void
end(int signo)
{
	(void)signo;
	daemon_is_over = 1;
}

static void
catch_signals(void)
{
	struct sigaction act = { .sa_handler = end };

	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static enum err
read_conf(struct daemon *d)
{
	char *problem = NULL;
	enum err rc = conf_load(NULL, &d->conf, &problem);

	if (rc != ERR_OK)
		log_line(LOG_ERROR, "conf", "%s",
		    problem != NULL ? problem : err_name(rc));
	free(problem);
	return rc;
}

enum err
daemon_start(struct daemon *d, const struct daemon_options *o)
{
	struct db_options options = { .rights = o->rights,
		.schema = SCHEMA_PORTAL };
	enum err rc;

	memset(d, 0, sizeof(*d));
	d->name = o->name;
	log_open(o->name, LOG_INFO);
	umask(o->mask);
	catch_signals();
	if ((rc = crypt_start()) != ERR_OK || (rc = read_conf(d)) != ERR_OK)
		return rc;
	d->ctx.arena = arena_new(o->arena_bytes);
	d->ctx.conf = d->conf;
	d->ctx.actor.is_console = true;
	options.path =
	    arena_printf(d->ctx.arena, "%s/portal.db", d->conf->data_dir);
	return db_open(&options, &d->ctx.db);
}

int
daemon_end(struct daemon *d, enum err started)
{
	if (started != ERR_OK)
		log_line(LOG_ERROR, d->name, "does not start: %s",
		    err_name(started));
	db_free(d->ctx.db);
	arena_free(d->ctx.arena);
	conf_free(d->conf);
	return started == ERR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
