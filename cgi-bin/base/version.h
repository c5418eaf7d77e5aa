/* SPDX-License-Identifier: Apache-2.0 */
/* Which Entente this is: for `ententectl --version` and who asks for help. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define ENTENTE_VERSION "0.2"

#endif
