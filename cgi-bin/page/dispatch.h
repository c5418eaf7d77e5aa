/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a request (DESIGN §5), for serve(). */
#ifndef PAGE_DISPATCH_H
#define PAGE_DISPATCH_H

#include "page/visit.h"

/* `site` is a struct site; the signature is web/serve.h's serve_handler. */
void dispatch(void *site, struct req *, enum err parsed, struct resp *);

#endif
