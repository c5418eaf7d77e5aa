/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/pdf_active.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "scan/pdf.h"
#include "scan/pdf_dict.h"
#include "scan/pdf_name.h"

enum { BLOCK = 32 * 1024 };

struct names {
	struct pdf_name name;
	bool is_inside;	   /* one has begun */
	const char *found; /* the first that acts, or NULL */
};

struct active {
	const uint8_t *s;
	size_t len;
	uint64_t work; /* bytes that may still be looked at again */
	uint64_t *budget;
	struct verdict *verdict;
	uint8_t block[BLOCK];
};

static bool
refuse(struct active *a, enum verdict_fault fault)
{
	return verdict_refuse(a->verdict, fault, VERDICT_WHAT_NONE, NULL);
}

static bool
refuse_active(struct active *a, const char *name)
{
	return verdict_refuse(
	    a->verdict, VERDICT_FORBIDDEN, VERDICT_ACTIVE, name);
}

/* ---- names ---------------------------------------------------------- */

/* Each with what cannot be without it (ISO 32000-1). */
static const char *const acting[] = {
	"EmbeddedFile",	  /* §7.11.4, though this one may be left out: */
	"EmbeddedFiles",  /* §7.7.4, files of the document, or */
	"FileAttachment", /* §12.5.6.15, of a page */
	"JavaScript",	  /* §12.6.4.16, and §7.7.4: when it is opened */
	"Launch",	  /* §12.6.4.5 */
	"OnInstantiate",  /* §13.6.3, a script of a model in space */
	"Rendition",	  /* §12.6.4.13, has scripts of its own */
	"RichMedia",	  /* Adobe's supplement, films that are programs */
	"XFA",		  /* §12.7.8, forms of XML with scripts */
};

static void
end_name(struct names *n)
{
	const char *text;

	if (!n->is_inside)
		return;
	n->is_inside = false;
	text = pdf_name_end(&n->name);
	for (size_t i = 0; i < sizeof(acting) / sizeof(acting[0]); i++)
		if (n->found == NULL && strcmp(text, acting[i]) == 0)
			n->found = acting[i];
}

/* In pieces: a name may lie in two of them. */
static void
feed_names(struct names *n, const uint8_t *s, size_t len)
{
	const uint8_t *end = s + len;

	while (s < end && n->found == NULL) {
		if (!n->is_inside &&
		    (s = memchr(s, '/', (size_t)(end - s))) == NULL)
			return;
		if (n->is_inside && !pdf_name_is_end(*s)) {
			pdf_name_add(&n->name, *s++);
			continue;
		}
		end_name(n);
		if (*s++ == '/')
			*n = (struct names){ .is_inside = true,
				.found = n->found };
	}
}

static bool
names_ok(struct active *a, struct names *n)
{
	end_name(n);
	return n->found == NULL || refuse_active(a, n->found);
}

/* As memmem(3), whose time under sanitizers is not that of what it passed. */
static const uint8_t *
find(const uint8_t *s, const uint8_t *end, const char *word)
{
	size_t len = strlen(word);

	while ((size_t)(end - s) >= len &&
	    (s = memchr(s, word[0], (size_t)(end - s) - len + 1)) != NULL) {
		if (memcmp(s, word, len) == 0)
			return s;
		s++;
	}
	return NULL;
}

/*
 * Behind "/URI": how long "(https://…)" is, or 0.  In it nothing ends a
 * string, a comment, or anything else that a reader may be in, and without a
 * space there is no "1 0 obj": nobody can take a part of it for a name.
 */
static size_t
link_len(const uint8_t *s, size_t len)
{
	size_t i = 0;

	while (i < len && pdf_name_is_space(s[i]))
		i++;
	if (len - i < 5 || memcmp(s + i, "(http", 5) != 0)
		return 0;
	for (i++; i < len && s[i] > ' ' && s[i] < 0x7f; i++)
		if (s[i] != '/' && pdf_name_is_end(s[i]))
			break;
	return i < len && s[i] == ')' ? i + 1 : 0;
}

static bool
check_bytes(struct active *a)
{
	struct names n = { .is_inside = false };
	const uint8_t *at = a->s, *end = a->s + a->len, *link;

	while ((link = find(at, end, "/URI")) != NULL) {
		size_t len = link_len(link + 4, (size_t)(end - link) - 4);

		feed_names(&n, at, (size_t)(link - at) + 4);
		at = link + 4 + len;
	}
	feed_names(&n, at, (size_t)(end - at));
	return names_ok(a, &n);
}

/* ---- streams of objects ---------------------------------------------- */

/*
 * Objects lie one behind the other, each read once; but hostile bytes can lie
 * inside what lies inside others.  A file is read three times, not for ever.
 */
static bool
charge(struct active *a, size_t n)
{
	if (n > a->work)
		return refuse(a, VERDICT_LIMIT);
	a->work -= n;
	return true;
}

static bool
charge_unpacked(struct active *a, size_t n)
{
	if (n > *a->budget)
		return refuse(a, VERDICT_LIMIT);
	*a->budget -= n;
	return true;
}

/* The next piece; false when there is none, and *rc says why. */
static bool
unpack_piece(struct active *a, z_stream *z, struct names *n, int *rc)
{
	size_t unpacked;

	z->next_out = a->block;
	z->avail_out = BLOCK;
	*rc = inflate(z, Z_NO_FLUSH);
	unpacked = BLOCK - z->avail_out;
	if (!charge_unpacked(a, unpacked))
		return false;
	feed_names(n, a->block, unpacked);
	return *rc == Z_OK && n->found == NULL;
}

static bool
unpack(struct active *a, z_stream *z)
{
	struct names n = { .is_inside = false };
	size_t before = z->avail_in;
	int rc;

	while (unpack_piece(a, z, &n, &rc))
		;
	if (a->verdict->fault != VERDICT_GOOD || !names_ok(a, &n))
		return false;
	if (rc == Z_MEM_ERROR)
		return refuse(a, VERDICT_LIMIT);
	if (rc != Z_STREAM_END)
		return refuse(a,
		    pdf_is_encrypted(a->s, a->len) ? VERDICT_ENCRYPTED
						   : VERDICT_BROKEN);
	return charge(a, before - z->avail_in);
}

/* Objects as they are, of which a link may hold some: to the file's end. */
static bool
check_plain(struct active *a, size_t at)
{
	struct names n = { .is_inside = false };

	if (!charge(a, a->len - at))
		return false;
	feed_names(&n, a->s + at, a->len - at);
	return names_ok(a, &n);
}

static bool
check_deflated(struct active *a, size_t at)
{
	size_t len = a->len - at;
	z_stream z = { .next_in = (Bytef *)(uintptr_t)(a->s + at),
		.avail_in = len < UINT_MAX ? (uInt)len : UINT_MAX };
	bool is_right;

	if (inflateInit(&z) != Z_OK)
		return refuse(a, VERDICT_LIMIT);
	is_right = unpack(a, &z);
	inflateEnd(&z);
	return is_right;
}

/* Behind the word `obj`. */
static bool
check_object(struct active *a, size_t at)
{
	size_t end;
	enum pdf_dict_is is = pdf_dict_read(a->s + at, a->len - at, &end);

	if (!charge(a, end))
		return false;
	switch (is) {
	case PDF_DICT_OTHER:
		return true;
	case PDF_DICT_PLAIN:
		return check_plain(a, at + end);
	case PDF_DICT_DEFLATE:
		return check_deflated(a, at + end);
	case PDF_DICT_ODD:
		return refuse_active(a, "ObjStm");
	case PDF_DICT_BROKEN:
		break;
	}
	return refuse(a, VERDICT_BROKEN);
}

/* "1 0 obj"; but not "endobj". */
static bool
check_objects(struct active *a)
{
	const uint8_t *end = a->s + a->len, *p = a->s;

	while ((p = find(p, end, "obj")) != NULL) {
		bool is_object = p > a->s &&
		    (pdf_name_is_space(p[-1]) ||
			(p[-1] >= '0' && p[-1] <= '9'));

		p += 3;
		if (is_object && !check_object(a, (size_t)(p - a->s)))
			return false;
	}
	return true;
}

/* ------------------------------------------------------------------------- */

bool
pdf_active_check(
    const uint8_t *s, size_t len, uint64_t *budget, struct verdict *v)
{
	struct active *a = calloc(1, sizeof(*a));
	bool is_right;

	if (a == NULL)
		return verdict_refuse(
		    v, VERDICT_LIMIT, VERDICT_WHAT_NONE, NULL);
	a->s = s;
	a->len = len;
	a->work = 2 * (uint64_t)len;
	a->budget = budget;
	a->verdict = v;
	is_right = check_bytes(a) && check_objects(a);
	free(a);
	return is_right;
}
