-- Notes copies of no conversation that lives. KEYS: copies   ARGV: n, then n times: copy_key delay_milliseconds sealed
owe(1, '')
return 1
