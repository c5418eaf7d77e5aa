/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ententectl: the keeper's console.  A command is a row of the table in
 * ctl.c: a noun, a verb, what must be open before it runs, and a function in
 * ctl_<noun>.c.  The acts themselves are those of domain/, done by an actor
 * that is the console.
 *
 * What a command says goes to standard output, one error in one sentence to
 * standard error; with --json all of it is one JSON object on standard
 * output, with "ok", and when it is false "error" (err_name()) and "message".
 */
#ifndef PROG_CTL_H
#define PROG_CTL_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "base/clock.h"
#include "base/err.h"
#include "domain/ctx.h"
#include "domain/tlp.h"

/* Exit statuses, which every command returns. */
enum ctl_exit {
	CTL_DONE = 0,
	CTL_FAILED = 1, /* refused, or something was found wrong */
	CTL_USAGE = 2	/* the command line is not understood */
};

struct ctl {
	struct ctx ctx; /* .db and .auth as the command's row asks */
	struct conf *conf;
	const char *conf_path; /* of -c, or NULL */
	bool is_json;
	const struct ctl_command *command;
};

/* What is ready before a command runs. */
enum ctl_needs {
	CTL_CONF = 1,	/* ctl->conf; and root became the data's owner */
	CTL_PORTAL = 2, /* ctx.db, at this build's schema */
	CTL_AUTH = 4	/* ctx.auth likewise */
};

struct ctl_command {
	const char *noun;
	const char *verb;      /* NULL: the noun is the whole command */
	const char *arguments; /* as the usage line shows them */
	const char *does;      /* one line of the help */
	unsigned needs;
	enum ctl_exit (*run)(struct ctl *, int argc, char **argv);
};

/* ---- the command line ------------------------------------------------ */

struct ctl_option {
	const char *name; /* "--as"; NULL ends the list */
	bool is_flag;	  /* takes no value */
	bool is_needed;
	bool is_set;	   /* filled, as are the next */
	const char *value; /* NULL when it was not given */
};

/*
 * Sorts a command's arguments (after the verb) into options, as "--as X" or
 * "--as=X", and operands, which become argv[0] … argv[*operands - 1].  An
 * unknown, repeated or missing option, or fewer than `min` or more than
 * `max` operands, is CTL_USAGE, and has been said.
 */
enum ctl_exit ctl_arguments(struct ctl *, int argc, char **argv,
    struct ctl_option *, int min, int max, int *operands);

/*
 * "a,b,c" cut into its non-empty parts; ends with NULL; in the arena.  NULL
 * gives an empty list.
 */
const char **ctl_words(struct ctl *, const char *list);

/* ---- what it says ---------------------------------------------------- */

/* A line on standard output; nothing with --json. */
void ctl_say(struct ctl *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* With --json, prints the object (consumed; NULL is empty) with "ok". */
enum ctl_exit ctl_done(struct ctl *, json_t *);
/* The same for a command that ends in CTL_FAILED with much to tell. */
enum ctl_exit ctl_found(struct ctl *, json_t *, bool is_ok);

/* The one sentence of an error; returns CTL_FAILED. */
enum ctl_exit ctl_fail(struct ctl *, enum err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* As ctl_fail(), with the usage line; returns CTL_USAGE. */
enum ctl_exit ctl_usage(struct ctl *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Why, in words that end a sentence: "there is no such one." */
const char *ctl_reason(enum err);

/* data_dir/name, in the arena. */
char *ctl_path(struct ctl *, const char *name);

/* One of the console's two databases; what went wrong has been said. */
enum ctl_exit
ctl_open(struct ctl *, const char *file, int schema, struct db **);

/*
 * Nothing takes an hour between its file and its row: a file without one that
 * was last written before is left over.
 */
#define CTL_LEFT_OVER CLOCK_HOUR

/* ---- who acts, and for whom (ctl_act.c) ------------------------------ */

/* The console acts for an organisation that is in the partnership now. */
enum ctl_exit ctl_act_for(struct ctl *, const char *ref);
/* What is no value of the option is CTL_USAGE, and has been said. */
enum ctl_exit ctl_read_sectors(struct ctl *, const char *list, int64_t *);
/* Refs, NULL-ended, that the actor may address; NULL without a list. */
enum ctl_exit
ctl_read_circles(struct ctl *, const char *list, const char *const **refs);
/* Not TLP:RED. */
enum ctl_exit ctl_read_label(struct ctl *, const char *text, enum tlp *);
enum ctl_exit ctl_read_day(struct ctl *, const char *text, int64_t *at);

/* ---- the data directory (ctl_migrate.c) ------------------------------ */

/* Folders of documents, and modes of the databases, as programs need them. */
enum ctl_exit ctl_make_folders(struct ctl *);
enum ctl_exit ctl_set_modes(struct ctl *);

/* ---- commands -------------------------------------------------------- */

typedef enum ctl_exit ctl_run(struct ctl *, int argc, char **argv);

ctl_run ctl_migrate; /* ctl_migrate.c */
ctl_run ctl_org_add; /* ctl_org.c */
ctl_run ctl_org_list;
ctl_run ctl_org_suspend;
ctl_run ctl_org_reinstate;
ctl_run ctl_person_invite; /* ctl_person.c */
ctl_run ctl_person_list;
ctl_run ctl_person_disable;
ctl_run ctl_person_enable;
ctl_run ctl_person_link;
ctl_run ctl_person_unlock;
ctl_run ctl_person_reset;
ctl_run ctl_advisory_import; /* ctl_advisory.c */
ctl_run ctl_document_add;    /* ctl_document.c */
ctl_run ctl_document_list;
ctl_run ctl_document_withdraw;
ctl_run ctl_backup;   /* ctl_backup.c */
ctl_run ctl_restore;  /* ctl_restore.c */
ctl_run ctl_check;    /* ctl_check.c */
ctl_run ctl_tidy;     /* ctl_tidy.c */
ctl_run ctl_doctor;   /* ctl_doctor.c */
ctl_run ctl_demo;     /* ctl_demo.c */
ctl_run ctl_key_make; /* ctl_key.c */
ctl_run ctl_key_show;
ctl_run ctl_key_rotate;
ctl_run ctl_key_adopt;
ctl_run ctl_witness_make; /* ctl_witness.c */
ctl_run ctl_witness_add;
ctl_run ctl_witness_remove;
ctl_run ctl_witness_list;

#endif
