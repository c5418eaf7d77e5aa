/* SPDX-License-Identifier: Apache-2.0 */
#include "base/conf.h"
#include "unit.h"

static enum err
load(const char *text, struct conf **conf, char **error)
{
	char dir[UNIT_PATH], path[UNIT_PATH];
	enum err rc;

	unit_scratch(dir);
	unit_file(dir, "entente.conf", text, path);
	rc = conf_load(path, conf, error);
	unit_remove(dir);
	return rc;
}

START_TEST(defaults)
{
	struct conf *c;
	char *error;

	ck_assert_int_eq(load("", &c, &error), ERR_OK);
	ck_assert_ptr_null(error);
	ck_assert_str_eq(c->data_dir, "/var/lib/entente");
	ck_assert_str_eq(c->template_dir, "/usr/share/entente/templates");
	ck_assert_str_eq(c->schema_dir, "/usr/share/entente/schema");
	ck_assert_str_eq(c->portal_name, "Entente");
	ck_assert_ptr_null(c->origin[0]);
	ck_assert(!c->has_signin_links);
	ck_assert_int_eq(c->session_idle_s, 1800);
	ck_assert_int_eq(c->session_max_s, 43200);
	ck_assert_int_eq(c->reauth_s, 600);
	ck_assert_int_eq(c->invitation_s, 604800);
	ck_assert_str_eq(c->witness_file, "/etc/entente/witnesses");
	conf_free(c);
}
END_TEST

START_TEST(everything)
{
	struct conf *c;
	char *error;

	ck_assert_int_eq(load("# Entente\n"
			      "\n"
			      "data_dir /srv/my data\r\n"
			      "  template_dir\t/t  \n"
			      "schema_dir /s\n"
			      "portal_name Énergie & Cie\n"
			      "origin https://portal.example\n"
			      "origin https://portal.example:8443\n"
			      "origin http://localhost:8080\n"
			      "origin http://[::1]:8080\n"
			      "signin_links yes\n"
			      "session_idle_s 60\n"
			      "session_max_s 300\n"
			      "reauth_s 30\n"
			      "witness_file /srv/witnesses\n"
			      "   # not the last line\n"
			      "invitation_s 3600",
			     &c, &error),
	    ERR_OK);
	ck_assert_str_eq(c->data_dir, "/srv/my data");
	ck_assert_str_eq(c->template_dir, "/t");
	ck_assert_str_eq(c->schema_dir, "/s");
	ck_assert_str_eq(c->portal_name, "Énergie & Cie");
	ck_assert_str_eq(c->origin[0], "https://portal.example");
	ck_assert_str_eq(c->origin[1], "https://portal.example:8443");
	ck_assert_str_eq(c->origin[3], "http://[::1]:8080");
	ck_assert_ptr_null(c->origin[4]);
	ck_assert(c->has_signin_links);
	ck_assert_int_eq(c->session_idle_s, 60);
	ck_assert_int_eq(c->session_max_s, 300);
	ck_assert_int_eq(c->reauth_s, 30);
	ck_assert_int_eq(c->invitation_s, 3600);
	ck_assert_str_eq(c->witness_file, "/srv/witnesses");
	conf_free(c);
}
END_TEST

static const struct {
	const char *text, *error; /* the end of the sentence */
} bad[] = {
	{ "colour blue\n",
	    "entente.conf:1: \"colour\" is not a key: correct or remove the "
	    "line." },
	{ "\n# x\ndata_dir /a\ndata_dir /b\n",
	    "entente.conf:4: data_dir was given before: remove one of the "
	    "lines." },
	{ "portal_name\n", "entente.conf:1: portal_name has no value." },
	{ "portal_name  \t \n", "entente.conf:1: portal_name has no value." },
	{ "data_dir here\n",
	    "entente.conf:1: data_dir must be a path that starts with "
	    "\"/\"." },
	{ "witness_file witnesses\n",
	    "entente.conf:1: witness_file must be a path that starts with "
	    "\"/\"." },
	{ "signin_links true\n",
	    "entente.conf:1: signin_links must be \"yes\" or \"no\"." },
	{ "reauth_s 10 minutes\n",
	    "entente.conf:1: reauth_s must be a number of seconds from 30 to "
	    "43200." },
	{ "reauth_s 29\n",
	    "entente.conf:1: reauth_s must be a number of seconds from 30 to "
	    "43200." },
	{ "reauth_s -1\n",
	    "entente.conf:1: reauth_s must be a number of seconds from 30 to "
	    "43200." },
	{ "session_idle_s 7200\nsession_max_s 3600\n",
	    "entente.conf: session_idle_s must not be more than "
	    "session_max_s." },
	{ "portal_name x\x01y\n",
	    "entente.conf: the file must be UTF-8 text without control "
	    "characters." },
	{ "portal_name \xff\n",
	    "entente.conf: the file must be UTF-8 text without control "
	    "characters." },
	{ "origin https://a\norigin https://b\norigin https://c\n"
	  "origin https://d\norigin https://e\n",
	    "entente.conf:5: origin may be given at most 4 times." },
	{ "portal_name "
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aaaaaaaaaaaaaaa\n",
	    "entente.conf:1: portal_name must have at most 80 characters." },
};

START_TEST(refused_with_a_sentence)
{
	struct conf *c = NULL;
	char *error;
	size_t len, end = strlen(bad[_i].error);

	ck_assert_int_eq(load(bad[_i].text, &c, &error), ERR_INVALID);
	ck_assert_ptr_null(c);
	ck_assert_ptr_nonnull(error);
	len = strlen(error);
	ck_assert_uint_gt(len, end);
	ck_assert_str_eq(error + len - end, bad[_i].error);
	free(error);
}
END_TEST

static const char *const bad_origins[] = { "portal.example",
	"http://portal.example", "https://", "https://portal.example/",
	"https://portal.example/path", "https://Portal.example",
	"https://portal.example:443", "https://portal.example:0",
	"https://portal.example:65536",
	"https://portal.example:", "https://portal.example:80:80",
	"https://user@portal.example", "https://portal.example ?",
	"https://[::1", "http://localhost:80", "http://localhost.evil.example",
	"ftp://localhost", "https://:8443" };

START_TEST(origin_refused)
{
	struct conf *c = NULL;
	char *error, text[100];

	snprintf(text, sizeof(text), "origin %s\n", bad_origins[_i]);
	ck_assert_msg(load(text, &c, &error) == ERR_INVALID, "%s", text);
	ck_assert_ptr_nonnull(strstr(error, "conf:1: origin must be"));
	free(error);
}
END_TEST

START_TEST(no_file)
{
	struct conf *c;
	char *error;

	ck_assert_int_eq(
	    conf_load("/nowhere/entente.conf", &c, &error), ERR_NOT_FOUND);
	ck_assert_ptr_null(c);
	ck_assert_ptr_nonnull(strstr(error, "/nowhere/entente.conf: "));
	free(error);
	ck_assert_int_eq(conf_load("/tmp", &c, &error), ERR_INTERNAL);
	free(error);
}
END_TEST

START_TEST(too_large)
{
	struct conf *c;
	char *error, *text = malloc(70001);

	memset(text, '\n', 70000);
	text[70000] = '\0';
	ck_assert_int_eq(load(text, &c, &error), ERR_TOO_LARGE);
	ck_assert_ptr_nonnull(error);
	free(error);
	free(text);
}
END_TEST

START_TEST(environment)
{
	char dir[UNIT_PATH], path[UNIT_PATH];
	struct conf *c;
	char *error;

	unit_scratch(dir);
	unit_file(dir, "other.conf", "portal_name Other\n", path);
	setenv("ENTENTE_CONF", path, 1);
	ck_assert_int_eq(conf_load(NULL, &c, &error), ERR_OK);
	ck_assert_str_eq(c->portal_name, "Other");
	conf_free(c);
	conf_free(NULL);
	unit_remove(dir);
}
END_TEST

UNIT_MAIN("conf", UNIT(defaults), UNIT(everything),
    UNIT_ROWS(refused_with_a_sentence, bad),
    UNIT_ROWS(origin_refused, bad_origins), UNIT(no_file), UNIT(too_large),
    UNIT(environment))
