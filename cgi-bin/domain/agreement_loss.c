/* SPDX-License-Identifier: Apache-2.0 */
/* Who would lose what, if an agreement ended now. */
#include <string.h>

#include "domain/access.h"
#include "domain/agreement_end.h"
#include "domain/agreement_store.h"
#include "domain/list.h"

enum sql { SQL_ROWS, SQL__MAX };

/* clang-format off */
/* Some grant g of the organisation, valid now, has the item x's circle. */
#define COVERS(g, x) \
	g ".circle = " x ".circle AND " x ".label <= " g ".max_label" \
	" AND " ACCESS_GRANT_VALID(g, "$3")

/* TLP:RED reaches an organisation by its named persons. */
#define REACHES(item) \
	"(x.label < 4 OR EXISTS (SELECT 1 FROM " item "_person named" \
	" JOIN person m ON m.id = named.person AND m.state = 'active'" \
	" WHERE named." item " = x." item " AND m.organisation = o.id))"

/* By whoever asks: what is hidden from them is not counted for them. */
#define SEEN(item) \
	"EXISTS (SELECT 1 FROM " item "_circle z" \
	" JOIN reach r ON r.circle = z.circle" \
	" WHERE z." item " = x." item \
	" AND " ACCESS_MAY_OF(item, "r.max_label") ")"

/*
 * How many advisories, or documents.  What is TLP:CLEAR is public, what is
 * its own stays: neither is lost.  Of the agreement's circles each item
 * counts once.
 */
#define LOST(item) \
	"(SELECT COUNT(DISTINCT x." item ") FROM access_grant g" \
	" JOIN " item "_circle x ON " COVERS("g", "x") \
	" WHERE g.agreement = a.id AND g.organisation = o.id" \
	" AND x.state = 'published' AND x.organisation <> o.id" \
	" AND x.label > 0 AND " REACHES(item) " AND " SEEN(item) \
	" AND NOT EXISTS (SELECT 1 FROM " item "_circle y" \
	" JOIN access_grant h ON " COVERS("h", "y") \
	" WHERE y." item " = x." item " AND h.organisation = o.id" \
	" AND h.agreement <> a.id))"

static const char *const sql[SQL__MAX] = {
	[SQL_ROWS] =
	    "WITH " ACCESS_REACH " SELECT o.ref, o.name, o.id,"
	    " (SELECT COUNT(*) FROM person m WHERE m.organisation = o.id"
	    " AND m.state = 'active'),"
	    " " LOST("advisory") " + " LOST("document") ","
	    " " AGREEMENT_ENDS("p", "a")
	    " FROM agreement a"
	    " JOIN agreement_party p ON p.agreement = a.id"
	    " JOIN organisation o ON o.id = p.organisation"
	    " WHERE EXISTS (SELECT 1 FROM access_grant g"
	    " WHERE g.agreement = a.id AND g.organisation = o.id"
	    " AND " ACCESS_GRANT_VALID("g", "$3") ")"
	    " AND a.id = $4 AND ($5 = '' OR o.ref = $5)"
	    " ORDER BY p.position",
};
/* clang-format on */

static void
fill(struct ctx *ctx, struct db_rows *rows, struct agreement_loss_row *row)
{
	row->organisation_ref = db_col_text(rows, 0, ctx->arena);
	row->organisation_name = db_col_text(rows, 1, ctx->arena);
	row->is_own = db_col_int(rows, 2) == ctx->actor.organisation;
	row->people = db_col_int(rows, 3);
	row->items = db_col_int(rows, 4);
	row->has_until_at = db_col_int(rows, 5);
}

enum err
agreement_loss(struct ctx *ctx, const char *ref, const char *party,
    struct agreement_loss **out)
{
	struct agreement_loss *loss = arena_alloc(ctx->arena, sizeof(*loss));
	struct agreement *a;
	struct db_rows *rows;
	enum err rc;

	*out = NULL;
	if ((rc = agreement_load(ctx, ref, &a)) != ERR_OK)
		return rc;
	if (!a->is_party)
		return ERR_NOT_FOUND;
	loss->circles = a->circles;
	loss->circle_count = a->circle_count;
	rows = db_query(ctx->db, sql[SQL_ROWS],
	    DB_ARGS(ACCESS_READER(ctx), db_i(a->id),
		db_t(party != NULL ? party : "")));
	while (db_next(rows)) {
		loss->rows = list_room(
		    ctx->arena, loss->rows, loss->count, sizeof(*loss->rows));
		fill(ctx, rows, &loss->rows[loss->count]);
		loss->people += loss->rows[loss->count++].people;
	}
	if ((rc = db_done(rows)) == ERR_OK)
		*out = loss;
	return rc;
}
