# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Figures of records and the transparency log over them.  tests/bench/run reads
# it.
# shellcheck disable=SC2154 # the variables are its own

log_few=1000
log_many=100000
log_some=300 # records of each measurement, each committed by itself
log_bundle=10000

# STACK COMMAND ...: microseconds.
tlog()
{
	local name=$1

	shift
	ENTENTE_CONF=$work/$name/entente.conf "$out/tlog" "$@" ||
	    fail "tlog $*: see $work/$name/log"
}

# NAME RECORDS MICROSECONDS: a rate.
log_rate()
{
	awk -v n="$1" -v us="$2" 'BEGIN { printf "%.0f", n * 1e6 / us }'
}

# Appending with many records there, beside appending with few, in turns.
measure_append()
{
	local few many rates=() ratios=()

	# What the filling left is written back before it counts.
	tlog few append "$log_some" 1 > /dev/null
	tlog many append "$log_some" 1 > /dev/null
	for _ in $(seq $((BENCH_ROUNDS * 4))); do
		few=$(tlog few append "$log_some" 1)
		many=$(tlog many append "$log_some" 1)
		rates+=("$(log_rate "$log_some" "$many")")
		ratios+=("$(ratio "$few" "$many")")
	done
	figure append "$(median "${rates[@]}")" records/s \
	    "$(median "${ratios[@]}")"
	bound append "$(median "${ratios[@]}")" ge 0.9
}

# The tile of the first 256 records, beside a file of as many bytes.
measure_tile()
{
	cp "$work/many/data/log/tile/0/000" "$work/noop/static/tile"
	beside tile 0.9 "http://localhost:${ports[many]}/log/tile/0/000" '' \
	    "http://localhost:${ports[noop]}/static/tile"
	rm -f "$work/noop/static/tile"
}

# STACK: the cookie of somebody whom all of its records concern.
log_reader()
{
	tlog "$1" reader reader@bench.example
	sign_in "$1" reader@bench.example
}

# A receipt from the midst of the log, beside a no-op of as many bytes; and
# some from all over it, from another tile each time.
measure_proof()
{
	local cookie one=/records/$((log_many / 2))/proof

	cookie=$(log_reader many)
	page proof 0.50 many "$one" "$cookie"
	page proof-spread 0.50 many "$one" "$cookie" -s tests/bench/mix.lua -- \
	    $(seq -f '/records/%.0f/proof' 1 199 "$log_many")
}

bundle_state()
{
	sqlite3 -readonly "$work/few/data/portal.db" \
	    "SELECT $1 FROM bundle ORDER BY id DESC LIMIT 1"
}

# All records of somebody, from asking until the file is there.
measure_bundle()
{
	local cookie page key fields=() n tries=0 begin

	cookie=$(log_reader few)
	n=$(sqlite3 -readonly "$work/few/data/portal.db" \
	    'SELECT COUNT(*) FROM record')
	tlog few taken $((log_bundle - n)) > /dev/null
	page=$(get "${ports[few]}" /bundles/new "$cookie")
	for key in csrf once; do
		fields+=(--data-urlencode "$key=$(sed -n \
		    "s/.*name=\"$key\" value=\"\([^\"]*\)\".*/\1/p" \
		    <<< "$page" | tail -n 1)")
	done
	begin=${EPOCHREALTIME/./}
	curl -fs -o /dev/null -H "Cookie: $cookie" "${fields[@]}" \
	    "http://localhost:${ports[few]}/bundles/new" ||
	    fail 'no bundle can be asked for'
	until [ "$(bundle_state state)" = ready ]; do
		[ $((tries += 1)) -lt 3000 ] || fail 'no bundle was made'
		sleep 0.02
	done
	n=$(((${EPOCHREALTIME/./} - begin) / 1000))
	figure bundle-records "$(bundle_state records)" records
	figure bundle "$n" ms
	bound bundle "$n" le 5000
}

measure_log()
{
	local us rate

	rm -rf "$work/few" "$work/many"
	start_stack few
	start_stack many
	tlog few taken "$log_few" > "$work/few.us"
	us=$(tlog many taken "$log_many")
	rate=$(log_rate "$log_many" "$us")
	figure sequencer "$rate" records/s
	bound sequencer "$rate" ge 5000
	measure_append
	measure_tile
	measure_proof
	measure_bundle
	stop_stack "${stacks[few]}"
	stop_stack "${stacks[many]}"
	unset "stacks[few]" "stacks[many]"
	rm -rf "$work/few" "$work/many"
}
