/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

#include <stddef.h>

static const char *const names[ERR__MAX] = {
	[ERR_OK] = "ok",
	[ERR_NOT_FOUND] = "not_found",
	[ERR_SIGN_IN] = "sign_in",
	[ERR_REAUTH] = "reauth",
	[ERR_FORBIDDEN] = "forbidden",
	[ERR_CHARTER] = "charter",
	[ERR_TOKEN] = "token",
	[ERR_MALFORMED] = "malformed",
	[ERR_METHOD] = "method",
	[ERR_TOO_LARGE] = "too_large",
	[ERR_MEDIA] = "media",
	[ERR_TOO_MANY] = "too_many",
	[ERR_INVALID] = "invalid",
	[ERR_STALE] = "stale",
	[ERR_STATE] = "state",
	[ERR_AUDIENCE] = "audience",
	[ERR_REPEATED] = "repeated",
	[ERR_EXISTS] = "exists",
	[ERR_BUSY] = "busy",
	[ERR_QUOTA] = "quota",
	[ERR_FULL] = "full",
	[ERR_MEMORY] = "memory",
	[ERR_CORRUPT] = "corrupt",
	[ERR_INTERNAL] = "internal",
};

const char *
err_name(enum err rc)
{
	if ((unsigned)rc >= ERR__MAX || names[rc] == NULL)
		return "unknown";
	return names[rc];
}
