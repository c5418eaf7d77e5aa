/* SPDX-License-Identifier: Apache-2.0 */
/* Every kind of document, for test_shelf.c: made before its tests. */
#ifndef HTTP_SHELF_H
#define HTTP_SHELF_H

void shelf_open(void);

#endif
