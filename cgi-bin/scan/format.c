/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/format.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#define OOXML "application/vnd.openxmlformats-officedocument."
#define ODF "application/vnd.oasis.opendocument."

const char *const format_words[FORMAT__MAX + 1] = {
	[FORMAT_NONE] = "none",
	[FORMAT_PDF] = "pdf",
	[FORMAT_ODT] = "odt",
	[FORMAT_DOCX] = "docx",
	[FORMAT_XLSX] = "xlsx",
	[FORMAT_ODS] = "ods",
	[FORMAT_TXT] = "txt",
	[FORMAT_MARKDOWN] = "markdown",
	[FORMAT_CSV] = "csv",
	[FORMAT_PNG] = "png",
	[FORMAT_JPEG] = "jpeg",
	[FORMAT_ZIP] = "zip",
};

static const char *const media[FORMAT__MAX] = {
	[FORMAT_NONE] = "application/octet-stream",
	[FORMAT_PDF] = "application/pdf",
	[FORMAT_ODT] = ODF "text",
	[FORMAT_DOCX] = OOXML "wordprocessingml.document",
	[FORMAT_XLSX] = OOXML "spreadsheetml.sheet",
	[FORMAT_ODS] = ODF "spreadsheet",
	[FORMAT_TXT] = "text/plain",
	[FORMAT_MARKDOWN] = "text/markdown",
	[FORMAT_CSV] = "text/csv",
	[FORMAT_PNG] = "image/png",
	[FORMAT_JPEG] = "image/jpeg",
	[FORMAT_ZIP] = "application/zip",
};

static const struct {
	const char *ending;
	enum format format;
} endings[] = {
	{ "pdf", FORMAT_PDF },
	{ "odt", FORMAT_ODT },
	{ "docx", FORMAT_DOCX },
	{ "xlsx", FORMAT_XLSX },
	{ "ods", FORMAT_ODS },
	{ "txt", FORMAT_TXT },
	{ "md", FORMAT_MARKDOWN },
	{ "markdown", FORMAT_MARKDOWN },
	{ "csv", FORMAT_CSV },
	{ "png", FORMAT_PNG },
	{ "jpg", FORMAT_JPEG },
	{ "jpeg", FORMAT_JPEG },
	{ "zip", FORMAT_ZIP },
};

const char *
format_media(enum format f)
{
	return media[(unsigned)f < FORMAT__MAX ? f : FORMAT_NONE];
}

enum format
format_of_name(const char *name)
{
	const char *dot = strrchr(name, '.');

	/* ".pdf" alone is a hidden file without an ending. */
	if (dot == NULL || dot == name || dot[-1] == '/')
		return FORMAT_NONE;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (strcasecmp(dot + 1, endings[i].ending) == 0)
			return endings[i].format;
	return FORMAT_NONE;
}

enum format
format_of_media(const char *wanted)
{
	for (int f = FORMAT_NONE + 1; f < FORMAT__MAX; f++)
		if (strcmp(media[f], wanted) == 0)
			return (enum format)f;
	return FORMAT_NONE;
}
