"""Kreuzberg's library behind the HTTP interface of its server: POST /extract, GET /health.

Each file is read in a process of its own, with limits on memory and computing time
and, where the system allows it, without a network. Files are kept nowhere.
"""
import ctypes, json, os, re, resource, select, signal, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import kreuzberg

VERSION = "4.10.4"
MOST = 80 << 20  # bytes of a request
MEMORY = 4 << 30  # bytes of address space of a reading process
COMPUTING = 600  # seconds of it
WALL = 900  # seconds until it is ended, whatever it does
ANSWER = 64 << 20  # bytes

one = threading.Lock()  # file at a time


def config_of(text):
    asked = json.loads(text or "{}")
    known = {k: asked[k] for k in ("output_format", "force_ocr", "disable_ocr", "use_cache") if k in asked}
    if asked.get("ocr"):
        known["ocr"] = kreuzberg.OcrConfig(backend=asked["ocr"]["backend"], language=asked["ocr"]["language"])
    return kreuzberg.ExtractionConfig(**known)


def close_off():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (COMPUTING, COMPUTING))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    new_user, new_network = 0x10000000, 0x40000000
    libc = ctypes.CDLL(None)
    if libc.unshare(new_network) != 0:
        libc.unshare(new_user | new_network)  # where neither is allowed, the reader just has no reason to connect


def read(data, media, config):
    try:
        r = kreuzberg.extract_bytes_sync(data, media, config_of(config))
        found = {"content": r.content, "mime_type": r.mime_type, "metadata": dict(r.metadata), "ocr_elements": r.ocr_elements}
        return 200, [found]
    except kreuzberg.exceptions.KreuzbergError as e:
        kind = type(e).__name__
        return 422, {"error_type": kind, "message": "", "status_code": 422}
    except (ValueError, KeyError, TypeError):
        return 400, {"error_type": "ValidationError", "message": "", "status_code": 400}


def apart(data, media, config):
    """Reads in a child; one that does not live to answer could not parse the file."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(out)
            close_off()
            status, value = read(data, media, config)
            with os.fdopen(into, "wb") as f:
                f.write(json.dumps([status, value], default=str).encode())
        finally:
            os._exit(0)
    os.close(into)
    answer, end = b"", time.monotonic() + WALL
    while True:
        ready, _, _ = select.select([out], [], [], max(0, end - time.monotonic()))
        part = os.read(out, 1 << 20) if ready else b""
        answer += part
        if not part or len(answer) > ANSWER:
            break
    os.close(out)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    try:
        return json.loads(answer)
    except ValueError:
        return 422, {"error_type": "ParsingError", "message": "", "status_code": 422}


def parts_of(content_type, body):
    """Splits a form into its fields: name -> (media type, bytes)."""
    boundary = re.search(r'boundary="?([^";]+)', content_type)
    parts = {}
    if not boundary:
        return parts
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())[1:]:
        head, found, value = part.partition(b"\r\n\r\n")
        name = re.search(rb'name="(\w+)"', head)
        if found and name:
            media = re.search(rb"(?i)content-type: *([\w./+-]+)", head)
            parts[name[1].decode()] = (media[1].decode() if media else "", value)
    return parts


class Handler(BaseHTTPRequestHandler):
    timeout = 60

    def log_message(self, *_):
        pass

    def say(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/health":
            return self.say(200, {"status": "healthy", "version": VERSION})
        self.say(404, {"error_type": "Error", "message": "", "status_code": 404})

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        if self.path != "/extract" or not 0 < length <= MOST:
            return self.say(413 if length > MOST else 404, {"error_type": "Error", "message": "", "status_code": 413})
        parts = parts_of(self.headers["Content-Type"] or "", self.rfile.read(length))
        media, data = parts.get("files", ("", None))
        config = parts.get("config", ("", b""))[1]
        if data is None:
            return self.say(400, {"error_type": "ValidationError", "message": "", "status_code": 400})
        with one:
            found = apart(data, media, config)
        self.say(*found)


if __name__ == "__main__":
    ThreadingHTTPServer.request_queue_size = 128
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
