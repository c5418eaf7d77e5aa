/* SPDX-License-Identifier: Apache-2.0 */
/*
 * This portal as a witness of other logs (C2SP tlog-witness): what asks is a
 * program, and what is asked for is in the request alone, so there is neither
 * session nor language nor database here.  The signer decides.
 *
 *	POST /witness/add-checkpoint
 *	200 the cosignature's line	400 malformed, or old beyond the size
 *	403 not signed by that log	404 a log that is not witnessed
 *	409 another size was last: that size, as text/x.tlog.size
 *	422 not shown to extend it	413 too large
 *	503 the signer does not answer
 */
#ifndef PAGE_WITNESS_H
#define PAGE_WITNESS_H

#include "base/conf.h"
#include "web/serve.h"

/* `state` is the configuration: struct conf. */
serve_handler page_witness;

#endif
