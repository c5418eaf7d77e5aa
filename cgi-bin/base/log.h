/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Log lines to standard error, one line an event, as systemd and a terminal
 * want them: "<4>portal[123] db: text".  Control characters in the text come
 * out as \xNN, so that nobody writes lines for us.  No secret, no mail
 * address, no protected content ever goes here.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG, LOG__MAX };

/* Program name (a literal, kept) and the least important level that shows. */
void log_open(const char *program, enum log_level);

/* `where` is the module, a literal.  A line is cut at 1,000 bytes. */
void log_line(enum log_level, const char *where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
