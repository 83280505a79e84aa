"""llama.cpp's own server for one model: PORT FILE NAME. It keeps and logs no text."""
import os, signal, sys

import xllamacpp

p = xllamacpp.CommonParams()
p.hostnames, p.port = ["127.0.0.1"], int(sys.argv[1])
p.model.path, p.model_alias = sys.argv[2], {sys.argv[3]}
p.n_ctx, p.n_parallel = 8192, 1
p.cpuparams.n_threads = min(4, len(os.sched_getaffinity(0)))
p.cpuparams.poll = 0  # a thread that spins takes the core from the one it waits for
p.endpoint_slots = p.endpoint_props = False  # they show what is asked

server = xllamacpp.Server(p)
while True:
    signal.pause()
