/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A QR code (ISO/IEC 18004, by libqrencode) as an SVG element without
 * scripts or style attributes: for TOTP enrolment.
 */
#ifndef WEB_QR_H
#define WEB_QR_H

#include "base/arena.h"
#include "base/err.h"

/* `label` is the accessible name.  ERR_TOO_LARGE over 500 bytes of text. */
enum err
qr_svg(struct arena *, const char *text, const char *label, char **svg);

#endif
