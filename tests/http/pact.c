/* SPDX-License-Identifier: Apache-2.0 */
#include "pact.h"

#include <check.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "html.h"
#include "world.h"

struct client *
pact_fresh(const char *email)
{
	struct client *c = signed_in(email);

	store("UPDATE session SET proved_at = CAST(unixepoch() AS INTEGER)"
	      " * 1000000 WHERE id = (SELECT MAX(s.id) FROM session s"
	      " JOIN person p ON p.id = s.person WHERE p.email = ?)",
	    email);
	return c;
}

/* The ref that an answer leads to. */
static char *
led_to(const struct answer *a)
{
	const char *ref = strstr(answer_location(a), "AGR-");

	ck_assert_msg(a->status == 303 && ref != NULL, "no agreement: %s",
	    answer_gist(a));
	return strndup(ref, strcspn(ref, "/?#"));
}

/* Sends the form of that action as the page at `path` has it. */
static void
send_as_it_is(struct client *c, const char *path, const char *action)
{
	const struct answer *a = client_get(c, path);
	struct html_form *form = html_form(a, action);

	ck_assert_msg(
	    form != NULL, "no form %s at %s: %s", action, path, answer_gist(a));
	a = html_send(c, form);
	ck_assert_msg(a->status == 303, "%s: %s", action, answer_gist(a));
}

/* `auditor` is one's ref, or "". */
static char *
propose(
    const char *kind, const char *title, const char *label, const char *auditor)
{
	struct client *c = pact_fresh(PACT_ENERGY);
	char *ref, *path, *circle = unique("Circle");

	ref = led_to(client_post(c, "/agreements/new",
	    FIELDS("kind", kind, "language", "en", "title", title, "text",
		"1. The parties **warn** each other.", "parties",
		organisation_ref(ENERGY), "parties", organisation_ref(CSIRT),
		"circle_name", circle, "sectors", "energy", "max_label", label,
		"sharing", "never", "notice_days", "30", "auditor", auditor,
		"order", "free")));
	path = textf("/agreements/%s/propose", ref);
	send_as_it_is(c, path, path);
	client_free(c);
	return ref;
}

char *
pact_propose(const char *title)
{
	return propose("exchange", title, "amber", "");
}

char *
pact_audit(const char *title, const char *auditor)
{
	char *ref = propose("audit", title, "green", auditor);

	pact_sign(PACT_ENERGY, ref);
	pact_sign(PACT_CSIRT, ref);
	return ref;
}

void
pact_sign(const char *email, const char *ref)
{
	struct client *c = pact_fresh(email);
	char *path = textf("/agreements/%s/sign", ref);
	struct html_form *form = html_form(client_get(c, path), path);
	const struct answer *a;

	ck_assert_msg(form != NULL, "%s: no form", path);
	html_set(form, "agree", "1");
	a = html_send(c, form);
	ck_assert_msg(a->status == 303, "%s: %s", path, answer_gist(a));
	client_free(c);
}

/* ---- as minisign does it ---------------------------------------------- */

enum { KEY_NUMBER = 8, SIGNATURE = crypto_sign_BYTES, LINE = 200 };
#define TRUSTED "timestamp:1795400000\tfile:v1.json\thashed"

struct key {
	unsigned char number[KEY_NUMBER];
	unsigned char public[crypto_sign_PUBLICKEYBYTES];
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
};

/* "Ed" or "ED", the number, and what is behind it. */
static void
line_of(char out[LINE], const char *algorithm, const struct key *k,
    const unsigned char *rest, size_t len)
{
	unsigned char raw[2 + KEY_NUMBER + SIGNATURE];

	memcpy(raw, algorithm, 2);
	memcpy(raw + 2, k->number, KEY_NUMBER);
	memcpy(raw + 2 + KEY_NUMBER, rest, len);
	sodium_bin2base64(out, LINE, raw, 2 + KEY_NUMBER + len,
	    sodium_base64_VARIANT_ORIGINAL);
}

/* Confirmed already, of that person's organisation. */
static struct key
make_key(const char *email, char line[LINE])
{
	char shown[2 * KEY_NUMBER + 1];
	struct key k;

	randombytes_buf(k.number, KEY_NUMBER);
	crypto_sign_keypair(k.public, k.secret);
	line_of(line, "Ed", &k, k.public, sizeof(k.public));
	for (int i = 0; i < KEY_NUMBER; i++)
		snprintf(
		    shown + 2 * i, 3, "%02X", k.number[KEY_NUMBER - 1 - i]);
	store(textf("INSERT INTO signing_key (organisation, number, public_key,"
		    " proposed_by, proposed_as, proposed_at, confirmed_by,"
		    " confirmed_at) SELECT p.organisation, '%s', '%s', p.id, 8,"
		    " 1, p.id, 1 FROM person p WHERE p.email = ?",
		  shown, line),
	    email);
	return k;
}

/* The .minisig file over those bytes. */
static char *
sign_bytes(const struct key *k, const char *bytes, size_t len)
{
	unsigned char hash[64], both[SIGNATURE + sizeof(TRUSTED) - 1];
	unsigned char global[SIGNATURE];
	char signature[LINE], second[LINE];

	crypto_generichash(
	    hash, sizeof(hash), (const unsigned char *)bytes, len, NULL, 0);
	crypto_sign_detached(both, NULL, hash, sizeof(hash), k->secret);
	line_of(signature, "ED", k, both, SIGNATURE);
	memcpy(both + SIGNATURE, TRUSTED, sizeof(TRUSTED) - 1);
	crypto_sign_detached(global, NULL, both, sizeof(both), k->secret);
	sodium_bin2base64(second, sizeof(second), global, sizeof(global),
	    sodium_base64_VARIANT_ORIGINAL);
	return textf("untrusted comment: signature of a test\n%s\n"
		     "trusted comment: " TRUSTED "\n%s\n",
	    signature, second);
}

char *
pact_sign_by_key(const char *email, const char *ref)
{
	char *path = textf("/agreements/%s", ref), *file, line[LINE];
	struct client *c = pact_fresh(email);
	struct key k = make_key(email, line);
	const struct answer *a;

	a = client_get(c, textf("%s/versions/1/canonical", path));
	file = sign_bytes(&k, a->body, a->len);
	a = client_post(c, textf("%s/sign", path),
	    FIELDS("version", "1", "digest",
		stored_text("SELECT lower(hex(v.digest)) FROM agreement_version"
			    " v JOIN agreement a ON a.id = v.agreement"
			    " WHERE a.ref = ? AND v.number = 1",
		    ref),
		"way", "minisign", "pasted", file));
	ck_assert_msg(a->status == 303, "signed by key: %s", answer_gist(a));
	client_free(c);
	return strdup(line);
}

char *
pact_make(const char *title)
{
	char *ref = pact_propose(title);

	pact_sign_by_key(PACT_ENERGY, ref);
	pact_sign(PACT_CSIRT, ref);
	return ref;
}

void
pact_publish(const char *ref, const char *to, const char *extent)
{
	struct client *c = pact_fresh(PACT_ENERGY);
	const struct answer *a;

	a = client_post(c, textf("/agreements/%s/publish", ref),
	    FIELDS("publication", to, "extent", extent));
	ck_assert_msg(a->status == 303, "asked: %s", answer_gist(a));
	client_free(c);
	c = pact_fresh(PACT_CSIRT);
	a = client_post(c, textf("/agreements/%s/publish/agree", ref),
	    FIELDS("publication", to, "extent", extent));
	ck_assert_msg(a->status == 303, "agreed: %s", answer_gist(a));
	client_free(c);
}

char *
pact_published(const char *title, const char *to, const char *extent)
{
	char *ref = pact_make(title);

	pact_publish(ref, to, extent);
	return ref;
}
