"""Open files: every connection is one, and a system that allows few of them would let a full room fail."""

import contextlib
import os

SPARE = 400
"""For logs, pages and whatever else is open beside the connections."""


def room_for(connections: int) -> int:
    """Lets this process have so many connections and the rest of its files open, as far as the system goes along.

    Returns:
        how many files it may have open now; 0 where the system has no such limit to set.
    """
    if os.name != "posix":
        return 0
    import resource

    wanted = connections + SPARE
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if now != resource.RLIM_INFINITY and now < wanted:
        raised = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (raised, most))
    return int(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
