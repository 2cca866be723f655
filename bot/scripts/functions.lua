-- What several scripts do; stands in front of each of them.

-- The store's own clock: gateways on other machines may be ahead or behind.
local function milliseconds()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local KINDS = {'conversation', 'inbox', 'outbox', 'transcript', 'record', 'tracker', 'answer', 'told', 'tries', 'lines'}

-- Lets everything of a conversation live on for so many seconds.
local function renew(id, seconds)
  for _, kind in ipairs(KINDS) do
    redis.call('EXPIRE', kind .. ':{' .. id .. '}', seconds)
  end
end

-- Makes a conversation that its address leads to.
local function begin(id, key, channel, address, pointer, seconds)
  redis.call('SET', 'address:' .. pointer, id, 'EX', seconds)
  redis.call('HSET', 'conversation:{' .. id .. '}', 'key', key, 'channel', channel, 'address', address, 'pointer', pointer)
end

-- Notes copies that a provider keeps and that have to be deleted there, also in a set of the conversation ('' for none).
-- Where no conversation is left they are due at once. Their lists outlive the records, so that one that ends is noticed.
-- From ARGV[at] on: n, then n times: copy_key delay_milliseconds sealed
local function owe(at, owed, gone)
  local now = milliseconds()
  for i = 0, tonumber(ARGV[at]) - 1 do
    local key, delay, sealed = ARGV[at + i * 3 + 1], gone and 0 or ARGV[at + i * 3 + 2], ARGV[at + i * 3 + 3]
    local since = 'copies_since:' .. string.match(key, '^[^:]+')
    redis.call('HSET', 'copy:' .. key, 'sealed', sealed)
    redis.call('EXPIRE', 'copy:' .. key, 172800)
    redis.call('ZADD', 'copies', now + delay, key)
    redis.call('ZADD', since, 'NX', now, key)
    redis.call('EXPIRE', 'copies', 176400)
    redis.call('EXPIRE', since, 176400)
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

-- Notes complaints about services, and takes the service out of what is given, a few a day at most. Times are days: an hour
-- could tell whose complaint it was. From ARGV[at] on: day days most_a_day n, then n times: service may_go(1|0). Gives the next place.
local function complain(at)
  local day, days, most, n = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  if n == 0 then return at + 4 end
  for _, old in ipairs(redis.call('ZRANGEBYSCORE', 'complained', '-inf', day - days - 1)) do
    redis.call('HDEL', 'complaints', old)
    redis.call('ZREM', 'complained', old)
  end
  redis.call('ZREMRANGEBYSCORE', 'suspended', '-inf', day - 1)
  local gone = 'suspensions:' .. day
  for i = 0, n - 1 do
    local service, may_go = ARGV[at + 4 + i * 2], ARGV[at + 5 + i * 2] == '1'
    redis.call('HINCRBY', 'complaints', service, 1)
    redis.call('ZADD', 'complained', day, service)
    local free = tonumber(redis.call('GET', gone) or '0') < most
    if may_go and free and redis.call('ZADD', 'suspended', 'NX', day + days, service) == 1 then
      redis.call('INCR', gone)
      redis.call('EXPIRE', gone, 172800)
    end
  end
  for _, name in ipairs({'complaints', 'complained', 'suspended'}) do redis.call('EXPIRE', name, (days + 1) * 86400) end
  return at + 4 + n * 2
end

-- Counts what was asked for and not found. From ARGV[at] on: month seconds n, then n cells.
local function unmet(at)
  local name = 'unmet:' .. ARGV[at]
  for i = 1, tonumber(ARGV[at + 2]) do
    redis.call('HINCRBY', name, ARGV[at + 2 + i], 1)
    if redis.call('TTL', name) < 0 then redis.call('EXPIRE', name, ARGV[at + 1]) end
  end
end
