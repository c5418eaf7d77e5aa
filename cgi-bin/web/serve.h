/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The FastCGI loop: accepts on fd 0, parses, calls, sends, until SIGTERM.
 */
#ifndef WEB_SERVE_H
#define WEB_SERVE_H

#include "web/req.h"
#include "web/resp.h"

/*
 * Called for each request, also when parsing failed (`parsed` says how): it
 * must fill the response.  The arena is reset afterwards.
 */
typedef void
serve_handler(void *state, struct req *, enum err parsed, struct resp *);

/*
 * Returns at SIGTERM, SIGINT or SIGQUIT, after the request under way was
 * answered.  One log line a request: method, first segment of the path (what
 * follows may be an invitation's token), status, bytes, µs.
 *
 * A request that needs more than `arena_bytes` ends the worker (base/arena.h):
 * whoever sent it is first told by status 500 and `last_page`, HTML in whatever
 * languages; nginx would else say 502, which means a portal that is down.
 */
enum err serve(serve_handler *handle, void *state, size_t arena_bytes,
    const char *last_page);

#endif
