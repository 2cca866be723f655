-- Takes over what versions up to commit 47c7d24 wrote under other names: 'agenda', 'postbox', 'duties' and 'duty:<id>'.
-- Nothing is lost that an older gateway still writes beside this one; what both have is due at the earlier time.
-- Returns how many lists were renamed.
local names, renamed = {agenda = 'inbox_due', postbox = 'outbox_due', duties = 'farewells_due'}, 0
though_full()
for _, id in ipairs(redis.call('ZRANGE', 'duties', 0, -1)) do
  if redis.call('EXISTS', 'duty:' .. id) == 1 then redis.call('RENAME', 'duty:' .. id, 'farewell_due:' .. id) end
end
for before, after in pairs(names) do
  if redis.call('EXISTS', before) == 1 then
    redis.call('ZUNIONSTORE', after, 2, after, before, 'AGGREGATE', 'MIN')
    redis.call('EXPIRE', after, 172800)
    redis.call('DEL', before)
    renamed = renamed + 1
  end
end
return renamed
