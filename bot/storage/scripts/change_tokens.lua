-- Returns, for each conversation that the desk shows, a few words that change with what is shown of it, and how many lines its
-- operator has not seen. One call for all open pages.   given: ids
local found = {}
for _, id in ipairs(given.ids) do
  local tag = ':{' .. id .. '}'
  local last = redis.call('XREVRANGE', 'transcript' .. tag, '+', '-', 'COUNT', 1)[1]
  local facts = redis.call('HMGET', 'conversation' .. tag, 'fetched', 'unreachable', 'lost', 'seen', 'page_closed', 'page_seen')
  local record = redis.call('GET', 'record' .. tag)
  local unseen = redis.call('XRANGE', 'transcript' .. tag, facts[4] and '(' .. facts[4] or '-', '+', 'COUNT', 50)
  table.insert(found, {
    table.concat({last and last[1] or '', redis.call('LLEN', 'outbox' .. tag), facts[1] or '', facts[2] or '', facts[3] or '', facts[5] or ''}, ' '),
    table.concat({redis.call('LLEN', 'notes' .. tag), record and redis.sha1hex(record) or ''}, ' '),
    redis.call('EXISTS', 'typing' .. tag),
    #unseen,
    facts[6] or '',
    facts[5] and 1 or 0,
  })
end
return found
