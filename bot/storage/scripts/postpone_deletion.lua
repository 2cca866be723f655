-- Retries later to delete a copy; a copy whose record has expired is given up. KEYS: copies   ARGV: copy_key delay_milliseconds
if redis.call('EXISTS', 'copy:' .. ARGV[1]) == 0 then
  cancel_deletion(ARGV[1])
  return 0
end
though_full()
redis.call('HINCRBY', 'copy:' .. ARGV[1], 'tries', 1)
redis.call('EXPIRE', KEYS[1], 176400)
redis.call('ZADD', KEYS[1], 'XX', milliseconds() + ARGV[2], ARGV[1])
return 1
