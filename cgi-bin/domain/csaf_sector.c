/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/csaf_sector.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { TOKENS_MAX = 1000, NAME_CHARS = 80 };

/* Bits of the rows of sector_words. */
enum {
	ENERGY = 1 << 0,
	TRANSPORT = 1 << 1,
	COMMUNICATIONS = 1 << 2,
	WATER = 1 << 3,
	BANKING = 1 << 4,
	MARKETS = 1 << 5,
	HEALTH = 1 << 6,
	ICT = 1 << 7,
	PUBLIC = 1 << 8,
	SPACE = 1 << 9,
	POSTAL = 1 << 10,
	WASTE = 1 << 11,
	CHEMICALS = 1 << 12,
	FOOD = 1 << 13,
	MANUFACTURING = 1 << 14,
	DIGITAL = 1 << 15,
	RESEARCH = 1 << 16,
	NOT_OURS = 0,	   /* a sector that NIS2 does not have */
	MULTIPLE = 1 << 20 /* not the name of one sector */
};

/*
 * Case folded, words with one space between, no punctuation.  "Sector" and
 * "systems" at the end need no row of their own, see is_filler().
 */
static const struct {
	const char *phrase;
	int bits;
} names[] = {
	/* The sixteen of Presidential Policy Directive 21, and short forms. */
	{ "chemical", CHEMICALS },
	{ "commercial facilities", NOT_OURS },
	{ "communications", COMMUNICATIONS },
	{ "critical manufacturing", MANUFACTURING },
	{ "dams", ENERGY | WATER }, /* hydropower, and supply of water */
	{ "defense industrial base", NOT_OURS },
	{ "emergency services", NOT_OURS },
	{ "energy", ENERGY },
	{ "financial services", BANKING | MARKETS },
	{ "food and agriculture", FOOD },
	{ "food and agricultural", FOOD },
	{ "government facilities", PUBLIC },
	{ "government services and facilities", PUBLIC },
	{ "healthcare and public health", HEALTH },
	{ "healthcare", HEALTH },
	{ "information technology", ICT },
	{ "nuclear reactors materials and waste", ENERGY },
	{ "transportation", TRANSPORT },
	{ "transportation systems", TRANSPORT },
	{ "water and wastewater", WATER },
	{ "water and wastewater systems", WATER },
	/* Their parts, where documents name these. */
	{ "agriculture", FOOD },
	{ "aviation", TRANSPORT },
	{ "election infrastructure", PUBLIC },
	{ "electricity", ENERGY },
	{ "life sciences", HEALTH },
	{ "maritime", TRANSPORT },
	{ "nuclear", ENERGY },
	{ "oil and gas", ENERGY },
	{ "petrochemical", CHEMICALS },
	{ "postal and shipping", POSTAL },
	{ "rail", TRANSPORT },
	{ "telecommunications", COMMUNICATIONS },
	/* NIS2 and ours, English. */
	{ "transport", TRANSPORT },
	{ "digital infrastructure", COMMUNICATIONS },
	{ "digital infrastructure and communications", COMMUNICATIONS },
	{ "water", WATER },
	{ "drinking water", WATER },
	{ "waste water", WATER },
	{ "wastewater", WATER },
	{ "drinking and waste water", WATER },
	{ "banking", BANKING },
	{ "financial market infrastructure", MARKETS },
	{ "financial market infrastructures", MARKETS },
	{ "health", HEALTH },
	{ "ict service management", ICT },
	{ "public administration", PUBLIC },
	{ "space", SPACE },
	{ "postal", POSTAL },
	{ "postal and courier", POSTAL },
	{ "postal and courier services", POSTAL },
	{ "waste", WASTE },
	{ "waste management", WASTE },
	{ "chemicals", CHEMICALS },
	{ "food", FOOD },
	{ "manufacturing", MANUFACTURING },
	{ "digital providers", DIGITAL },
	{ "research", RESEARCH },
	/* French. */
	{ "énergie", ENERGY },
	{ "électricité", ENERGY },
	{ "transports", TRANSPORT },
	{ "infrastructure numérique", COMMUNICATIONS },
	{ "infrastructures numériques", COMMUNICATIONS },
	{ "télécommunications", COMMUNICATIONS },
	{ "eau", WATER },
	{ "eau potable", WATER },
	{ "eaux usées", WATER },
	{ "eau potable et eaux usées", WATER },
	{ "banque", BANKING },
	{ "banques", BANKING },
	{ "secteur bancaire", BANKING },
	{ "infrastructures des marchés financiers", MARKETS },
	{ "santé", HEALTH },
	{ "gestion des services tic", ICT },
	{ "administration publique", PUBLIC },
	{ "espace", SPACE },
	{ "services postaux", POSTAL },
	{ "services postaux et d'expédition", POSTAL },
	{ "déchets", WASTE },
	{ "gestion des déchets", WASTE },
	{ "chimie", CHEMICALS },
	{ "produits chimiques", CHEMICALS },
	{ "alimentation", FOOD },
	{ "denrées alimentaires", FOOD },
	{ "fabrication", MANUFACTURING },
	{ "industrie manufacturière", MANUFACTURING },
	{ "fournisseurs numériques", DIGITAL },
	{ "recherche", RESEARCH },
	/* No single one. */
	{ "multiple", MULTIPLE },
	{ "various", MULTIPLE },
	{ "several", MULTIPLE },
	{ "all", MULTIPLE },
	{ "cross-sector", MULTIPLE },
	{ "plusieurs", MULTIPLE },
	{ "multiples", MULTIPLE },
	{ "tous", MULTIPLE },
};

static const char *const fillers[] = { "and", "et", "sector", "sectors",
	"systems", "including", "etc", "secteur", "secteurs", "le", "la", "les",
	"l", NULL };

struct token {
	const char *start; /* in the text */
	size_t len;
	const char *folded;
	bool is_first; /* behind a separator */
};

static bool
is_filler(const struct token *t)
{
	for (int i = 0; fillers[i] != NULL; i++)
		if (strcmp(fillers[i], t->folded) == 0)
			return true;
	return false;
}

bool
csaf_sector_title(struct arena *a, const char *title)
{
	static const char *const titles[] = {
		"critical infrastructure sectors",
		"critical infrastructure sector",
		"critical infrastructures",
		"sectors",
		"secteurs",
		"secteurs d'infrastructures critiques",
		"secteurs d’infrastructures critiques",
		"secteurs d’infrastructure critique",
	};
	const char *folded = text_fold(a, title);

	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		if (folded != NULL && strcmp(folded, titles[i]) == 0)
			return true;
	return false;
}

/* ---- words ------------------------------------------------------------ */

#define SEPARATORS ",;/|\n"
#define PADDING " \t.:()"

static struct token
token_make(struct arena *a, const char *start, size_t len, bool is_first)
{
	struct token t = { start, len, "", is_first };

	t.folded = text_fold(a, arena_copy_n(a, start, len));
	if (t.folded == NULL)
		t.folded = "";
	if (strcmp(t.folded, "&") == 0)
		t.folded = "and";
	return t;
}

static size_t
tokenise(struct arena *a, const char *s, struct token *out)
{
	bool is_first = true;
	size_t n = 0, len;

	while (n < TOKENS_MAX && *s != '\0') {
		len = strcspn(s, SEPARATORS PADDING);
		if (len > 0) {
			out[n++] = token_make(a, s, len, is_first);
			is_first = false;
			s += len;
		} else {
			is_first |= strchr(SEPARATORS, *s) != NULL;
			s++;
		}
	}
	return n;
}

/* ---- names ------------------------------------------------------------ */

/* How many tokens the phrase takes at the start of t, or 0. */
static size_t
phrase_at(const char *phrase, const struct token *t, size_t n)
{
	size_t i = 0, len;

	for (; *phrase != '\0'; phrase += len + (phrase[len] == ' '), i++) {
		len = strcspn(phrase, " ");
		if (i == n || strlen(t[i].folded) != len ||
		    memcmp(t[i].folded, phrase, len) != 0)
			return 0;
	}
	return i;
}

/*
 * The longest name at t that is not the start of some other name: what
 * follows is a separator, a filler or nothing.
 */
static size_t
name_at(const struct token *t, size_t n, int *bits)
{
	size_t longest = 0, len;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		len = phrase_at(names[i].phrase, t, n);
		if (len <= longest)
			continue;
		if (len == n || t[len].is_first || is_filler(&t[len])) {
			longest = len;
			*bits = names[i].bits;
		}
	}
	return longest;
}

/* Up to the next separator, or to a name behind an "and". */
static size_t
unknown_at(const struct token *t, size_t n)
{
	size_t i = 1;
	int bits;

	while (i < n && !t[i].is_first &&
	    !(is_filler(&t[i - 1]) && name_at(t + i, n - i, &bits) > 0))
		i++;
	while (i > 1 && is_filler(&t[i - 1]))
		i--;
	return i;
}

static void
leave(struct arena *a, const struct token *t, size_t n, bool is_known,
    struct csaf_sectors *out)
{
	const struct token *last = &t[n - 1];
	const char *name;

	if (out->left == NULL)
		out->left =
		    arena_array(a, CSAF_SECTOR_NAMES + 1, sizeof(*out->left));
	if (out->left_count > CSAF_SECTOR_NAMES)
		return;
	name = text_excerpt(a,
	    arena_copy_n(
		a, t->start, (size_t)(last->start + last->len - t->start)),
	    NAME_CHARS);
	if (out->left_count == CSAF_SECTOR_NAMES)
		name = "…";
	for (size_t i = 0; i < out->left_count; i++)
		if (strcmp(out->left[i].name, name) == 0)
			return;
	out->left[out->left_count].name = name;
	out->left[out->left_count++].is_known = is_known;
}

void
csaf_sector_read(struct arena *a, const char *text, struct csaf_sectors *out)
{
	struct token *t = arena_array(a, TOKENS_MAX, sizeof(*t));
	size_t n = tokenise(a, text, t), len;
	int bits;

	for (; n > 0; t += len, n -= len) {
		if ((len = name_at(t, n, &bits)) == 0 && is_filler(t)) {
			len = 1;
		} else if (len == 0) {
			len = unknown_at(t, n);
			leave(a, t, len, false, out);
		} else if (bits == NOT_OURS) {
			leave(a, t, len, true, out);
		} else if (bits == MULTIPLE) {
			out->is_multiple = true;
		} else {
			out->bits |= bits;
		}
	}
}
