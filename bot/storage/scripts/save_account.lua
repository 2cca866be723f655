-- Writes an account of the desk if it is still as it was read, and nobody else has its name or its alias.
-- KEYS: account name former_name alias former_alias   ARGV: before ('' for a new one) after id seconds
-- Returns 1 if written, 0 if another was faster, -1 if the name is taken, -2 if the alias is
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
