/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pictures: that the file is whole, and how large the picture is once a
 * browser unpacks it.  No pixel is decoded.
 */
#ifndef SCAN_IMAGE_H
#define SCAN_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include "scan/verdict.h"

enum { IMAGE_SIDE = 20000, IMAGE_PIXELS = 100 * 1000 * 1000 };

/*
 * VERDICT_BROKEN where the chunks (PNG, ISO/IEC 15948 §5) or segments (JPEG,
 * ITU-T T.81 annex B) are none, or the end is missing; VERDICT_TOO_LARGE with
 * VERDICT_PIXELS over a side or all pixels.
 */
bool image_check_png(const uint8_t *, size_t len, struct verdict *);
bool image_check_jpeg(const uint8_t *, size_t len, struct verdict *);

#endif
