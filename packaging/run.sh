#!/bin/sh
# Starts Overpaint and passes all arguments on. Brings what it needs the first time.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$here/prepare.sh"
prepare run
# -P: a folder named `studio` where the user happens to stand is not ours.
exec "$python" -P -m studio "$@"
