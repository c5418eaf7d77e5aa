/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include <dirent.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "domain/csaf.h"

#define DATA "tests/unit/data/csaf/"
#define SAMPLE "tests/sample/csaf/2026/"

static struct arena *
memory(void)
{
	return arena_new(256 << 20);
}

static void
read_into(struct buf *b, const char *path)
{
	buf_init(b, 16 << 20);
	ck_assert_msg(file_read(path, b) == ERR_OK, "%s", path);
}

static struct csaf *
good(struct arena *a, const char *path)
{
	struct csaf_fault fault;
	struct csaf *csaf;
	struct buf b;

	read_into(&b, path);
	ck_assert_msg(csaf_parse(a, b.data, b.len, &csaf, &fault) == ERR_OK,
	    "%s:%d: %s", path, fault.line, csaf_fault_text(a, &fault));
	buf_free(&b);
	return csaf;
}

/* minimal.json with one text in it replaced. */
static enum err
changed(struct arena *a, const char *from, const char *to, struct csaf **csaf,
    struct csaf_fault *fault)
{
	struct buf b, out;
	char *at;
	enum err rc;

	read_into(&b, DATA "minimal.json");
	ck_assert_msg((at = strstr(b.data, from)) != NULL, "%s", from);
	buf_init(&out, 16 << 20);
	buf_add(&out, b.data, (size_t)(at - b.data));
	buf_adds(&out, to);
	buf_adds(&out, at + strlen(from));
	rc = csaf_parse(a, out.data, out.len, csaf, fault);
	buf_free(&b);
	buf_free(&out);
	return rc;
}

/* ---- what comes out --------------------------------------------------- */

START_TEST(minimal)
{
	struct arena *a = memory();
	struct csaf *csaf = good(a, DATA "minimal.json");
	const struct advisory_imported *d = &csaf->document;
	char day[CLOCK_TEXT];

	ck_assert_str_eq(d->draft.title, "Pump stops");
	ck_assert_str_eq(d->draft.summary, "A pump stops.");
	ck_assert_str_eq(d->draft.change, "Second.");
	ck_assert_str_eq(d->draft.products, "Pump 1\nPump 2");
	ck_assert_str_eq(d->draft.cves, "CVE-1900-0001");
	ck_assert_int_eq(d->draft.severity, SEVERITY_HIGH);
	ck_assert_int_eq(d->draft.label, TLP_GREEN);
	ck_assert(csaf->has_label);
	ck_assert_int_eq(d->draft.sectors, 1);
	ck_assert_str_eq(d->foreign_id, "EX-1");
	ck_assert_str_eq(d->foreign_version, "2");
	clock_date(d->published_at, day);
	ck_assert_str_eq(day, "2026-02-01");
	clock_date(d->first_published_at, day);
	ck_assert_str_eq(day, "2026-01-01");
	arena_free(a);
}
END_TEST

/* kind, depth, name, title, start of text, url */
static const struct advisory_part parts[] = {
	{ "note", 0, "summary", "Summary", "A malformed", "" },
	{ "note", 0, "faq", "Is the interlocking itself affected?", "No. It",
	    "" },
	{ "note", 0, "other", "Critical infrastructure sectors", "Transp", "" },
	{ "note", 0, "other", "Demonstration", "Vendors", "" },
	{ "product", 0, "vendor", "Corvane", "", "" },
	{ "product", 1, "product_name", "Interlocking Gateway", "", "" },
	{ "product", 2, "product_version", "3.4",
	    "Corvane Interlocking Gateway 3.4", "" },
	{ "product", 1, "product_name", "TrackOS", "", "" },
	{ "product", 2, "product_version", "8", "Corvane TrackOS 8", "" },
	{ "product", 2, "product_version", "9", "Corvane TrackOS 9", "" },
	{ "product", 0, "installed_on", "",
	    "Corvane Interlocking Gateway 3.4 on TrackOS 8", "" },
	{ "product", 0, "installed_on", "",
	    "Corvane Interlocking Gateway 3.4 on TrackOS 9", "" },
	{ "product", 0, "group", "The gateway on both systems",
	    "Corvane Interlocking Gateway 3.4 on TrackOS 8\nCorvane", "" },
	{ "vulnerability", 0, "CVE-1900-1011", "Missing check of a length",
	    "CWE-1284 Improper Validation of", "" },
	{ "note", 1, "description", "", "The length of", "" },
	{ "note", 1, "threat_impact", "", "TrackOS 9 checks", "" },
	{ "score", 1, "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
	    "3.1 6.5 MEDIUM", "", "" },
	{ "status", 1, "known_affected", "1",
	    "Corvane Interlocking Gateway 3.4 on TrackOS 8", "" },
	{ "status", 1, "known_not_affected", "1",
	    "Corvane Interlocking Gateway 3.4 on TrackOS 9", "" },
	{ "status", 1, "vulnerable_code_not_present", "1",
	    "Corvane Interlocking Gateway 3.4 on TrackOS 9", "" },
	{ "remediation", 1, "mitigation",
	    "Corvane Interlocking Gateway 3.4 on TrackOS 8\n"
	    "Corvane Interlocking Gateway 3.4 on TrackOS 9",
	    "Take time from", "" },
	{ "remediation", 1, "none_available", "", "A new version", "" },
	{ "reference", 0, "self",
	    "Corvane interlocking gateway: crash on malformed time messages",
	    "", "https://csirt.example/csaf/2026/ncsirt-2026-0011.json" },
	{ "acknowledgement", 0, "", "Corvane Product Security",
	    "coordinated the publication", "https://corvane.example/security" },
	{ "history", 0, "1.0.0", "2026-02-17T12:00:00Z", "First", "" },
	{ "history", 0, "1.1.0", "2026-03-02T07:45:00Z", "The gateway", "" },
};

START_TEST(parts_in_order)
{
	struct arena *a = memory();
	struct csaf *csaf = good(a, SAMPLE "ncsirt-2026-0011.json");
	const struct advisory_part *p = &csaf->document.parts[_i];

	ck_assert_uint_eq(csaf->document.part_count, UNIT_COUNT(parts));
	ck_assert_str_eq(p->kind, parts[_i].kind);
	ck_assert_int_eq(p->depth, parts[_i].depth);
	ck_assert_str_eq(p->name, parts[_i].name);
	ck_assert_str_eq(p->title, parts[_i].title);
	if (*parts[_i].text == '\0')
		ck_assert_str_eq(p->text, "");
	else
		ck_assert_ptr_eq(strstr(p->text, parts[_i].text), p->text);
	ck_assert_str_eq(p->url, parts[_i].url);
	arena_free(a);
}
END_TEST

/* The n-th part of a kind. */
static const struct advisory_part *
part(const struct csaf *csaf, const char *kind, int n)
{
	const struct advisory_part *p = csaf->document.parts;

	for (size_t i = 0; i < csaf->document.part_count; i++, p++)
		if (strcmp(p->kind, kind) == 0 && n-- == 0)
			return p;
	ck_abort_msg("no %s", kind);
}

START_TEST(parts_details)
{
	struct arena *a = memory();
	struct csaf *csaf = good(a, SAMPLE "ncsirt-2026-0003.json");
	const struct advisory_part *p = part(csaf, "remediation", 0);

	ck_assert_str_eq(
	    p->name, "vendor_fix restart_system 2026-01-28T00:00:00Z");
	ck_assert_str_eq(p->title, "Voltarc DPR-200, firmware 4.0 to 4.2.0");
	ck_assert_str_eq(p->url, "https://voltarc.example/downloads/dpr-200");
	ck_assert_ptr_nonnull(strstr(p->text, "4.2.1.\nThe relay restarts"));
	p = part(csaf, "remediation", 2);
	ck_assert_str_eq(p->title, ""); /* all that are affected */

	/* Twelve of twelve products are not named again. */
	csaf = good(a, SAMPLE "ncsirt-2026-0022.json");
	p = part(csaf, "status", 0);
	ck_assert_str_eq(p->title, "12");
	ck_assert_str_eq(p->text, "");
	p = part(csaf, "status", 1);
	ck_assert_str_eq(p->title, "2");
	ck_assert_ptr_nonnull(strchr(p->text, '\n'));

	/* Another system's identifier, a v2 score, an address for no link. */
	csaf = good(a, SAMPLE "ncsirt-2026-0015.json");
	ck_assert_str_eq(part(csaf, "vulnerability", 0)->name, "TN-2019-031");
	ck_assert_str_eq(part(csaf, "score", 0)->title, "2.0 5.8 MEDIUM");
	ck_assert_int_eq(csaf->document.draft.severity, SEVERITY_MEDIUM);
	ck_assert_str_eq(part(csaf, "reference", 0)->name, "external");
	ck_assert_str_eq(part(csaf, "reference", 1)->url, "");
	ck_assert_str_eq(part(csaf, "reference", 1)->text,
	    "ftp://ftp.telenode.example/archive/tn-2019-031.txt");
	arena_free(a);
}
END_TEST

START_TEST(labels)
{
	static const struct {
		const char *from, *to;
		enum tlp label;
		bool has;
	} rows[] = {
		{ "GREEN", "WHITE", TLP_CLEAR, true },
		{ "GREEN", "RED", TLP_RED, true },
		{ "\"tlp\": { \"label\": \"GREEN\" }", "", TLP_CLEAR, false },
		{ "\"GREEN\" }", "\"AMBER\" }, \"text\": \"tlp:amber+strict\"",
		    TLP_AMBER_STRICT, true },
		{ "\"GREEN\" }", "\"AMBER\" }, \"text\": \"for us\"", TLP_AMBER,
		    true },
	};
	struct arena *a = memory();
	struct csaf_fault fault;
	struct csaf *csaf;

	for (int i = 0; i < UNIT_COUNT(rows); i++) {
		ck_assert_int_eq(
		    changed(a, rows[i].from, rows[i].to, &csaf, &fault),
		    ERR_OK);
		ck_assert_int_eq(csaf->document.draft.label, rows[i].label);
		ck_assert(csaf->has_label == rows[i].has);
	}
	arena_free(a);
}
END_TEST

/* What is not as it should be but does no harm. */
static const struct {
	const char *from, *to;
} tolerated[] = {
	{ "\"title\": \"Pump stops\"", "\"x\": [1, {}], \"title\": \"P\"" },
	{ "Pump stops", "Pump\\nstops" },
	{ "A pump stops.", "A pump\\r\\nstops.\\tNow." },
	{ "\"notes\": [", "\"notes\": [], \"notes_of_ours\": [" },
	{ "\"final\"", "\"interim\"" },
	{ "7.5", "10" },
	{ "https://example.net/2", "javascript:alert(1)" },
	{ "\"vulnerabilities\": [", "\"vulnerabilities\": [], \"v\": [" },
	{ "\"cve\": \"CVE-1900-0001\"", "\"title\": \"No identifier\"" },
};

START_TEST(takes)
{
	struct arena *a = memory();
	struct csaf_fault fault;
	struct csaf *csaf;
	enum err rc;

	rc = changed(a, tolerated[_i].from, tolerated[_i].to, &csaf, &fault);
	ck_assert_msg(rc == ERR_OK, "%s", csaf_fault_text(a, &fault));
	for (size_t i = 0; i < csaf->document.part_count; i++)
		ck_assert(csaf->document.parts[i].url[0] == '\0' ||
		    strncmp(csaf->document.parts[i].url, "http", 4) == 0);
	arena_free(a);
}
END_TEST

/* ---- what is refused -------------------------------------------------- */

static const struct {
	const char *from, *to;
	enum csaf_reason reason;
	const char *place;
	int line; /* 0: any */
} bad[] = {
	{ "\"document\"", "\"documents\"", CSAF_MISSING, "/document", 1 },
	{ "\"title\": \"Pump stops\"", "\"t\": 1", CSAF_MISSING,
	    "/document/title", 2 },
	{ "\"Pump stops\"", "\" \"", CSAF_MISSING, "/document/title", 15 },
	{ "\"Pump stops\"", "7", CSAF_TYPE, "/document/title", 15 },
	{ "Pump stops", "Pump\\u0007", CSAF_TEXT, "/document/title", 15 },
	{ "Pump stops", "Pump\\u202espots", CSAF_TEXT, "/document/title", 15 },
	{ "A pump", "A\\u001bpump", CSAF_TEXT, "/document/notes/0/text", 7 },
	{ "\"2.0\"", "\"2.1\"", CSAF_EDITION, "/document/csaf_version", 4 },
	{ "\"2.0\"", "2.0", CSAF_TYPE, "/document/csaf_version", 4 },
	{ "GREEN", "PURPLE", CSAF_VALUE, "/document/distribution/tlp/label",
	    5 },
	{ "\"vendor\",\n      \"name\"", "\"seller\",\n      \"name\"",
	    CSAF_VALUE, "/document/publisher/category", 11 },
	{ "\"id\": \"EX-1\"", "\"i\": 1", CSAF_MISSING, "/document/tracking/id",
	    16 },
	{ "\"version\": \"2\"", "\"version\": \"0\"", CSAF_DRAFT,
	    "/document/tracking/version", 25 },
	{ "\"version\": \"2\"", "\"version\": \"0.9.0\"", CSAF_DRAFT,
	    "/document/tracking/version", 25 },
	{ "\"version\": \"2\"", "\"version\": \"2.0.0-rc.1\"", CSAF_DRAFT,
	    "/document/tracking/version", 25 },
	{ "\"version\": \"2\"", "\"version\": \"v2\"", CSAF_VALUE,
	    "/document/tracking/version", 25 },
	{ "\"final\"", "\"draft\"", CSAF_DRAFT, "/document/tracking/status",
	    24 },
	{ "\"2026-02-01T00:00:00Z\",\n      \"id\"",
	    "\"yesterday\",\n      \"id\"", CSAF_TIME,
	    "/document/tracking/current_release_date", 17 },
	{ "\"initial_release_date\"", "\"initial\"", CSAF_MISSING,
	    "/document/tracking/initial_release_date", 16 },
	{ "\"number\": \"1\"", "\"number\": \"1.0\"", CSAF_VALUE,
	    "/document/tracking/revision_history/0/number", 21 },
	{ "\"revision_history\": [", "\"revision_history\": [], \"x\": [",
	    CSAF_MISSING, "/document/tracking/revision_history", 20 },
	{ "\"category\": \"product_version\"", "\"category\": \"version\"",
	    CSAF_VALUE, "/product_tree/branches/0/branches/0/category", 35 },
	{ "\"P2\" }", "\"P1\" }", CSAF_TWICE,
	    "/product_tree/branches/0/branches/1/product/product_id", 42 },
	{ "[\"P1\", \"P2\"] } ]",
	    "[\"P1\"] }, { \"group_id\": \"G1\", \"product_ids\": [] } ]",
	    CSAF_TWICE, "/product_tree/product_groups/1/group_id", 47 },
	{ "CVE-1900-0001", "CVE-1900-1", CSAF_VALUE, "/vulnerabilities/0/cve",
	    51 },
	{ "\"fixed\": [\"P2\"]", "\"fixed\": [\"P3\"]", CSAF_UNKNOWN,
	    "/vulnerabilities/0/product_status/fixed", 52 },
	{ "\"fixed\": [\"P2\"]", "\"fixed\": [2]", CSAF_UNKNOWN,
	    "/vulnerabilities/0/product_status/fixed", 52 },
	{ "\"fixed\": [\"P2\"]", "\"fixed\": \"P2\"", CSAF_TYPE,
	    "/vulnerabilities/0/product_status/fixed", 52 },
	{ "7.5", "10.5", CSAF_VALUE,
	    "/vulnerabilities/0/scores/0/cvss_v3/baseScore", 58 },
	{ "7.5", "\"7.5\"", CSAF_TYPE,
	    "/vulnerabilities/0/scores/0/cvss_v3/baseScore", 58 },
	{ "\"3.1\"", "\"4.0\"", CSAF_VALUE,
	    "/vulnerabilities/0/scores/0/cvss_v3/version", 56 },
	{ "[\"G1\"]", "[\"G2\"]", CSAF_UNKNOWN,
	    "/vulnerabilities/0/remediations/0/group_ids", 67 },
	{ "\"vulnerabilities\": [", "\"vulnerabilities\": [ 5,", CSAF_TYPE,
	    "/vulnerabilities/0", 49 },
};

START_TEST(refuses)
{
	struct arena *a = memory();
	struct csaf_fault fault;
	struct csaf *csaf;
	enum err rc;

	rc = changed(a, bad[_i].from, bad[_i].to, &csaf, &fault);
	ck_assert_int_eq(rc, ERR_INVALID);
	ck_assert_str_eq(fault.place, bad[_i].place);
	ck_assert_str_eq(
	    csaf_reasons[fault.reason], csaf_reasons[bad[_i].reason]);
	ck_assert_int_eq(fault.line, bad[_i].line);
	ck_assert_int_gt(fault.column, 0);
	ck_assert_ptr_nonnull(
	    strstr(csaf_fault_text(a, &fault), bad[_i].place));
	arena_free(a);
}
END_TEST

static const struct {
	const char *file;
	enum csaf_reason reason;
	int line;
} bad_files[] = {
	{ "bad_duplicate.json", CSAF_JSON, 4 },
	{ "bad_string.json", CSAF_JSON, 3 },
	{ "bad_end.json", CSAF_JSON, 4 },
	{ "bad_utf8.json", CSAF_JSON, 1 },
	{ "bad_nul.json", CSAF_JSON, 1 },
	{ "bad_mark.json", CSAF_JSON, 1 },
	{ "bad_array.json", CSAF_TYPE, 1 },
};

START_TEST(refuses_files)
{
	struct arena *a = memory();
	struct csaf_fault fault;
	char path[UNIT_PATH];
	struct csaf *csaf;
	struct buf b;

	snprintf(path, sizeof(path), DATA "%s", bad_files[_i].file);
	read_into(&b, path);
	ck_assert_int_eq(
	    csaf_parse(a, b.data, b.len, &csaf, &fault), ERR_INVALID);
	ck_assert_int_eq(fault.reason, bad_files[_i].reason);
	ck_assert_int_eq(fault.line, bad_files[_i].line);
	ck_assert_str_ne(fault.detail, "");
	buf_free(&b);
	arena_free(a);
}
END_TEST

/* ---- limits ----------------------------------------------------------- */

/* `n` times a text between two others. */
static void
repeat(struct buf *b, const char *before, const char *text, int n,
    const char *after)
{
	buf_init(b, 16 << 20);
	buf_adds(b, before);
	for (int i = 0; i < n; i++)
		buf_adds(b, text);
	buf_adds(b, after);
	ck_assert(!b->overflow);
}

static const struct {
	const char *before, *text;
	int n;
	const char *after;
	enum csaf_reason reason;
} heavy[] = {
	{ "", "", 0, "", CSAF_SIZE },
	{ "", " ", CSAF_BYTES_MAX + 1, "", CSAF_SIZE },
	{ "", "[", CSAF_DEPTH_MAX + 1, "", CSAF_DEPTH },
	{ "", "{\"\":", CSAF_DEPTH_MAX + 1, "", CSAF_DEPTH },
	{ "[", "1,", CSAF_VALUES_MAX, "1]", CSAF_VALUES },
	{ "[", "\"[[[[[[[[[[[[[[[[\\\"{{{{,,,\",", 1000, "1]", CSAF_TYPE },
};

START_TEST(limits)
{
	struct arena *a = memory();
	struct csaf_fault fault;
	struct csaf *csaf;
	struct buf b;

	repeat(
	    &b, heavy[_i].before, heavy[_i].text, heavy[_i].n, heavy[_i].after);
	ck_assert_int_eq(
	    csaf_parse(a, b.data != NULL ? b.data : "", b.len, &csaf, &fault),
	    ERR_INVALID);
	ck_assert_str_eq(
	    csaf_reasons[fault.reason], csaf_reasons[heavy[_i].reason]);
	buf_free(&b);
	arena_free(a);
}
END_TEST

/* A value in minimal.json that is repeated until it is too much. */
static const struct {
	const char *from, *before, *text;
	int n;
	const char *after;
	enum csaf_reason reason;
} grown[] = {
	{ "Pump stops", "", "x", CSAF_LINE_BYTES, "", CSAF_OK },
	{ "Pump stops", "", "x", CSAF_LINE_BYTES + 1, "", CSAF_LONG },
	{ "A pump stops.", "", "x", CSAF_PROSE_BYTES, "", CSAF_OK },
	{ "A pump stops.", "", "x", CSAF_PROSE_BYTES + 1, "", CSAF_LONG },
	{ "EX-1", "", "x", 200, "", CSAF_OK },
	{ "EX-1", "", "x", 201, "", CSAF_LONG },
	{ "\"remediations\": [", "\"references\": [",
	    "{\"summary\":\"a\",\"url\":\"https://b\"},", CSAF_PARTS_MAX,
	    "{\"summary\":\"a\",\"url\":\"https://b\"}],\"remediations\": [",
	    CSAF_MUCH },
	{ "\"vulnerabilities\": [", "\"vulnerabilities\": [",
	    "{\"title\":\"a\"},", CSAF_PARTS_MAX - 100, "", CSAF_OK },
};

START_TEST(growth)
{
	struct arena *a = memory();
	struct csaf_fault fault;
	struct csaf *csaf;
	struct buf b;

	repeat(
	    &b, grown[_i].before, grown[_i].text, grown[_i].n, grown[_i].after);
	changed(a, grown[_i].from, b.data, &csaf, &fault);
	ck_assert_str_eq(
	    csaf_reasons[fault.reason], csaf_reasons[grown[_i].reason]);
	buf_free(&b);
	arena_free(a);
}
END_TEST

/* 100 products with long names, named by 20,000 remediations. */
START_TEST(amplification)
{
	struct arena *a = memory();
	struct csaf_fault fault;
	struct csaf *csaf;
	struct buf b, ids, all;

	buf_init(&b, 8 << 20);
	buf_init(&ids, 1 << 20);
	for (int i = 0; i < 100; i++) {
		buf_addf(
		    &b, "{\"product_id\":\"N%d\",\"name\":\"%0999d\"},", i, i);
		buf_addf(&ids, "%s\"N%d\"", i > 0 ? "," : "", i);
	}
	buf_init(&all, 8 << 20);
	buf_addf(&all,
	    "\"full_product_names\":[%s{\"product_id\":\"N\",\"name\":\"x\"}],"
	    "\"product_groups\":[{\"group_id\":\"GN\",\"product_ids\":[%s]},",
	    b.data, ids.data);
	for (int i = 0; i < 10000; i++)
		buf_addf(&all, "{\"group_id\":\"G%d\",\"product_ids\":[%s]},",
		    i + 2, i < 1000 ? ids.data : "\"N1\"");
	ck_assert(!b.overflow && !ids.overflow && !all.overflow);
	changed(a, "\"product_groups\": [", all.data, &csaf, &fault);
	ck_assert_str_eq(csaf_reasons[fault.reason], csaf_reasons[CSAF_MUCH]);
	ck_assert_uint_lt(arena_used(a), 64 << 20);
	buf_free(&b);
	buf_free(&ids);
	buf_free(&all);
	arena_free(a);
}
END_TEST

/* Names of one letter: few bytes, but each is a row of a page. */
static const struct {
	int products, groups;
	enum csaf_reason reason;
} named[] = {
	{ 100, 499, CSAF_OK },
	{ 100, 501, CSAF_MUCH },
	{ 5000, 11, CSAF_MUCH },
};

START_TEST(names)
{
	struct arena *a = memory();
	struct csaf_fault fault;
	struct csaf *csaf;
	struct buf ids, all;

	buf_init(&ids, 1 << 20);
	buf_init(&all, 8 << 20);
	buf_adds(&all, "\"full_product_names\":[");
	for (int i = 0; i < named[_i].products; i++) {
		buf_addf(&all, "%s{\"product_id\":\"N%d\",\"name\":\"x\"}",
		    i > 0 ? "," : "", i);
		buf_addf(&ids, "%s\"N%d\"", i > 0 ? "," : "", i);
	}
	buf_adds(&all, "],\"product_groups\":[");
	for (int i = 0; i < named[_i].groups; i++)
		buf_addf(&all, "{\"group_id\":\"H%d\",\"product_ids\":[%s]},",
		    i, ids.data);
	ck_assert(!ids.overflow && !all.overflow);
	changed(a, "\"product_groups\": [", all.data, &csaf, &fault);
	ck_assert_str_eq(
	    csaf_reasons[fault.reason], csaf_reasons[named[_i].reason]);
	buf_free(&ids);
	buf_free(&all);
	arena_free(a);
}
END_TEST

/* ---- versions --------------------------------------------------------- */

static const char *const versions[] = { "0", "1", "42",
	"123456789012345678901234567890", "1.0.0", "0.0.0", "10.20.30",
	"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-0.3.7", "1.0.0--", "1.0.0+20130",
	"1.0.0-beta+exp.sha.5114f85", "1.0.0+001" };

START_TEST(version_good)
{
	ck_assert(csaf_version_ok(versions[_i]));
	ck_assert_int_eq(csaf_version_compare(versions[_i], versions[_i]), 0);
}
END_TEST

static const char *const versions_bad[] = { "", "01", "-1", "+1", "1.", "1.0",
	"1.0.", "1.0.0.", "1.0.0.0", "01.0.0", "1.00.0", "1.0.0-", "1.0.0-01",
	"1.0.0-a..b", "1.0.0+", "1.0.0+a_b", "1.0.0-é", "v1", "1 ", " 1",
	"1.0.0-a+b+c" };

START_TEST(version_bad)
{
	ck_assert(!csaf_version_ok(versions_bad[_i]));
}
END_TEST

/* Each is older than the next: item 11 of semver.org 2.0.0 among them. */
static const char *const ascending[] = { "0", "0.0.1", "0.9.0", "0.10.0",
	"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta",
	"1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1", "1.0.1", "1.1.0",
	"2", "2.0.10", "9", "10", "99999999999999999999",
	"100000000000000000000" };

START_TEST(version_order)
{
	for (int i = 0; i < UNIT_COUNT(ascending); i++) {
		int order = csaf_version_compare(ascending[_i], ascending[i]);

		ck_assert_int_eq(
		    (order > 0) - (order < 0), (_i > i) - (_i < i));
	}
}
END_TEST

START_TEST(version_same)
{
	ck_assert_int_eq(csaf_version_compare("1", "1.0.0"), 0);
	ck_assert_int_eq(csaf_version_compare("1.0.0+a", "1.0.0+b"), 0);
	ck_assert_int_eq(csaf_version_compare("1.0.0-a+x", "1.0.0-a"), 0);
}
END_TEST

/* ---- every sample ----------------------------------------------------- */

static int
take_folder(struct arena *a, const char *dir)
{
	char path[2 * UNIT_PATH];
	struct dirent *e;
	DIR *d = opendir(dir);
	int n = 0;

	ck_assert_msg(d != NULL, "%s", dir);
	while ((e = readdir(d)) != NULL) {
		if (strstr(e->d_name, ".json") == NULL)
			continue;
		snprintf(path, sizeof(path), "%s%s", dir, e->d_name);
		good(a, path);
		n++;
	}
	closedir(d);
	return n;
}

START_TEST(samples)
{
	struct arena *a = memory();

	ck_assert_int_ge(take_folder(a, SAMPLE), 6);
	arena_free(a);
}
END_TEST

UNIT_MAIN("csaf", UNIT(minimal), UNIT_ROWS(parts_in_order, parts),
    UNIT(parts_details), UNIT(labels), UNIT_ROWS(takes, tolerated),
    UNIT_ROWS(refuses, bad), UNIT_ROWS(refuses_files, bad_files),
    UNIT_ROWS(limits, heavy), UNIT_ROWS(growth, grown), UNIT(amplification),
    UNIT_ROWS(names, named), UNIT_ROWS(version_good, versions),
    UNIT_ROWS(version_bad, versions_bad), UNIT_ROWS(version_order, ascending),
    UNIT(version_same), UNIT(samples))
