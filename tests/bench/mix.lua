-- SPDX-License-Identifier: Apache-2.0
-- wrk -s mix.lua URL -- PATH...: asks for one path after the other.

local paths, at = {}, 0

function init(args)
	paths = args
end

function request()
	at = at % #paths + 1
	return wrk.format("GET", paths[at])
end
