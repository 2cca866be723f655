-- Writes an account of the desk if it still is as it was read, and if nobody else has its name or its alias.
-- KEYS: account name former_name alias former_alias   ARGV: before ('' for a new one) after id seconds
-- Gives 1 when written, 0 when another was faster, -1 when the name is taken, -2 when the alias is
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
for i, refused in pairs({[2] = -1, [4] = -2}) do
  local holder = redis.call('GET', KEYS[i])
  if holder and holder ~= ARGV[3] then return refused end
end
redis.call('DEL', KEYS[3], KEYS[5])
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[4])
redis.call('SET', KEYS[2], ARGV[3], 'EX', ARGV[4])
redis.call('SET', KEYS[4], ARGV[3], 'EX', ARGV[4])
return 1
