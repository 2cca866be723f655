-- What an open page asks for, in one moment: its conversation lives on, and it gets the lines that it does not have yet.
-- KEYS: address   ARGV: keep_seconds after('' or id of the last line the page has) newest(how many of the last lines as well)
-- Gives id key locale state('' or of the hand-over) typing(1|0) lines newest; nothing where no conversation is.
local id = redis.call('GET', KEYS[1])
if not id then return {} end
local tag = ':{' .. id .. '}'
live_on(id, KEYS[1], ARGV[1], ARGV[2])
local key, locale = unpack(redis.call('HMGET', 'conversation' .. tag, 'key', 'locale'))
local state, typing, newest = handoff(id, 'state') or '', 0, {}
if state == 'operator' then typing = redis.call('EXISTS', 'answering' .. tag) end
local lines = redis.call('XRANGE', 'transcript' .. tag, ARGV[2] == '' and '-' or '(' .. ARGV[2], '+')
if #lines > 0 then newest = redis.call('XREVRANGE', 'transcript' .. tag, '+', '-', 'COUNT', ARGV[3]) end
return {id, key or '', locale or '', state, typing, lines, newest}
