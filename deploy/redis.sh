#!/bin/sh
# Starts Redis with the password of its secret, which is read from standard input: as an argument, every process would see it.
set -eu
password=$(cat /run/secrets/redis_password)
[ -n "$password" ] || { echo "The secret redis_password is empty." >&2; exit 1; }
exec redis-server /etc/quietline/redis.conf - <<END
requirepass $password
END
