#!/bin/sh
# `quietline` in the image, from whatever folder it is called.
cd /srv/quietline && exec .venv/bin/python -m quietline "$@"
