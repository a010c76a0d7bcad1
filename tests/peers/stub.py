"""A worker behind a router, or what a proxy passes orders on to: takes OpenAI's image requests and writes down each.

`python -m tests.peers.stub NAME LEDGER [HELD]` listens on a free port of 127.0.0.1 and prints it. LEDGER gets one line
of JSON for what was received of each order, whose uploads are kept in files beside it, and one when it was answered.
The first worker of a folder that gets an order with the prompt HELD prints `holding` and never answers it: that order
is under way when the process is killed.
"""

from __future__ import annotations

import base64
import io
import json
import sys
import threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from multipart import MultipartParser, MultipartPart, parse_options_header
from PIL import Image


class Worker(ThreadingHTTPServer):
    """Counts orders and answers each with a picture of another colour."""

    daemon_threads = True

    def __init__(self, name: str, ledger: Path, held: str | None) -> None:
        super().__init__(("127.0.0.1", 0), Order)
        self.name, self.ledger, self._held = name, ledger, held
        self._lock = threading.Lock()
        self._count = 0

    def counted(self) -> int:
        """The number of an order that just came, from 1."""
        with self._lock:
            self._count += 1
            return self._count

    def is_held(self, prompt: object) -> bool:
        """Whether this order never gets its answer. One worker alone of all in a folder may hold."""
        if self._held is None or prompt != self._held:
            return False
        try:
            self.ledger.with_name("held").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def write(self, event: str, number: int, **more: Any) -> None:
        """One line of the ledger."""
        line = json.dumps({"worker": self.name, "event": event, "order": number, **more})
        with self._lock, self.ledger.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


class Order(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    @property
    def worker(self) -> Worker:
        """The server that it came to."""
        assert isinstance(self.server, Worker)
        return self.server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        number = self.worker.counted()
        fields, uploads = _read(self.headers["Content-Type"], body)
        files = [self._kept(upload, number, place) for place, upload in enumerate(uploads)]
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.worker.write("received", number, path=self.path, headers=headers, fields=fields, files=files)
        if self.worker.is_held(fields.get("prompt")):
            print("holding", flush=True)
            threading.Event().wait()
        if fields.get("prompt") == "too many":
            self._answer(429, {"error": {"message": "slow down", "type": "requests", "code": "rate_limit_exceeded"}})
            return
        item = {"b64_json": base64.b64encode(_picture(number)).decode(), "revised_prompt": None}
        self._answer(200, {"created": 0, "data": [item] * int(fields.get("n", 1))})
        self.worker.write("answered", number, fields=fields)

    def do_GET(self) -> None:
        self._answer(200, {"object": "list", "data": [{"id": "m", "object": "model"}]})

    def _kept(self, upload: MultipartPart, number: int, place: int) -> dict[str, str]:
        path = self.worker.ledger.with_name(f"{self.worker.name}-{number}-{place}")
        path.write_bytes(upload.raw)
        return {
            "name": upload.name or "",
            "filename": upload.filename or "",
            "type": upload.content_type or "",
            "path": str(path),
        }

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Date", formatdate(usegmt=True))
        if status == 429:
            self.send_header("Retry-After", "2")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the ledger tells."""


def _read(content_type: str, body: bytes) -> tuple[dict[str, Any], list[MultipartPart]]:
    """Plain fields and uploads. What is neither a form nor JSON is kept as text."""
    kind, options = parse_options_header(content_type)
    if kind == "application/json":
        return json.loads(body), []
    if kind != "multipart/form-data":
        return {"body": body.decode("utf-8", "replace")}, []
    parts = list(MultipartParser(io.BytesIO(body), options["boundary"], content_length=len(body)))
    fields = {part.name or "": part.value for part in parts if part.filename is None}
    return fields, [part for part in parts if part.filename is not None]


def _picture(number: int) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 64), (number * 37 % 256, number * 91 % 256, 80)).save(written, "PNG")
    return written.getvalue()


def main(arguments: list[str]) -> None:
    """Serves until it is ended."""
    held = arguments[2] if len(arguments) > 2 else None
    with Worker(arguments[0], Path(arguments[1]), held) as worker:
        print(worker.server_address[1], flush=True)
        worker.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
