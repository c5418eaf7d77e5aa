/* SPDX-License-Identifier: Apache-2.0 */
/*
 * THE access rule (DESIGN §2), for lists, reads, search, counts and
 * downloads alike.  A reader sees an item when one of the circles that it is
 * addressed to is in the reader's reach with a maximum label not below the
 * item's; TLP:RED also needs the person by name.
 *
 * The reach is: the public circle up to TLP:CLEAR; the own organisation's
 * circle up to TLP:RED; and each circle of a grant that is valid now (once a
 * grant, whose id is `via`, so a circle may come twice).  Every item is
 * addressed to its organisation's own circle, and a published TLP:CLEAR one to
 * the public circle, so these three say all of the rule.
 *
 * The rule is SQL text that statements are made of by the compiler, with the
 * reader as $1 person, $2 organisation, $3 now: a statement that uses it
 * starts with
 *	"WITH " ACCESS_REACH ", …"
 * and joins advisory_circle x to reach r by
 *	"x.circle = r.circle AND " ACCESS_MAY
 * or document_circle x by ACCESS_MAY_DOCUMENT: one rule for each kind of item,
 * whose tables alone have other names.
 */
#ifndef DOMAIN_ACCESS_H
#define DOMAIN_ACCESS_H

#include "domain/ctx.h"
#include "domain/tlp.h"

/* clang-format off */

/* A row of access_grant is valid at a moment; both are literals. */
#define ACCESS_GRANT_VALID(g, now) \
	g ".from_at <= " now \
	" AND (" g ".until_at IS NULL OR " g ".until_at > " now ")" \
	" AND (" g ".ended_at IS NULL OR " g ".ended_at > " now ")"

/* The grant g is valid at the reader's now. */
#define ACCESS_VALID ACCESS_GRANT_VALID("g", "reader.now_at")

#define ACCESS_WHO \
	"reader(person, organisation, now_at) AS (VALUES ($1, $2, $3))"

#define ACCESS_REACH ACCESS_REACH_BY("access_grant g, reader WHERE")

/*
 * The same as far as it matters for one item (its noun, a literal), whose id
 * is an expression of $4: few grants are looked at, however many there are.  Not enough for a
 * revision that is not the newest.
 */
#define ACCESS_REACH_TO(item, id) \
	ACCESS_REACH_BY(item "_circle to_it CROSS JOIN reader" \
	" CROSS JOIN access_grant g WHERE to_it." item " = " id \
	" AND g.circle = to_it.circle AND")

#define ACCESS_REACH_BY(grants) \
	ACCESS_WHO \
	", reach(circle, max_label, is_own, via) AS (" \
	" SELECT 1, 0, 0, 0" \
	" UNION ALL" \
	" SELECT c.id, 4, 1, 0 FROM reader JOIN organisation o" \
	" ON o.id = reader.organisation AND o.state = 'admitted'" \
	" JOIN circle c ON c.kind = 'own' AND c.organisation = o.id" \
	" UNION ALL" \
	" SELECT g.circle, g.max_label, 0, g.id FROM " grants \
	" g.organisation = reader.organisation AND " ACCESS_VALID ")"

/*
 * `item` is the noun whose rows x are, a literal: its named persons are in
 * the table <item>_person.
 */
#define ACCESS_MAY_OF(item, max)                              \
	"x.label <= " max " AND (x.label < 4 OR EXISTS ("     \
	"SELECT 1 FROM " item "_person named, reader"         \
	" WHERE named." item " = x." item                     \
	" AND named.person = reader.person))"
#define ACCESS_MAY ACCESS_MAY_UP_TO("r.max_label")
/* The same where the circle and its maximum are known: access_reach(). */
#define ACCESS_MAY_UP_TO(max) ACCESS_MAY_OF("advisory", max)
#define ACCESS_MAY_DOCUMENT ACCESS_MAY_DOCUMENT_UP_TO("r.max_label")
#define ACCESS_MAY_DOCUMENT_UP_TO(max) ACCESS_MAY_OF("document", max)

/*
 * The same rule for one revision v of an item a, by its own label, circles
 * and names: for an older revision, which may have been meant for fewer
 * readers than the newest, and for drafts, which other organisations are kept
 * from by their WHERE.  `piece` is the noun of v, with the tables
 * <piece>_circle and <piece>_person.  Needs ACCESS_REACH, too.
 */
#define ACCESS_MAY_REVISION ACCESS_MAY_PIECE("revision")
#define ACCESS_MAY_VERSION ACCESS_MAY_PIECE("document_version")
#define ACCESS_MAY_PIECE(piece)                                            \
	"EXISTS (SELECT 1 FROM reach r WHERE v.label <= r.max_label AND (" \
	"r.circle = 1"                                                     \
	" OR r.circle IN (SELECT aimed.circle FROM " piece "_circle aimed" \
	" WHERE aimed." piece " = v.id)"                                   \
	" OR r.circle IN (SELECT own.id FROM circle own"                   \
	" WHERE own.kind = 'own' AND own.organisation = a.organisation)))" \
	" AND (v.label < 4 OR EXISTS ("                                    \
	"SELECT 1 FROM " piece "_person named, reader"                     \
	" WHERE named." piece " = v.id AND named.person = reader.person))"

/*
 * The rule in the other direction: the organisations that an item reaches
 * now.  Follows ACCESS_WHO and a CTE item(id, piece, organisation, label) of
 * one row.  `via` is the grant, 0 for the source's own circle and
 * for the public one.  CROSS JOIN keeps SQLite to the order that is written:
 * from the one item outwards, or it reads every revision's circles.
 */
#define ACCESS_READERS ACCESS_READERS_OF("revision")
#define ACCESS_READERS_OF(piece)                                            \
	"readers(organisation, circle, via) AS ("                           \
	" SELECT o.id, c.id, 0 FROM item"                                   \
	" JOIN organisation o ON o.id = item.organisation"                  \
	" AND o.state = 'admitted'"                                         \
	" JOIN circle c ON c.kind = 'own' AND c.organisation = o.id"        \
	" UNION ALL"                                                        \
	" SELECT g.organisation, g.circle, g.id FROM item"                  \
	" CROSS JOIN reader CROSS JOIN " piece "_circle aimed"              \
	" CROSS JOIN access_grant g CROSS JOIN organisation o"              \
	" WHERE aimed." piece " = item.piece AND g.circle = aimed.circle"   \
	" AND g.max_label >= item.label AND o.id = g.organisation"          \
	" AND o.state = 'admitted' AND " ACCESS_VALID " UNION ALL"          \
	" SELECT o.id, 1, 0 FROM item CROSS JOIN organisation o"            \
	" WHERE item.label = 0 AND o.state = 'admitted')"

/* Of those, the person p: active, and named where the label asks for it. */
#define ACCESS_PERSON ACCESS_PERSON_OF("revision")
#define ACCESS_PERSON_OF(piece)                              \
	"p.state = 'active' AND (item.label < 4 OR EXISTS (" \
	"SELECT 1 FROM " piece "_person named"               \
	" WHERE named." piece " = item.piece AND named.person = p.id))"

/* What lets somebody in, the most particular first: circle c, grant g. */
#define ACCESS_STRONGEST                                            \
	"CASE c.kind WHEN 'own' THEN 0 WHEN 'agreement' THEN 1"     \
	" WHEN 'sector' THEN 2 WHEN 'community' THEN 3 ELSE 4 END," \
	" g.max_label DESC, c.ref"

/* clang-format on */

/* The three values, in order, the first of DB_ARGS(ACCESS_READER(ctx), …). */
#define ACCESS_READER(ctx)                                          \
	db_i((ctx)->actor.person), db_i((ctx)->actor.organisation), \
	    db_i((ctx)->now_at)

/*
 * The reach by itself, for who asks circle after circle: each circle once,
 * with the highest label that one of its grants carries.  The circle of the
 * own organisation comes with the others.  Good for the request that asked
 * for it, inside one db_read().
 */
struct access_circle {
	int64_t id;
	enum tlp max_label;
	int64_t newest; /* the last position in it, whoever may see that; 0:
			   it is empty; INT64_MAX: nobody asked */
};
struct access_reach {
	struct access_circle *circles; /* by id, ascending */
	size_t count;
	int64_t own; /* the own organisation's circle; 0: none */
};
enum err access_reach(struct ctx *, struct access_reach *);
/* With what is newest in each circle, for lists. */
enum err access_reach_newest(struct ctx *, struct access_reach *);
/* Does it have the circle, up to this label? */
bool
access_reach_has(const struct access_reach *, int64_t circle, enum tlp label);

/* The kinds of items that the rule is for. */
enum access_item { ACCESS_ADVISORY, ACCESS_DOCUMENT, ACCESS_ITEM__MAX };

/* Why the actor may read an item. */
enum access_why {
	ACCESS_PUBLIC, /* it is TLP:CLEAR */
	ACCESS_OWN,    /* it is its own organisation's */
	ACCESS_GRANT,  /* an agreement opens a circle */
	ACCESS_WHY__MAX
};

struct access_reason {
	enum access_why why;
	char *circle_ref; /* of a grant */
	char *circle_name;
	enum tlp max_label;
	char *agreement_ref;
	char *agreement_kind;
	char *agreement_title; /* NULL: on paper, its kind says it */
	int64_t signed_at;
	bool is_named; /* TLP:RED: the person is named */
};

/*
 * The strongest reason (own, then a grant of the most particular circle,
 * then public).  ERR_NOT_FOUND: none,
 * the actor may not read it.
 */
enum err access_reason(
    struct ctx *, enum access_item, int64_t id, struct access_reason *);

/*
 * The rule in the full text index's own language, so that search costs a
 * reader nothing for what is hidden.  "c12l3" says: whoever has circle 12 up
 * to label 3.  A reader asks for one word a circle of the reach, joined by
 * OR; an item of label 2 in circle 12 has the words c12l2, c12l3 and c12l4.
 * The rows found still pass ACCESS_MAY.
 */
enum err
access_words(struct arena *, const struct access_reach *, const char **words);
/* Of an item, out of its rows of advisory_circle or document_circle. */
enum err
access_words_of(struct ctx *, enum access_item, int64_t id, const char **words);

#endif
