-- What several scripts do; stands in front of each of them.

-- The store's own clock: gateways on other machines may be ahead or behind.
local function milliseconds()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Notes copies that a provider keeps and that have to be deleted there, also in a set of the conversation ('' for none).
-- From ARGV[at] on: n, then n times: copy_key delay_milliseconds sealed
local function owe(at, owed)
  local now = milliseconds()
  for i = 0, tonumber(ARGV[at]) - 1 do
    local key, delay, sealed = ARGV[at + i * 3 + 1], ARGV[at + i * 3 + 2], ARGV[at + i * 3 + 3]
    local since = 'copies_since:' .. string.match(key, '^[^:]+')
    redis.call('HSET', 'copy:' .. key, 'sealed', sealed)
    redis.call('EXPIRE', 'copy:' .. key, 172800)
    redis.call('ZADD', 'copies', now + delay, key)
    redis.call('ZADD', since, 'NX', now, key)
    redis.call('EXPIRE', 'copies', 172800)
    redis.call('EXPIRE', since, 172800)
    if owed ~= '' then
      redis.call('SADD', owed, key)
      redis.call('EXPIRE', owed, 172800)
    end
  end
end

-- Ends the duty to delete a copy.
local function acquit(key)
  redis.call('DEL', 'copy:' .. key)
  redis.call('ZREM', 'copies', key)
  redis.call('ZREM', 'copies_since:' .. string.match(key, '^[^:]+'), key)
end
