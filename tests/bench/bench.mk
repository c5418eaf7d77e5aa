# SPDX-License-Identifier: Apache-2.0
# What the benchmark needs, beside the project's Makefile: from the top,
# make -f tests/bench/bench.mk bench-build.  tests/bench/run does it.

include Makefile

BENCH_OBJ = $(BUILD)/tests/bench
BENCH_BIN = $(BUILD)/bench/fill $(BUILD)/bench/noop $(BUILD)/bench/flood \
	$(BUILD)/bench/bundle $(BUILD)/bench/tlog

.PHONY: bench-build
bench-build: all $(BENCH_BIN)

$(BUILD)/bench/fill: $(BENCH_OBJ)/fill.o $(BENCH_OBJ)/pact.o \
    $(BENCH_OBJ)/portal.o $(BENCH_OBJ)/shelf.o $(BENCH_OBJ)/text.o $(LIB)
$(BUILD)/bench/tlog: $(BENCH_OBJ)/tlog.o $(BENCH_OBJ)/portal.o $(LIB)
$(BUILD)/bench/noop: $(BENCH_OBJ)/noop.o
$(BUILD)/bench/flood: $(BENCH_OBJ)/flood.o
$(BENCH_OBJ)/bundle.o: CPPFLAGS += -Itests/unit
$(BUILD)/bench/bundle: $(BENCH_OBJ)/bundle.o $(LIB)
$(BENCH_BIN):
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $(filter %.o %.a,$^) $(LIBS)

-include $(wildcard $(BUILD)/tests/bench/*.d)
