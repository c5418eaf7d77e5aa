/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

enum { COMMON_EVERY = 2, RARE_EVERY = 4000 };

#define PICK(c, list) (list)[chance((c), sizeof(list) / sizeof((list)[0]))]

static const char *const makers[] = { "Altona", "Brentford", "Cardo", "Dunmore",
	"Estrel", "Fjordan", "Garrick", "Helvia", "Iskra Nord", "Jolimont",
	"Kestrel", "Lindholm", "Marlow", "Nivelle", "Orsova", "Pallas" };

static const char *const things[] = { "remote terminal unit",
	"protection relay", "substation gateway", "pump controller",
	"signalling interlocking", "ticketing server", "base station",
	"optical line terminal", "historian", "engineering workstation",
	"VPN concentrator", "mail gateway", "identity provider",
	"backup server", "telemetry hub", "charging station" };

static const char *const flaws[] = { "an out-of-bounds write",
	"missing authentication", "a path traversal", "hard-coded credentials",
	"improper certificate validation", "a command injection",
	"a use after free", "insufficient session expiration",
	"an integer overflow", "deserialisation of untrusted data" };

static const char *const effects[] = { "take control of the device",
	"read its configuration", "stop the process that it controls",
	"change set points unnoticed", "read mail of other people",
	"sign in as an administrator", "make it restart again and again",
	"reach the network behind it" };

static const char *const steps[] = {
	"Install the maker's update at the next maintenance window.",
	"Let only the engineering network reach the management port.",
	"Change passwords of the accounts that the maker delivered.",
	"Look through the logs of the last thirty days for the signs below.",
	"Turn the remote maintenance access off where nobody needs it.",
	"Keep a copy of the configuration before the update.",
	"Tell your service partners who maintain the device.",
	"Check that backups can be restored without the device."
};

static const char *const remarks[] = {
	"Several members have seen attempts since last week.",
	"The maker has confirmed the report and thanks the finder.",
	"No exploitation is known at the time of writing.",
	"Proof-of-concept code is public.",
	"Devices that cannot be reached from outside are less exposed.",
	"The update needs a restart of about four minutes.",
	"Earlier versions are no longer maintained and stay affected.",
	"Signs are unusual sign-ins at night and new accounts."
};

unsigned
chance(struct chance *c, unsigned n)
{
	c->state ^= c->state >> 12;
	c->state ^= c->state << 25;
	c->state ^= c->state >> 27;
	return (unsigned)((c->state * UINT64_C(2685821657736338717)) >> 33) % n;
}

static const char *
paragraphs(struct arena *arena, struct chance *c, int n)
{
	const char *text = "";

	for (int i = 0; i < n; i++)
		text = arena_printf(arena,
		    "%s%s%s %s An attacker who reaches the **%s** over the "
		    "network can use %s to %s.",
		    text, i == 0 ? "" : "\n\n", PICK(c, remarks),
		    PICK(c, remarks), PICK(c, things), PICK(c, flaws),
		    PICK(c, effects));
	return text;
}

static const char *
list(struct arena *arena, struct chance *c, int n)
{
	const char *text = "In this order:\n\n";

	for (int i = 0; i < n; i++)
		text = arena_printf(
		    arena, "%s%d. %s\n", text, i + 1, PICK(c, steps));
	return text;
}

void
text_fill(
    struct arena *arena, struct chance *c, int64_t i, struct advisory_draft *d)
{
	const char *maker = PICK(c, makers), *thing = PICK(c, things);
	const unsigned series = 100 + chance(c, 900);

	d->title = arena_printf(
	    arena, "%s in the %s %s %u", PICK(c, flaws), maker, thing, series);
	d->summary = arena_printf(arena,
	    "The %s %s %u%s has %s. Whoever reaches it can %s. %s", maker,
	    thing, series,
	    i % COMMON_EVERY == 0 ? " (all versions of its " TEXT_COMMON ")"
				  : "",
	    PICK(c, flaws), PICK(c, effects), PICK(c, remarks));
	d->happened = arena_printf(arena, "%s%s",
	    paragraphs(arena, c, 2 + (int)chance(c, 4)),
	    i % RARE_EVERY == RARE_EVERY / 2
		? "\n\nThe tool that was found is called " TEXT_RARE "."
		: "");
	d->todo = list(arena, c, 3 + (int)chance(c, 3));
	d->products = arena_printf(arena,
	    "%s %s %u before 4.%u\n%s %s %u before 5.%u", maker, thing, series,
	    chance(c, 20), maker, thing, series + 1, chance(c, 20));
	d->cves = arena_printf(
	    arena, "CVE-2024-%04lld", 1000 + (long long)(i % 1000000));
	d->severity = (enum severity)(1 + chance(c, 4));
}
