#!/bin/sh
# Stands in for the .NET SDK: tells how it was called, then does what the file 'on-VERB' of the working directory says.
printf '%s\n' "$*" >> calls
. "./on-$1"
