#!/bin/sh
# Starts Redis with the passwords of its secrets, which are read from standard input: as arguments, every process would see them.
# Engines have a user of their own, which can do what a turn needs (engine.acl): no look-up of a person, no queue, no account.
set -eu
password=$(cat /run/secrets/redis_password)
engine_password=$(cat /run/secrets/redis_engine_password)
[ -n "$password" ] || { echo "The secret redis_password is empty." >&2; exit 1; }
[ -n "$engine_password" ] || { echo "The secret redis_engine_password is empty." >&2; exit 1; }
# A server that was killed while it rewrote its file leaves half of one: texts and keys that are erased by now.
rm -f /data/temp-* /data/appendonlydir/temp-*
exec redis-server /etc/quietline/redis.conf - <<END
requirepass $password
user engine on >$engine_password $(cat /etc/quietline/engine.acl)
END
