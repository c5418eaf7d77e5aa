/* SPDX-License-Identifier: Apache-2.0 */
/* Who acts, and for whom: options that several commands have. */
#include "prog/ctl.h"

#include "domain/circle.h"
#include "domain/organisation.h"
#include "domain/sector.h"

enum ctl_exit
ctl_act_for(struct ctl *ctl, const char *ref)
{
	struct actor *actor = &ctl->ctx.actor;
	struct organisation *o;
	enum err rc;

	rc = organisation_load(&ctl->ctx, ref, &o);
	if (rc == ERR_NOT_FOUND)
		return ctl_fail(ctl, rc,
		    "there is no organisation %s; see ententectl org list.",
		    ref);
	if (rc != ERR_OK)
		return ctl_fail(ctl, rc, "%s: %s", ref, ctl_reason(rc));
	if (o->is_suspended)
		return ctl_fail(ctl, ERR_STATE, "%s is suspended.", ref);
	actor->is_console = true;
	actor->organisation = o->id;
	actor->organisation_ref = o->ref;
	actor->organisation_name = o->name;
	actor->organisation_kind = o->kind;
	actor->sectors = o->sectors;
	return CTL_DONE;
}

enum ctl_exit
ctl_read_sectors(struct ctl *ctl, const char *list, int64_t *sectors)
{
	const char **words = ctl_words(ctl, list);
	int64_t bit;

	*sectors = 0;
	for (; *words != NULL; words++) {
		if (!sector_from_word(*words, &bit))
			return ctl_usage(ctl,
			    "%s is not a sector; the sectors are in"
			    " ententectl(8).",
			    *words);
		*sectors |= bit;
	}
	return CTL_DONE;
}

enum ctl_exit
ctl_read_circles(struct ctl *ctl, const char *list, const char *const **refs)
{
	const char **words = ctl_words(ctl, list);
	struct circle *circles;
	enum err rc;
	size_t n;

	*refs = NULL;
	if (list == NULL)
		return CTL_DONE;
	rc = circle_addressable(&ctl->ctx, &circles, &n);
	if (rc != ERR_OK)
		return ctl_fail(ctl, rc, "circles: %s", ctl_reason(rc));
	if (words[0] == NULL)
		return ctl_usage(ctl, "--circles names no circle.");
	for (const char **w = words; *w != NULL; w++)
		if (circle_find(circles, n, *w) == NULL)
			return ctl_usage(ctl,
			    "%s is not a circle that %s may address.", *w,
			    ctl->ctx.actor.organisation_name);
	*refs = words;
	return CTL_DONE;
}

enum ctl_exit
ctl_read_label(struct ctl *ctl, const char *text, enum tlp *label)
{
	if (!tlp_from_text(text, label))
		return ctl_usage(ctl,
		    "%s is not clear, green, amber, amber-strict or red.",
		    text);
	if (*label == TLP_RED)
		return ctl_usage(ctl,
		    "TLP:RED names its readers, which the console cannot.");
	return CTL_DONE;
}

enum ctl_exit
ctl_read_day(struct ctl *ctl, const char *text, int64_t *at)
{
	if (clock_parse_date(text, at))
		return CTL_DONE;
	return ctl_usage(ctl, "%s is not a day written as YYYY-MM-DD.", text);
}
