/* SPDX-License-Identifier: Apache-2.0 */
/* Passwords, codes, recovery codes, the lock, and what changing them does. */
#include "fixture.h"

#include <liboath/oath.h>
#include <sodium.h>

#include "domain/credential.h"
#include "domain/pending.h"
#include "domain/session.h"
#include "domain/throttle.h"

#define RIGHT "quiet harbour lantern 47"
#define HERE "192.0.2.7"

static struct fixture f;
static struct organisation *grid;
static struct person *anna;
static uint8_t totp[TOTP_SECRET];

static void
setup(void)
{
	fixture_open(&f);
	grid = fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	anna = fixture_person(&f, grid->ref, "Anna", ROLE_PUBLISHER);
	totp_secret_new(totp);
}

/* Argon2id is dear: tests that judge no password take a hash that is cheap. */
static void
setup_cheap(struct credential_codes *codes)
{
	char hash[PASSWORD_HASH] = "";

	setup();
	ck_assert_int_eq(
	    crypto_pwhash_str_alg(hash, RIGHT, strlen(RIGHT),
		crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN,
		crypto_pwhash_ALG_ARGON2ID13),
	    0);
	fixture_ok(credential_enrol(&f.ctx, anna->id, hash, totp, 0, codes));
}

static int64_t
auth_int(const char *sql)
{
	int64_t n = -1;

	fixture_ok(db_one_int(f.ctx.auth, sql, DB_NONE, &n));
	return n;
}

static void
auth_run(const char *sql)
{
	fixture_ok(db_begin(f.ctx.auth));
	fixture_ok(db_end(f.ctx.auth, db_exec(f.ctx.auth, sql, DB_NONE)));
}

/* The code that an authenticator shows now, `steps` later. */
static const char *
code(int steps)
{
	static char out[16];

	ck_assert_int_eq(
	    oath_totp_generate((const char *)totp, TOTP_SECRET,
		(time_t)(f.ctx.now_at / CLOCK_S) + steps * 30, 30, 0, 6, out),
	    OATH_OK);
	return out;
}

static const char *
wrong_code(void)
{
	static char out[16];

	/* Right in none of the three steps that count. */
	for (int n = 0;; n++) {
		snprintf(out, sizeof(out), "%06d", n);
		if (strcmp(out, code(-1)) != 0 && strcmp(out, code(0)) != 0 &&
		    strcmp(out, code(1)) != 0)
			return out;
	}
}

static enum err
give_code(const char *text)
{
	return credential_code(&f.ctx, anna, text, HERE, NULL);
}

static enum err
give_password(struct credential_try *t, const char *email, const char *password)
{
	*t = (struct credential_try){
		.email = email, .password = password, .address = HERE
	};
	return credential_password(&f.ctx, t);
}

/* ---- the whole of a sign-in ------------------------------------------- */

/* Anna has her password, really hashed, and her factor. */
static void
join(void)
{
	struct credential_codes codes;
	char hash[PASSWORD_HASH];

	fixture_ok(password_hash(RIGHT, hash));
	fixture_ok(credential_enrol(&f.ctx, anna->id, hash, totp, 0, &codes));
}

START_TEST(sign_in)
{
	struct credential_try t;

	setup();
	join();
	fixture_err(give_password(&t, anna->email, "Quiet harbour lantern 47"),
	    ERR_INVALID);
	ck_assert_int_eq(t.hashes, 1);
	fixture_ok(give_password(&t, anna->email, RIGHT));
	ck_assert_int_eq(t.hashes, 1);
	ck_assert_ptr_nonnull(t.person);
	ck_assert_int_eq(t.person->id, anna->id);
	/* The wrong one counts until the code was right too. */
	ck_assert_int_eq(auth_int("SELECT failures FROM credential"), 1);
	fixture_ok(credential_code(&f.ctx, t.person, code(0), HERE, NULL));
	ck_assert_int_eq(auth_int("SELECT failures FROM credential"), 0);
	fixture_close(&f);
}
END_TEST

START_TEST(sign_in_by_any_case)
{
	struct credential_try t;
	char *shouted;

	setup();
	join();
	shouted = arena_copy(f.arena, anna->email);
	for (char *p = shouted; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 32);
	fixture_ok(give_password(&t, shouted, RIGHT));
	fixture_close(&f);
}
END_TEST

/* ---- who cannot: one answer, one hash --------------------------------- */

static void
is_disabled(void)
{
	fixture_console(&f);
	fixture_ok(person_disable(&f.ctx, anna->ref));
}

static void
is_suspended(void)
{
	fixture_console(&f);
	fixture_ok(organisation_suspend(&f.ctx, grid->ref, "test"));
}

static void
is_invited(void)
{
	fixture_run(&f, "UPDATE person SET state = 'invited'");
}

static void
is_locked(void)
{
	auth_run("UPDATE credential SET failures = 100");
}

static void
has_none(void)
{
	auth_run("DELETE FROM recovery_code");
	auth_run("DELETE FROM credential");
}

static void
is_as_it_was(void)
{
}

static const struct {
	const char *what;
	void (*make)(void);
	const char *email; /* NULL: Anna's */
	const char *password;
} refused[] = {
	{ "unknown e-mail", is_as_it_was, "nobody@example.org", RIGHT },
	{ "wrong password", is_as_it_was, NULL, "not her password at all" },
	{ "empty password", is_as_it_was, NULL, "" },
	{ "disabled", is_disabled, NULL, RIGHT },
	{ "organisation suspended", is_suspended, NULL, RIGHT },
	{ "not joined", is_invited, NULL, RIGHT },
	{ "no credential", has_none, NULL, RIGHT },
	{ "locked", is_locked, NULL, RIGHT },
};

START_TEST(refused_alike)
{
	struct credential_try t;

	setup();
	join();
	refused[_i].make();
	fixture_err(
	    give_password(&t,
		refused[_i].email != NULL ? refused[_i].email : anna->email,
		refused[_i].password),
	    ERR_INVALID);
	ck_assert_msg(
	    t.hashes == 1, "%s: %d hashes", refused[_i].what, t.hashes);
	ck_assert_ptr_null(t.person);
	ck_assert_int_eq(t.retry_s, 0);
	/* Both buckets have paid, whoever it was. */
	ck_assert_int_eq(auth_int("SELECT COUNT(*) FROM throttle"), 2);
	fixture_close(&f);
}
END_TEST

static const char *const throttled[] = { NULL, "nobody@example.org" };

START_TEST(throttled_before_the_hash)
{
	const char *email;
	struct credential_try t;
	int retry_s;

	setup();
	join();
	email = throttled[_i] != NULL ? throttled[_i] : anna->email;
	for (int i = 0; i < throttle_burst(THROTTLE_ACCOUNT); i++)
		fixture_ok(throttle_take(&f.ctx, THROTTLE_ACCOUNT,
		    text_fold(f.arena, email), &retry_s));
	fixture_err(give_password(&t, email, RIGHT), ERR_TOO_MANY);
	ck_assert_int_eq(t.hashes, 0);
	ck_assert_int_eq(t.retry_s, throttle_refill_s(THROTTLE_ACCOUNT));
	ck_assert_ptr_null(t.person);
	/* Refused before it was a try: no failure, nothing of the address. */
	ck_assert_int_eq(auth_int("SELECT failures FROM credential"), 0);
	ck_assert_int_eq(auth_int("SELECT COUNT(*) FROM throttle"), 1);
	fixture_close(&f);
}
END_TEST

START_TEST(older_hash_is_renewed)
{
	struct credential_codes codes;
	struct credential_try t;
	static const char is_new[] =
	    "SELECT COUNT(*) FROM credential"
	    " WHERE password LIKE '$argon2id$v=19$m=65536,t=2,p=1$%'";

	setup_cheap(&codes);
	ck_assert_int_eq(auth_int(is_new), 0);
	fixture_err(
	    give_password(&t, anna->email, "wrong wrong wrong"), ERR_INVALID);
	ck_assert_int_eq(t.hashes, 1);
	ck_assert_int_eq(auth_int(is_new), 0);
	fixture_ok(give_password(&t, anna->email, RIGHT));
	ck_assert_int_eq(t.hashes, 2);
	ck_assert_int_eq(auth_int(is_new), 1);
	fixture_ok(give_password(&t, anna->email, RIGHT));
	ck_assert_int_eq(t.hashes, 1);
	fixture_close(&f);
}
END_TEST

/* ---- the code ---------------------------------------------------------- */

START_TEST(code_works_once)
{
	struct credential_codes codes;
	const char *first;

	setup_cheap(&codes);
	first = arena_copy(f.arena, code(0));
	fixture_ok(give_code(first));
	fixture_err(give_code(first), ERR_INVALID);
	fixture_err(give_code(code(-1)), ERR_INVALID); /* an earlier one */
	fixture_ok(give_code(code(1)));
	fixture_later(&f, 30 * CLOCK_S);
	fixture_err(give_code(code(0)), ERR_INVALID); /* given a step ago */
	fixture_later(&f, 30 * CLOCK_S);
	fixture_ok(give_code(code(0)));
	fixture_close(&f);
}
END_TEST

static const char *const bad_codes[] = { "", " ", "12345", "1234567", "abcdef",
	"------", "0000-0000-0000", "zzzz-zzzz-zzzz", "'; --" };

START_TEST(code_bad)
{
	struct credential_codes codes;

	setup_cheap(&codes);
	fixture_err(give_code(bad_codes[_i]), ERR_INVALID);
	ck_assert_int_eq(auth_int("SELECT failures FROM credential"), 1);
	ck_assert_int_eq(auth_int("SELECT COUNT(*) FROM recovery_code"
				  " WHERE used_at IS NULL"),
	    RECOVERY_CODES);
	fixture_close(&f);
}
END_TEST

START_TEST(code_of_one_who_may_not)
{
	struct credential_codes codes;

	setup_cheap(&codes);
	fixture_console(&f);
	fixture_ok(person_disable(&f.ctx, anna->ref));
	fixture_ok(person_by_id(&f.ctx, anna->id, &anna));
	fixture_err(give_code(code(0)), ERR_INVALID);
	fixture_err(give_code(codes.code[0]), ERR_INVALID);
	fixture_ok(person_enable(&f.ctx, anna->ref));
	fixture_ok(person_by_id(&f.ctx, anna->id, &anna));
	fixture_ok(give_code(code(0)));
	fixture_close(&f);
}
END_TEST

/* ---- recovery codes ------------------------------------------------------ */

START_TEST(recovery_works_once)
{
	struct credential_codes codes;
	struct credential c;

	setup_cheap(&codes);
	for (int i = 0; i < RECOVERY_CODES; i++) {
		fixture_ok(give_code(codes.code[i]));
		fixture_err(give_code(codes.code[i]), ERR_INVALID);
		fixture_ok(credential_load(&f.ctx, anna->id, &c));
		ck_assert_int_eq(c.codes_left, RECOVERY_CODES - 1 - i);
	}
	fixture_close(&f);
}
END_TEST

START_TEST(recovery_as_people_type_it)
{
	struct credential_codes codes;
	char shouted[RECOVERY_TEXT];

	setup_cheap(&codes);
	memcpy(shouted, codes.code[0], sizeof(shouted));
	for (char *p = shouted; *p != '\0'; p++) {
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 32);
		if (*p == '-')
			*p = ' ';
	}
	fixture_ok(give_code(shouted));
	fixture_err(give_code(codes.code[0]), ERR_INVALID);
	fixture_close(&f);
}
END_TEST

START_TEST(recovery_is_ones_own)
{
	struct credential_codes codes, others;
	struct person *paul;
	const uint8_t other[TOTP_SECRET] = { 1 };

	setup_cheap(&codes);
	paul = fixture_person(&f, grid->ref, "Paul", ROLE_READER);
	fixture_ok(credential_enrol(
	    &f.ctx, paul->id, "$argon2id$none", other, 0, &others));
	fixture_err(give_code(others.code[0]), ERR_INVALID);
	fixture_ok(credential_code(&f.ctx, paul, others.code[0], HERE, NULL));
	fixture_close(&f);
}
END_TEST

START_TEST(recovery_replaced)
{
	struct credential_codes codes, again;

	setup_cheap(&codes);
	fixture_as(&f, anna);
	fixture_ok(give_code(codes.code[0]));
	fixture_ok(credential_change_codes(&f.ctx, &again));
	fixture_err(give_code(codes.code[1]), ERR_INVALID);
	fixture_ok(give_code(again.code[1]));
	ck_assert_int_eq(
	    auth_int("SELECT COUNT(*) FROM recovery_code"), RECOVERY_CODES);
	ck_assert_int_eq(fixture_int(&f,
			     "SELECT COUNT(*) FROM record"
			     " WHERE kind = 'person.credential'"),
	    1);
	fixture_close(&f);
}
END_TEST

/* ---- the lock ------------------------------------------------------------ */

static void
give_wrong(int times)
{
	for (int i = 0; i < times; i++)
		fixture_err(give_code(wrong_code()), ERR_INVALID);
}

START_TEST(the_last_may_be_right)
{
	struct credential_codes codes;

	setup_cheap(&codes);
	give_wrong(CREDENTIAL_FAILURES - 1);
	fixture_ok(give_code(code(0)));
	give_wrong(CREDENTIAL_FAILURES - 1);
	fixture_ok(give_code(codes.code[0]));
	fixture_close(&f);
}
END_TEST

START_TEST(locked_until_unlocked)
{
	struct credential_codes codes;
	struct credential c;

	setup_cheap(&codes);
	give_wrong(CREDENTIAL_FAILURES);
	fixture_ok(credential_load(&f.ctx, anna->id, &c));
	ck_assert(c.is_locked);
	fixture_later(&f, 365 * CLOCK_DAY);
	fixture_err(give_code(code(0)), ERR_INVALID);
	fixture_err(give_code(codes.code[0]), ERR_INVALID);
	fixture_console(&f);
	fixture_ok(credential_unlock(&f.ctx, anna));
	fixture_ok(credential_load(&f.ctx, anna->id, &c));
	ck_assert(!c.is_locked);
	/* The lock did not spend what was right. */
	fixture_ok(give_code(codes.code[0]));
	fixture_ok(give_code(code(0)));
	ck_assert_int_eq(fixture_int(&f,
			     "SELECT COUNT(*) FROM record"
			     " WHERE kind = 'person.credential'"),
	    1);
	fixture_close(&f);
}
END_TEST

/* ---- a browser that knows her ---------------------------------------------- */

static char known[TOKEN_TEXT];

static enum err
try_from(struct credential_try *t, const char *browser, const char *password)
{
	*t = (struct credential_try){ .email = anna->email,
		.password = password,
		.address = HERE,
		.browser = browser };
	return credential_password(&f.ctx, t);
}

static enum err
code_from(const char *browser, const char *text)
{
	return credential_code(&f.ctx, anna, text, HERE, browser);
}

static void
setup_known(struct credential_codes *codes)
{
	setup_cheap(codes);
	fixture_ok(browser_remember(&f.ctx, NULL, anna->id, known));
}

/* Whoever tries from elsewhere shuts nobody out. */
START_TEST(stranger_shuts_nobody_out)
{
	struct credential_codes codes;
	struct credential_try t;
	int retry_s;

	setup_known(&codes);
	for (int i = 0; i < throttle_burst(THROTTLE_ACCOUNT); i++)
		fixture_ok(throttle_take(&f.ctx, THROTTLE_ACCOUNT,
		    text_fold(f.arena, anna->email), &retry_s));
	give_wrong(CREDENTIAL_FAILURES + 3);
	fixture_err(try_from(&t, NULL, RIGHT), ERR_TOO_MANY);
	fixture_ok(try_from(&t, known, RIGHT));
	fixture_ok(code_from(known, code(0)));
	/* She is in: what went wrong before is forgotten. */
	ck_assert_int_eq(auth_int("SELECT failures FROM credential"), 0);
	fixture_ok(give_code(code(1)));
	fixture_close(&f);
}
END_TEST

/* Its own bucket, which a stranger's right try does not fill either. */
START_TEST(known_has_a_bucket)
{
	struct credential_codes codes;
	struct credential_try t;

	setup_known(&codes);
	for (int i = 0; i < throttle_burst(THROTTLE_BROWSER); i++)
		fixture_ok(try_from(&t, known, RIGHT));
	fixture_err(try_from(&t, known, RIGHT), ERR_TOO_MANY);
	ck_assert_int_eq(t.retry_s, throttle_refill_s(THROTTLE_BROWSER));
	ck_assert_int_eq(t.hashes, 0);
	fixture_ok(try_from(&t, NULL, RIGHT));
	/* Whoever signs in gets it back. */
	fixture_ok(code_from(known, code(0)));
	fixture_ok(try_from(&t, known, RIGHT));
	fixture_close(&f);
}
END_TEST

/* It is a stranger after so many, and the account is not nearer its lock. */
START_TEST(known_fails_on_its_own)
{
	struct credential_codes codes;
	struct credential c;

	setup_known(&codes);
	for (int i = 0; i < BROWSER_FAILURES; i++)
		fixture_err(code_from(known, wrong_code()), ERR_INVALID);
	ck_assert_int_eq(auth_int("SELECT failures FROM credential"), 0);
	fixture_err(code_from(known, wrong_code()), ERR_INVALID);
	ck_assert_int_eq(auth_int("SELECT failures FROM credential"), 1);
	auth_run("UPDATE credential SET failures = 50");
	fixture_ok(credential_load(&f.ctx, anna->id, &c));
	ck_assert(c.is_locked);
	fixture_err(code_from(known, code(0)), ERR_INVALID);
	fixture_close(&f);
}
END_TEST

/* A right password takes its own count back and no other. */
START_TEST(known_password_right)
{
	struct credential_codes codes;
	struct credential_try t;

	setup_known(&codes);
	give_wrong(3);
	fixture_err(try_from(&t, known, "wrong wrong wrong"), ERR_INVALID);
	fixture_ok(try_from(&t, known, RIGHT));
	ck_assert_int_eq(auth_int("SELECT failures FROM credential"), 3);
	ck_assert_int_eq(auth_int("SELECT failures FROM browser"), 1);
	fixture_ok(code_from(known, code(0)));
	ck_assert_int_eq(auth_int("SELECT failures FROM credential"), 0);
	ck_assert_int_eq(auth_int("SELECT failures FROM browser"), 0);
	fixture_close(&f);
}
END_TEST

/* It knows one person: for others, and for an address that nobody has, it is
   a stranger like any, and costs the same. */
START_TEST(known_for_one_alone)
{
	struct credential_codes codes, others;
	const uint8_t other[TOTP_SECRET] = { 1 };
	struct credential_try t = { .email = "nobody@example.org",
		.password = RIGHT,
		.address = HERE,
		.browser = known };
	struct person *paul;

	setup_known(&codes);
	paul = fixture_person(&f, grid->ref, "Paul", ROLE_READER);
	fixture_ok(credential_enrol(
	    &f.ctx, paul->id, "$argon2id$none", other, 0, &others));
	fixture_err(
	    credential_code(&f.ctx, paul, "123456", HERE, known), ERR_INVALID);
	ck_assert_int_eq(auth_int("SELECT MAX(failures) FROM credential"), 1);
	ck_assert_int_eq(auth_int("SELECT failures FROM browser"), 0);
	fixture_err(credential_password(&f.ctx, &t), ERR_INVALID);
	ck_assert_int_eq(t.hashes, 1);
	ck_assert_int_eq(auth_int("SELECT COUNT(*) FROM throttle"), 2);
	ck_assert_int_eq(auth_int("SELECT failures FROM browser"), 0);
	fixture_close(&f);
}
END_TEST

static void
other_password(void)
{
	fixture_ok(
	    credential_change_password(&f.ctx, "seven slow green kettles", 0));
}

static void
other_factor(void)
{
	fixture_ok(credential_change_factor(&f.ctx, totp, 0, 0));
}

static void
is_reset(void)
{
	fixture_ok(credential_reset(&f.ctx, anna));
}

static void
is_enrolled(void)
{
	struct credential_codes codes;

	fixture_ok(credential_enrol(
	    &f.ctx, anna->id, "$argon2id$none", totp, 0, &codes));
}

static void (*const forgets[])(
    void) = { other_password, other_factor, is_reset, is_enrolled };

START_TEST(known_is_forgotten)
{
	struct credential_codes codes;

	setup_known(&codes);
	fixture_as(&f, anna);
	forgets[_i]();
	ck_assert_int_eq(auth_int("SELECT COUNT(*) FROM browser"), 0);
	fixture_close(&f);
}
END_TEST

/* ---- changing -------------------------------------------------------------- */

static int64_t
two_sessions(void)
{
	char token[TOKEN_TEXT];

	fixture_ok(
	    session_start(&f.ctx, anna->id, f.ctx.now_at, HERE, "one", token));
	fixture_ok(
	    session_start(&f.ctx, anna->id, f.ctx.now_at, HERE, "two", token));
	return fixture_int(&f, "SELECT MAX(id) FROM session");
}

START_TEST(enrolled_again)
{
	struct credential_codes codes, again;
	const uint8_t other[TOTP_SECRET] = { 7 };
	struct credential_try t;
	char hash[PASSWORD_HASH];

	setup_cheap(&codes);
	fixture_ok(password_hash("another lantern harbour 9", hash));
	fixture_ok(credential_enrol(&f.ctx, anna->id, hash, other, 5, &again));
	fixture_err(give_code(code(0)), ERR_INVALID);
	fixture_err(give_code(codes.code[0]), ERR_INVALID);
	fixture_err(give_password(&t, anna->email, RIGHT), ERR_INVALID);
	fixture_ok(give_password(&t, anna->email, "another lantern harbour 9"));
	fixture_ok(give_code(again.code[0]));
	ck_assert_int_eq(auth_int("SELECT COUNT(*) FROM credential"), 1);
	fixture_close(&f);
}
END_TEST

START_TEST(password_changed)
{
	struct credential_codes codes;
	struct credential_try t;
	int64_t this;

	setup_cheap(&codes);
	fixture_as(&f, anna);
	this = two_sessions();
	fixture_ok(credential_change_password(
	    &f.ctx, "seven slow green kettles", this));
	fixture_err(give_password(&t, anna->email, RIGHT), ERR_INVALID);
	fixture_ok(give_password(&t, anna->email, "seven slow green kettles"));
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM session"), 1);
	ck_assert_int_eq(fixture_int(&f, "SELECT id FROM session"), this);
	ck_assert_ptr_nonnull(strstr(fixture_text(&f,
					 "SELECT CAST(body AS TEXT) FROM record"
					 " WHERE kind = 'person.credential'"),
	    "password"));
	fixture_ok(give_code(codes.code[3])); /* these stay */
	fixture_close(&f);
}
END_TEST

static const char *const changes[] = { "password", "factor" };

/* Who gave the old password, and has still to give a code, is too late. */
START_TEST(half_way_when_changed)
{
	struct pending p = { .kind = PENDING_CODE };
	struct credential_codes codes;
	char hers[TOKEN_TEXT], other[TOKEN_TEXT];
	int64_t this, step = 0;

	setup_cheap(&codes);
	fixture_as(&f, anna);
	this = two_sessions();
	p.person = anna->id + 1;
	fixture_ok(pending_new(&f.ctx, &p, other));
	p.person = anna->id;
	fixture_ok(pending_new(&f.ctx, &p, hers));
	if (_i == 0)
		fixture_ok(credential_change_password(
		    &f.ctx, "seven slow green kettles", this));
	else
		fixture_ok(credential_change_factor(&f.ctx, totp, step, this));
	fixture_err(
	    pending_find(&f.ctx, PENDING_CODE, hers, &p), ERR_NOT_FOUND);
	fixture_ok(pending_find(&f.ctx, PENDING_CODE, other, &p));
	fixture_close(&f);
}
END_TEST

START_TEST(factor_changed)
{
	struct credential_codes codes;
	int64_t this, step = f.ctx.now_at;

	setup_cheap(&codes);
	fixture_as(&f, anna);
	this = two_sessions();
	fixture_ok(give_code(code(0)));
	totp_secret_new(totp);
	ck_assert(totp_verify(totp, code(0), f.ctx.now_at, 0, &step));
	fixture_ok(credential_change_factor(&f.ctx, totp, step, this));
	fixture_err(give_code(code(0)), ERR_INVALID); /* proved it already */
	fixture_ok(give_code(code(1)));
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM session"), 1);
	fixture_close(&f);
}
END_TEST

/* The change fails in auth.db: portal.db is as it was. */
START_TEST(nothing_half_done)
{
	int64_t this;

	setup();
	fixture_as(&f, anna);
	this = two_sessions();
	fixture_err(credential_change_factor(&f.ctx, totp, 1, this), ERR_STALE);
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM session"), 2);
	ck_assert_int_eq(fixture_int(&f,
			     "SELECT COUNT(*) FROM record"
			     " WHERE kind = 'person.credential'"),
	    0);
	fixture_close(&f);
}
END_TEST

START_TEST(reset)
{
	struct credential_codes codes;
	struct credential c;
	struct credential_try t;
	char *token = NULL;

	setup_cheap(&codes);
	two_sessions();
	fixture_console(&f);
	fixture_ok(credential_reset(&f.ctx, anna));
	fixture_ok(credential_load(&f.ctx, anna->id, &c));
	ck_assert(!c.exists);
	ck_assert_int_eq(auth_int("SELECT COUNT(*) FROM recovery_code"), 0);
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM session"), 0);
	fixture_err(give_password(&t, anna->email, RIGHT), ERR_INVALID);
	/* Being disabled meanwhile makes nobody active without a password. */
	fixture_ok(person_disable(&f.ctx, anna->ref));
	fixture_ok(person_enable(&f.ctx, anna->ref));
	fixture_ok(person_invite_again(&f.ctx, anna->ref, &token));
	ck_assert_ptr_nonnull(token);
	fixture_close(&f);
}
END_TEST

START_TEST(reset_keeps_disabled)
{
	struct credential_codes codes;

	setup_cheap(&codes);
	fixture_console(&f);
	fixture_ok(person_disable(&f.ctx, anna->ref));
	fixture_ok(credential_reset(&f.ctx, anna));
	fixture_ok(person_by_id(&f.ctx, anna->id, &anna));
	ck_assert_int_eq(anna->state, PERSON_DISABLED);
	fixture_close(&f);
}
END_TEST

START_TEST(exists)
{
	struct credential_codes codes;
	struct credential c;

	setup_cheap(&codes);
	fixture_ok(credential_load(&f.ctx, anna->id, &c));
	ck_assert(c.exists);
	ck_assert_int_eq(c.codes_left, RECOVERY_CODES);
	fixture_ok(credential_load(&f.ctx, anna->id + 1, &c));
	ck_assert(!c.exists);
	fixture_ok(credential_load(&f.ctx, 0, &c));
	ck_assert(!c.exists);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("credential", UNIT(sign_in), UNIT(sign_in_by_any_case),
    UNIT_ROWS(refused_alike, refused),
    UNIT_ROWS(throttled_before_the_hash, throttled),
    UNIT(older_hash_is_renewed), UNIT(code_works_once),
    UNIT_ROWS(code_bad, bad_codes), UNIT(code_of_one_who_may_not),
    UNIT(recovery_works_once), UNIT(recovery_as_people_type_it),
    UNIT(recovery_is_ones_own), UNIT(recovery_replaced),
    UNIT(the_last_may_be_right), UNIT(locked_until_unlocked),
    UNIT(stranger_shuts_nobody_out), UNIT(known_has_a_bucket),
    UNIT(known_fails_on_its_own), UNIT(known_password_right),
    UNIT(known_for_one_alone), UNIT_ROWS(known_is_forgotten, forgets),
    UNIT(enrolled_again), UNIT(password_changed), UNIT(factor_changed),
    UNIT_ROWS(half_way_when_changed, changes), UNIT(nothing_half_done),
    UNIT(reset), UNIT(reset_keeps_disabled), UNIT(exists))
