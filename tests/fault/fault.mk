# SPDX-License-Identifier: Apache-2.0
# The clients of the fault tests, beside the project's Makefile: from the top,
# make -f tests/fault/fault.mk fault-clients.  tests/fault/run does it.

include Makefile

FAULT_SRC := $(wildcard tests/fault/*.c)
FAULT_OBJ := $(FAULT_SRC:%.c=$(BUILD)/%.o)
FAULT_BIN  = $(BUILD)/tests/fault/clients

.PHONY: fault-clients
fault-clients: $(BIN) $(FAULT_BIN)

$(FAULT_BIN): $(FAULT_OBJ) $(LIB)
	$(CC) $(LDFLAGS_ALL) -o $@ $(FAULT_OBJ) $(LIB) $(LIBS)

-include $(FAULT_OBJ:.o=.d)
