/* SPDX-License-Identifier: Apache-2.0 */
/* What of the library a person wants to hear of on Today. */
#include "domain/document.h"
#include "domain/sector.h"
#include "domain/subscription.h"
#include "page/routes.h"
#include "page/visit.h"

const struct field fields_subscription[] = {
	{ .name = "sectors", .kind = FIELD_SET, .choices = sector_words },
	{ .name = "measures", .kind = FIELD_SET, .choices = measure_words },
	{ .name = NULL },
};

enum err
page_subscription_read(struct visit *v)
{
	struct subscription wanted;
	enum err rc;

	if (page_form_start(v, fields_subscription)) {
		if ((rc = subscription_load(&v->ctx, &wanted)) != ERR_OK)
			return rc;
		form_put_set(v->form, "sectors", wanted.sectors);
		form_put_set(v->form, "measures", wanted.measures);
	}
	page_form(v);
	page_options(v, "sectors", "Sector");
	page_options(v, "measures", "Measure.Long");
	page_section(v, "documents");
	return page_send(v, "subscription/read.cs");
}

enum err
page_subscription_set(struct visit *v)
{
	const struct subscription wanted = {
		.sectors = form_int(v->form, "sectors"),
		.measures = form_int(v->form, "measures"),
	};
	enum err rc = subscription_set(&v->ctx, &wanted);

	return rc != ERR_OK ? rc : go_to(v, "subscribed", "/subscriptions");
}
