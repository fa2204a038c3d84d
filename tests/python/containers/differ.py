"""Odd containers, as the usual writers make them and by hand, against what the usual readers list.

    differ.py INGEST FOLDER

Every member that GNU tar, bsdtar, Python, 7-Zip or Info-ZIP lists, and whose name is read, has to give a record or a
finding, and the run exits with 0 only where all of them gave records. That holds for a file and for a pipe. Containers that
are cut at each of many places, and those in folders under names that promise nothing, each have to give what is typed
here. Prints a line for each container that does not pass, and ends with 1 if there is one.
"""

import bz2
import gzip
import hashlib
import io
import json
import lzma
import os
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

INGEST, FOLDER = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
NAMES = ["a.md", "한글/기사.md", "x/y.txt", "x/z.jpg", "._a.md", "l" * 120 + ".md"]


def article(number):
    """A crawl file with an id of its own."""
    aid, text = f"{number:010}", f"본문이다. 글 {number}. " + "길다. " * (number % 40)
    text = text.rstrip()
    url = f"https://n.news.naver.com/mnews/article/421/{aid}"
    fields = {
        "id": f"421_{aid}", "title": f'"제목 {number}"', "category": "", "publisher": "신문", "author": "홍길동 기자",
        "published_at": "2025-03-04 00:00", "crawled_at": "2025-03-04 05:06:07", "url": url, "oid": "421", "aid": aid,
        "content_hash": hashlib.sha256(text.encode()).hexdigest(),
    }
    front = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return (
        f"---\n{front}---\n\n# 제목 {number}\n\n**신문** | 2025-03-04 00:00 | \n\n---\n\n{text}\n\n---\n\n"
        f"*Crawled at: 2025-03-04 05:06:07*\n*Source: [원문 보기]({url})*\n"
    ).encode()


def run(*command, **options):
    """What a program prints, or nothing where it fails before that."""
    if "input" not in options:
        options["stdin"] = subprocess.DEVNULL
    try:
        return subprocess.run(command, capture_output=True, timeout=120 if command[0] == INGEST else 20, **options)
    except subprocess.TimeoutExpired:
        print(" ".join(command), "does not end", file=sys.stderr)
        return subprocess.CompletedProcess(command, -1, b"", b"")


# Containers: a function each, which returns the bytes, or None where a program is too old for an option.

CONTAINERS = {}

# Readers that take the times in an old GNU header for a part of the name, or do not know where PAX has a sparse file's name.
MISTAKEN = {
    ("gnu-incremental.tar", "tarfile"),
    ("gnu-incremental.tar", "7z"),
    ("gnu-sparse-posix.tar", "7z"),
    ("bsd-odd.tar", "7z"),
}


def container(name):
    def add(make):
        CONTAINERS[name] = make
        return make

    return add


def made(name, *command, **options):
    """A container that a program makes of the files in `in`."""

    def make():
        target = f"made/{name}"
        stdout = None
        if ">" in command:
            stdout = open(target, "wb")
        words = [target if word == "TARGET" else word for word in command if word != ">"]
        result = subprocess.run(
            words, stdin=subprocess.DEVNULL, stdout=stdout or subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120, **options
        )
        if stdout:
            stdout.close()
        return open(target, "rb").read() if os.path.exists(target) and result.returncode in (0, 1, 2) else None

    CONTAINERS[name] = make


def local(name, data, crc=None, packed=None, size=None, method=0, flags=0, extra=b""):
    body = deflated(data) if method == 8 else data
    crc = zlib.crc32(data) if crc is None else crc
    packed = len(body) if packed is None else packed
    size = len(data) if size is None else size
    return struct.pack("<4s5H3I2H", b"PK\3\4", 20, flags, method, 0, 0x21, crc, packed, size, len(name), len(extra)) + name + extra + body


def central(name, data, offset, crc=None, packed=None, size=None, method=0, flags=0, host=3, attributes=0, extra=b"", disk=0):
    body = deflated(data) if method == 8 else data
    crc = zlib.crc32(data) if crc is None else crc
    packed = len(body) if packed is None else packed
    size = len(data) if size is None else size
    return struct.pack(
        "<4s2B5H3I5H2I", b"PK\1\2", 20, host, 20, flags, method, 0, 0x21, crc, packed, size,
        len(name), len(extra), 0, disk, 0, attributes, offset,
    ) + name + extra


def end(count, size, offset, comment=b"", disk=0):
    return struct.pack("<4s4H2IH", b"PK\5\6", disk, disk, count & 0xFFFF, count & 0xFFFF, size & 0xFFFFFFFF, offset & 0xFFFFFFFF, len(comment)) + comment


def deflated(data):
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def zipped(members, comment=b"", count=None, before=b"", between=b"", order=None, reverse=False, **options):
    """A zip of (name, data) or (name, data, options of the local header, options of the entry)."""
    out, entries = before, []
    for name, data, *more in members:
        of_local, of_central = (more + [{}, {}])[:2]
        tail = of_local.pop("tail", b"") if "tail" in of_local else b""
        entries.append(central(of_central.pop("name", name), data, len(out), **{**options, **of_central}))
        out += local(name, data, **{**{k: v for k, v in options.items() if k in ("method", "flags")}, **of_local}) + tail + between
    if reverse:
        entries.reverse()
    directory = b"".join(entries)
    return out + directory + end(len(entries) if count is None else count, len(directory), len(out), comment)


A, B, C, D = (article(number) for number in range(1, 5))
THREE = [(b"a.md", A), (b"b.md", B), (b"c.md", C)]


def described(data, signature=True, wide=False, method=8):
    body = deflated(data) if method == 8 else data
    form = "<IQQ" if wide else "<III"
    return (b"PK\7\x08" if signature else b"") + struct.pack(form, zlib.crc32(data), len(body), len(data))


def streamed(signature, wide, method=8):
    none = dict(crc=0, packed=0, size=0, flags=8, method=method)
    return zipped([(name, data, {**none, "tail": described(data, signature, wide, method)}, {}) for name, data in THREE], method=method, flags=8)


def unicode_path(name, path):
    field = struct.pack("<BI", 1, zlib.crc32(name)) + path.encode()
    return struct.pack("<HH", 0x7075, len(field)) + field


def zip64(members):
    out, entries = b"", []
    for name, data in members:
        wide = struct.pack("<HHQQ", 1, 16, len(data), len(data))
        entries.append(central(name, data, 0xFFFFFFFF, packed=0xFFFFFFFF, size=0xFFFFFFFF, extra=struct.pack("<HHQQQ", 1, 24, len(data), len(data), len(out))))
        out += local(name, data, packed=0xFFFFFFFF, size=0xFFFFFFFF, extra=wide)
    directory = b"".join(entries)
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, len(entries), len(entries), len(directory), len(out))
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(out) + len(directory), 1)
    return out + directory + record + locator + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)


def many():
    """So many members that 16 bits are too few to count them, and the last ones are read."""
    return zipped([(b"%05d.jpg" % number, b"") for number in range(70_000)] + THREE)


BY_HAND = {
    "plain.zip": lambda: zipped(THREE),
    "deflated.zip": lambda: zipped(THREE, method=8),
    "empty.zip": lambda: end(0, 0, 0),
    "count-wraps.zip": many,
    "count-less.zip": lambda: zipped(THREE, count=2),
    "count-more.zip": lambda: zipped(THREE, count=4),
    "same-name.zip": lambda: zipped([(b"a.md", A), (b"a.md", B)]),
    "two.zip": lambda: zipped(THREE) + zipped([(b"d.md", D)]),
    "reversed.zip": lambda: zipped(THREE, reverse=True),
    "cut-directory.zip": lambda: zipped(THREE)[:-40],
    "cut-end.zip": lambda: zipped(THREE)[:-4],
    "cut-member.zip": lambda: zipped(THREE)[:-250],
    "zeros-after.zip": lambda: zipped(THREE) + bytes(4096),
    "junk-after.zip": lambda: zipped(THREE) + b"junk",
    "much-after.zip": lambda: zipped(THREE) + b"\n" * 100_000,
    "comment.zip": lambda: zipped(THREE, comment=b"a comment"),
    "end-in-comment.zip": lambda: zipped(THREE, comment=b"x" + end(0, 0, 0)),
    "zip-in-comment.zip": lambda: zipped(THREE, comment=zipped([(b"d.md", D)])),
    "junk-between.zip": lambda: zipped(THREE, between=b"junk"),
    "zeros-between.zip": lambda: zipped(THREE, between=bytes(13)),
    "unlisted-first.zip": lambda: zipped(THREE, before=local(b"d.md", D)),
    "unlisted-between.zip": lambda: zipped(THREE, between=local(b"d.md", D)),
    "unlisted-photo.zip": lambda: zipped(THREE, before=local(b"d.jpg", D)),
    "fat.zip": lambda: zipped([(rb"x\a.md", A), (rb".x\b.md", B), (rb"x\.c.md", C)], host=0),
    "unix-backslash.zip": lambda: zipped([(rb"x\a.md", A), (rb"x\.b.md", B)]),
    "macosx.zip": lambda: zipped([(b"a.md", A), (b"__MACOSX/._a.md", B"\0\5\x16\7")]),
    "cp949.zip": lambda: zipped([("한글/기사.md".encode("cp949"), A)]),
    "unicode-path.zip": lambda: zipped([(b"x", A, dict(extra=unicode_path(b"x", "기사.md")), dict(extra=unicode_path(b"x", "기사.md")))]),
    "descriptor.zip": lambda: streamed(True, False),
    "descriptor-wide.zip": lambda: streamed(True, True),
    "descriptor-bare.zip": lambda: streamed(False, False),
    "descriptor-bare-wide.zip": lambda: streamed(False, True),
    "descriptor-stored.zip": lambda: streamed(True, False, method=0),
    "descriptor-lies.zip": lambda: zipped([(b"a.md", A, dict(crc=0, packed=0, size=0, tail=described(B)), {}), (b"c.md", C, dict(flags=0, method=0), dict(flags=0, method=0))], flags=8, method=8),
    "encrypted.zip": lambda: zipped([(b"a.md", A, dict(flags=1), dict(flags=1)), (b"b.md", B)]),
    "unknown-method.zip": lambda: zipped([(b"a.md", A, dict(method=98), dict(method=98)), (b"b.md", B)]),
    "local-name.zip": lambda: zipped([(b"a.md", A, {}, dict(name=b"b.md")), (b"c.md", C)]),
    "local-photo.zip": lambda: zipped([(b"a.jpg", A, {}, dict(name=b"b.md")), (b"c.md", C)]),
    "central-photo.zip": lambda: zipped([(b"a.md", A, {}, dict(name=b"b.jpg")), (b"c.md", C)]),
    "local-size.zip": lambda: zipped([(b"a.md", A, dict(size=50, packed=50), {}), (b"c.md", C)]),
    "central-size.zip": lambda: zipped([(b"a.md", A, {}, dict(size=50, packed=50)), (b"c.md", C)]),
    "crc.zip": lambda: zipped([(b"a.md", A, dict(crc=1), dict(crc=1)), (b"c.md", C)]),
    "link.zip": lambda: zipped([(b"a.md", b"b.md", {}, dict(attributes=0o120777 << 16)), (b"b.md", B)]),
    "folder-with-data.zip": lambda: zipped([(b"a.md/", A), (b"b.md", B)]),
    "folder.zip": lambda: zipped([(b"x/", b""), (b"x/b.md", B)]),
    "nul.zip": lambda: zipped([(b"a.md\0.jpg", A), (b"b.md", B)]),
    "no-name.zip": lambda: zipped([(b"", A), (b"b.md", B)]),
    "long-name.zip": lambda: zipped([(b"a" * 5000 + b".md", A), (b"b.md", B)]),
    "zip64.zip": lambda: zip64(THREE),
    "zip64-cut.zip": lambda: zip64(THREE)[:-60],
    "split.zip": lambda: zipped([(b"a.md", A, {}, dict(disk=1)), (b"b.md", B)]),
    "split-marker.zip": lambda: zipped(THREE, before=b"PK\7\x08"),
    "unsplit-marker.zip": lambda: zipped(THREE, before=b"PK00"),
    "stub.zip": lambda: zipped(THREE, before=b"#!/bin/sh\nexit\n"),
    "overlap.zip": lambda: overlapping(),
}


def overlapping():
    inner = local(b"b.md", B)
    out = local(b"a.md", inner)
    directory = central(b"a.md", inner, 0) + central(b"b.md", B, len(out) - len(inner)) + central(b"c.md", inner, 0)
    return out + directory + end(3, len(directory), len(out))


def tar_header(name, size, kind=b"0", link=b"", magic=b"ustar\x0000", signed=False, field=None):
    header = bytearray(512)
    header[: len(name)] = name
    header[100:124] = b"0000644\0" + b"0000000\0" * 2
    header[124:136] = b"%011o\0" % size if field is None else field
    header[136:148] = b"00000000000\0"
    header[148:156] = b" " * 8
    header[156:157] = kind
    header[157 : 157 + len(link)] = link
    header[257 : 257 + len(magic)] = magic
    total = sum(byte - 256 if signed and byte > 127 else byte for byte in header) & 0o777777
    header[148:156] = b"%06o\0 " % total
    return bytes(header)


def tarred(name, data, **options):
    return tar_header(name, len(data), **options) + data + bytes(-len(data) % 512)


def pax(*pairs, kind=b"x"):
    body = b""
    for key, value in pairs:
        record = b" " + key + b"=" + value + b"\n"
        length = len(record)
        while len(b"%d" % length + record) != length:
            length = len(b"%d" % length + record)
        body += b"%d" % length + record
    return tarred(b"PaxHeaders/x", body, kind=kind)


STOP = bytes(1024)
BY_HAND |= {
    "link-with-size.tar": lambda: tar_header(b"l.md", len(A), kind=b"2", link=b"a.md") + tarred(b"a.md", A) + tarred(b"b.md", B) + STOP,
    "hard-link-with-size.tar": lambda: tarred(b"a.md", A) + tar_header(b"h.md", len(A), kind=b"1", link=b"a.md") + tarred(b"b.md", B) + STOP,
    "folder-with-size.tar": lambda: tar_header(b"x/", 512, kind=b"5") + tarred(b"x/a.md", A) + tarred(b"b.md", B) + STOP,
    "fifo-with-size.tar": lambda: tar_header(b"x", 512, kind=b"6") + tarred(b"a.md", A) + STOP,
    "pax-no-path.tar": lambda: pax((b"path", b"")) + tarred(b"a.md", A) + tarred(b"b.md", B) + STOP,
    "gnu-no-name.tar": lambda: tarred(b"././@LongLink", b"\0", kind=b"L") + tarred(b"a.md", A) + tarred(b"b.md", B) + STOP,
    "pax-newline.tar": lambda: pax((b"SCHILY.xattr.user.x", b"a\nb"), (b"path", b"n.md")) + tarred(b"a.md", A) + tarred(b"b.md", B) + STOP,
    "label.tar": lambda: tar_header(b"LABEL", 0, kind=b"V", field=bytes(12)) + tarred(b"a.md", A) + STOP,
    "label-like-a-file.tar": lambda: tar_header(b"x.md", 0, kind=b"V", field=bytes(12)) + tarred(b"a.md", A) + STOP,
    "same-name.tar": lambda: tarred(b"a.md", A) + tarred(b"a.md", B) + STOP,
    "blank-size.tar": lambda: tar_header(b"x/", 0, kind=b"5", field=b" " * 12) + tarred(b"a.md", A) + STOP,
    "signed.tar": lambda: tarred("한글.md".encode(), A, signed=True) + tarred(b"b.md", B) + STOP,
    "signed-inside.tar": lambda: tarred(b"b.md", B) + tarred("한글.md".encode(), A, signed=True) + STOP,
    "v7.tar": lambda: tarred(b"a.md", A, magic=b"") + tarred(b"b.md", B, magic=b"", kind=b"\0") + STOP,
    "global-pax.tar": lambda: pax((b"comment", b"x"), kind=b"g") + tarred(b"a.md", A) + STOP,
    "two.tar": lambda: tarred(b"a.md", A) + STOP + tarred(b"b.md", B) + STOP,
    "zeros-then-more.tar": lambda: tarred(b"a.md", A) + bytes(17 << 20) + tarred(b"b.md", B) + STOP,
    "no-end.tar": lambda: tarred(b"a.md", A) + tarred(b"b.md", B),
    "cut.tar": lambda: (tarred(b"a.md", A) + tarred(b"b.md", B))[:-600],
    "long-name.tar": lambda: tarred(b"././@LongLink", b"d" * 5000 + b".md\0", kind=b"L") + tarred(b"a", A) + tarred(b"b.md", B) + STOP,
    "no-name.tar": lambda: tarred(b"", A) + tarred(b"b.md", B) + STOP,
    "binary-size.tar": lambda: tar_header(b"a.md", 0, field=b"\x80" + len(A).to_bytes(11, "big")) + A + bytes(-len(A) % 512) + tarred(b"b.md", B) + STOP,
    "unknown-kind.tar": lambda: tarred(b"a.md", A, kind=b"Z") + tarred(b"b.md", B) + STOP,
    "old-file-folder.tar": lambda: tarred(b"x/", b"", kind=b"\0", magic=b"") + tarred(b"x/a.md", A) + STOP,
}


def zstd(data):
    return run("zstd", "-qc", input=data).stdout


PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstd}
TWO = tarred(b"a.md", A) + tarred(b"b.md", B) + STOP
BY_HAND |= {
    "zero-padded.tar.gz": lambda: gzip.compress(TWO) + bytes(10_240),
    "zero-padded.tar.bz2": lambda: bz2.compress(TWO) + bytes(10_240),
    "zero-padded.tar.xz": lambda: lzma.compress(TWO) + bytes(10_240),
    "joined.tar.gz": lambda: gzip.compress(tarred(b"a.md", A) + STOP) + gzip.compress(tarred(b"b.md", B) + STOP),
    "empty-member.tar.gz": lambda: gzip.compress(b"") + gzip.compress(TWO) + gzip.compress(b""),
}
for coding, pack in PACKERS.items():
    BY_HAND |= {
        f"members.tar.{coding}": lambda pack=pack: pack(TWO[:700]) + pack(TWO[700:]),
        f"junk-after.tar.{coding}": lambda pack=pack: pack(TWO) + b"junk",
        f"cut.tar.{coding}": lambda pack=pack: pack(TWO)[:-30],
        f"cut-inside.tar.{coding}": lambda pack=pack: pack(TWO[:-1400]),
    }


for coding in ("gz", "bz2", "xz"):

    @container(f"python.tar.{coding}")
    def _(coding=coding):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode=f"w:{coding}") as archive:
            archive.add("in", "in")
        return out.getvalue()


for form, number in (("ustar", tarfile.USTAR_FORMAT), ("gnu", tarfile.GNU_FORMAT), ("pax", tarfile.PAX_FORMAT)):

    @container(f"python-{form}.tar")
    def _(number=number):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=number) as archive:
            for name in sorted(NAMES):
                if number != tarfile.USTAR_FORMAT or len(name.encode()) <= 95:
                    archive.add(f"in/{name}", name)
        return out.getvalue()


for method in ("stored", "deflated", "bzip2", "lzma"):

    @container(f"python-{method}.zip")
    def _(method=method):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", getattr(zipfile, f"ZIP_{method.upper()}")) as archive:
            for name in NAMES:
                archive.write(f"in/{name}", name)
        return out.getvalue()


class Pipe(io.RawIOBase):
    """A stream that cannot be sought."""

    def __init__(self):
        self.bytes = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.bytes += data
        return len(data)


for method in ("stored", "deflated"):

    @container(f"python-pipe-{method}.zip")
    def _(method=method):
        out = Pipe()
        with zipfile.ZipFile(out, "w", getattr(zipfile, f"ZIP_{method.upper()}")) as archive:
            for name in NAMES:
                archive.write(f"in/{name}", name)
        return bytes(out.bytes)


@container("python-appended.zip")
def _():
    out = io.BytesIO()
    for name in ("a.md", "a.md", "x/y.txt"):
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr(name, article(len(out.getvalue()) + 10))
    return out.getvalue()


for name, make in BY_HAND.items():
    container(name)(make)

for form in ("v7", "ustar", "gnu", "oldgnu", "posix"):
    made(f"gnu-{form}.tar", "tar", f"--format={form}", "-cf", "TARGET", "-C", "in", ".")
made("gnu-xattrs.tar", "tar", "--xattrs", "--format=posix", "-cf", "TARGET", "in")
made("gnu-label.tar", "tar", "-V", "LABEL", "-cf", "TARGET", "in")
made("gnu-incremental.tar", "tar", "--listed-incremental=snapshot", "-cf", "TARGET", "in")
made("gnu-sparse.tar", "tar", "-S", "-cf", "TARGET", "odd")
made("gnu-sparse-posix.tar", "tar", "-S", "--format=posix", "-cf", "TARGET", "odd")
made("gnu-links.tar", "tar", "-cf", "TARGET", "odd", "in")
made("gnu-numeric.tar", "tar", "--numeric-owner", "--sort=name", "--mtime=@0", "-b", "1", "-cf", "TARGET", "in")
made("gnu-volume.tar", "tar", "-M", "-L", "10", "-cf", "TARGET", "in")
made("gnu.tar.gz", "tar", "-czf", "TARGET", "in")
made("gnu.tar.zst", "tar", "--zstd", "-cf", "TARGET", "in")
for form in ("ustar", "pax", "gnutar", "v7", "cpio", "newc", "7zip", "zip", "shar", "iso9660", "xar", "mtree"):
    made(f"bsd-{form}.{'zip' if form == 'zip' else 'tar'}", "bsdtar", f"--format={form}", "-cf", "TARGET", "in")
made("bsd-odd.tar", "bsdtar", "-cf", "TARGET", "odd")
made("bsd-pipe.zip", "bsdtar", "--format=zip", "-cf", "-", "in", ">")
made("bsd-stored.zip", "bsdtar", "--format=zip", "--options", "zip:compression=store", "-cf", "TARGET", "in")
made("bsd-encrypted.zip", "bsdtar", "--format=zip", "--options", "zip:encryption=aes256", "--passphrase", "x", "-cf", "TARGET", "in")
made("info.zip", "zip", "-qr", "TARGET", "in")
made("info-odd.zip", "zip", "-qry", "TARGET", "odd")
made("info-wide.zip", "zip", "-qr", "-fz", "TARGET", "in")
made("info-pipe.zip", "zip", "-qr", "-", "in", ">")
made("info-pipe-wide.zip", "zip", "-qr", "-fz", "-", "in", ">")
made("info-stored.zip", "zip", "-qr0", "TARGET", "in")
made("info-stored-pipe.zip", "zip", "-qr0", "-", "in", ">")
made("info-bzip2.zip", "zip", "-qr", "-Z", "bzip2", "TARGET", "in")
made("info-dos.zip", "zip", "-qrk", "TARGET", "in")
made("info-encrypted.zip", "zip", "-qr", "-P", "secret", "TARGET", "in")
made("info-utf8.zip", "zip", "-qr", "-UN=UTF8", "TARGET", "in")
made("info-split.zip", "zip", "-qr", "-s", "64k", "TARGET", "in", "large")
for method in ("Copy", "Deflate", "Deflate64", "BZip2", "LZMA", "PPMd"):
    made(f"7z-{method.lower()}.zip", "7z", "a", "-bd", "-tzip", f"-mm={method}", "TARGET", "in")
made("7z-encrypted.zip", "7z", "a", "-bd", "-tzip", "-psecret", "-mem=AES256", "TARGET", "in")
made("7z.tar", "7z", "a", "-bd", "-ttar", "TARGET", "in")
made("7z-updated.zip", "sh", "-c", "7z a -bd -tzip made/7z-updated.zip in && 7z u -bd made/7z-updated.zip odd/plain.md")
made("info-updated.zip", "sh", "-c", "zip -qr made/info-updated.zip in && zip -qr made/info-updated.zip odd && zip -qd made/info-updated.zip in/a.md")
made("pixz.tar.xz", "sh", "-c", "tar -cf made/pixz.tar in && pixz made/pixz.tar made/pixz.tar.xz")
made("compress.tar.Z", "sh", "-c", "tar -cf - in | compress -c > made/compress.tar.Z")
made("lz4.tar.lz4", "sh", "-c", "tar -cf - in | lz4 -qc > made/lz4.tar.lz4")
made("appended.tar", "sh", "-c", "tar -cf made/appended.tar in && tar -rf made/appended.tar odd/plain.md in/a.md")


def put_files():
    for folder in ("in", "odd", "made", "large"):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
    for number, name in enumerate(NAMES):
        os.makedirs(os.path.dirname(f"in/{name}") or ".", exist_ok=True)
        open(f"in/{name}", "wb").write(article(100 + number))
    open("odd/plain.md", "wb").write(article(200))
    with open("odd/sparse.md", "wb") as sparse:
        sparse.truncate(1 << 20)
    os.link("odd/plain.md", "odd/hard.md")
    os.symlink("plain.md", "odd/soft.md")
    os.mkfifo("odd/pipe.md")
    os.mkdir("odd/folder.md")
    open("large/x.md", "wb").write(os.urandom(200_000))
    try:
        os.setxattr("in/a.md", "user.x", b"a\nb")
    except OSError:
        pass


def listed(path, data):
    """The names that each of the readers lists, those of folders without a `/` at the end left out."""
    readers = {}
    if ".tar" in path:
        readers["tar"] = run("tar", "--quoting-style=literal", "-itf", path).stdout.decode(errors="surrogateescape").split("\n")
        try:
            with tarfile.open(path) as archive:
                readers["tarfile"] = [member.name + "/" * member.isdir() for member in archive]
        except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError):
            pass
    else:
        try:
            with zipfile.ZipFile(path) as archive:
                readers["zipfile"] = [member.filename for member in archive.infolist() if not cp437(member)]
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            pass
        names = run("unzip", "-Z1", path).stdout.decode(errors="surrogateescape").split("\n")
        readers["unzip"] = [name for name in names if name.isascii()]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    readers["bsdtar"] = run("bsdtar", "-tf", path, env=environment).stdout.decode(errors="surrogateescape").split("\n")
    readers["bsdtar, on a pipe,"] = run("bsdtar", "-tf", "-", input=data, env=environment).stdout.decode(errors="surrogateescape").split("\n")
    if ".tar." not in path:
        seven = run("7z", "l", "-slt", "-ba", "-psecret", path, env=environment).stdout.decode(errors="surrogateescape")
        entries = [dict(line.split(" = ", 1) for line in entry.split("\n") if " = " in line) for entry in seven.split("\n\n")]
        readers["7z"] = [entry["Path"] for entry in entries if entry.get("Folder", "-") == "-" and "Path" in entry]
    return {reader: Counter(tidy(name) for name in names if is_read(name)) for reader, names in readers.items()}


def cp437(member):
    """Whether Python decoded the name in a way that nobody in Korea means."""
    return not member.flag_bits & 0x800 and not member.filename.isascii()


def tidy(name):
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def is_read(name):
    """The contract's rule for names in archives. What a reader could not decode is not compared."""
    if re.search(r"\\[0-3][0-7]{2}|[\udc80-\udcff]", name):
        return False
    name = name.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return bool(parts) and not name.endswith("/") and not hidden and parts[-1].endswith((".md", ".markdown", ".txt"))


def ours(*arguments, **options):
    """The status, the paths of the records, and those of the findings below the archive, and of the archive itself."""
    command = [INGEST, "--isolated", "--format", "json", "-A", "duplicate", "-A", "id-conflict"]
    result = run(*command, *arguments, **options)
    return result.returncode, result.stdout.decode(), result.stderr.decode(errors="replace")


def faults(name, data):
    path = f"made/{name}"
    open(path, "wb").write(data)
    everyone = listed(path, data)
    for way, arguments, options, prefix in (
        ("as a file", (path,), {}, path),
        ("on a pipe", ("-",), {"input": data}, "-"),
    ):
        status, records, findings = ours(*arguments, **options)
        if status not in (0, 1):
            yield f"{way}: exit {status}: {findings.strip()[:200]}"
            continue
        paths = [json.loads(line)["path"] for line in records.splitlines()]
        reported = [tidy(found) for found in re.findall(r'"path":"((?:[^"\\]|\\.)*)"', findings)]
        whole = prefix in reported
        quoted = {tidy(found) for found in re.findall("`([^`]*)`", findings)}
        seen = {tidy(path[len(prefix) + 1 :]) for path in paths} | {path[len(tidy(prefix)) + 1 :] for path in reported} | quoted
        for reader, names in everyone.items():
            if (name, reader) in MISTAKEN:
                continue
            missing = {name for name in set(names) - seen if not any(other.startswith(name[:4000]) for other in seen if len(name) > 4000)}
            if missing and not whole:
                yield f"{way}: {reader} lists {sorted(missing)[:3]} ({len(missing)}), exit {status}"
        read = Counter(tidy(path[len(prefix) + 1 :]) for path in paths)
        if status == 0 and any(names - read for reader, names in everyone.items() if (name, reader) not in MISTAKEN):
            yield f"{way}: exit 0"


# Under names that promise nothing, or something else: what has to come of it.

RECORD, FINDING, NOTHING = "a record", "a finding", "nothing"


def folder_of_oddities():
    photo = os.urandom(100_000)
    damaged = bytearray(lzma.compress(TWO))
    damaged[200] ^= 0xFF
    named = {
        "dump": (TWO, RECORD),
        "dump.1": (gzip.compress(TWO), RECORD),
        "dump.gz": (gzip.compress(TWO), RECORD),
        "dump.bin": (zipped(THREE), RECORD),
        "a.md.gz": (gzip.compress(A[:300]) + gzip.compress(A[300:]), RECORD),
        "b.md.zst": (zstd(A[:300]) + zstd(A[300:]), RECORD),
        "c.md.xz": (lzma.compress(A[:300]) + lzma.compress(A[300:]), RECORD),
        "d.md.bz2": (bz2.compress(A[:300]) + bz2.compress(A[300:]), RECORD),
        "e.md.gz": (gzip.compress(A) + bytes(4096), RECORD),
        "f.md.Z": (run("compress", "-c", input=A * 9).stdout, FINDING),
        "dump.tar.Z": (run("compress", "-c", input=TWO).stdout, FINDING),
        "dump.Z.old": (run("compress", "-c", input=TWO).stdout, FINDING),
        "dump.tgz.1": (gzip.compress(TWO)[:-40], FINDING),
        "dump.txz.bak": (bytes(damaged), FINDING),
        "dump.tar.gz.gz": (gzip.compress(gzip.compress(TWO)), FINDING),
        "g.md.gz.gz": (gzip.compress(gzip.compress(A)), FINDING),
        "zipped.gz": (gzip.compress(zipped(THREE)), FINDING),
        "cut-inside.gz": (gzip.compress(TWO[:-1400]), FINDING),
        "cut.gz": (gzip.compress(TWO)[:-40], FINDING),
        "cut.zip.part": (zipped(THREE)[:-60], FINDING),
        "h.md": (TWO, FINDING),
        "i.md.zip": (zipped(THREE)[:-60], FINDING),
        "old.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(60), FINDING),
        "short.gz": (gzip.compress(photo)[:100], FINDING),
        # What decompresses to no archive and has no name that is looked for is not read beyond its first bytes.
        "photo.gz": (gzip.compress(photo), NOTHING),
        "broken-photo.gz": (gzip.compress(photo)[:-1000], NOTHING),
        "photo.jpg": (photo, NOTHING),
    }
    return {name: (data, expected) for name, (data, expected) in named.items() if data}


def cuts():
    """Containers that were cut at many places, each of which loses something."""
    zips = {"zip": zipped(THREE, method=8, comment=b"a comment"), "pipe.zip": streamed(True, False), "wide.zip": zip64(THREE)}
    for kind, whole in zips.items():
        for length in {*range(30, len(whole), 41), *range(len(whole) - 180, len(whole))}:
            yield f"{length:05}.{kind}", whole[:length]
    # The first of the two blocks that end an archive may be the last.
    for length in {*range(513, len(TWO) - 512, 53), *range(512, len(TWO) - 512, 512)}:
        yield f"{length:05}.tar", TWO[:length]
    for coding, pack in PACKERS.items():
        whole = pack(TWO)
        for length in {*range(20, len(whole), 53), *range(len(whole) - 20, len(whole))}:
            yield f"{length:05}.tar.{coding}", whole[:length]


def in_folder(folder, files):
    """The faults of a folder of containers, read in one run, and the number of the containers."""
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    for name, (data, _) in files.items():
        open(f"{folder}/{name}", "wb").write(data)
    status, records, findings = ours(folder)
    of = re.compile(f'"path":"{folder}/([^"/]*)')
    read, reported = set(of.findall(records)), set(of.findall(findings))
    if status != 1:
        yield f"{folder}: exit {status}"
    for name, (_, expected) in files.items():
        given = {RECORD: name in read and name not in reported, FINDING: name in reported}
        if not given.get(expected, name not in read | reported):
            yield f"{folder}/{name}: is not {expected}"


def on_pipes(files):
    """The faults of the same containers, each on a pipe."""

    def fault(entry):
        name, (data, expected) = entry
        status, _, _ = ours("-", input=data)
        wanted = {RECORD: 0, FINDING: 1}.get(expected, status)
        # A tar under the name of a text is read: a pipe has no name.
        return None if status == wanted or name == "h.md" else f"{name}: on a pipe: exit {status}"

    with ThreadPoolExecutor(4) as pool:
        yield from filter(None, pool.map(fault, files.items()))


def main():
    os.makedirs(FOLDER, exist_ok=True)
    os.chdir(FOLDER)
    put_files()
    wanted = sys.argv[3:]
    made = {name: make() for name, make in CONTAINERS.items() if not wanted or name in wanted}
    missing = [name for name, data in made.items() if data is None]
    for name in missing:
        print(f"{name}: not made", file=sys.stderr)
    containers = {name: data for name, data in made.items() if data is not None}
    broken, count = 0, len(containers)

    def report(fault):
        nonlocal broken
        broken += 1
        print(fault, flush=True)

    with ThreadPoolExecutor(4) as pool:
        for name, found in zip(containers, pool.map(lambda entry: [*faults(*entry)], containers.items())):
            for fault in dict.fromkeys(found):
                report(f"{name}: {fault}")
    if not wanted:
        oddities = folder_of_oddities()
        cut = {name: (data, FINDING) for name, data in cuts()}
        some = dict([*cut.items()][::7])
        for found in (in_folder("oddities", oddities), on_pipes(oddities), in_folder("cuts", cut), on_pipes(some)):
            for fault in found:
                report(fault)
        count += len(oddities) + len(cut)
    print(f"{count} containers, {len(missing)} not made, {broken} faults")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
