/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Against a web server of the test's own, which does by the path what servers
 * do, and what they should not.
 */
#include "web/fetch.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <spawn.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/url.h"
#include "http_server.h"
#include "program.h"

enum { TOTAL_MS = 1500, WAIT_S = 20, MANY = 8 };

static int nobody; /* a port where nobody listens */

/* ---- the server ------------------------------------------------------- */

static void
say_hello(const char *head, const char *body, struct buf *out)
{
	(void)head;
	http_answer(out, "200 OK", "text/plain", body);
}

static void
say_head(const char *head, const char *body, struct buf *out)
{
	(void)body;
	http_answer(out, "200 OK", "text/plain", head);
}

static void
say_conflict(const char *head, const char *body, struct buf *out)
{
	(void)head;
	(void)body;
	http_answer(out, "409 Conflict", "text/x.tlog.size", "17\n");
}

static void
redirect(const char *head, const char *body, struct buf *out)
{
	(void)head;
	(void)body;
	buf_adds(out,
	    "HTTP/1.1 307 Temporary Redirect\r\nLocation: /hello\r\n"
	    "Set-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n"
	    "Connection: close\r\n\r\n");
}

static void
say_much(const char *head, const char *body, struct buf *out)
{
	const int n = FETCH_BODY + (strstr(head, "/more ") != NULL);

	(void)body;
	buf_addf(out,
	    "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n"
	    "\r\n",
	    n);
	for (int i = 0; i < n; i++)
		buf_addc(out, 'x');
}

/* Without a length, until it is closed. */
static void
say_endless(const char *head, const char *body, struct buf *out)
{
	(void)head;
	(void)body;
	buf_adds(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
	while (!out->overflow)
		buf_adds(out, "for ever and ever and ever and ever ");
}

static void
say_old(const char *head, const char *body, struct buf *out)
{
	(void)head;
	(void)body;
	buf_adds(out, "Hello, this is HTTP/0.9\n");
}

static void
say_half(const char *head, const char *body, struct buf *out)
{
	(void)head;
	(void)body;
	buf_adds(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
}

static void
say_nothing(const char *head, const char *body, struct buf *out)
{
	(void)head;
	(void)body;
	(void)out;
}

static void
say_long_type(const char *head, const char *body, struct buf *out)
{
	char type[FETCH_TYPE + 1];

	(void)head;
	(void)body;
	memset(type, 'x', FETCH_TYPE);
	type[FETCH_TYPE] = '\0';
	http_answer(out, "200 OK", type, "");
}

static void
hang(const char *head, const char *body, struct buf *out)
{
	(void)head;
	(void)body;
	(void)out;
	pause();
}

static const struct {
	const char *path;
	void (*says)(const char *head, const char *body, struct buf *);
} paths[] = {
	{ "/hello ", say_hello },
	{ "/head ", say_head },
	{ "/conflict ", say_conflict },
	{ "/redirect ", redirect },
	{ "/much ", say_much },
	{ "/more ", say_much },
	{ "/endless ", say_endless },
	{ "/old ", say_old },
	{ "/half ", say_half },
	{ "/nothing ", say_nothing },
	{ "/long-type ", say_long_type },
	{ "/hang ", hang },
};

static void
handle(
    void *arg, const char *head, const char *body, size_t len, struct buf *out)
{
	(void)arg;
	(void)len;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (strstr(head, paths[i].path) != NULL)
			paths[i].says(head, body, out);
}

/* ---- asking ----------------------------------------------------------- */

static struct http_server server;

/* One answer; it must come. */
static void
wait_for(struct fetch *f, struct fetch_answer *a)
{
	const int64_t end_at = clock_steady() + WAIT_S * CLOCK_S;

	while (!fetch_next(f, 100, a))
		ck_assert_int_lt(clock_steady(), end_at);
}

static void
ask(const char *url, const char *body, struct fetch_answer *a)
{
	struct fetch *f = fetch_new(TOTAL_MS);
	int who;

	ck_assert_int_eq(
	    fetch_post(f, url, "text/plain", span_of(body), &who), ERR_OK);
	wait_for(f, a);
	ck_assert_ptr_eq(a->who, &who);
	fetch_free(f);
}

static void
ask_path(const char *path, const char *body, struct fetch_answer *a)
{
	char url[UNIT_PATH];

	log_open("test", LOG_WARNING);
	http_start(&server, handle, NULL);
	ask(http_url(&server, path, url), body, a);
	http_end(&server);
}

static const struct {
	const char *path;
	enum err rc;
	int status;
	const char *type, *body;
} rows[] = {
	{ "/hello", ERR_OK, 200, "text/plain", "old 0\n\nHi.\n" },
	{ "/conflict", ERR_OK, 409, "text/x.tlog.size", "17\n" },
	{ "/redirect", ERR_OK, 307, "", NULL },
	{ "/much", ERR_OK, 200, "", NULL },
	{ "/long-type", ERR_OK, 200, "", NULL },
	{ "/more", ERR_TOO_LARGE, 0, "", NULL },
	{ "/endless", ERR_TOO_LARGE, 0, "", NULL },
	{ "/old", ERR_MALFORMED, 0, "", NULL },
	{ "/half", ERR_MALFORMED, 0, "", NULL },
	{ "/nothing", ERR_NOT_FOUND, 0, "", NULL },
	{ "/hang", ERR_BUSY, 0, "", NULL },
};

START_TEST(by_the_row)
{
	struct fetch_answer a;

	ask_path(rows[_i].path, "old 0\n\nHi.\n", &a);
	ck_assert_str_eq(err_name(a.rc), err_name(rows[_i].rc));
	ck_assert_int_eq(a.status, rows[_i].status);
	ck_assert_str_eq(a.type, rows[_i].type);
	if (rows[_i].body != NULL)
		ck_assert_str_eq(a.body.data, rows[_i].body);
	ck_assert_uint_le(a.body.len, FETCH_BODY);
	buf_free(&a.body);
}
END_TEST

/* What goes out: this, and no more of us than that. */
START_TEST(head)
{
	struct fetch_answer a;

	setenv("HOME", "/nonexistent", 1);
	ask_path("/head", "0123456789", &a);
	ck_assert_ptr_eq(
	    strstr(a.body.data, "POST /head HTTP/1.1\r\n"), a.body.data);
	ck_assert_ptr_nonnull(
	    strstr(a.body.data, "\r\nContent-Type: text/plain\r\n"));
	ck_assert_ptr_nonnull(
	    strstr(a.body.data, "\r\nContent-Length: 10\r\n"));
	ck_assert_ptr_nonnull(strstr(a.body.data, "\r\nUser-Agent: entente/"));
	ck_assert_ptr_null(strstr(a.body.data, "Cookie"));
	ck_assert_ptr_null(strstr(a.body.data, "Authorization"));
	buf_free(&a.body);
}
END_TEST

/* What one answer sets, the next request does not bring back. */
START_TEST(no_cookies)
{
	struct fetch *f = fetch_new(TOTAL_MS);
	struct fetch_answer a;
	char url[UNIT_PATH];

	log_open("test", LOG_WARNING);
	http_start(&server, handle, NULL);
	fetch_post(f, http_url(&server, "/redirect", url), "text/plain",
	    span_of("x"), NULL);
	wait_for(f, &a);
	ck_assert_int_eq(a.status, 307);
	buf_free(&a.body);
	fetch_post(f, http_url(&server, "/head", url), "text/plain",
	    span_of("x"), NULL);
	wait_for(f, &a);
	ck_assert_int_eq(a.status, 200);
	ck_assert_ptr_null(strstr(a.body.data, "Cookie"));
	buf_free(&a.body);
	http_end(&server);
	fetch_free(f);
}
END_TEST

START_TEST(body_of_nothing)
{
	struct fetch_answer a;

	ask_path("/head", "", &a);
	ck_assert_ptr_nonnull(strstr(a.body.data, "\r\nContent-Length: 0\r\n"));
	buf_free(&a.body);
}
END_TEST

static const char *const proxies[] = { "http_proxy", "https_proxy", "all_proxy",
	"ALL_PROXY" };

/* The environment has no say in where it goes. */
START_TEST(no_proxy)
{
	struct fetch_answer a;
	char dead[64];
	int fd = http_listen(&nobody);

	close(fd);
	snprintf(dead, sizeof(dead), "http://127.0.0.1:%d", nobody);
	setenv(proxies[_i], dead, 1);
	unsetenv("no_proxy");
	unsetenv("NO_PROXY");
	ask_path("/hello", "Hi.", &a);
	ck_assert_int_eq(a.status, 200);
	buf_free(&a.body);
}
END_TEST

START_TEST(nobody_there)
{
	struct fetch_answer a;
	char url[64];
	int fd = http_listen(&nobody);

	log_open("test", LOG_WARNING);
	close(fd);
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/x", nobody);
	ask(url, "x", &a);
	ck_assert_str_eq(err_name(a.rc), "not_found");
	/* Who resolves names may be away, too. */
	ask("https://nobody.invalid/x", "x", &a);
	ck_assert(a.rc == ERR_NOT_FOUND || a.rc == ERR_BUSY);
}
END_TEST

static const char *const elsewhere[] = { "http://192.0.2.1/x",
	"http://localhost@192.0.2.1/x", "file:///etc/passwd",
	"ftp://localhost/x", "gopher://localhost/x", "https://a.example/x?y",
	"HTTP://localhost/x", "localhost/x", "" };

START_TEST(address_refused)
{
	struct fetch *f = fetch_new(TOTAL_MS);
	struct fetch_answer a;

	ck_assert_int_eq(
	    fetch_post(f, elsewhere[_i], "text/plain", span_of("x"), NULL),
	    ERR_INVALID);
	ck_assert(!fetch_next(f, 0, &a));
	fetch_free(f);
}
END_TEST

/* Nobody waits for another, nor is anything lost that ends at once. */
START_TEST(several_at_a_time)
{
	struct fetch *f = fetch_new(TOTAL_MS);
	struct http_server slow, quick[MANY];
	struct fetch_answer a;
	char url[UNIT_PATH];
	int seen = 0, who[MANY];
	int64_t start_at = clock_steady();

	log_open("test", LOG_WARNING);
	http_start(&slow, handle, NULL);
	fetch_post(f, http_url(&slow, "/hang", url), "text/plain", span_of("x"),
	    &slow);
	for (int i = 0; i < MANY; i++) {
		http_start(&quick[i], handle, NULL);
		fetch_post(f, http_url(&quick[i], "/hello", url), "text/plain",
		    span_of("x"), &who[i]);
	}
	for (int i = 0; i < MANY; i++) {
		wait_for(f, &a);
		ck_assert_int_eq(a.status, 200);
		seen |= 1 << ((int *)a.who - who);
		buf_free(&a.body);
	}
	ck_assert_int_eq(seen, (1 << MANY) - 1);
	ck_assert_int_lt(clock_steady() - start_at, TOTAL_MS * 1000);
	wait_for(f, &a);
	ck_assert_ptr_eq(a.who, &slow);
	ck_assert_int_eq(a.rc, ERR_BUSY);
	ck_assert(!fetch_next(f, 0, &a));
	for (int i = 0; i < MANY; i++)
		http_end(&quick[i]);
	http_end(&slow);
	fetch_free(f);
}
END_TEST

/* What is under way is given up, without a leak. */
START_TEST(given_up)
{
	struct fetch *f = fetch_new(TOTAL_MS);
	struct fetch_answer a;
	char url[UNIT_PATH];

	http_start(&server, handle, NULL);
	for (int i = 0; i < 3; i++)
		fetch_post(f, http_url(&server, "/hang", url), "text/plain",
		    span_of("x"), NULL);
	ck_assert(!fetch_next(f, 50, &a));
	fetch_free(f);
	fetch_free(NULL);
	http_end(&server);
}
END_TEST

/* With nothing under way it waits all the same, and no longer. */
START_TEST(waits)
{
	struct fetch *f = fetch_new(TOTAL_MS);
	struct fetch_answer a;
	int64_t start_at = clock_steady();

	ck_assert(!fetch_next(f, 100, &a));
	ck_assert_int_ge(clock_steady() - start_at, 90000);
	ck_assert_int_lt(clock_steady() - start_at, 5 * CLOCK_S);
	fetch_free(f);
}
END_TEST

/* ---- TLS -------------------------------------------------------------- */

/* A certificate that this process trusts as it does the system's; NULL. */
static const char *trusted;

/* In place of the library's, which it calls. */
CURLMcode
curl_multi_add_handle(CURLM *multi, CURL *easy)
{
	CURLMcode (*real)(CURLM *, CURL *);
	void *symbol = dlsym(RTLD_NEXT, "curl_multi_add_handle");

	ck_assert_ptr_nonnull(symbol);
	memcpy(&real, &symbol, sizeof(real));
	if (trusted != NULL)
		ck_assert_int_eq(
		    curl_easy_setopt(easy, CURLOPT_CAINFO, trusted), CURLE_OK);
	return real(multi, easy);
}

/* openssl's own server, which says this to whoever connects. */
struct tls {
	char dir[UNIT_PATH], crt[UNIT_PATH], key[UNIT_PATH], out[UNIT_PATH];
	struct http_server server;
	int to_say[2];
};

static const char tls_says[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nHi";

static void
make_certificate(struct tls *t, const char *host)
{
	char subject[64], alternative[64];

	snprintf(subject, sizeof(subject), "/CN=%s", host);
	snprintf(
	    alternative, sizeof(alternative), "subjectAltName=DNS:%s", host);
	ck_assert_int_eq(
	    UNIT_SPAWN(t->out, "openssl", "req", "-x509", "-newkey", "ec",
		"-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
		subject, "-addext", alternative, "-keyout", t->key, "-out",
		t->crt),
	    0);
}

static void
start_tls(struct tls *t, const char *host)
{
	char port[16];

	unit_scratch(t->dir);
	unit_path(t->crt, t->dir, "crt");
	unit_path(t->key, t->dir, "key");
	unit_path(t->out, t->dir, "out");
	make_certificate(t, host);
	close(http_listen(&t->server.port));
	snprintf(port, sizeof(port), "%d", t->server.port);
	ck_assert_int_eq(pipe(t->to_say), 0);
	ck_assert_int_gt(write(t->to_say[1], tls_says, strlen(tls_says)), 0);
	t->server.pid = fork();
	ck_assert_int_ge(t->server.pid, 0);
	if (t->server.pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(t->to_say[0], 0);
		dup2(open(t->out, O_RDWR | O_CREAT | O_TRUNC, 0600), 1);
		dup2(1, 2);
		execlp("openssl", "openssl", "s_server", "-quiet", "-accept",
		    port, "-cert", t->crt, "-key", t->key, (char *)NULL);
		_exit(127);
	}
}

static void
end_tls(struct tls *t)
{
	http_end(&t->server);
	close(t->to_say[0]);
	close(t->to_say[1]);
	unit_remove(t->dir);
}

static const struct {
	const char *host; /* of the certificate */
	bool is_trusted;
	enum err rc;
} certificates[] = {
	{ "localhost", true, ERR_OK },
	{ "localhost", false, ERR_FORBIDDEN },
	{ "other.example", true, ERR_FORBIDDEN },
};

START_TEST(certificate_must_be_trusted)
{
	const int64_t end_at = clock_steady() + WAIT_S * CLOCK_S;
	struct fetch_answer a;
	struct tls t;
	char url[64];

	log_open("test", LOG_WARNING);
	start_tls(&t, certificates[_i].host);
	trusted = certificates[_i].is_trusted ? t.crt : NULL;
	snprintf(url, sizeof(url), "https://localhost:%d/x", t.server.port);
	do {
		ask(url, "x", &a);
		ck_assert_int_lt(clock_steady(), end_at);
	} while (a.rc == ERR_NOT_FOUND);
	ck_assert_str_eq(err_name(a.rc), err_name(certificates[_i].rc));
	if (a.rc == ERR_OK)
		ck_assert_str_eq(a.body.data, "Hi");
	buf_free(&a.body);
	end_tls(&t);
}
END_TEST

UNIT_MAIN("fetch", UNIT_ROWS(by_the_row, rows), UNIT(head), UNIT(no_cookies),
    UNIT(body_of_nothing), UNIT_ROWS(no_proxy, proxies), UNIT(nobody_there),
    UNIT_ROWS(address_refused, elsewhere), UNIT(several_at_a_time),
    UNIT(given_up), UNIT(waits),
    UNIT_ROWS(certificate_must_be_trusted, certificates))
