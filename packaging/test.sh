#!/bin/sh
# Runs the checks and the rings of tests, cheapest first. Brings what they need the first time.
#   test.sh                      everything but the long tests
#   test.sh --long               those too
#   test.sh --peers              our client against others' servers, which are brought the first time; this alone
#   test.sh checks|core|gui|whole|kill|krita ...   these alone
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$here/prepare.sh"
case " $* " in
    *" --peers "*) prepare peers ;;
    *) prepare test ;;
esac
cd "$root"
exec "$python" packaging/ladder.py "$@"
