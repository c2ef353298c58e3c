#!/usr/bin/env bash
# health <port>: whether GET /health on this port of the container answers 200. Needs nothing but bash.
set -eu
exec 3<>"/dev/tcp/127.0.0.1/$1"
printf 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
read -r -t 5 _ status _ <&3
[ "$status" = 200 ]
