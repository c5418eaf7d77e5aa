# SPDX-License-Identifier: Apache-2.0
# Entente.  `make help` lists what there is; README.md tells the rest.

BUILD	?= build
CC	?= cc
MODE	?= release

# make install
PREFIX	   ?= /usr/local
SYSCONFDIR ?= /etc
STATEDIR   ?= /var/lib/entente
SERVER_NAME ?= portal.example

# make run
RUN_DIR	 ?= run
PORT	 ?= 8080
TLS_PORT ?= 8443

CPPFLAGS_ALL = -D_GNU_SOURCE -Icgi-bin -isystem /usr/include/ClearSilver \
	$(CPPFLAGS)
CFLAGS_ALL = -std=c11 -g -Wall -Wextra -Wpedantic -Werror -Wshadow \
	-Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
	-Wcast-qual -Wwrite-strings -Wformat=2 -Wswitch-enum -Wvla \
	-fstack-protector-strong -fno-strict-aliasing -fPIE \
	$(CFLAGS_$(MODE)) $(CFLAGS)
CFLAGS_release = -O2 -D_FORTIFY_SOURCE=2
CFLAGS_asan = -O1 -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
CFLAGS_fuzz = -O1 -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS_ALL = -pie -Wl,-z,relro,-z,now $(LDFLAGS_$(MODE)) $(LDFLAGS)
LDFLAGS_asan = -fsanitize=address,undefined
LDFLAGS_fuzz = -fsanitize=address,undefined
LIBS = -lfcgi -lneo_cs -lneo_utl -lz -lsqlite3 -lsodium -ljansson -loath \
	-lqrencode -lcmark-gfm-extensions -lcmark-gfm -lutf8proc
# What reads uploads, and so belongs to one program (and the tests) alone.
LIBS_SCAN = -lmagic -larchive -lexpat -lseccomp -lz

FLOORS = base db crypt scan web domain page
LIB_SRC := $(foreach f,$(FLOORS),$(wildcard cgi-bin/$(f)/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
LIB	= $(BUILD)/libentente.a
CTL_SRC := $(wildcard cgi-bin/prog/ctl*.c)

# What an auditor builds alone: nothing but libc and libsodium.
VERIFY_SRC := $(wildcard cgi-bin/prog/verify*.c) $(addprefix cgi-bin/, \
	base/arena.c base/base64.c base/buf.c base/clock.c base/err.c \
	base/file.c base/jcs_read.c base/log.c base/span.c base/tar.c \
	base/text.c base/utf8.c crypt/checkpoint.c crypt/cosignature.c \
	crypt/key_handover.c crypt/merkle.c crypt/merkle_trail.c \
	crypt/minisig.c crypt/note.c crypt/tlog_fault.c crypt/tlog_name.c \
	crypt/tlog_proof.c crypt/tlog_tile.c crypt/tlog_tile_reader.c \
	crypt/tlog_verify.c crypt/tlog_verify_agreement.c \
	crypt/tlog_verify_log.c crypt/tlog_wrong.c crypt/token.c)

DAEMONS = sequencer bundler courier
PROGRAMS = portal.fcgi login.fcgi witness.fcgi ententectl entente-scan signer \
	$(DAEMONS) entente-verify
BIN	:= $(PROGRAMS:%=$(BUILD)/bin/%)

UNIT_SRC := $(wildcard tests/unit/test_*.c)
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/tests/%)
FUZZ_SRC := $(wildcard tests/fuzz/fuzz_*.c)
FUZZ_BIN := $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/fuzzers/%)
REPLAY_BIN := $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/replayers/%)
SOURCES	 := $(wildcard cgi-bin/*/*.[ch] tests/*/*.[ch])

export BUILD RUN_DIR PORT TLS_PORT CORPUS MODE

.PHONY: all
all: $(BIN) ## build all programs into build/bin (BUILD=, MODE=asan)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(LIB): $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $(LIB_OBJ)

$(BUILD)/bin/portal.fcgi: $(BUILD)/cgi-bin/prog/portal.o $(LIB)
$(BUILD)/bin/login.fcgi: $(BUILD)/cgi-bin/prog/login.o $(LIB)
$(BUILD)/bin/witness.fcgi: $(BUILD)/cgi-bin/prog/witness.o $(LIB)
$(BUILD)/bin/witness.fcgi: LIBS = -lfcgi -lsodium -lutf8proc
$(BUILD)/bin/ententectl: $(CTL_SRC:%.c=$(BUILD)/%.o) $(LIB)
$(BUILD)/bin/ententectl: LIBS += -larchive
$(BUILD)/bin/entente-scan: $(BUILD)/cgi-bin/prog/entente_scan.o $(LIB)
$(BUILD)/bin/entente-scan: LIBS = $(LIBS_SCAN) -lutf8proc
SIGNER_SRC := $(wildcard cgi-bin/prog/signer*.c)
$(DAEMONS:%=$(BUILD)/bin/%): $(BUILD)/bin/%: $(BUILD)/cgi-bin/prog/%.o \
    $(BUILD)/cgi-bin/prog/daemon.o $(LIB)
$(BUILD)/bin/courier: LIBS += -lcurl
$(BUILD)/bin/signer: $(SIGNER_SRC:%.c=$(BUILD)/%.o) $(LIB)
$(BUILD)/bin/signer: LIBS = -lsodium -lseccomp
$(BUILD)/bin/entente-verify: $(VERIFY_SRC:%.c=$(BUILD)/%.o)
$(BUILD)/bin/entente-verify: LIBS = -lsodium
$(BUILD)/bin/entente-verify: LIB =
$(BIN):
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $(filter %.o,$^) $(LIB) $(LIBS)

$(BUILD)/tests/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) -Itests/unit $(CFLAGS_ALL) -MMD -MP \
	    $(LDFLAGS_ALL) -o $@ $< $(LIB) $(LIBS) $(LIBS_SCAN) \
	    -lcheck -lsubunit -lm -lrt -lpthread

# Who opens connections out: one program, and the test of how.
$(BUILD)/tests/test_fetch: LIBS += -lcurl
# These run the program itself.
$(BUILD)/tests/test_ctl $(BUILD)/tests/test_ctl_key \
$(BUILD)/tests/test_ctl_rotate: $(BUILD)/bin/ententectl
$(BUILD)/tests/test_ctl_document: $(BUILD)/bin/ententectl \
	$(BUILD)/bin/entente-scan
$(BUILD)/tests/test_scan: $(BUILD)/bin/entente-scan
$(BUILD)/tests/test_bundler: $(BUILD)/bin/bundler $(BUILD)/bin/sequencer \
	$(BUILD)/bin/signer $(BUILD)/bin/entente-verify \
	$(BUILD)/bin/ententectl
$(BUILD)/tests/test_verify $(BUILD)/tests/test_bundle_make: \
	$(BUILD)/bin/entente-verify
$(BUILD)/tests/test_signer: $(BUILD)/bin/signer
$(BUILD)/tests/test_courier: $(BUILD)/bin/courier

# A harness is tests/fuzz/fuzz_<parser>.c; tests/fuzz/run builds them by
# `make fuzzers MODE=fuzz CC=clang BUILD=...`.
$(BUILD)/fuzzers/%: tests/fuzz/%.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) -Itests/fuzz $(CFLAGS_ALL) -MMD -MP \
	    $(LDFLAGS_ALL) -fsanitize=fuzzer -o $@ $< $(LIB) $(LIBS) \
	    $(LIBS_SCAN)

# The same harness over its corpus, without a fuzzer, in any MODE.
$(BUILD)/replayers/%: tests/fuzz/%.c tests/fuzz/replay.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) -Itests/fuzz $(CFLAGS_ALL) $(LDFLAGS_ALL) \
	    -o $@ $< tests/fuzz/replay.c $(LIB) $(LIBS) $(LIBS_SCAN)

.PHONY: entente-verify
entente-verify: $(BUILD)/bin/entente-verify ## the auditors' program alone

.PHONY: run
run: deps all ## the portal on this machine (PORT, TLS_PORT, RUN_DIR, CORPUS)
	@exec setpriv --pdeathsig TERM nginx/run

.PHONY: check
check: deps test-deps ## everything under tests/, some minutes
	@exec tests/run

.PHONY: unit
unit: $(UNIT_BIN) ## unit tests alone
	@exec tests/unit/run $(UNIT_BIN)

.PHONY: unit-build
unit-build: $(UNIT_BIN)

.PHONY: fuzzers
fuzzers: $(FUZZ_BIN)

.PHONY: replayers
replayers: $(REPLAY_BIN)

.PHONY: lint
lint: ## the project's own rules, clang-format, shellcheck, cppcheck
	@exec tests/lint/run

.PHONY: asan
asan: deps test-deps ## unit and HTTP tests under ASan and UBSan
	@exec tests/run asan

.PHONY: fuzz
fuzz: deps test-deps ## fuzz the parsers (FUZZ_SECONDS= each, 60)
	@FUZZ_SECONDS="$${FUZZ_SECONDS:-60}" exec tests/fuzz/run

.PHONY: bench
bench: deps test-deps all ## speed and size, printed and kept in build/bench
	@exec tests/bench/run

.PHONY: format
format: ## clang-format all C sources in place
	clang-format -i $(SOURCES)

.PHONY: deps
deps: ## install the Debian packages that are missing, if any
	@exec nginx/deps run

.PHONY: test-deps
test-deps: ## the same for what the tests need
	@exec nginx/deps test

.PHONY: install
install: all ## into DESTDIR, below PREFIX (/usr/local)
	@BUILD='$(BUILD)' DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' \
	    SYSCONFDIR='$(SYSCONFDIR)' STATEDIR='$(STATEDIR)' \
	    SERVER_NAME='$(SERVER_NAME)' nginx/install

.PHONY: clean
clean: ## remove what was built; data in run/ stay
	rm -rf $(BUILD)

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | \
	    expand -t 20

-include $(LIB_OBJ:.o=.d) $(UNIT_BIN:=.d) $(FUZZ_BIN:=.d)
-include $(wildcard $(BUILD)/cgi-bin/prog/*.d)
