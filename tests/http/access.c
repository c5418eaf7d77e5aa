/* SPDX-License-Identifier: Apache-2.0 */
#include "access.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- kinds of advisory ------------------------------------------------- */

const char *const label_words[LABELS] = { "clear", "green", "amber",
	"amber-strict", "red" };
static const struct {
	enum circle circle;
	const char *ref;
} circles[] = {
	{ COMMUNITY, "community" },
	{ ENERGY_CIRCLE, "energy" },
	{ WATER_CIRCLE, "water" },
};

struct item items[ITEMS];

/* ---- kinds of reader ---------------------------------------------------- */

static struct client *transport, *both, *unnamed, *colleague, *editor,
    *ministry;

const struct reader readers[READERS] = {
	{ "visitor", VISITOR, NULL, 0, .is_member = false },
	{ "disabled", DISABLED, NULL, 0, .is_member = false },
	{ "suspended", SUSPENDED, NULL, 0, .is_member = false },
	{ "energy", READER, NULL, COMMUNITY | ENERGY_CIRCLE, .is_named = true,
	    .is_member = true },
	{ "energy steward", STEWARD, NULL, COMMUNITY | ENERGY_CIRCLE,
	    .is_member = true },
	{ "water", STEWARD_FRESH, NULL, COMMUNITY | WATER_CIRCLE,
	    .is_member = true },
	{ "transport", VISITOR, &transport, COMMUNITY, .is_member = true },
	{ "water and energy, to red", VISITOR, &both,
	    COMMUNITY | ENERGY_CIRCLE | WATER_CIRCLE, .is_named = true,
	    .is_member = true, .has_red = true },
	{ "likewise, not named", VISITOR, &unnamed,
	    COMMUNITY | ENERGY_CIRCLE | WATER_CIRCLE, .is_member = true,
	    .has_red = true },
	{ "institution", SIGNATORY, NULL, COMMUNITY, .is_member = true },
	{ "publisher of another", VISITOR, &ministry, COMMUNITY,
	    .is_publisher = true, .is_member = true },
	{ "auditor", AUDITOR, NULL, 0, .is_member = true },
	{ "keeper", KEEPER, NULL, 0, .is_member = true },
	{ "author", PUBLISHER, NULL, 0, .is_own = true, .is_named = true,
	    .is_publisher = true, .is_member = true },
	{ "named colleague", VISITOR, &colleague, 0, .is_own = true,
	    .is_named = true, .is_member = true },
	{ "other colleague", VISITOR, &editor, 0, .is_own = true,
	    .is_publisher = true, .is_member = true },
};

struct client *
client_of(const struct reader *r)
{
	return r->client != NULL ? *r->client : world.as[r->who];
}

/* ---- the rule ------------------------------------------------------------ */

/*
 * DESIGN §2: it is published and TLP:CLEAR, or the own organisation's, or a
 * grant covers one of its circles up to its label; the charter's go up to
 * TLP:AMBER+STRICT.  TLP:RED also needs the person by name.
 */
bool
may_read(const struct reader *r, const struct item *i)
{
	if (i->label == RED && !r->is_named)
		return false;
	if (r->is_own)
		return true;
	if (i->state == DRAFT)
		return false;
	if (i->label == CLEAR)
		return true;
	if (i->label == RED && !r->has_red)
		return false;
	return (r->circles & i->circle) != 0;
}

/* ---- making them ---------------------------------------------------------- */

static char *
segment(const struct answer *a, const char *before)
{
	const char *location = answer_location(a);

	ck_assert_msg(a->status == 303, "%s", answer_gist(a));
	ck_assert(strncmp(location, before, strlen(before)) == 0);
	location += strlen(before);
	return strndup(location, strcspn(location, "/?"));
}

/*
 * It names a reader whose agreements go up to TLP:RED, one whose agreements
 * do not, and a colleague; its author is named by the portal.
 */
static char *
make_red(const struct item *i, const char *circle)
{
	return segment(client_post(world.as[PUBLISHER], "/drafts/new",
			   FIELDS("title", i->title, "summary", "A summary.",
			       "happened", i->text, "severity", "low", "label",
			       "red", "circles", circle, "named",
			       textf("aline.dubois@csirt.example\n%s\n%s",
				   "remi.chevalier@hydro-alpine.example",
				   email_of(READER)))),
	    "/drafts/");
}

static char *
make_plain(const struct item *i, const char *circle)
{
	return segment(client_post(world.as[PUBLISHER], "/drafts/new",
			   FIELDS("title", i->title, "summary", "A summary.",
			       "happened", i->text, "severity", "low", "label",
			       label_words[i->label], "circles", circle)),
	    "/drafts/");
}

static char *
make_document(const struct item *i, const char *circle)
{
	char *document = csaf_document(i->word, i->title, i->text);
	return segment(
	    client_upload(world.as[PUBLISHER], "/drafts/import",
		FIELDS("label", label_words[i->label], "circles", circle),
		"document.json", document, strlen(document)),
	    "/advisories/");
}

static void
withdraw(const struct item *i)
{
	const struct answer *a;

	a = client_post(world.as[PUBLISHER],
	    textf("/advisories/%s/withdraw", i->ref),
	    FIELDS("why", "It is withdrawn."));
	ck_assert_msg(a->status == 303, "%s", answer_gist(a));
}

/* What has a source comes as a document; of TLP:RED the form names people. */
static void
make(struct item *i, const char *circle)
{
	const int n = (int)(i - items);

	i->word = textf("zq%dx%03d", (int)getpid(), n);
	i->text = textf("yw%dx%03d", (int)getpid(), n);
	i->title = textf("Access %s", i->word);
	i->has_source = i->label != RED && i->state != DRAFT;
	if (i->has_source)
		i->ref = make_document(i, circle);
	else if (i->label == RED)
		i->ref = make_red(i, circle);
	else
		i->ref = make_plain(i, circle);
	if (i->state != DRAFT && !i->has_source)
		publish(world.as[PUBLISHER], i->ref);
	if (i->state == WITHDRAWN)
		withdraw(i);
}

/* Charters end below TLP:RED: as a further agreement would have it. */
static void
open_red(void)
{
	store("UPDATE access_grant SET max_label = 4 WHERE organisation ="
	      " (SELECT id FROM organisation WHERE name = ?)",
	    "Hydro Alpine");
	store("UPDATE agreement_circle SET max_label = 4 WHERE agreement ="
	      " (SELECT a.id FROM agreement a JOIN organisation o"
	      " ON o.id = a.organisation AND a.kind = 'charter'"
	      " WHERE o.name = ?)",
	    "Hydro Alpine");
}

void
access_open(void)
{
	static bool is_open;
	struct item *i = items;
	struct account a;
	enum label label;
	enum state state;
	int c;

	if (is_open)
		return;
	is_open = true;
	open_red();

	for (label = 0; label < LABELS; label++) {
		for (c = 0; c < CIRCLES; c++) {
			for (state = 0; state < STATES; state++, i++) {
				i->label = label;
				i->circle = circles[c].circle;
				i->state = state;
				make(i, circles[c].ref);
			}
		}
	}
	transport = signed_in("anne.schmit@luxtram.example");
	both = signed_in("remi.chevalier@hydro-alpine.example");
	unnamed = join("Hydro Alpine", "reader", &a);
	colleague = signed_in("aline.dubois@csirt.example");
	editor = signed_in("claire.martin@csirt.example");
	ministry = signed_in("camille.roux@transition.example");
}

int
item_count(void)
{
	return ITEMS;
}

/* "red, circle 2, withdrawn, for energy" */
const char *
about(const struct item *i, const struct reader *r)
{
	static const char *const states[STATES] = { "draft", "published",
		"withdrawn" };

	return textf("%s %s, circle %d, for %s", states[i->state],
	    label_words[i->label], i->circle, r->name);
}

int
hidden_status(const struct reader *r)
{
	return r->is_member ? 404 : 303;
}
