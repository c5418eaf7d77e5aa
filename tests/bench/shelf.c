/* SPDX-License-Identifier: Apache-2.0 */
#include "shelf.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "domain/blob.h"
#include "domain/document.h"

enum {
	WORDS = 3000,
	SENTENCE = 8, /* words at least, and as many more at most */
	PARAGRAPH = 6,
	TEXT_BYTES = 256 * 1024,
	COMMON_EVERY = 2,
	COMMON_AGAIN = 40, /* sentences */
	RARE_EVERY = 2000,
	TAIL_EVERY = 7, /* a name or a term of its own among so many words */
	TAIL = 20000
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define PICK(c, list) (list)[chance((c), COUNT(list))]

/* The most frequent come first, as in every language. */
static const char *const english[] = { "the", "of", "and", "to", "in", "is",
	"for", "that", "with", "by", "on", "network", "systems", "incident",
	"each", "must", "operator", "within", "after", "before", "plan",
	"supplier", "access", "risk", "backup", "response", "measures",
	"service", "exercise", "team", "recovery", "authority", "review",
	"contact", "credentials", "segment", "logs", "restore", "staff",
	"control", "maintenance", "remote", "notify", "evidence", "continuity",
	"assets", "inventory", "training", "crisis", "firmware", "isolate",
	"encryption", "monitoring", "procedure", "threat", "vendor", "audit" };

static const char *const french[] = { "de", "la", "le", "et", "les", "des",
	"en", "pour", "dans", "une", "est", "par", "réseau", "systèmes",
	"incident", "chaque", "doit", "opérateur", "avant", "après", "plan",
	"fournisseur", "accès", "risque", "sauvegarde", "réponse", "mesures",
	"service", "exercice", "équipe", "reprise", "autorité", "révision",
	"contact", "identifiants", "segment", "journaux", "restaurer",
	"personnel", "contrôle", "maintenance", "distance", "signaler",
	"preuves", "continuité", "biens", "inventaire", "formation", "crise",
	"résilience", "isoler", "chiffrement", "surveillance", "procédure",
	"menace", "éditeur", "audit" };

static const char *const titles[2][6] = {
	{ "Restoring services after an attack", "Segmenting plant networks",
	    "Suppliers and their remote access", "Keeping logs as evidence",
	    "A crisis exercise for two operators",
	    "Credentials of maintenance accounts" },
	{ "Rétablir les services après une attaque",
	    "Segmenter les réseaux industriels",
	    "Les fournisseurs et leurs accès à distance",
	    "Garder les journaux comme preuves",
	    "Un exercice de crise pour deux opérateurs",
	    "Les comptes de maintenance et leurs mots de passe" }
};

static const char *const summaries[2] = {
	"What the members of a working group have learned in a year of"
	" incidents, in steps that a small team can take.",
	"Ce que les membres d’un groupe de travail ont appris en une année"
	" d’incidents, par étapes à la portée d’une petite équipe."
};

/* ---- texts ------------------------------------------------------------- */

/* Small numbers far more often than large ones: 0 … n - 1. */
static unsigned
skewed(struct chance *c, unsigned n)
{
	const double u = chance(c, 1 << 20) / (double)(1 << 20);

	return (unsigned)(u * u * n);
}

/* One of TAIL words that no dictionary has. */
static void
add_term(struct buf *text, struct chance *c)
{
	static const char *const syllables[] = { "ba", "cor", "del", "fi",
		"gan", "hu", "jo", "ker", "lim", "mo", "nat", "or", "pel", "ra",
		"sti", "tur", "vo", "wen", "xa", "zi" };
	unsigned n = skewed(c, TAIL);

	buf_addc(text, ' ');
	for (int i = 0; i < 4; i++, n /= COUNT(syllables))
		buf_adds(text, syllables[n % COUNT(syllables)]);
}

static void
add_sentence(struct buf *text, struct chance *c, bool is_french, int *words)
{
	const char *const *list = is_french ? french : english;
	const unsigned n =
	    (unsigned)(is_french ? COUNT(french) : COUNT(english));
	const int count = SENTENCE + (int)chance(c, SENTENCE);

	for (int i = 0; i < count; i++)
		if (chance(c, TAIL_EVERY) == 0)
			add_term(text, c);
		else
			buf_addf(text, " %s", list[skewed(c, n)]);
	buf_addc(text, '.');
	*words += count;
}

static const char *
text_of(const struct shelf *s, int64_t i, bool is_french)
{
	const bool is_common = chance(s->chance, COMMON_EVERY) == 0;
	struct buf text;
	const char *copy;
	int words = 0;

	buf_init(&text, TEXT_BYTES);
	for (int k = 1; words < WORDS; k++) {
		add_sentence(&text, s->chance, is_french, &words);
		if (is_common && k % COMMON_AGAIN == 0)
			buf_adds(&text, " " SHELF_COMMON ".");
		if (k % PARAGRAPH == 0)
			buf_adds(&text, "\n\n");
	}
	if (i % RARE_EVERY == RARE_EVERY / 2)
		buf_adds(&text, " " SHELF_RARE ".");
	buf_adds(&text, "\n");
	copy = arena_copy_n(s->ctx->arena, text.data, text.len);
	buf_free(&text);
	return copy;
}

/* ---- to whom ----------------------------------------------------------- */

static void
address(const struct shelf *s, int64_t narrow, struct document_draft *d)
{
	static const struct {
		const char *circles[2];
		int64_t sectors;
	} to[] = {
		{ { "energy", NULL }, 1 },
		{ { "transport", NULL }, 2 },
		{ { "communications", NULL }, 4 },
		{ { "water", NULL }, 8 },
		{ { "health", NULL }, 64 },
	};
	static const struct {
		const char *circles[2];
		enum tlp label;
	} narrows[] = {
		{ { "community", NULL }, TLP_GREEN },
		{ { "community", NULL }, TLP_CLEAR },
		{ { "postal", NULL }, TLP_GREEN },
		{ { "postal", NULL }, TLP_AMBER },
	};
	const size_t k = chance(s->chance, COUNT(to));
	static const enum tlp labels[] = { TLP_GREEN, TLP_GREEN, TLP_AMBER,
		TLP_AMBER_STRICT };

	d->circles =
	    narrow < 0 ? to[k].circles : narrows[(size_t)narrow % 4].circles;
	d->sectors = narrow < 0 ? to[k].sectors : 0;
	d->label = narrow < 0 ? PICK(s->chance, labels)
			      : narrows[(size_t)narrow % 4].label;
}

/* ---- acts -------------------------------------------------------------- */

/*
 * As an upload leaves it, but not flushed: the portal is thrown away, and a
 * flush for each document is a minute.
 */
static enum err
put_file(const struct shelf *s, const char *text, struct blob_file *file)
{
	const size_t len = strlen(text);
	uint8_t digest[DIGEST_BYTES];
	bool is_whole;
	int fd;

	file->path = arena_printf(s->ctx->arena, "%s/" CONF_UPLOAD_DIR "/bench",
	    s->ctx->conf->data_dir);
	file->bytes = len;
	digest_sha256(text, len, digest);
	digest_hex(digest, file->sha256);
	fd = open(file->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	if (fd == -1)
		return ERR_INTERNAL;
	is_whole = write(fd, text, len) == (ssize_t)len;
	return close(fd) == 0 && is_whole ? ERR_OK : ERR_INTERNAL;
}

static void
describe(
    const struct shelf *s, int64_t i, bool is_french, struct document_draft *d)
{
	d->title = arena_printf(s->ctx->arena, "%s %lld",
	    PICK(s->chance, titles[is_french]), (long long)i);
	d->summary = summaries[is_french];
	d->kind = (enum document_kind)chance(s->chance, DOCUMENT_KIND__MAX);
	d->language = is_french ? "fr" : "en";
	d->measures = 1 << chance(s->chance, MEASURE_COUNT);
}

static enum err
publish(const struct shelf *s, const struct document_draft *d,
    const struct document_file *file)
{
	struct fault fault = { .field = NULL };
	struct document *made;
	char *ref = NULL;
	enum err rc;

	rc = document_create(s->ctx, d, file, &ref, &fault);
	if (rc == ERR_OK)
		rc = document_load_draft(s->ctx, ref, &made);
	if (rc == ERR_OK)
		rc = document_publish(s->ctx, ref, made->edit, &fault);
	if (rc != ERR_OK)
		fprintf(stderr, "fill: document %s: %s %s %s\n",
		    ref != NULL ? ref : "", err_name(rc),
		    fault.field != NULL ? fault.field : "",
		    fault.error != NULL ? fault.error : "");
	return rc;
}

enum err
shelf_add(const struct shelf *s, int64_t i, int64_t narrow)
{
	static const char *const nobody[] = { NULL };
	struct document_draft draft = { .named = nobody };
	struct blob_file bytes = { .path = NULL };
	struct document_file file = { .bytes = &bytes,
		.filename = "document.txt",
		.format = FORMAT_TXT };
	const bool is_french = chance(s->chance, 2) == 0;
	enum err rc;

	s->ctx->actor =
	    s->institutions[chance(s->chance, (unsigned)s->institution_count)];
	describe(s, i, is_french, &draft);
	address(s, narrow, &draft);
	file.text = text_of(s, i, is_french);
	rc = put_file(s, file.text, &bytes);
	return rc == ERR_OK ? publish(s, &draft, &file) : rc;
}
