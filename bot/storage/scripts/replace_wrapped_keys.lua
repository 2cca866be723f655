-- Wraps keys anew, where nobody has erased the conversation meanwhile.   KEYS: conversations   given: changes {name before after}
for _, change in ipairs(given.changes) do
  if redis.call('HGET', change.name, 'key') == change.before then
    though_full()
    redis.call('HSET', change.name, 'key', change.after)
  end
end
