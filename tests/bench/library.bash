# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Figures of the library: pages, search, and documents on their way in and out.
# tests/bench/run reads it.
# shellcheck disable=SC2154,SC2034 # the variables are its own

document_mib=64
files=8 # of these at a time

# A document of middling age that wide may read.
document_in_the_middle()
{
	sqlite3 -readonly "$work/large/data/portal.db" "
		SELECT a.ref FROM document a
		JOIN document_circle x ON x.document = a.id
		JOIN circle c ON c.id = x.circle AND c.ref = 'energy'
		ORDER BY a.position
		LIMIT 1 OFFSET (SELECT COUNT(*) / 10 FROM document)"
}

measure_library()
{
	local path

	path=/documents/$(document_in_the_middle)
	page library 0.30 large /documents "$wide"
	page library-of-50 0.30 large /documents "$narrow"
	page document 0.30 large "$path" "$wide"
	page library-search-common 0.15 large '/documents?q=redundancy' "$wide"
	page library-search-rare 0.15 large '/documents?q=quicksilver' "$wide"
	page library-search-two 0.15 large '/documents?q=redundancy+recovery' \
	    "$wide"
	page library-search-of-50 0.15 large '/documents?q=redundancy' "$narrow"
}

# ---- documents on their way in ---------------------------------------------

# The largest that may be, of words.
make_document()
{
	awk -v bytes=$((document_mib << 20)) 'BEGIN {
		line = "Each operator keeps a copy of its plans off the network.\n"
		for (n = length(line); bytes >= n; bytes -= n)
			printf "%s", line
		printf "%*s", bytes, ""
	}' > "$1"
}

# Process ids of the workers that take documents in.
upload_workers()
{
	local parent

	for parent in $(pgrep -P "${stacks[large]}" -x multiwatch); do
		if tr '\0' ' ' < "/proc/$parent/cmdline" | grep -q ' -f 1 '; then
			pgrep -P "$parent" -x portal.fcgi
		fi
	done
}

# HIDDEN-FIELD PAGE
hidden()
{
	sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" <<< "$2" | head -n 1
}

# FILE COOKIE: uploads it as a draft; sets ref and took_us.
upload()
{
	local url=http://localhost:${ports[large]}/documents/new form begin

	form=$(get "${ports[large]}" /documents/new "$2")
	begin=${EPOCHREALTIME/./}
	ref=$(curl -s -o "$work/upload.html" -w '%{redirect_url}' \
	    -H "Cookie: $2" -F "csrf=$(hidden csrf "$form")" \
	    -F "once=$(hidden once "$form")" -F title=Large -F summary=Large \
	    -F kind=guide -F language=en -F label=green -F circles=community \
	    -F "file=@$1;filename=large.txt" "$url")
	took_us=$((${EPOCHREALTIME/./} - begin))
	[[ $ref =~ /documents/(DOC-[0-9]+-[0-9]+) ]] ||
	    fail "the document was not taken: $(head -c 4000 "$work/upload.html")"
	ref=${BASH_REMATCH[1]}
}

# The most memory that a worker ever had.
most_memory()
{
	local pid

	for pid in $(upload_workers); do
		awk '$1 == "VmHWM:" { print $2 }' "/proc/$pid/status"
	done | sort -g | tail -n 1
}

# ---- and out ---------------------------------------------------------------

# NAME BOUND URL COOKIE URL: the first beside the second, in turns.
beside()
{
	local rates=() ratios=() n

	for _ in $(seq "$BENCH_ROUNDS"); do
		drive "$5" ''
		n=$rate
		drive "$3" "$4"
		rates+=("$rate")
		ratios+=("$(ratio "$rate" "$n")")
	done
	figure "$1" "$(median "${rates[@]}")" files/s "$(median "${ratios[@]}")"
	bound "$1" "$(median "${ratios[@]}")" ge "$2"
}

measure_documents()
{
	local large=http://localhost:${ports[large]} file=$work/large.txt
	local noop=http://localhost:${ports[noop]} took=() ref took_us kib cookie
	local connections=$connections

	cookie=$(sign_in large p0.o0@bench.example)
	make_document "$file"
	for _ in $(seq "$BENCH_ROUNDS"); do
		upload "$file" "$cookie"
		took+=("$took_us")
	done
	figure upload "$(median "${took[@]}" | awk -v m="$document_mib" \
	    '{ printf "%.1f", m * 1e6 / $1 }')" MiB/s
	kib=$(most_memory)
	figure upload-memory "$kib" KiB
	bound upload-memory "$kib" le $((20 * 1024))
	cp "$file" "$work/noop/static/large.txt"
	connections=$files
	beside download 0.9 "$large/documents/$ref/file" "$cookie" \
	    "$noop/static/large.txt"
	rm -f "$file" "$work/noop/static/large.txt"
}
