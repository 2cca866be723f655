-- What an open page polls, in one step: its conversation lives on, and the page gets the lines it does not have yet.
-- KEYS: address   given: keep_seconds after('' or id of the last line the page has) newest(how many of the last lines as well)
-- Returns by name: id key locale state(of the handoff) silent(its operator has written nothing yet) typing record(sealed; only while
-- an operator has it) lines newest; nothing if there is no conversation.
local address, after = KEYS[1], given.after
local id = redis.call('GET', address)
if not id then return cmsgpack.pack({}) end
local tag = ':{' .. id .. '}'
live_on(id, address, given.keep_seconds, after)
local key, locale = unpack(redis.call('HMGET', 'conversation' .. tag, 'key', 'locale'))
local state, since, answered = handoff(id, 'state', 'since', 'answered')
-- For whoever answers: the page is open. Written seldom, and only where somebody sees it.
if state == 'operator' then
  local now = milliseconds()
  local seen = tonumber(redis.call('HGET', 'conversation' .. tag, 'page_seen') or '0')
  if now - seen > 15000 then
    though_full()
    redis.call('HSET', 'conversation' .. tag, 'page_seen', now)
  end
end
local newest = {}
local lines = redis.call('XRANGE', 'transcript' .. tag, after == '' and '-' or '(' .. after, '+')
if #lines > 0 then newest = redis.call('XREVRANGE', 'transcript' .. tag, '+', '-', 'COUNT', given.newest) end
return cmsgpack.pack({
  id = id,
  key = key or nil,
  locale = locale or '',
  state = state or '',
  silent = state == 'operator' and answered ~= since,
  typing = state == 'operator' and redis.call('EXISTS', 'answering' .. tag) == 1,
  record = state == 'operator' and redis.call('GET', 'record' .. tag) or '',
  lines = lines,
  newest = newest,
})
