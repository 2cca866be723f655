-- Gives, for each conversation that the desk shows, a few words that change with what is shown of it: newest line, notes, what waits to be
-- sent, who types, and what the bot remembers. One look for all pages that are open.   ARGV: id...
local found = {}
for _, id in ipairs(ARGV) do
  local tag = ':{' .. id .. '}'
  local last = redis.call('XREVRANGE', 'transcript' .. tag, '+', '-', 'COUNT', 1)[1]
  local record = redis.call('GET', 'record' .. tag)
  table.insert(found, {
    last and last[1] or '', redis.call('LLEN', 'notes' .. tag), redis.call('LLEN', 'outbox' .. tag),
    redis.call('EXISTS', 'typing' .. tag), record and redis.sha1hex(record) or '',
    redis.call('HGET', 'conversation' .. tag, 'unreachable') or '',
  })
end
return found
