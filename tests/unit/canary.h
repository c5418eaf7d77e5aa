/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a template needs: the names of all leaves that it and what it includes
 * may look at, found by reading the source.  Names of loops and of macros'
 * parameters are followed to the data that they stand for; a loop has two
 * rows.
 */
#ifndef UNIT_CANARY_H
#define UNIT_CANARY_H

#include "unit.h"

#include <ctype.h>
#include <stdbool.h>

enum {
	NAMES_MAX = 4000,
	LINKS_MAX = 2000,
	USES_MAX = 2000,
	MACROS_MAX = 100,
	FILES_MAX = 100,
	PARAMS_MAX = 8,
	PATH_BYTES = 128,
	DEPTH_MAX = 10,
	TEMPLATE_BYTES = 1024 * 1024
};

/* ---- what templates name --------------------------------------------- */

struct name {
	char path[PATH_BYTES]; /* of data: "Advisories.1.Title" */
	char word[PATH_BYTES]; /* a literal that it is compared with */
	bool is_printed;
	bool was_seen; /* in a page that was checked */
};

/* Where a local name of a macro comes from: `each`, or a call's argument. */
struct link {
	char macro[PATH_BYTES]; /* whose local it is */
	char local[PATH_BYTES]; /* "" is the parameter number `index` */
	int index;
	char from[PATH_BYTES]; /* the macro in which `path` is said */
	char path[PATH_BYTES];
	bool is_row;
};

struct use {
	char macro[PATH_BYTES];
	char path[PATH_BYTES];
	char word[PATH_BYTES];
	bool is_printed;
};

struct macro {
	char name[PATH_BYTES];
	char param[PARAMS_MAX][PATH_BYTES];
	int count;
};

/* One macro calls another. */
struct call {
	char from[PATH_BYTES];
	char to[PATH_BYTES];
};

struct scan {
	const char *dir;
	const char *page;		  /* the template that this is about */
	char macro[PATH_BYTES];		  /* that is being read */
	char each[DEPTH_MAX][PATH_BYTES]; /* locals of the loops around */
	int each_id[DEPTH_MAX];
	int each_depth, each_count;
	char file[FILES_MAX][PATH_BYTES];
	int files;
	struct macro macros[MACROS_MAX];
	int macro_count;
	struct call calls[LINKS_MAX];
	int call_count;
	struct link links[LINKS_MAX];
	int link_count;
	struct use uses[USES_MAX];
	int use_count;
	struct name names[NAMES_MAX];
	int name_count;
};

static inline void
copy(char out[PATH_BYTES], const char *text, size_t len)
{
	ck_assert_uint_lt(len, PATH_BYTES);
	memcpy(out, text, len);
	out[len] = '\0';
}

static inline size_t
path_length(const char *p)
{
	size_t n = 0;

	if (!isalpha((unsigned char)*p) && *p != '_')
		return 0;
	while (isalnum((unsigned char)p[n]) || p[n] == '_' || p[n] == '.')
		n++;
	return n;
}

/*
 * A name of a loop around becomes "name#3", after the loop's number: several
 * loops of one macro use the same short names.
 */
static inline void
copy_path(struct scan *s, char out[PATH_BYTES], const char *path, size_t len)
{
	char whole[2 * PATH_BYTES];
	size_t first = strcspn(path, ".");
	int i = s->each_depth;

	first = first < len ? first : len;
	while (--i >= 0)
		if (strlen(s->each[i]) == first &&
		    strncmp(s->each[i], path, first) == 0)
			break;
	if (i < 0) {
		copy(out, path, len);
		return;
	}
	snprintf(whole, sizeof(whole), "%s#%d%.*s", s->each[i], s->each_id[i],
	    (int)(len - first), path + first);
	copy(out, whole, strlen(whole));
}

static inline void
add_use(struct scan *s, const char *path, size_t len, bool is_printed)
{
	struct use *u = &s->uses[s->use_count++];

	ck_assert_int_lt(s->use_count, USES_MAX);
	copy(u->macro, s->macro, strlen(s->macro));
	copy_path(s, u->path, path, len);
	u->word[0] = '\0';
	u->is_printed = is_printed;
}

/* The names of an expression; a literal in it goes to each of them. */
static inline void
read_expression(struct scan *s, const char *text, bool is_printed)
{
	int first = s->use_count;
	char word[PATH_BYTES] = "";
	const char *end;
	size_t len;

	while (*text != '\0') {
		if (*text == '"') {
			end = strchr(text + 1, '"');
			ck_assert_ptr_nonnull(end);
			copy(word, text + 1, (size_t)(end - text - 1));
			text = end + 1;
		} else if ((len = path_length(text)) > 0) {
			if (text[len] != '(')
				add_use(s, text, len, is_printed);
			else if (strncmp(text, "subcount", len) == 0)
				is_printed = false;
			text += len;
		} else {
			text++;
		}
	}
	for (; first < s->use_count; first++)
		copy(s->uses[first].word, word, strlen(word));
}

static inline struct link *
add_link(struct scan *s, const char *macro, size_t macro_len, const char *path)
{
	struct link *l = &s->links[s->link_count++];

	ck_assert_int_lt(s->link_count, LINKS_MAX);
	memset(l, 0, sizeof(*l));
	copy(l->macro, macro, macro_len);
	copy(l->from, s->macro, strlen(s->macro));
	copy_path(s, l->path, path, path_length(path));
	return l;
}

/* each:local = Path */
static inline void
read_each(struct scan *s, const char *text)
{
	size_t len = path_length(text);
	const char *path = text + len;
	struct link *l;

	path += strspn(path, " =");
	read_expression(s, path, false);
	l = add_link(s, s->macro, strlen(s->macro), path);
	l->is_row = true;
	ck_assert_int_lt(s->each_depth, DEPTH_MAX);
	copy(s->each[s->each_depth], text, len);
	s->each_id[s->each_depth++] = ++s->each_count;
	copy_path(s, l->local, text, len);
}

/* call:name(argument, …), where an argument is a path or a literal. */
static inline void
read_call(struct scan *s, const char *text)
{
	size_t len = path_length(text);
	const char *p = text + len + 1;
	struct call *c = &s->calls[s->call_count++];

	ck_assert_int_lt(s->call_count, LINKS_MAX);
	copy(c->from, s->macro, strlen(s->macro));
	copy(c->to, text, len);
	for (int i = 0; *p != '\0' && *p != ')'; i++) {
		p += strspn(p, " \t\n,");
		if (path_length(p) > 0)
			add_link(s, text, len, p)->index = i;
		if (*p == '"')
			p += 1 + strcspn(p + 1, "\"");
		p += strcspn(p, ",)");
	}
}

/* def:name(parameter, …) */
static inline void
read_def(struct scan *s, const char *text)
{
	struct macro *m = &s->macros[s->macro_count++];
	size_t len = path_length(text);
	const char *p = text + len + 1;

	ck_assert_int_lt(s->macro_count, MACROS_MAX);
	copy(m->name, text, len);
	copy(s->macro, text, len);
	for (m->count = 0; *p != '\0' && *p != ')';) {
		p += strspn(p, " ,");
		if ((len = path_length(p)) == 0)
			break;
		ck_assert_int_lt(m->count, PARAMS_MAX);
		copy(m->param[m->count++], p, len);
		p += len;
	}
}

static inline void read_file(struct scan *, const char *name);

static inline void
read_tag(struct scan *s, const char *tag)
{
	char name[PATH_BYTES];

	if (strncmp(tag, "var:", 4) == 0)
		read_expression(s, tag + 4, true);
	else if (strncmp(tag, "if:", 3) == 0)
		read_expression(s, tag + 3, false);
	else if (strncmp(tag, "elif:", 5) == 0)
		read_expression(s, tag + 5, false);
	else if (strncmp(tag, "each:", 5) == 0)
		read_each(s, tag + 5);
	else if (strncmp(tag, "call:", 5) == 0)
		read_call(s, tag + 5);
	else if (strncmp(tag, "def:", 4) == 0)
		read_def(s, tag + 4);
	else if (strncmp(tag, "/def", 4) == 0)
		s->macro[0] = '\0';
	else if (strncmp(tag, "/each", 5) == 0)
		s->each_depth--;
	else if (strncmp(tag, "include!\"", 9) == 0) {
		copy(name, tag + 9, strcspn(tag + 9, "\""));
		read_file(s, name);
	} else if (tag[0] != '#' && strchr(tag, ':') != NULL) {
		/* What lint forbids (uvar, alt, …) prints, too. */
		read_expression(s, strchr(tag, ':') + 1, true);
	}
}

static inline void
read_text(struct scan *s, char *text)
{
	char *end;

	while ((text = strstr(text, "<?cs")) != NULL) {
		end = strstr(text, "?>");
		ck_assert_ptr_nonnull(end);
		*end = '\0';
		text += 4 + strspn(text + 4, " \t\n");
		read_tag(s, text);
		text = end + 2;
	}
}

static inline void
read_file(struct scan *s, const char *name)
{
	char path[UNIT_PATH], *text;
	size_t len;
	FILE *f;

	for (int i = 0; i < s->files; i++)
		if (strcmp(s->file[i], name) == 0)
			return;
	ck_assert_int_lt(s->files, FILES_MAX);
	copy(s->file[s->files++], name, strlen(name));
	unit_path(path, s->dir, name);
	ck_assert_msg((f = fopen(path, "r")) != NULL, "%s", path);
	ck_assert_ptr_nonnull(text = calloc(1, TEMPLATE_BYTES));
	len = fread(text, 1, TEMPLATE_BYTES - 1, f);
	ck_assert_uint_lt(len, TEMPLATE_BYTES - 1);
	fclose(f);
	read_text(s, text);
	free(text);
}

/* ---- from local names to data ---------------------------------------- */

static inline void
add_name(struct scan *s, const char *path, const struct use *u)
{
	struct name *n = s->names;

	for (; n < s->names + s->name_count; n++)
		if (strcmp(n->path, path) == 0)
			break;
	if (n == s->names + s->name_count) {
		ck_assert_int_lt(++s->name_count, NAMES_MAX);
		copy(n->path, path, strlen(path));
	}
	n->is_printed |= u->is_printed;
	if (u->word[0] != '\0')
		copy(n->word, u->word, strlen(u->word));
}

/* Two rows for each loop. */
static inline void
add_rows(struct scan *s, const char *path, const struct use *u)
{
	const char *star = strchr(path, '*');
	char row[PATH_BYTES];

	if (star == NULL) {
		add_name(s, path, u);
		return;
	}
	copy(row, path, strlen(path));
	for (char c = '0'; c <= '1'; c++) {
		row[star - path] = c;
		add_rows(s, row, u);
	}
}

static inline bool
is_parameter(
    const struct scan *s, const char *macro, const char *local, int index)
{
	for (int m = 0; m < s->macro_count; m++)
		for (int i = 0; i < s->macros[m].count; i++)
			if (strcmp(s->macros[m].name, macro) == 0 &&
			    strcmp(s->macros[m].param[i], local) == 0 &&
			    (index < 0 || index == i))
				return true;
	return false;
}

/* Is the macro called, from the frame on? */
static inline bool
is_called(const struct scan *s, const char *macro, int depth)
{
	if (macro[0] == '\0')
		return true;
	for (int i = 0; i < s->call_count && depth < DEPTH_MAX; i++)
		if (strcmp(s->calls[i].to, macro) == 0 &&
		    is_called(s, s->calls[i].from, depth + 1))
			return true;
	return false;
}

static inline void
resolve(struct scan *s, const char *macro, const char *path,
    const struct use *u, int depth)
{
	size_t len = strcspn(path, ".");
	char local[PATH_BYTES], whole[2 * PATH_BYTES];
	bool is_local;

	copy(local, path, len);
	is_local = is_parameter(s, macro, local, -1);
	for (int i = 0; i < s->link_count && depth < DEPTH_MAX; i++) {
		const struct link *l = &s->links[i];

		if (strcmp(l->macro, macro) != 0 ||
		    (l->is_row ? strcmp(l->local, local) != 0
			       : !is_parameter(s, macro, local, l->index)))
			continue;
		is_local = true;
		if (!is_called(s, l->from, 0))
			continue;
		snprintf(whole, sizeof(whole), "%s%s%s", l->path,
		    l->is_row ? ".*" : "", path + len);
		ck_assert_uint_lt(strlen(whole), PATH_BYTES);
		resolve(s, l->from, whole, u, depth + 1);
	}
	/* The catalogue is ours. */
	if (!is_local && strcmp(local, "Lang") != 0)
		add_rows(s, path, u);
}

static inline struct scan *
scan_new(const char *dir, const char *name)
{
	struct scan *s = calloc(1, sizeof(*s));

	ck_assert_ptr_nonnull(s);
	s->dir = dir;
	s->page = name;
	/* Those of web/template.c without a frame. */
	if (strncmp(name, "mail/", 5) != 0 && strncmp(name, "part/", 5) != 0 &&
	    strncmp(name, "feed/", 5) != 0)
		read_file(s, "frame/page.cs");
	read_file(s, name);
	for (int i = 0; i < s->use_count; i++)
		if (is_called(s, s->uses[i].macro, 0))
			resolve(s, s->uses[i].macro, s->uses[i].path,
			    &s->uses[i], 0);
	return s;
}

#endif
