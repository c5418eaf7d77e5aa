/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "domain/tlp.h"

static const struct {
	const char *text;
	bool is_label;
	enum tlp label;
} texts[] = {
	{ "TLP:CLEAR", true, TLP_CLEAR },
	{ "TLP:AMBER+STRICT", true, TLP_AMBER_STRICT },
	{ "AMBER+STRICT", true, TLP_AMBER_STRICT },
	{ "amber-strict", true, TLP_AMBER_STRICT },
	{ "green", true, TLP_GREEN },
	{ "RED", true, TLP_RED },
	{ "WHITE", true, TLP_CLEAR },
	{ "TLP:WHITE", true, TLP_CLEAR },
	/* What is no label is kept from everybody. */
	{ "white", false, TLP_RED },
	{ "TLP:", false, TLP_RED },
	{ "TLP:AMBER STRICT", false, TLP_RED },
	{ "Green", false, TLP_RED },
	{ "", false, TLP_RED },
	{ NULL, false, TLP_RED },
};

START_TEST(from_text)
{
	enum tlp label = TLP__MAX;

	ck_assert(tlp_from_text(texts[_i].text, &label) == texts[_i].is_label);
	ck_assert_int_eq(label, texts[_i].label);
}
END_TEST

START_TEST(each_has_a_name_and_a_word)
{
	enum tlp label;

	for (int i = 0; i < TLP__MAX; i++) {
		ck_assert(tlp_from_text(tlp_names[i], &label));
		ck_assert_int_eq(label, i);
		ck_assert(tlp_from_text(tlp_words[i], &label));
		ck_assert_int_eq(label, i);
	}
	ck_assert_ptr_null(tlp_names[TLP__MAX]);
	ck_assert_ptr_null(tlp_words[TLP__MAX]);
}
END_TEST

UNIT_MAIN("tlp", UNIT_ROWS(from_text, texts), UNIT(each_has_a_name_and_a_word))
