# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What the parts of the fault tests share: counting, a portal of one's own,
# and questions to its databases.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$top" || exit 2
BUILD=${BUILD:-build}
[ -d "$BUILD" ] && BUILD=$(cd "$BUILD" && pwd)
programs=$BUILD
clients=$BUILD/tests/fault/clients
passed=0
failed=0
stack=
own=() # other processes of ours
mounted=

work=$(mktemp -d "${TMPDIR:-/tmp}/entente-fault.XXXXXX")
run=$work/run
people=$work/people

pass()
{
	passed=$((passed + 1))
	printf '  %s\n' "$*"
}

fail()
{
	failed=$((failed + 1))
	printf '  FAILED %s\n' "$*"
}

# expect WHAT COMMAND...: it must succeed; if not, what it said is shown.
expect()
{
	local what=$1 out

	shift
	if out=$("$@" 2>&1); then
		pass "$what"
	else
		fail "$what"
		printf '%s\n' "$out" | head -n 40
	fi
}

# expect_none WHAT TEXT: there must be nothing to say.
expect_none()
{
	if [ -z "$2" ]; then
		pass "$1"
	else
		fail "$1"
		printf '%s\n' "$2" | head -n 40
	fi
}

# shellcheck disable=SC2317 # called by a trap
leave()
{
	local pid

	for pid in "${own[@]}"; do
		kill -TERM "$pid" 2>/dev/null
	done
	stop_stack
	[ -z "$mounted" ] || umount "$mounted"
	if [ -n "${KEEP:-}" ]; then
		echo "Kept: $work"
	else
		rm -rf "$work"
	fi
}
trap leave EXIT
trap 'exit 130' INT TERM

finish()
{
	printf '%d passed, %d failed\n' "$passed" "$failed"
	[ "$failed" -eq 0 ]
	exit
}

# ---- a portal ----------------------------------------------------------

is_free()
{
	! (exec 3<> "/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

free_port()
{
	local port tries=0

	while [ $((tries += 1)) -lt 100 ]; do
		port=$((20000 + RANDOM % 12000))
		if [ "$port" != "${1:-}" ] && is_free "$port"; then
			echo "$port"
			return
		fi
	done
	return 1
}

is_alive()
{
	kill -0 "$1" 2>/dev/null
}

# An empty one in $run, of the programs in $programs; until it answers.
start_stack()
{
	local tries=0

	PORT=$(free_port)
	TLS_PORT=$(free_port "$PORT")
	mkdir -p "$run"
	: > "$work/stack.log" # of an earlier one
	export PORT TLS_PORT ENTENTE_CONF="$run/entente.conf"
	BUILD=$programs RUN_DIR=$run DEMO=no SIGNIN_RATE=1000r/s SIGNIN_BURST=1000 \
	    nginx/run > "$work/stack.log" 2>&1 &
	stack=$!
	until grep -q '^Ctrl-C stops it' "$work/stack.log"; do
		if ! is_alive "$stack" || [ $((tries += 1)) -gt 300 ]; then
			cat "$work/stack.log"
			fail 'the portal does not start'
			finish
		fi
		sleep 0.1
	done
}

# People and a few advisories; their sessions are in $people.
fill_stack()
{
	if ! "$clients" world "$people"; then
		fail 'the partnership could not be made'
		finish
	fi
}

stop_stack()
{
	[ -n "$stack" ] || return 0
	kill -TERM "$stack" 2>/dev/null
	wait "$stack" 2>/dev/null
	stack=
}

# Process ids of the workers of our portal whose socket is $1.sock ("portal",
# "login", "upload"): those of uploads are the same program as those of pages.
workers()
{
	local watcher inode

	for watcher in $(pgrep -P "$stack" -x multiwatch); do
		inode=$(readlink "/proc/$watcher/fd/0" | tr -cd 0-9)
		if awk -v i="$inode" -v path="/$1[.]sock$" '
		    $7 == i && $8 ~ path { f = 1 }
		    END { exit !f }' /proc/net/unix; then
			pgrep -P "$watcher"
		fi
	done
}

# token NAME, csrf NAME: of the people's file.
token()
{
	awk -v name="$1" '$1 == name { print $2 }' "$people"
}

csrf()
{
	awk -v name="$1" '$1 == name { print $3 }' "$people"
}

ententectl()
{
	"$BUILD/bin/ententectl" "$@"
}

# ---- databases ---------------------------------------------------------

# ask DATA_DIR FILE [JOURNAL]: each row of the queries is a complaint.
ask()
{
	sqlite3 -readonly -batch -bail "$1/portal.db" \
	    "ATTACH 'file:$1/auth/auth.db?mode=ro' AS auth;" \
	    "${3:+ATTACH 'file:$3?mode=ro' AS journal;}" \
	    ".read tests/fault/$2" 2>&1
}

# The journal as a table of three columns.
journal_table()
{
	awk -v OFS='\t' '{ print $1, $2, $3 }' "$1" > "$2.tsv"
	rm -f "$2"
	sqlite3 -batch "$2" \
	    'CREATE TABLE said (kind TEXT, what TEXT, number TEXT)' \
	    '.mode tabs' ".import $2.tsv said" 2>&1
}
