/* SPDX-License-Identifier: Apache-2.0 */
#include "web/fetch.h"

#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "base/log.h"
#include "base/text.h"
#include "base/url.h"
#include "base/version.h"

static const char where[] = "fetch";

struct transfer {
	struct transfer *next;
	CURL *easy;
	struct curl_slist *headers;
	struct buf body;
	void *who;
};

struct fetch {
	CURLM *multi; /* keeps connections open for the next one */
	int total_ms;
	struct transfer *under_way;
};

/* ---- errors ----------------------------------------------------------- */

static const struct {
	CURLcode code;
	enum err rc;
} meanings[] = {
	{ CURLE_OK, ERR_OK },
	{ CURLE_OPERATION_TIMEDOUT, ERR_BUSY },
	{ CURLE_COULDNT_RESOLVE_HOST, ERR_NOT_FOUND },
	{ CURLE_COULDNT_CONNECT, ERR_NOT_FOUND },
	{ CURLE_GOT_NOTHING, ERR_NOT_FOUND },
	{ CURLE_SEND_ERROR, ERR_NOT_FOUND },
	{ CURLE_RECV_ERROR, ERR_NOT_FOUND },
	{ CURLE_PEER_FAILED_VERIFICATION, ERR_FORBIDDEN },
	{ CURLE_SSL_CONNECT_ERROR, ERR_FORBIDDEN },
	{ CURLE_WRITE_ERROR, ERR_TOO_LARGE }, /* keep_body() stopped it */
	{ CURLE_WEIRD_SERVER_REPLY, ERR_MALFORMED },
	{ CURLE_UNSUPPORTED_PROTOCOL, ERR_MALFORMED }, /* HTTP/0.9 */
	{ CURLE_PARTIAL_FILE, ERR_MALFORMED },
	{ CURLE_BAD_CONTENT_ENCODING, ERR_MALFORMED },
	{ CURLE_OUT_OF_MEMORY, ERR_MEMORY },
};

static enum err
meaning_of(CURLcode code)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (meanings[i].code == code)
			return meanings[i].rc;
	return ERR_INTERNAL;
}

/* ---- one transfer ----------------------------------------------------- */

static void
transfer_free(struct transfer *t)
{
	if (t == NULL)
		return;
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->headers);
	buf_free(&t->body);
	free(t);
}

/* Fewer bytes than came end the transfer. */
static size_t
keep_body(char *bytes, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;

	buf_add(&t->body, bytes, size * n);
	return t->body.overflow ? 0 : size * n;
}

static const struct {
	CURLoption option;
	long value;
} numbers[] = {
	{ CURLOPT_POST, 1 },
	{ CURLOPT_NOSIGNAL, 1 },
	/* A name that nobody resolves keeps no other transfer waiting. */
	{ CURLOPT_QUICK_EXIT, 1 },
	{ CURLOPT_FOLLOWLOCATION, 0 },
	{ CURLOPT_NETRC, CURL_NETRC_IGNORED },
	{ CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1 },
	{ CURLOPT_HTTP09_ALLOWED, 0 },
	{ CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2 },
	{ CURLOPT_SSL_VERIFYPEER, 1 },
	{ CURLOPT_SSL_VERIFYHOST, 2 },
};

static const struct {
	CURLoption option;
	const char *value;
} texts[] = {
	/* Empty, not NULL: that would ask the environment. */
	{ CURLOPT_PROXY, "" },
	{ CURLOPT_USERAGENT, "entente/" ENTENTE_VERSION },
};

static bool
set_for_all(CURL *easy)
{
	bool is_set = true;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		is_set = is_set &&
		    curl_easy_setopt(
			easy, numbers[i].option, numbers[i].value) == CURLE_OK;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		is_set = is_set &&
		    curl_easy_setopt(easy, texts[i].option, texts[i].value) ==
			CURLE_OK;
	return is_set;
}

static bool
set_limits(CURL *easy, long total_ms)
{
	return curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, total_ms) ==
	    CURLE_OK &&
	    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, total_ms / 2) ==
	    CURLE_OK;
}

static bool
set_address(CURL *easy, const char *url)
{
	const char *only = text_starts(url, "https://") ? "https" : "http";

	return curl_easy_setopt(easy, CURLOPT_URL, url) == CURLE_OK &&
	    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, only) == CURLE_OK;
}

static bool
set_type(struct transfer *t, const char *type)
{
	struct buf line;

	buf_init(&line, 2 * FETCH_TYPE);
	buf_addf(&line, "Content-Type: %s", type);
	if (!line.overflow)
		t->headers = curl_slist_append(NULL, line.data);
	buf_free(&line);
	return t->headers != NULL &&
	    curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers) ==
	    CURLE_OK;
}

/* The length first: it says how much is copied.  NULL would read our input. */
static bool
set_body(CURL *easy, struct span body)
{
	const char *bytes = body.len > 0 ? body.at : "";

	return curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)body.len) ==
	    CURLE_OK &&
	    curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes) == CURLE_OK;
}

static bool
set_callback(struct transfer *t)
{
	return curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, keep_body) ==
	    CURLE_OK &&
	    curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t) == CURLE_OK &&
	    curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t) == CURLE_OK;
}

/* ---- beginning -------------------------------------------------------- */

struct fetch *
fetch_new(int total_ms)
{
	struct fetch *f = calloc(1, sizeof(*f));

	if (f == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		free(f);
		return NULL;
	}
	f->total_ms = total_ms;
	if ((f->multi = curl_multi_init()) == NULL) {
		fetch_free(f);
		return NULL;
	}
	return f;
}

void
fetch_free(struct fetch *f)
{
	struct transfer *t;

	if (f == NULL)
		return;
	while ((t = f->under_way) != NULL) {
		f->under_way = t->next;
		curl_multi_remove_handle(f->multi, t->easy);
		transfer_free(t);
	}
	curl_multi_cleanup(f->multi);
	curl_global_cleanup();
	free(f);
}

enum err
fetch_post(struct fetch *f, const char *url, const char *type, struct span body,
    void *who)
{
	struct transfer *t;

	if (!url_is_prefix(url))
		return ERR_INVALID;
	if ((t = calloc(1, sizeof(*t))) == NULL)
		return ERR_MEMORY;
	buf_init(&t->body, FETCH_BODY);
	t->who = who;
	if ((t->easy = curl_easy_init()) == NULL) {
		transfer_free(t);
		return ERR_MEMORY;
	}
	if (!set_for_all(t->easy) || !set_limits(t->easy, f->total_ms) ||
	    !set_address(t->easy, url) || !set_type(t, type) ||
	    !set_body(t->easy, body) || !set_callback(t) ||
	    curl_multi_add_handle(f->multi, t->easy) != CURLM_OK) {
		log_line(LOG_ERROR, where, "a request cannot be made");
		transfer_free(t);
		return ERR_INTERNAL;
	}
	t->next = f->under_way;
	f->under_way = t;
	return ERR_OK;
}

/* ---- ending ----------------------------------------------------------- */

static void
unlink_transfer(struct fetch *f, const struct transfer *t)
{
	struct transfer **at = &f->under_way;

	while (*at != t)
		at = &(*at)->next;
	*at = t->next;
}

static void
read_answer(struct transfer *t, struct fetch_answer *a)
{
	const char *type = NULL;
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(t->easy, CURLINFO_CONTENT_TYPE, &type);
	a->status = (int)status;
	if (type != NULL && strlen(type) < sizeof(a->type))
		memcpy(a->type, type, strlen(type) + 1);
	a->body = t->body;
	buf_init(&t->body, 0);
}

static void
finish(
    struct fetch *f, struct transfer *t, CURLcode code, struct fetch_answer *a)
{
	const char *url = NULL;

	memset(a, 0, sizeof(*a));
	a->who = t->who;
	a->rc = meaning_of(code);
	if (code == CURLE_OK) {
		read_answer(t, a);
	} else {
		curl_easy_getinfo(t->easy, CURLINFO_EFFECTIVE_URL, &url);
		log_line(LOG_INFO, where, "%s: %s", url != NULL ? url : "",
		    curl_easy_strerror(code));
	}
	curl_multi_remove_handle(f->multi, t->easy);
	unlink_transfer(f, t);
	transfer_free(t);
}

static bool
take_one(struct fetch *f, struct fetch_answer *a)
{
	struct transfer *t = NULL;
	CURLMsg *message;
	int left;

	curl_multi_perform(f->multi, &left);
	while ((message = curl_multi_info_read(f->multi, &left)) != NULL) {
		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
		/* The message is gone with its transfer. */
		finish(f, t, message->data.result, a);
		return true;
	}
	return false;
}

bool
fetch_next(struct fetch *f, int wait_ms, struct fetch_answer *a)
{
	if (take_one(f, a))
		return true;
	curl_multi_poll(f->multi, NULL, 0, wait_ms, NULL);
	return take_one(f, a);
}
