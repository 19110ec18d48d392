"""Child processes in which untrusted bytes are read: limits on CPU, memory and time, no network, no files.

    program ── ProcessSandbox ── ForkServer           parent.py, nursery.py
                    │                │ control socket
                    │           server process         server.py: libraries, registry and reader, loaded once
                    │                │ fork
                    └── pipe ──── child                child.py: takes its limits, answers asks

Not multiprocessing's fork server, which was tried: it runs the program's main script again in every child (a second
where that is the `feedhub` command), cannot keep a warm reader to fork from, and leaves descriptors of its own open
in the child.
"""

from feedhub.adapters.sandbox.limits import SandboxLimits
from feedhub.adapters.sandbox.parent import ProcessSandbox

__all__ = ["ProcessSandbox", "SandboxLimits"]
