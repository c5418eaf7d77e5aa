# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Commands side by side, as many at a time as there are processors; what one
# says is kept together in $lane_logs/NAME.log.  Whoever sources this has a
# function `ended NAME STATUS SECONDS`, called as each comes to its end.
#
#	LANES	how many at a time

lanes=${LANES:-$(nproc)}
lane_logs=
declare -A lane_name=() lane_begin=()

# In groups of their own, so that lane_stop reaches what they started.
set -m

# lane_one: until one of them ends.
lane_one()
{
	local pid status=0 name

	wait -n -p pid "${!lane_name[@]}" || status=$?
	name=${lane_name[$pid]}
	unset "lane_name[$pid]"
	ended "$name" "$status" $((SECONDS - lane_begin[$pid]))
}

# lane_start NAME COMMAND...: waits for room first.
lane_start()
{
	local name=$1

	shift
	while [ "${#lane_name[@]}" -ge "$lanes" ]; do
		lane_one
	done
	"$@" > "$lane_logs/$name.log" 2>&1 < /dev/null &
	lane_name[$!]=$name
	lane_begin[$!]=$SECONDS
}

# lane_end: until all of them have ended.
lane_end()
{
	while [ "${#lane_name[@]}" -gt 0 ]; do
		lane_one
	done
}

# lane_stop: for a trap.
lane_stop()
{
	local pid

	for pid in "${!lane_name[@]}"; do
		kill -TERM -- "-$pid" 2>/dev/null
	done
	wait
}
