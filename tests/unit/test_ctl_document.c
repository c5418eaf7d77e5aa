/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ententectl document: files become entries of the library, or are refused
 * with a sentence; backup and restore of large ones; the doctor's look at what
 * documents need.
 */
#include <fcntl.h>
#include <sys/resource.h>

#include "console.h"

#define ADD(file, more)                                                   \
	"document add " file " --as meuse-grid --title A_guide --summary" \
	" What_it_is_for --kind guide --language fr " more

static void
write_text(const char *name, const char *text)
{
	FILE *f = fopen(in_dir(name), "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
}

/* A partnership whose members may read what is addressed to their sector. */
static void
start_members(void)
{
	static const struct step steps[] = {
		{ "migrate", 0, "" },
		{ "org add Meuse_Grid --kind operator --country BE --sectors"
		  " energy --signed 2026-01-02",
		    0, "meuse-grid" },
		{ "org add Rail --kind operator --country BE --sectors"
		  " energy,transport --signed 2026-01-02",
		    0, "rail" },
		{ "org add Gone --kind operator --country BE --sectors"
		  " energy --signed 2026-01-02",
		    0, "gone" },
		{ "org suspend gone --why Left", 0, "" },
	};

	start();
	STEPS(steps);
	write_text("guide.txt", "La r\303\251silience en clair\n");
	write_text("liar.pdf", "La r\303\251silience en clair\n");
	write_text("program.exe", "MZ");
	write_text("empty.md", "");
}

/* "DIR" in a line is the scratch directory. */
static int
run(const char *line)
{
	char full[4 * UNIT_PATH];
	const char *at = strstr(line, "DIR");

	if (at == NULL)
		return ctl(line);
	snprintf(full, sizeof(full), "%.*s%s%s", (int)(at - line), line, dir,
	    at + 3);
	return ctl(full);
}

/* ---- adding ------------------------------------------------------------ */

static const struct step adds[] = {
	{ ADD("DIR/guide.txt", "--label clear"), 0, "DOC-2026-0001" },
	{ ADD("DIR/guide.txt",
	      "--label clear --sectors energy,transport --measures c,j"
	      " --circles community --review-by 2255-06-04"),
	    0, "DOC-2026-0002" },
	{ "--json " ADD("DIR/guide.txt", "--label clear"), 0,
	    "\"format\": \"txt\"" },
	/* The sentence that a page has, too. */
	{ ADD("DIR/liar.pdf", "--label clear"), 1,
	    "The ending of its name says PDF, but what stands in it is" },
	{ ADD("DIR/program.exe", "--label clear"), 1,
	    "does not take files with this ending" },
	{ ADD("DIR/empty.md", "--label clear"), 1,
	    "There is nothing in this file." },
	{ ADD("DIR/large.txt", "--label clear"), 1, "is larger than 1 MiB" },
	{ ADD("DIR/none.txt", "--label clear"), 1, "no such one" },
	{ ADD("DIR/data", "--label clear"), 1, "is not a file" },
	{ ADD("/dev/null", "--label clear"), 1, "is not a file" },
	/* There is nobody in the sector but its organisations. */
	{ ADD("DIR/guide.txt", "--sectors energy"), 1,
	    "nobody would be able to read it" },
	{ ADD("DIR/guide.txt", "--label red"), 2, "names its readers" },
	{ ADD("DIR/guide.txt", "--label pink"), 2, "is not clear, green" },
	{ ADD("DIR/guide.txt", "--sectors nowhere"), 2, "is not a sector" },
	{ ADD("DIR/guide.txt", "--measures k"), 2, "a to j" },
	{ ADD("DIR/guide.txt", "--circles water"), 2,
	    "is not a circle that Meuse Grid may address" },
	{ ADD("DIR/guide.txt", "--review-by 2026-02-30"), 2, "is not a day" },
	{ ADD("DIR/guide.txt", "--review-by 2026-01-01"), 2, "has passed" },
	{ ADD("DIR/guide.txt", "--review-by 2255-06-05"), 2,
	    "is too far away" },
	{ ADD("DIR/guide.txt", "--title again"), 2, "given twice" },
	{ ADD("DIR/guide.txt DIR/guide.txt", ""), 2, "one too many" },
	{ "document add DIR/guide.txt --as meuse-grid --title _ --summary x"
	  " --kind guide --language fr --label clear",
	    1, "--title: it is empty" },
	{ "document add DIR/guide.txt --as meuse-grid --title x --summary x"
	  " --kind novel --language fr",
	    2, "novel is not guide, checklist" },
	{ "document add DIR/guide.txt --as meuse-grid --title x --summary x"
	  " --kind guide --language xx",
	    2, "xx is not a language" },
	{ "document add DIR/guide.txt --as nobody --title x --summary x"
	  " --kind guide --language fr",
	    1, "there is no organisation nobody" },
	{ "document add DIR/guide.txt --as gone --title x --summary x"
	  " --kind guide --language fr",
	    1, "is suspended" },
	{ "document add DIR/guide.txt", 2, "--as is needed" },
};

START_TEST(added_or_refused)
{
	int added = 0, listed = 0;

	start_members();
	write_text("large.txt", "x");
	ck_assert_int_eq(truncate(in_dir("large.txt"), (1 << 20) + 1), 0);
	for (int i = 0; i < UNIT_COUNT(adds); i++) {
		const struct step *s = &adds[i];

		ck_assert_msg(
		    run(s->line) == s->status, "%s: %s", s->line, output);
		ck_assert_msg(
		    strstr(output, s->says) != NULL, "%s: %s", s->line, output);
		added += s->status == 0;
		/* Nothing is left of it, whatever it was. */
		ck_assert_int_eq(rmdir(in_dir("data/blobs/new")), 0);
		ck_assert_int_eq(mkdir(in_dir("data/blobs/new"), 0770), 0);
	}
	ck_assert_int_eq(ctl("document list"), 0);
	for (const char *c = output; *c != '\0'; c++)
		listed += *c == '\n';
	ck_assert_int_eq(listed, added);
	ck_assert_int_eq(ctl("check"), 0);
	unit_remove(dir);
}
END_TEST

/* ---- what there is ------------------------------------------------------- */

START_TEST(listed_and_withdrawn)
{
	static const struct step steps[] = {
		{ "document list", 0, "" },
		{ "document withdraw DOC-2026-0001 --as rail --why Mine", 1,
		    "Rail has no document DOC-2026-0001" },
		{ "document withdraw DOC-2026-0009 --as meuse-grid --why x", 1,
		    "Meuse Grid has no document" },
		{ "document withdraw DOC-2026-0001 --as meuse-grid", 2,
		    "--why is needed" },
		{ "document withdraw DOC-2026-0001 --as meuse-grid --why Old",
		    0, "is withdrawn" },
		{ "document withdraw DOC-2026-0001 --as meuse-grid --why Old",
		    1, "not in a state" },
		{ "document list", 0, "withdrawn" },
		{ "--json document list", 0, "\"state\": \"withdrawn\"" },
		{ "document lend", 2, "there are: add, list, withdraw" },
	};

	start_members();
	ck_assert_int_eq(run(ADD("DIR/guide.txt", "--label clear")), 0);
	ck_assert_int_eq(ctl("document list"), 0);
	ck_assert_ptr_nonnull(strstr(output, "TLP:CLEAR"));
	ck_assert_ptr_nonnull(strstr(output, "meuse-grid"));
	/* What it says is not the console's to show. */
	ck_assert_ptr_null(strstr(output, "guide.txt"));
	ck_assert_ptr_null(strstr(output, "A guide"));
	STEPS(steps);
	ck_assert_int_eq(ctl("check"), 0);
	ck_assert_int_eq(ctl("tidy"), 0);
	ck_assert_ptr_nonnull(strstr(output, "That of documents is in 1"));
	unit_remove(dir);
}
END_TEST

/* ---- backup ---------------------------------------------------------------- */

/* As large as may be, of bytes that are not alike. */
static void
write_large(const char *name)
{
	FILE *f = fopen(in_dir(name), "w");

	ck_assert_ptr_nonnull(f);
	for (int i = 0; i < (1 << 20) / 16; i++)
		fprintf(f, "line %-10d\n", i);
	ck_assert_int_eq(fclose(f), 0);
}

START_TEST(goes_through_a_backup)
{
	char before[sizeof(output)];

	start_members();
	write_large("large.csv");
	ck_assert_msg(
	    run(ADD("DIR/large.csv", "--label clear")) == 0, "%s", output);
	ck_assert_int_eq(run(ADD("DIR/guide.txt", "--label clear")), 0);
	ck_assert_int_eq(ctl("--json document list"), 0);
	memcpy(before, output, sizeof(before));
	ck_assert_ptr_nonnull(strstr(before, "\"bytes\": 1048576"));
	ck_assert_int_eq(run("backup DIR/b.tar.gz"), 0);
	ck_assert_ptr_nonnull(strstr(output, "and 2 documents"));
	write_conf("again");
	ck_assert_msg(run("restore DIR/b.tar.gz") == 0, "%s", output);
	ck_assert_int_eq(ctl("check"), 0);
	ck_assert_ptr_nonnull(strstr(output, "files of documents: 2"));
	ck_assert_int_eq(ctl("--json document list"), 0);
	ck_assert_str_eq(output, before);
	/* And goes on. */
	ck_assert_int_eq(run(ADD("DIR/guide.txt", "--label clear")), 0);
	ck_assert_ptr_nonnull(strstr(output, "DOC-2026-0003"));
	unit_remove(dir);
}
END_TEST

/* ---- the doctor -------------------------------------------------------------- */

static void
add_to_conf(const char *line)
{
	FILE *f = fopen(conf, "a");

	ck_assert_ptr_nonnull(f);
	fprintf(f, "%s\n", line);
	fclose(f);
}

START_TEST(the_doctor_asks)
{
	start_members();
	(void)ctl("doctor");
	ck_assert_ptr_nonnull(strstr(output, "entente-scan reads a document"));
	ck_assert_ptr_nonnull(strstr(output, "of up to 1 MiB are taken in"));
	ck_assert_ptr_nonnull(strstr(output, "no daemon is asked"));
	add_to_conf("clamd_socket /nowhere/clamd.sock");
	ck_assert_int_eq(ctl("doctor"), 1);
	ck_assert_ptr_nonnull(strstr(output, "clamd does not answer"));
	/* And nothing comes in. */
	ck_assert_int_eq(run(ADD("DIR/guide.txt", "--label clear")), 1);
	ck_assert_ptr_nonnull(
	    strstr(output, "antivirus program cannot be asked"));
	unit_remove(dir);
}
END_TEST

/* "%s" is the folder of programs. */
static const struct {
	const char *program, *says;
} broken[] = {
	{ "/bin/true", "does not read a document: unreadable" },
	{ "/nowhere/entente-scan", "No such file" },
};

START_TEST(a_scanner_that_is_none)
{
	char text[4 * UNIT_PATH], cwd[UNIT_PATH];

	start_members();
	ck_assert_ptr_nonnull(getcwd(cwd, sizeof(cwd)));
	snprintf(text, sizeof(text),
	    "data_dir %s/data\ntemplate_dir %s/templates\nschema_dir"
	    " %s/schema\norigin http://localhost:1\nscan_program %s\n",
	    dir, cwd, cwd, broken[_i].program);
	unit_file(dir, "entente.conf", text, conf);
	ck_assert_int_eq(ctl("doctor"), 1);
	ck_assert_msg(strstr(output, broken[_i].says) != NULL, "%s", output);
	ck_assert_int_eq(run(ADD("DIR/guide.txt", "--label clear")), 1);
	ck_assert_int_eq(ctl("check"), 0);
	unit_remove(dir);
}
END_TEST

UNIT_MAIN("ctl_document", UNIT(added_or_refused), UNIT(listed_and_withdrawn),
    UNIT(goes_through_a_backup), UNIT(the_doctor_asks),
    UNIT_ROWS(a_scanner_that_is_none, broken))
