-- Sends the requests of the file that REQUESTS names, one after the other: signed before, so that only the server is measured.
local requests, at = {}, 0

function init()
  local file = assert(io.open(os.getenv("REQUESTS"), "rb"))
  while true do
    local length = file:read("*l")
    if not length then break end
    requests[#requests + 1] = file:read(tonumber(length))
  end
  file:close()
  at = math.random(#requests)
end

function request()
  at = at % #requests + 1
  return requests[at]
end
