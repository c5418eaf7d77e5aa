/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Agreements as people make them: drafted, negotiated, signed in both ways, in
 * force, ended; what is refused and in which words; what nobody may lose.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suites.h"
#include "trio.h"

#define READS_OF_ENERGY world.as[READER]

static const struct answer *
read_it(struct client *c, const char *ref)
{
	return client_get(c, textf("/agreements/%s", ref));
}

static void
expect_says(const struct answer *a, const char *text)
{
	ck_assert_msg(answer_has(a, text), "nothing says \"%s\": %s", text,
	    answer_gist(a));
}

static int64_t
version_of(const char *ref)
{
	return stored_int("SELECT version FROM agreement WHERE ref = ?", ref);
}

static char *
state_of(const char *ref)
{
	return stored_text("SELECT state FROM agreement WHERE ref = ?", ref);
}

/* The form of a draft, as its page has it. */
static struct html_form *
edit_form(struct client *c, const char *ref)
{
	char *path = trio_path(ref, "edit");
	const struct answer *a = client_get(c, path);
	struct html_form *form = html_form(a, path);

	ck_assert_msg(form != NULL, "no form: %s", answer_gist(a));
	return form;
}

/* ---- the whole way ------------------------------------------------------- */

static void
comment_and_sign_early(const char *ref)
{
	struct client *c = trio_fresh(TRIO_MINISTRY);
	const struct answer *a;

	a = client_post(c, trio_path(ref, "comments"),
	    FIELDS("comment", "Sixty days, please.\nAnd <two> contacts.",
		"version", "1"));
	expect_status(a, 303, "comment");
	a = read_it(trio_fresh(TRIO_ENERGY), ref);
	expect_says(a, "And &lt;two&gt; contacts.");
	a = trio_sign(c, ref);
	ck_assert_str_eq(
	    answer_location(a), textf("/agreements/%s?done=signed", ref));
	expect_says(read_it(c, ref), "Signing, 1 of 3");
	client_free(c);
}

/* The next version voids it, and says so before. */
static void
revise(const char *ref)
{
	struct client *c = trio_fresh(TRIO_CSIRT);
	struct html_form *form;
	const struct answer *a;

	a = client_post(c, trio_path(ref, "revise"), NO_FIELDS);
	expect_status(a, 303, "revise");
	form = edit_form(c, ref);
	html_set(form, "text",
	    "# Purpose\n\nThe parties **tell** each other.\n\n"
	    "They name two contacts.");
	html_set(form, "notice_days", "60");
	html_set(form, "change", "Sixty days; two contacts.");
	a = html_send(c, form);
	expect_status(a, 303, "saved");
	a = client_get(c, trio_path(ref, "propose"));
	expect_says(a, "1 party has signed the version before.");
	expect_says(a, "<del>");
	trio_propose(c, ref);
	ck_assert_int_eq(version_of(ref), 2);
	a = read_it(c, ref);
	expect_says(a, "Signing, 0 of 3");
	expect_says(a, "1 signature, void since the next version");
	client_free(c);
}

static void
compare(const char *ref)
{
	struct client *c = READS_OF_ENERGY;
	const struct answer *a;

	a = client_get(c, textf("%s?from=1&to=2", trio_path(ref, "compare")));
	expect_status(a, 200, "compare");
	expect_says(
	    a, "warn<span class=\"aside\" lang=\"en\"> (end)</span></del>");
	expect_says(
	    a, "tell<span class=\"aside\" lang=\"en\"> (end)</span></ins>");
	expect_says(a, "</span>30 days</del>");
	expect_says(a, "</span>60 days</ins>");
	expect_status(
	    client_get(c, textf("%s?from=1&to=9", trio_path(ref, "compare"))),
	    404, "no such version");
	expect_status(
	    client_get(c, trio_path(ref, "compare?from=x")), 400, "no number");
}

/* Through the new circle to its parties, and to nobody else. */
static char *
publish_inside(const char *ref)
{
	struct client *c = world.as[PUBLISHER];
	char *circle, *advisory;
	const struct answer *a;

	circle = stored_text("SELECT c.ref FROM circle c"
			     " JOIN agreement_circle k ON k.circle = c.id"
			     " JOIN agreement a ON a.id = k.agreement"
			     " WHERE a.ref = ?",
	    ref);
	advisory = make_published("Inside the trio", "amber", circle);
	a = client_get(READS_OF_ENERGY, textf("/advisories/%s", advisory));
	expect_status(a, 200, "a party's reader");
	expect_says(a, ref);
	expect_status(
	    client_get(world.as[STEWARD], textf("/advisories/%s", advisory)),
	    404, "no party");
	expect_status(client_get(c, textf("/advisories/%s", advisory)), 200,
	    "its source");
	return advisory;
}

/* 61 days go by for it. */
static void
let_time_pass(const char *ref)
{
	store(
	    "UPDATE agreement_party SET notice_at = notice_at - 5270400000000,"
	    " leaves_at = leaves_at - 5270400000000 WHERE agreement ="
	    " (SELECT id FROM agreement WHERE ref = ?)",
	    ref);
	store("UPDATE access_grant SET ended_at = ended_at - 5270400000000"
	      " WHERE agreement = (SELECT id FROM agreement WHERE ref = ?)",
	    ref);
}

static void
leave(const char *ref, const char *advisory)
{
	struct client *c = trio_fresh(TRIO_ENERGY);
	char *path = trio_path(ref, "notice");
	const struct answer *a = client_get(c, path);
	struct html_form *form = html_form(a, path);

	ck_assert_ptr_nonnull(form);
	expect_says(a, "Who loses what");
	expect_says(a, ">1 item</td>");
	expect_says(a, "The other parties go on without it.");
	a = html_send(c, form);
	expect_status(a, 400, "no reason");
	html_set(form, "why", "We merge with another operator.");
	a = html_send(c, form);
	ck_assert_str_eq(
	    answer_location(a), textf("/agreements/%s?done=notice", ref));
	a = read_it(c, ref);
	expect_says(a, "We merge with another operator.");
	expect_says(a, ENERGY " has given notice and leaves on ");
	expect_status(client_get(c, textf("/advisories/%s", advisory)), 200,
	    "until it leaves");
	let_time_pass(ref);
	expect_status(client_get(c, textf("/advisories/%s", advisory)), 404,
	    "it has left");
	/* What it signed stays for it to read; talks do not. */
	a = read_it(c, ref);
	expect_status(a, 200, "what it signed");
	ck_assert(!answer_has(a, "Sixty days, please."));
	expect_status(
	    client_get(world.as[SIGNATORY], textf("/advisories/%s", advisory)),
	    200, "who stays");
	client_free(c);
}

START_TEST(from_draft_to_notice)
{
	char *ref = trio_draft();
	struct client *c;
	int i;

	expect_status(read_it(world.as[SIGNATORY], ref), 404, "a draft");
	expect_status(read_it(READS_OF_ENERGY, ref), 404, "a draft");
	trio_propose(world.as[PUBLISHER], ref);
	expect_status(read_it(world.as[SIGNATORY], ref), 200, "proposed");
	expect_status(read_it(world.as[STEWARD], ref), 404, "no party");
	expect_status(read_it(world.as[AUDITOR], ref), 404, "not signed");
	comment_and_sign_early(ref);
	revise(ref);
	compare(ref);
	for (i = 0; i < TRIO__MAX; i++) {
		c = trio_fresh((enum trio)i);
		ck_assert_str_eq(state_of(ref), "proposed");
		if (i == TRIO__MAX - 1)
			expect_says(client_get(c, trio_path(ref, "sign")),
			    "You are the last to sign.");
		ck_assert_str_eq(answer_location(trio_sign(c, ref)),
		    textf("/agreements/%s?done=%s", ref,
			i == TRIO__MAX - 1 ? "signed-last" : "signed"));
		ck_assert_str_eq(
		    answer_location(client_get(c, trio_path(ref, "sign"))),
		    textf("/agreements/%s?done=signed-already", ref));
		client_free(c);
	}
	ck_assert_str_eq(state_of(ref), "signed");
	expect_status(read_it(world.as[AUDITOR], ref), 200, "audited");
	leave(ref, publish_inside(ref));
}
END_TEST

/* ---- signing ------------------------------------------------------------- */

#define MINISIGN(folder, ...) \
	minisign(folder, (const char *const[]){ "minisign", __VA_ARGS__, NULL })

/* Runs the stock program in that folder; its exit status. */
static int
minisign(const char *folder, const char *const *words)
{
	int status;
	pid_t pid = fork();

	ck_assert_int_ne(pid, -1);
	if (pid == 0) {
		if (chdir(folder) != 0 ||
		    freopen("minisign.log", "a", stdout) == NULL ||
		    dup2(STDOUT_FILENO, STDERR_FILENO) == -1)
			_exit(127);
		execvp(words[0], (char *const *)(uintptr_t)words);
		_exit(127);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static char *
make_folder(void)
{
	char *folder = textf("%s/%s", world.run_dir, unique("minisign"));

	ck_assert_int_eq(mkdir(folder, 0700), 0);
	return folder;
}

static void
keep(const char *folder, const char *name, const struct answer *a)
{
	FILE *f = fopen(textf("%s/%s", folder, name), "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(a->body, 1, a->len, f), a->len);
	fclose(f);
}

static char *
read_file(const char *folder, const char *name)
{
	static char bytes[16384];
	FILE *f = fopen(textf("%s/%s", folder, name), "r");
	size_t n;

	ck_assert_msg(f != NULL, "no %s/%s", folder, name);
	n = fread(bytes, 1, sizeof(bytes) - 1, f);
	fclose(f);
	bytes[n] = '\0';
	return strdup(bytes);
}

/* A key of the ministry: brought by its signatory, confirmed by a steward. */
static void
register_key(const char *folder, const char *name)
{
	struct client *c = trio_fresh(TRIO_MINISTRY);
	struct client *steward =
	    trio_fresh_as("hugo.lambert@infrastructure.example");
	const struct answer *a;
	char *key, *proof, *text;

	ck_assert_int_eq(
	    MINISIGN(folder, "-G", "-W", "-p", textf("%s.pub", name), "-s",
		textf("%s.key", name)),
	    0);
	key = read_file(folder, textf("%s.pub", name));
	a = client_post(c, "/keys/new", FIELDS("key", key));
	expect_status(a, 303, "key");
	a = client_get(c, strdup(answer_location(a)));
	expect_status(a, 200, "the proof");
	ck_assert_ptr_nonnull(text = strstr(a->body, "/text\""));
	a = client_get(c, textf("/keys/%.16s/text", text - 16));
	expect_status(a, 200, "what proves it");
	keep(folder, "proof", a);
	ck_assert_int_eq(
	    MINISIGN(folder, "-S", "-s", textf("%s.key", name), "-m", "proof"),
	    0);
	proof = read_file(folder, "proof.minisig");
	a = client_upload(c, "/keys/new",
	    FIELDS("key", key, "proves", "1", "pasted", ""), "proof.minisig",
	    proof, strlen(proof));
	expect_status(a, 303, "proof");
	a = client_post(steward,
	    textf("%.*s/confirm", (int)strcspn(answer_location(a), "?"),
		answer_location(a)),
	    NO_FIELDS);
	expect_status(a, 303, "confirmed");
	client_free(c);
	client_free(steward);
}

static char *
digest_of(const char *ref)
{
	return stored_text(
	    "SELECT lower(hex(v.digest)) FROM agreement_version v"
	    " JOIN agreement a ON a.id = v.agreement"
	    " AND v.number = a.version WHERE a.ref = ?",
	    ref);
}

static const struct answer *
bring(struct client *c, const char *ref, const char *bytes, size_t len)
{
	return client_upload(c, trio_path(ref, "sign"),
	    FIELDS("version", textf("%lld", (long long)version_of(ref)),
		"digest", digest_of(ref), "way", "minisign", "pasted", ""),
	    bytes == NULL ? NULL : "v1.json.minisig", bytes, len);
}

static int64_t
signatures(const char *ref)
{
	return stored_int("SELECT COUNT(*) FROM agreement_signature s"
			  " JOIN agreement_version v ON v.id = s.version"
			  " JOIN agreement a ON a.id = v.agreement"
			  " WHERE a.ref = ?",
	    ref);
}

START_TEST(by_minisign)
{
	struct client *c = trio_fresh(TRIO_MINISTRY);
	char *ref = trio_proposed(), *folder = make_folder(), *sig;
	unsigned char digest[crypto_hash_sha256_BYTES];
	char sum[2 * sizeof(digest) + 1];
	const struct answer *a;

	register_key(folder, "right");
	ck_assert_int_eq(
	    MINISIGN(folder, "-G", "-W", "-p", "wrong.pub", "-s", "wrong.key"),
	    0);
	a = client_get(c, trio_path(ref, "versions/1/canonical"));
	expect_status(a, 200, "the bytes");
	ck_assert_str_eq(answer_header(a, "Content-Disposition", 0),
	    textf("attachment; filename=\"%s-v1.json\"; "
		  "filename*=UTF-8''%s-v1.json",
		ref, ref));
	keep(folder, "v1.json", a);
	keep(folder, "other", read_it(c, ref));
	/* The digest that the page shows is that of the bytes. */
	crypto_hash_sha256(digest, (const unsigned char *)a->body, a->len);
	sodium_bin2hex(sum, sizeof(sum), digest, sizeof(digest));
	ck_assert_str_eq(sum, digest_of(ref));
	expect_says(client_get(c, trio_path(ref, "sign")),
	    textf("%.8s<wbr>%.8s<wbr>", sum, sum + 8));

	ck_assert_int_eq(
	    MINISIGN(folder, "-S", "-s", "wrong.key", "-m", "v1.json"), 0);
	sig = read_file(folder, "v1.json.minisig");
	a = bring(c, ref, sig, strlen(sig));
	expect_status(a, 400, "another key");
	expect_says(a, "Your organisation has no key in use");
	ck_assert_int_eq(
	    MINISIGN(folder, "-S", "-s", "right.key", "-m", "other"), 0);
	sig = read_file(folder, "other.minisig");
	a = bring(c, ref, sig, strlen(sig));
	expect_status(a, 400, "other bytes");
	expect_says(a, "This is not a signature of these bytes by this key.");
	ck_assert_int_eq(signatures(ref), 0);

	ck_assert_int_eq(
	    MINISIGN(folder, "-S", "-s", "right.key", "-m", "v1.json"), 0);
	sig = read_file(folder, "v1.json.minisig");
	a = bring(c, ref, sig, strlen(sig));
	ck_assert_msg(a->status == 303, "%s", answer_gist(a));
	expect_says(read_it(c, ref), "minisign key ");
	a = client_get(c,
	    trio_path(ref, textf("signatures/%s", organisation_ref(MINISTRY))));
	expect_status(a, 200, "the signature");
	ck_assert_str_eq(a->body, sig);
	keep(folder, "got.minisig", a);
	ck_assert_int_eq(MINISIGN(folder, "-V", "-p", "right.pub", "-m",
			     "v1.json", "-x", "got.minisig"),
	    0);
	client_free(c);
}
END_TEST

START_TEST(by_minisign_pasted)
{
	struct client *c = trio_fresh(TRIO_MINISTRY);
	char *ref = trio_proposed(), *folder = make_folder();
	char *path = trio_path(ref, "sign");
	const struct answer *a;

	register_key(folder, "pasted");
	keep(folder, "v1.json",
	    client_get(c, trio_path(ref, "versions/1/canonical")));
	ck_assert_int_eq(
	    MINISIGN(folder, "-S", "-s", "pasted.key", "-m", "v1.json"), 0);
	a = client_upload(c, path,
	    FIELDS("version", "1", "digest", digest_of(ref), "way", "minisign",
		"pasted", read_file(folder, "v1.json.minisig")),
	    NULL, NULL, 0);
	ck_assert_msg(a->status == 303, "%s", answer_gist(a));
	client_free(c);
}
END_TEST

static const struct {
	const char *bytes, *says;
} bad_files[] = {
	{ NULL, "Choose the .minisig file, or paste its text." },
	{ "hello\n", "line 1 does not begin as it should." },
	{ "untrusted comment: x\n",
	    "line 2 is missing, or should not be there." },
	{ "a\nb\nc\nd\n", "line 1 does not begin as it should." },
	{ "untrusted comment: x\nAAAA\ntrusted comment: y\nAAAA\n",
	    "Bring that one, all of it." },
	{ "untrusted comment: x\n\xff\xfe\ntrusted comment: y\nAAAA\n", "" },
};

START_TEST(no_signature)
{
	struct client *c = trio_fresh(TRIO_MINISTRY);
	char *ref = trio_proposed();
	const char *bytes = bad_files[_i].bytes;
	const struct answer *a;

	a = bring(c, ref, bytes, bytes != NULL ? strlen(bytes) : 0);
	expect_status(a, 400, "file %d", _i);
	expect_says(a, bad_files[_i].says);
	expect_says(a, "<a href=\"#file\"><b>Signature file:</b>");
	expect_discreet(a, "a bad signature");
	ck_assert_int_eq(signatures(ref), 0);
	client_free(c);
}
END_TEST

/* Not the box, not the version that counts, not these bytes, too old. */
START_TEST(not_signed)
{
	struct client *c = trio_fresh(TRIO_MINISTRY), *old;
	char *ref = trio_proposed(), *path = trio_path(ref, "sign");
	char *digest = digest_of(ref);
	const struct answer *a;

	a = client_post(
	    c, path, FIELDS("version", "1", "digest", digest, "way", "portal"));
	expect_status(a, 400, "the box");
	expect_says(a, "To sign, tick the box that says that you have read");
	digest[0] = digest[0] == '0' ? '1' : '0';
	a = client_post(c, path,
	    FIELDS("version", "1", "digest", digest, "way", "portal", "agree",
		"1"));
	expect_status(a, 409, "other bytes");
	expect_says(a, "Nothing was signed");
	a = client_post(c, path,
	    FIELDS("version", "2", "digest", digest_of(ref), "way", "portal",
		"agree", "1"));
	expect_status(a, 409, "another version");
	a = client_post(c, path,
	    FIELDS("version", "1", "digest", "short", "way", "portal", "agree",
		"1"));
	expect_status(a, 400, "no digest");
	old = signed_in(trio_emails[TRIO_MINISTRY]);
	a = client_post(old, path,
	    FIELDS("version", "1", "digest", digest_of(ref), "way", "portal",
		"agree", "1"));
	expect_status(a, 403, "an old proof");
	ck_assert_int_eq(signatures(ref), 0);
	client_free(old);
	client_free(c);
}
END_TEST

/* One after the other: the second has to wait, and is told for whom. */
START_TEST(in_sequence)
{
	struct client *c = trio_fresh(TRIO_CSIRT);
	struct client *ministry = trio_fresh(TRIO_MINISTRY);
	char *ref = trio_draft();
	struct html_form *form = edit_form(c, ref);

	html_set(form, "order", "sequence");
	expect_status(html_send(c, form), 303, "saved");
	trio_propose(c, ref);
	expect_says(read_it(ministry, ref),
	    "It is the turn of " CSIRT "; yours comes later.");
	ck_assert_str_eq(
	    answer_location(client_get(ministry, trio_path(ref, "sign"))),
	    textf("/agreements/%s?done=not-your-turn", ref));
	(void)trio_sign(c, ref);
	(void)trio_sign(ministry, ref);
	ck_assert_int_eq(signatures(ref), 2);
	client_free(ministry);
	client_free(c);
}
END_TEST

/* A next version asks again whoever had signed the one before. */
START_TEST(signed_before)
{
	struct client *csirt = trio_fresh(TRIO_CSIRT);
	struct client *ministry = trio_fresh(TRIO_MINISTRY);
	char *ref = trio_proposed();
	const struct answer *a;

	(void)trio_sign(ministry, ref);
	trio_revise(csirt, ref);
	trio_propose(csirt, ref);
	a = read_it(ministry, ref);
	expect_says(a, "Your organisation had signed version 1.");
	expect_says(a, textf("/agreements/%s/compare?from=1&amp;to=2", ref));
	a = read_it(csirt, ref);
	ck_assert(!answer_has(a, "Your organisation had signed"));
	(void)trio_sign(ministry, ref);
	a = read_it(ministry, ref);
	ck_assert(!answer_has(a, "Your organisation had signed"));
	client_free(ministry);
	client_free(csirt);
}
END_TEST

/* Whoever has ticked that they read it did not read this one. */
START_TEST(a_tick_for_another_version)
{
	struct client *csirt = trio_fresh(TRIO_CSIRT);
	struct client *ministry = trio_fresh(TRIO_MINISTRY);
	char *ref = trio_proposed(), *path = trio_path(ref, "sign");
	struct html_form *form = html_form(client_get(ministry, path), path);
	const struct answer *a;

	ck_assert_ptr_nonnull(form);
	html_set(form, "agree", "1");
	trio_revise(csirt, ref);
	trio_propose(csirt, ref);
	a = html_send(ministry, form);
	expect_status(a, 409, "another version");
	expect_says(a, textf("/agreements/%s/compare?from=1&amp;to=2", ref));
	ck_assert(!answer_has(a, "value=\"1\" checked"));
	ck_assert_int_eq(signatures(ref), 0);
	client_free(ministry);
	client_free(csirt);
}
END_TEST

/* The others have signed what the draft was to follow. */
START_TEST(a_draft_too_late)
{
	struct client *ministry = trio_fresh(TRIO_MINISTRY), *c;
	char *ref = trio_proposed(), *path = trio_path(ref, "propose");
	const struct answer *a;

	trio_revise(ministry, ref);
	for (int i = 0; i < TRIO__MAX; i++) {
		c = trio_fresh((enum trio)i);
		(void)trio_sign(c, ref);
		client_free(c);
	}
	a = read_it(ministry, ref);
	expect_says(a, "Our draft that was not proposed");
	expect_says(a, textf("href=\"%s\"", path));
	a = client_get(ministry, path);
	expect_says(a, "This draft can no longer be proposed");
	ck_assert_ptr_null(html_form(a, path));
	path = trio_path(ref, "discard");
	expect_status(client_post(ministry, path, NO_FIELDS), 303, "discarded");
	ck_assert(!answer_has(
	    read_it(ministry, ref), "Our draft that was not proposed"));
	client_free(ministry);
}
END_TEST

START_TEST(a_draft_for_colleagues)
{
	struct client *c = trio_fresh(TRIO_ENERGY);
	char *title = unique("For colleagues");
	char *ref = trio_ref(client_post(c, "/agreements/new",
	    FIELDS("kind", "exchange", "language", "en", "title", title, "text",
		"What we would *like*.", "max_label", "amber", "sharing",
		"never", "notice_days", "30", "order", "free")));
	const struct answer *a = read_it(READS_OF_ENERGY, ref);

	expect_status(a, 200, "a colleague");
	expect_says(a, title);
	expect_says(a, "<em>like</em>");
	expect_says(a, "Only your organisation sees it");
	ck_assert_ptr_null(html_form(a, trio_path(ref, "propose")));
	ck_assert(!answer_has(a, trio_path(ref, "edit")));
	expect_status(read_it(world.as[SIGNATORY], ref), 404, "somebody else");
	client_free(c);
}
END_TEST

/* ---- the form -------------------------------------------------------------- */

static const struct {
	const char *field, *value, *says;
} bad_lines[] = {
	{ "kind", "charter", "This is not right." },
	{ "kind", "treaty", "Choose one of the possibilities offered." },
	{ "title", NULL, NULL },
	{ "max_label", "pink", "Choose one of the possibilities offered." },
	{ "max_label", NULL, "Choose one." },
	{ "sharing", "always", "Choose one of the possibilities offered." },
	{ "order", "last", "Choose one of the possibilities offered." },
	{ "sectors", "magic", "Choose one of the possibilities offered." },
	{ "notice_days", "-1", "The number must be at least 0." },
	{ "notice_days", "731", "The number must be at most 730." },
	{ "notice_days", "soon", "Type a number in digits." },
	{ "from_at", "2026-02-30", "Type a date that exists" },
	{ "until_at", "tomorrow", "Type a date that exists" },
	{ "auditor", "nobody-at-all", "Choose an auditor’s organisation." },
	{ "circle", "energy", "This is not a circle that you may extend." },
	{ "circle", "nothing", "This is not a circle that you may extend." },
	{ "party", "nobody-at-all",
	    "There is no organisation nobody-at-all any more." },
	{ "party", "national-csirt", "stands there twice." },
	{ "text", "a\x01z", "Some of these characters cannot be taken." },
	{ "title", "a\xe2\x80\xae z",
	    "Some of these characters cannot be taken." },
};

START_TEST(bad_line)
{
	struct client *c = world.as[PUBLISHER];
	struct html_form *form;
	const struct answer *a;
	int64_t before;

	a = client_get(c, "/agreements/new?kind=sector");
	ck_assert_ptr_nonnull(form = html_form(a, "/agreements/new"));
	html_set(form, "title", "The title that was typed");
	html_set(form, "circle_name", "A circle that was typed");
	html_set(form, bad_lines[_i].field, bad_lines[_i].value);
	before = stored_int("SELECT COUNT(*) FROM agreement", NULL);
	a = html_send(c, form);
	if (bad_lines[_i].says == NULL) {
		expect_status(a, 303, "nothing is needed for a draft");
		return;
	}
	expect_status(a, 400, "%s", bad_lines[_i].field);
	expect_says(a, bad_lines[_i].says);
	expect_says(a, "A circle that was typed");
	ck_assert_int_eq(
	    stored_int("SELECT COUNT(*) FROM agreement", NULL), before);
}
END_TEST

/* The text of ours in one's own language, or in the other one. */
START_TEST(starts)
{
	struct client *c = world.as[PUBLISHER];
	const struct answer *a = client_get(c, "/agreements/new");

	expect_says(a, "/agreements/new?kind=exchange&amp;language=fr");
	expect_says(client_get(c, "/agreements/new?kind=exchange"), "warn");
	expect_says(client_get(c, "/agreements/new?kind=exchange&language=fr"),
	    "Échange d’informations");
	/* The charter is offered, not drafted. */
	expect_says(client_get(c, "/agreements/new?kind=charter"),
	    "Choose what to start from.");
	expect_status(
	    client_get(c, "/agreements/new?kind=treaty"), 400, "no kind");
}
END_TEST

/* What starts from French stays French, to who reads in English. */
START_TEST(in_its_own_language)
{
	static const char *const shown[] = { "<h1 lang=\"fr\">",
		"<div class=\"prose\" lang=\"fr\">", NULL };
	struct client *c = trio_fresh(TRIO_CSIRT);
	struct html_form *form = html_form(
	    client_get(c, "/agreements/new?kind=exchange&language=fr"),
	    "/agreements/new");
	const struct answer *a;
	char *ref;

	ck_assert_str_eq(html_get(form, "language"), "fr");
	a = html_send(c, form);
	ref = trio_ref(a);
	a = client_get(c, trio_path(ref, "propose"));
	for (int i = 0; shown[i] != NULL; i++)
		expect_says(a, shown[i]);
	expect_says(client_get(c, "/agreements?show=drafts"),
	    textf("/agreements/%s\" lang=\"fr\">", ref));
	form = edit_form(c, ref);
	html_set(form, "language", "");
	expect_status(html_send(c, form), 400, "in none");
	client_free(c);
}
END_TEST

/* Nothing is saved, and what was typed stands there still. */
START_TEST(adding_nobody)
{
	struct client *c = trio_fresh(TRIO_CSIRT);
	char *ref = trio_draft();
	struct html_form *form = edit_form(c, ref);
	const struct answer *a;

	html_set(form, "act", "add");
	html_set(form, "party", "");
	html_set(form, "title", "Typed before");
	a = html_send(c, form);
	expect_status(a, 400, "nobody");
	expect_says(a, "id=\"party-error\"");
	expect_says(a, "Choose an organisation first");
	expect_says(a, "Typed before");
	ck_assert_str_ne(html_get(edit_form(c, ref), "title"), "Typed before");
	client_free(c);
}
END_TEST

START_TEST(too_long)
{
	struct client *c = world.as[PUBLISHER];
	struct html_form *form;
	const struct answer *a;
	char *text = malloc(120000);

	form = html_form(
	    client_get(c, "/agreements/new?kind=other"), "/agreements/new");
	ck_assert_ptr_nonnull(form);
	memset(text, 'a', 60001);
	text[60001] = '\0';
	html_set(form, "text", text);
	a = html_send(c, form);
	expect_status(a, 400, "60,001 characters");
	expect_says(a, "Use at most 60,000 characters.");
	/* Fewer characters, but more bytes than can be compared. */
	for (int i = 0; i < 40000; i++)
		memcpy(text + 2 * i, "é", 2);
	text[80000] = '\0';
	html_set(form, "text", text);
	a = html_send(c, form);
	expect_status(a, 400, "80,000 bytes");
	text[65534] = '\0';
	html_set(form, "text", text);
	expect_status(html_send(c, form), 303, "what fits");
	free(text);
}
END_TEST

/*
 * What a draft lacks is said before one can propose it, and where; and to who
 * proposes it all the same, from a page of before.
 */
static const struct {
	const char *field, *value, *says, *where;
} lacks[] = {
	{ "title", "", "Fill in this field before you propose", "title" },
	{ "text", "", "Fill in this field before you propose", "text" },
	{ "circle_name", "", "Fill in this field before you propose",
	    "circle_name" },
	{ "until_at", "2020-01-01", "This day has passed.", "until_at" },
	{ "from_at", "2100-01-01", "The end must come after the beginning",
	    "until_at" },
	{ "parties", "national-csirt", "An agreement has at least two parties.",
	    "parties" },
	{ "parties", "ministry-of-infrastructure",
	    "An agreement has at least two parties.", "parties" },
};

/* Saved once since it was made. */
static const struct answer *
propose_all_the_same(struct client *c, const char *ref, const char *says)
{
	const char *path = trio_path(ref, "propose");
	const struct answer *a = client_get(c, path);

	expect_status(a, 200, "before it is proposed");
	expect_says(a, says);
	ck_assert_ptr_null(html_form(a, path));
	a = client_post(c, path, FIELDS("edit", "2", "version", "0"));
	expect_status(a, 400, "proposed all the same");
	expect_says(a, says);
	ck_assert_str_eq(state_of(ref), "draft");
	return a;
}

START_TEST(not_proposed)
{
	struct client *c = trio_fresh(TRIO_CSIRT);
	char *ref = trio_draft();
	struct html_form *form = edit_form(c, ref);
	const struct answer *a;

	html_set(form, lacks[_i].field, lacks[_i].value);
	expect_status(html_send(c, form), 303, "saved");
	a = propose_all_the_same(c, ref, lacks[_i].says);
	expect_says(a, textf("/edit#%s\"", lacks[_i].where));
	client_free(c);
}
END_TEST

/* Two institutions: why not both kinds is asked, and then enough. */
START_TEST(one_kind)
{
	struct client *c = trio_fresh(TRIO_CSIRT);
	char *ref = trio_draft();
	struct html_form *form = edit_form(c, ref);
	const struct answer *a;

	ck_assert_ptr_null(html_get(form, "why_one_kind"));
	html_set(form, "act", textf("remove-%s", organisation_ref(ENERGY)));
	a = html_send(c, form);
	ck_assert_str_eq(
	    answer_location(a), textf("%s#parties", trio_path(ref, "edit")));
	propose_all_the_same(c, ref, "Give the reason. All parties read it.");
	form = edit_form(c, ref);
	html_set(form, "why_one_kind", "They only prepare the ground.");
	expect_status(html_send(c, form), 303, "saved");
	trio_propose(c, ref);
	expect_says(
	    client_get(c, trio_path(ref, "versions/1")), "prepare the ground");
	client_free(c);
}
END_TEST

static char *
parties_in(const char *ref)
{
	return stored_text(
	    "SELECT group_concat(o.ref, ' ') FROM (SELECT p.organisation"
	    " FROM agreement_version_party p JOIN agreement_version v"
	    " ON v.id = p.version JOIN agreement a ON a.id = v.agreement"
	    " WHERE a.ref = ? ORDER BY p.position) x"
	    " JOIN organisation o ON o.id = x.organisation",
	    ref);
}

static void
press(struct client *c, const char *ref, const char *act)
{
	struct html_form *form = edit_form(c, ref);

	html_set(form, "act", act);
	expect_status(html_send(c, form), 303, "%s", act);
}

START_TEST(order_of_parties)
{
	struct client *c = trio_fresh(TRIO_CSIRT);
	char *ref = trio_draft();
	char *csirt = organisation_ref(CSIRT);
	char *ministry = organisation_ref(MINISTRY);
	char *energy = organisation_ref(ENERGY);
	struct html_form *form;

	press(c, ref, textf("up-%s", energy));
	ck_assert_str_eq(
	    parties_in(ref), textf("%s %s %s", csirt, energy, ministry));
	press(c, ref, textf("down-%s", csirt));
	ck_assert_str_eq(
	    parties_in(ref), textf("%s %s %s", energy, csirt, ministry));
	/* Nowhere to go; nobody of that name. */
	press(c, ref, textf("up-%s", energy));
	press(c, ref, textf("down-%s", ministry));
	press(c, ref, "remove-nobody");
	press(c, ref, "up-");
	ck_assert_str_eq(
	    parties_in(ref), textf("%s %s %s", energy, csirt, ministry));
	press(c, ref, textf("remove-%s", csirt));
	form = edit_form(c, ref);
	html_set(form, "party", csirt);
	html_set(form, "act", "add");
	expect_status(html_send(c, form), 303, "add");
	ck_assert_str_eq(
	    parties_in(ref), textf("%s %s %s", energy, ministry, csirt));
	client_free(c);
}
END_TEST

/* ---- what nobody may lose -------------------------------------------------- */

START_TEST(two_editors)
{
	struct client *c = trio_fresh(TRIO_CSIRT);
	char *ref = trio_draft();
	struct html_form *first = edit_form(c, ref);
	struct html_form *second = edit_form(world.as[PUBLISHER], ref);
	const struct answer *a;

	html_set(first, "title", "Theirs, saved first");
	html_set(first, "notice_days", "77");
	expect_status(html_send(c, first), 303, "the first");
	html_set(second, "title", "Mine, typed meanwhile");
	a = html_send(world.as[PUBLISHER], second);
	expect_status(a, 409, "the second");
	expect_says(a, "Theirs, saved first");
	expect_says(a, "value=\"Mine, typed meanwhile\"");
	expect_says(a, ">77</p>");
	/* It goes on from theirs. */
	second = html_form(a, trio_path(ref, "edit"));
	ck_assert_ptr_nonnull(second);
	expect_status(html_send(world.as[PUBLISHER], second), 303, "again");
	ck_assert_str_eq(stored_text("SELECT v.title FROM agreement_version v"
				     " JOIN agreement a ON a.id = v.agreement"
				     " WHERE a.ref = ?",
			     ref),
	    "Mine, typed meanwhile");
	client_free(c);
}
END_TEST

START_TEST(comment_on_an_old_version)
{
	struct client *c = trio_fresh(TRIO_CSIRT);
	char *ref = trio_proposed(), *path = trio_path(ref, "comments");
	struct html_form *form =
	    html_form(read_it(world.as[SIGNATORY], ref), path);
	const struct answer *a;

	ck_assert_ptr_nonnull(form);
	trio_revise(c, ref);
	trio_propose(c, ref);
	html_set(form, "comment", "About what I have read.");
	a = html_send(world.as[SIGNATORY], form);
	expect_status(a, 409, "an old version");
	expect_says(a, "Another version was proposed");
	form = html_form(a, path);
	ck_assert_str_eq(html_get(form, "comment"), "About what I have read.");
	ck_assert_str_eq(html_get(form, "version"), "2");
	expect_status(html_send(world.as[SIGNATORY], form), 303, "again");
	html_set(form, "comment", "");
	expect_status(html_send(world.as[SIGNATORY], form), 400, "nothing");
	client_free(c);
}
END_TEST

/* The form of one draft, pressed when it was another already. */
START_TEST(proposed_what_was_seen)
{
	struct client *c = trio_fresh(TRIO_CSIRT);
	char *ref = trio_draft(), *path = trio_path(ref, "propose");
	struct html_form *form = html_form(client_get(c, path), path), *edit;
	const struct answer *a;

	edit = edit_form(c, ref);
	html_set(edit, "title", "Changed behind the back");
	expect_status(html_send(c, edit), 303, "saved");
	a = html_send(c, form);
	expect_status(a, 409, "proposed what was not seen");
	expect_says(a, "It has changed meanwhile");
	expect_says(a, "Changed behind the back");
	ck_assert_str_eq(state_of(ref), "draft");
	client_free(c);
}
END_TEST

/* ---- declining -------------------------------------------------------------- */

/* All parties are told why; who changes its mind signs after all. */
START_TEST(declined)
{
	struct client *c = trio_fresh(TRIO_MINISTRY);
	char *ref = trio_proposed(), *path = trio_path(ref, "decline");
	struct html_form *form;
	const struct answer *a = read_it(c, ref);

	expect_says(a, textf("href=\"%s\"", path));
	form = html_form(client_get(c, path), path);
	ck_assert_ptr_nonnull(form);
	html_set(form, "why", "");
	a = html_send(c, form);
	expect_status(a, 400, "without a reason");
	expect_says(a, "id=\"why-error\"");
	html_set(form, "why", "Amber is too <much>.");
	expect_status(html_send(c, form), 303, "declined");
	for (int i = 0; i < TRIO__MAX; i++) {
		struct client *each = trio_fresh((enum trio)i);

		a = read_it(each, ref);
		expect_says(a, "declines this version.");
		expect_says(a, "Amber is too &lt;much&gt;.");
		client_free(each);
	}
	ck_assert(!answer_has(read_it(c, ref), textf("href=\"%s\"", path)));
	expect_status(client_get(c, path), 409, "twice");
	expect_status(trio_sign(c, ref), 303, "after all");
	ck_assert(!answer_has(read_it(c, ref), "declines this version."));
	client_free(c);
}
END_TEST

/* ---- how it ends ------------------------------------------------------------ */

START_TEST(ended_by_all)
{
	char *ref = trio_in_force(), *path = trio_path(ref, "terminate");
	const struct answer *a;
	struct client *c;
	int i;

	for (i = 0; i < TRIO__MAX; i++) {
		c = trio_fresh((enum trio)i);
		a = client_get(c, path);
		expect_says(a, "Who loses what");
		expect_says(a,
		    i < TRIO__MAX - 1 ? "You can take yours back"
				      : "With yours the agreement ends");
		a = client_post(c, path, FIELDS("version", "1"));
		ck_assert_str_eq(answer_location(a),
		    textf("/agreements/%s?done=%s", ref,
			i < TRIO__MAX - 1 ? "ending-agreed" : "terminated"));
		client_free(c);
	}
	a = read_it(world.as[SIGNATORY], ref);
	expect_says(a, "Ended by all parties");
	ck_assert_int_eq(stored_int("SELECT COUNT(*) FROM access_grant g"
				    " JOIN agreement a ON a.id = g.agreement"
				    " WHERE a.ref = ? AND g.ended_at IS NULL"
				    " AND (g.until_at IS NULL OR g.until_at >"
				    " unixepoch() * 1000000)",
			     ref),
	    0);
}
END_TEST

static const struct answer *
give_notice(struct client *c, const char *ref)
{
	return client_post(c, trio_path(ref, "notice"),
	    FIELDS("version", "1", "why", "We merge with another operator."));
}

/* With the second of three to leave it ends, and until then it is in force. */
START_TEST(ends_by_notice)
{
	char *ref = trio_in_force();
	struct client *c = trio_fresh(TRIO_CSIRT);
	const struct answer *a;

	(void)give_notice(trio_fresh(TRIO_ENERGY), ref);
	ck_assert(!answer_has(read_it(c, ref), "Ends by notice on"));
	a = give_notice(trio_fresh(TRIO_MINISTRY), ref);
	ck_assert_str_eq(
	    answer_location(a), textf("/agreements/%s?done=notice-all", ref));
	a = read_it(c, ref);
	expect_says(a, "Ends by notice on");
	ck_assert(!answer_has(a, "Ended by notice"));
	a = client_get(c, trio_path(ref, "notice"));
	expect_says(a, "changes nothing for your organisation");
	ck_assert(!answer_has(a, "Who loses what"));
	/* As if that day had come: also what it opened is over. */
	store("UPDATE agreement SET until_at = CAST(unixepoch() AS INTEGER)"
	      " * 1000000 WHERE ref = ?",
	    ref);
	store("UPDATE access_grant SET until_at = (SELECT until_at"
	      " FROM agreement a WHERE a.id = agreement) WHERE agreement ="
	      " (SELECT id FROM agreement WHERE ref = ?)",
	    ref);
	a = read_it(c, ref);
	expect_says(a, "Ended by notice");
	ck_assert(!answer_has(a, "Ends by notice"));
	client_free(c);
}
END_TEST

/* Who is named beside a version is who proposed that one. */
START_TEST(proposed_by_another)
{
	char *ref = trio_proposed();
	struct client *c = trio_fresh(TRIO_MINISTRY);

	expect_says(read_it(c, ref), "proposed by " CSIRT "</span>");
	trio_revise(c, ref);
	trio_propose(c, ref);
	ck_assert_int_eq(version_of(ref), 2);
	expect_says(read_it(c, ref), "proposed by " MINISTRY "</span>");
	client_free(c);
}
END_TEST

START_TEST(a_party_suspended)
{
	char *ref = trio_suspended();
	char *path =
	    trio_path(ref, textf("resume/%s", organisation_ref(CSIRT)));
	struct client *c = trio_fresh(TRIO_ENERGY);
	const struct answer *a = read_it(c, ref);

	expect_says(a, "suspended by " MINISTRY ": Their mail is not theirs.");
	expect_status(
	    client_get(c,
		trio_path(ref, textf("suspend/%s", organisation_ref(CSIRT)))),
	    409, "it is suspended");
	expect_status(
	    client_get(c, trio_path(ref, "suspend/nobody")), 404, "no party");
	expect_says(
	    client_get(c, path), CSIRT " has its access by this agreement");
	a = client_post(c, path, FIELDS("version", "1"));
	ck_assert_str_eq(answer_location(a),
	    textf("/agreements/%s?done=party-resumed", ref));
	expect_status(client_get(c, path), 409, "it is resumed");
	a = client_post(c,
	    trio_path(ref, textf("suspend/%s", organisation_ref(CSIRT))),
	    FIELDS("version", "9", "why", "A reason that was typed."));
	expect_status(a, 409, "another version");
	expect_says(a, "A reason that was typed.");
	client_free(c);
}
END_TEST

START_TEST(amended)
{
	struct client *c = trio_fresh(TRIO_CSIRT);
	char *ref = trio_in_force(), *next;
	const struct answer *a;
	int i;

	a = client_post(c, trio_path(ref, "amend"), FIELDS("version", "1"));
	next = trio_ref(a);
	ck_assert_str_ne(next, ref);
	a = client_get(c, trio_path(next, "edit"));
	expect_says(a, "When all have signed, it replaces");
	expect_says(a, ref);
	trio_propose(c, next);
	expect_says(read_it(c, ref), "Another agreement is to take its place:");
	client_free(c);
	for (i = 0; i < TRIO__MAX; i++)
		(void)trio_sign(trio_fresh((enum trio)i), next);
	expect_says(
	    read_it(world.as[SIGNATORY], ref), "Replaced by another agreement");
	ck_assert_str_eq(state_of(next), "signed");
}
END_TEST

START_TEST(publishing)
{
	char *ref = trio_asked(), *path = trio_path(ref, "publish");
	struct client *c = trio_fresh(TRIO_MINISTRY);
	const struct answer *a = client_get(c, path);

	expect_says(a, "A publication is asked for");
	expect_says(read_it(c, ref), "Your answer is awaited.");
	ck_assert(!answer_has(
	    read_it(trio_fresh(TRIO_CSIRT), ref), "Your answer is awaited."));
	a = client_post(c, textf("%s/agree", path),
	    FIELDS("publication", "everybody", "extent", "terms"));
	expect_status(a, 409, "something else");
	expect_says(a, "Something else is asked for now");
	a = client_post(
	    c, path, FIELDS("publication", "none", "extent", "whole"));
	expect_status(a, 400, "to nobody");
	a = client_post(c, textf("%s/refuse", path), NO_FIELDS);
	expect_status(a, 303, "no");
	ck_assert(!answer_has(read_it(c, ref), "Your answer is awaited."));
	expect_status(
	    client_post(c, textf("%s/agree", path),
		FIELDS("publication", "everybody", "extent", "whole")),
	    409, "nothing is asked");
	expect_status(read_it(world.as[STEWARD], ref), 404, "not published");
	client_free(c);
}
END_TEST

static void
offers(struct client *c, const char *path, const char *to, const char *extent)
{
	struct html_form *form = html_form(client_get(c, path), path);

	ck_assert_ptr_nonnull(form);
	ck_assert_str_eq(html_get(form, "publication"), to);
	ck_assert_str_eq(html_get(form, "extent"), extent);
}

/* As little as can be asked for, or what is asked for already. */
START_TEST(publishing_least)
{
	char *ref = trio_in_force(), *path = trio_path(ref, "publish");
	struct client *c = trio_fresh(TRIO_CSIRT);

	offers(c, path, "community", "terms");
	ck_assert(!answer_has(client_get(c, path), "takes the place of what"));
	expect_status(
	    client_post(
		c, path, FIELDS("publication", "everybody", "extent", "terms")),
	    303, "asked");
	offers(c, path, "everybody", "terms");
	expect_says(client_get(c, path), "takes the place of what");
	client_free(c);
}
END_TEST

/* Of what is published in terms alone, others get no text and no bytes. */
START_TEST(terms_alone)
{
	static const char *const how[] = { "publication", "community", "extent",
		"terms", NULL };
	char *ref = trio_in_force(), *path = trio_path(ref, "publish");
	const struct answer *a;
	int i;

	for (i = 0; i < TRIO__MAX; i++) {
		struct client *c = trio_fresh((enum trio)i);

		a = client_post(
		    c, i == 0 ? path : textf("%s/agree", path), how);
		expect_status(a, 303, "yes %d", i);
		client_free(c);
	}
	a = read_it(world.as[STEWARD], ref);
	expect_status(a, 200, "the community");
	ck_assert(!answer_has(a, "name a contact"));
	ck_assert(!answer_has(a, "Jonas Peeters"));
	ck_assert(!answer_has(a, "{person}"));
	expect_says(a, "in the portal, ");
	expect_says(a, "The parties have published title, parties and terms");
	expect_status(client_get(world.as[STEWARD],
			  trio_path(ref, "versions/1/canonical")),
	    404, "the bytes");
	expect_status(read_it(world.as[KEEPER], ref), 404, "no charter");
}
END_TEST

/* What the keeper has offered, it takes back; nobody else does. */
START_TEST(a_charter_withdrawn)
{
	struct client *keeper = world.as[KEEPER_FRESH];
	char *name = unique("Charter"), *ref, *path;
	struct html_form *form;

	form = html_form(
	    client_get(keeper, "/organisations/new"), "/organisations/new");
	ck_assert_ptr_nonnull(form);
	html_set(form, "name", name);
	html_set(form, "kind", "institution");
	html_set(form, "country", "BE");
	html_set(form, "charter", "here");
	expect_status(html_send(keeper, form), 303, "admitted");
	ref = stored_text("SELECT a.ref FROM agreement a JOIN organisation o"
			  " ON o.id = a.organisation WHERE o.name = ?",
	    name);
	path = trio_path(ref, "withdraw");
	expect_status(
	    client_get(world.as[PUBLISHER], path), 404, "a publisher");
	form = html_form(client_get(keeper, path), path);
	ck_assert_ptr_nonnull(form);
	html_set(form, "why", "Offered to the wrong one.");
	expect_status(html_send(keeper, form), 303, "withdrawn");
	expect_says(read_it(keeper, ref), "Offered to the wrong one.");
	ck_assert_str_eq(state_of(ref), "withdrawn");
	expect_status(client_get(keeper, path), 409, "twice");
}
END_TEST

const struct suite_test tests_agreement[] = {
	TEST(from_draft_to_notice),
	TEST(by_minisign),
	TEST(by_minisign_pasted),
	TEST_ROWS(no_signature, bad_files),
	TEST(not_signed),
	TEST(in_sequence),
	TEST(signed_before),
	TEST(a_tick_for_another_version),
	TEST(a_draft_too_late),
	TEST(a_draft_for_colleagues),
	TEST_ROWS(bad_line, bad_lines),
	TEST(starts),
	TEST(in_its_own_language),
	TEST(adding_nobody),
	TEST(too_long),
	TEST_ROWS(not_proposed, lacks),
	TEST(one_kind),
	TEST(order_of_parties),
	TEST(two_editors),
	TEST(comment_on_an_old_version),
	TEST(proposed_what_was_seen),
	TEST(declined),
	TEST(ended_by_all),
	TEST(a_party_suspended),
	TEST(amended),
	TEST(publishing),
	TEST(publishing_least),
	TEST(ends_by_notice),
	TEST(proposed_by_another),
	TEST(terms_alone),
	TEST(a_charter_withdrawn),
	TESTS_END,
};
