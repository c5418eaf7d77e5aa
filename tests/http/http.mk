# SPDX-License-Identifier: Apache-2.0
# The HTTP test program, beside the project's Makefile: from the top,
# make -f tests/http/http.mk http-tests.  tests/http/run does it.

include Makefile

HTTP_SRC := $(wildcard tests/http/*.c)
HTTP_OBJ := $(HTTP_SRC:%.c=$(BUILD)/%.o)
HTTP_BIN  = $(BUILD)/tests/http/http-tests

.PHONY: http-tests
http-tests: $(BIN) $(HTTP_BIN)

# The table of routes is the portal's own.
$(HTTP_BIN): $(HTTP_OBJ) $(LIB)
	$(CC) $(LDFLAGS_ALL) -o $@ $(HTTP_OBJ) $(LIB) $(LIBS) \
	    -lcurl -lcheck -lsubunit -lm -lrt -lpthread

-include $(HTTP_OBJ:.o=.d)
