/* SPDX-License-Identifier: Apache-2.0 */
/* The transparency log of the portal under test. */
#ifndef HTTP_LOG_H
#define HTTP_LOG_H

#include <stdint.h>

/* Until a published checkpoint has that record; ends the test when none. */
void log_wait(int64_t record);

#endif
