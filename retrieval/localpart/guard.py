# Stops a server that nobody uses any more, also when its last user was killed.
# Arguments: directory, process id and start mark of the server, seconds it may
# idle, signal that asks it to end, seconds it gets for that.
import fcntl
import json
import os
import signal
import sys
import time

directory, pid, begun, linger, stop, grace = sys.argv[1:7]
pid, linger, stop, grace = int(pid), float(linger), int(stop), float(grace)
state = os.path.join(directory, "process.json")


def alive():
    try:
        with open("/proc/%d/stat" % pid) as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
    except OSError:
        return False
    return fields[0] not in "ZX" and fields[19] == begun


def named():
    try:
        with open(state) as f:
            process = json.load(f)
    except (OSError, ValueError):
        return False
    return process["pid"] == pid and process["begun"] == begun


def free(lock):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except OSError:
        return False


def end():
    os.kill(pid, stop)
    give_up = time.monotonic() + grace
    while alive():
        if time.monotonic() > give_up:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)
    if named():
        os.remove(state)


start = open(os.path.join(directory, "start.lock"), "r+")
users = open(os.path.join(directory, "users.lock"), "r+")
idle = None
while alive():
    if free(start):
        if not named():
            end()
            break
        if free(users):
            fcntl.flock(users, fcntl.LOCK_UN)
            idle = idle or time.monotonic()
            if time.monotonic() - idle >= linger:
                end()
                break
        else:
            idle = None
        fcntl.flock(start, fcntl.LOCK_UN)
    time.sleep(0.3)
