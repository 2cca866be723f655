-- Records copies that belong to no living conversation. Not while the memory is full: each refused message would fill it further.
-- KEYS: copies   ARGV: n, then n times: copy_key delay_milliseconds sealed
schedule_deletion(1, '')
return 1
