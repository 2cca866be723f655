-- Suspends a service for so many days.   ARGV: service day days
suspend(ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]))
return 1
