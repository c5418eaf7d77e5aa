/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every kind of advisory (label × circle × state), all of the CSIRT, every
 * kind of reader, and the access rule as DESIGN has it, written a second
 * time: for test_access.c and test_find.c.
 */
#ifndef HTTP_ACCESS_H
#define HTTP_ACCESS_H

#include "world.h"

enum label { CLEAR, GREEN, AMBER, AMBER_STRICT, RED, LABELS };
enum circle { COMMUNITY = 1, ENERGY_CIRCLE = 2, WATER_CIRCLE = 4 };
enum state { DRAFT, PUBLISHED, WITHDRAWN, STATES };
enum { CIRCLES = 3, ITEMS = LABELS * CIRCLES * STATES, READERS = 16 };

struct item {
	enum label label;
	enum circle circle;
	enum state state;
	bool has_source;
	char *ref;
	char *title; /* with a word that no other one has */
	char *word;  /* that word */
	char *text;  /* a word of its text alone */
};
extern struct item items[ITEMS];

struct reader {
	const char *name;
	enum who who;
	struct client **client; /* instead of who */
	unsigned circles;	/* that the charter opened */
	bool is_own, is_named, is_publisher, is_member;
	bool has_red; /* an agreement that goes up to TLP:RED */
};
extern const struct reader readers[READERS];
extern const char *const label_words[LABELS];

/* Makes them all, once. */
void access_open(void);

struct client *client_of(const struct reader *);
bool may_read(const struct reader *, const struct item *);
/* "red, circle 2, withdrawn, for energy" */
const char *about(const struct item *, const struct reader *);
int item_count(void);
/* 404, or to sign-in. */
int hidden_status(const struct reader *);

#endif
