-- Returns by name the figures of some half hours: taken, left, helped, said_helped, and the waits until a first line, in seconds.
-- given: first last (numbers of half hours since 1970)
local sums, waits = {taken = 0, left = 0, helped = 0, said_helped = 0}, {}
for n = given.first, given.last do
  for what in pairs(sums) do sums[what] = sums[what] + tonumber(redis.call('HGET', 'waits:today:' .. n, what) or '0') end
  for _, seconds in ipairs(redis.call('LRANGE', 'live_waits:' .. n, 0, -1)) do table.insert(waits, tonumber(seconds)) end
end
sums.waits = waits
return cmsgpack.pack(sums)
