/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/ctl_tar.h"

#include <string.h>

bool
tar_is_blob(const char *name)
{
	static const char prefix[] = "blobs/";
	const size_t skip = sizeof(prefix) - 1;

	return strncmp(name, prefix, skip) == 0 && name[skip] != '\0' &&
	    strspn(name + skip, "0123456789abcdef") == 2 &&
	    name[skip + 2] == '/' && strlen(name + skip + 3) == 64 &&
	    strspn(name + skip + 3, "0123456789abcdef") == 64 &&
	    strncmp(name + skip, name + skip + 3, 2) == 0;
}

bool
tar_is_content(const char *name)
{
	return strcmp(name, TAR_ABOUT) == 0 || strcmp(name, "portal.db") == 0 ||
	    strcmp(name, "auth.db") == 0 || tar_is_blob(name);
}
