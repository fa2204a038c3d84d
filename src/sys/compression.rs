//! Compressed streams. All crates for compression are named here only.

use std::fmt;
use std::io::{self, BufRead, Read, Write};
use std::mem;
use std::path::Path;

use bzip2::bufread::BzDecoder;
pub use flate2::Crc as Crc32;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use flate2::{Decompress, FlushDecompress, Status};
use lzma_rust2::XzReader;
use zstd::zstd_safe::CParameter;

/// Compression format: how it is recognized, named and decoded.
#[derive(Debug)]
pub struct Codec {
    /// Name in the help.
    pub name: &'static str,
    /// Returns `true` for the first bytes of a file in this format.
    matches: fn(&[u8]) -> bool,
    /// Extensions of compressed files, also of an archive after `.tar`.
    pub suffixes: &'static [&'static str],
    /// Extensions of compressed tar archives.
    pub archive_suffixes: &'static [&'static str],
    /// Compression methods of members of zip archives in this format.
    pub zip_methods: &'static [u16],
    /// The format as one of output; `None` if it is only read.
    pub output: Option<OutputCodec>,
    /// Creates a decoder whose window has at most so many bytes.
    decoder: fn(BoxedInput, usize) -> io::Result<Box<dyn Read + Send>>,
}

/// Every compression format that is read. Detection, names of files, output and help follow this table.
pub static CODECS: [Codec; 4] = [
    Codec {
        name: "gzip",
        matches: |head| matches!(head, [0x1f, 0x8b, 8, ..]),
        suffixes: &["gz"],
        archive_suffixes: &["tgz"],
        zip_methods: &[],
        output: Some(OutputCodec::Gzip),
        decoder: |input, _| Ok(Box::new(Padded(GzDecoder::new(input)))),
    },
    Codec {
        name: "zstd",
        // Parallel compressors begin with a skippable frame.
        matches: |head| matches!(head, [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]),
        suffixes: &["zst"],
        archive_suffixes: &["tzst"],
        zip_methods: &[20, 93],
        output: Some(OutputCodec::Zstd),
        decoder: |input, max_window| {
            let mut decoder = zstd::Decoder::with_buffer(input)?;
            decoder.window_log_max(max_window.ilog2())?;
            Ok(Box::new(WindowGuard { decoder, max_window }))
        },
    },
    Codec {
        name: "xz",
        matches: |head| head.starts_with(b"\xfd7zXZ\0"),
        suffixes: &["xz"],
        archive_suffixes: &["txz"],
        zip_methods: &[95],
        output: None,
        decoder: |input, max_window| {
            let memory_kib = (max_window / 1024) as u32 + XZ_OVERHEAD_KIB;
            Ok(Box::new(WindowGuard {
                decoder: XzReader::new_mem_limit(input, true, memory_kib),
                max_window,
            }))
        },
    },
    Codec {
        name: "bzip2",
        // Text may begin with the signature alone. A block follows it, or the end-of-stream marker of an empty file.
        matches: |head| {
            matches!(
                head,
                [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', b'&', b'S', b'Y', ..]
                    | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, b'r', b'E', b'8', b'P', 0x90, ..]
            )
        },
        suffixes: &["bz2"],
        archive_suffixes: &["tbz", "tbz2"],
        zip_methods: &[12],
        output: None,
        decoder: |input, _| Ok(Box::new(Padded(BzDecoder::new(input)))),
    },
];

/// Window in bytes that every decoder may have: `zstd -19` and `xz -6` need it.
const MIN_WINDOW_BYTES: usize = 8 << 20;
/// Maximum window in bytes: `zstd --long` and `zstd --ultra -22` need it, and `xz -9` half of it.
const MAX_WINDOW_BYTES: usize = 128 << 20;
/// Window in bytes per byte of a file, as the memory of a run is bounded.
const WINDOW_BYTES_PER_BYTE: usize = 8;
/// Memory of the xz decoder beside its window, in KiB.
const XZ_OVERHEAD_KIB: u32 = 1 << 10;
/// The error of zstd for a window that is too large.
const ZSTD_WINDOW_TOO_LARGE: usize = (-16_isize) as usize;

impl Codec {
    /// Returns the format of a file that begins with `head`.
    pub fn detect(head: &[u8]) -> Option<&'static Codec> {
        CODECS.iter().find(|codec| (codec.matches)(head))
    }

    /// Returns the format whose files have the extension of this path, in any case.
    pub fn from_path(path: &Path) -> Option<&'static Codec> {
        let extension = path.extension()?;
        let matches = |suffix: &&str| extension.eq_ignore_ascii_case(suffix);
        CODECS.iter().find(|codec| codec.suffixes.iter().any(&matches))
    }

    /// Creates a decoder of `from`, which may be several members, frames or streams in a row. Its window has at most
    /// 8 bytes for each of `max_file_size`, rounded down to a power of two from 8 to 128 MiB.
    ///
    /// # Errors
    /// There is not enough memory for the decoder.
    pub fn decoder(
        &self,
        from: impl BufRead + Send + 'static,
        max_file_size: usize,
    ) -> io::Result<Box<dyn Read + Send>> {
        let max_window = max_file_size.saturating_mul(WINDOW_BYTES_PER_BYTE);
        let max_window = max_window.clamp(MIN_WINDOW_BYTES, MAX_WINDOW_BYTES);
        (self.decoder)(Box::new(from), 1 << max_window.ilog2())
    }
}

/// Says of a window that is too large what can be done.
struct WindowGuard<D> {
    decoder: D,
    max_window: usize,
}

impl<D: Read> Read for WindowGuard<D> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.decoder.read(into).map_err(|error| match is_window_too_large(&error) {
            true => window_too_large(self.max_window),
            false => error,
        })
    }
}

fn is_window_too_large(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::OutOfMemory
        || error.to_string() == zstd::zstd_safe::get_error_name(ZSTD_WINDOW_TOO_LARGE)
}

fn window_too_large(max_window: usize) -> io::Error {
    let hint = match max_window {
        MAX_WINDOW_BYTES => "compress it with a smaller one",
        _ => "raise `--max-file-size`, or compress it with a smaller one",
    };
    let size = max_window >> 20;
    io::Error::other(format!("it is compressed with a window of more than {size} MiB: {hint}"))
}

type BoxedInput = Box<dyn BufRead + Send>;

/// Decodes consecutive members of one format, with zeros between and after them: tapes and disks pad to blocks.
struct Padded<D>(D);

/// A decoder of one member.
trait Decoder: Read {
    /// The input after the decoded member.
    fn input(&mut self) -> &mut BoxedInput;

    /// Starts decoding the member at the start of `input`.
    fn restart(&mut self, input: BoxedInput);
}

impl Decoder for GzDecoder<BoxedInput> {
    fn input(&mut self) -> &mut BoxedInput {
        self.get_mut()
    }

    fn restart(&mut self, input: BoxedInput) {
        self.reset(input);
    }
}

impl Decoder for BzDecoder<BoxedInput> {
    fn input(&mut self) -> &mut BoxedInput {
        self.get_mut()
    }

    fn restart(&mut self, input: BoxedInput) {
        *self = BzDecoder::new(input);
    }
}

impl<D: Decoder> Padded<D> {
    /// Starts the next member; returns `false` if there is none.
    fn next_member(&mut self) -> io::Result<bool> {
        let input = self.0.input();
        loop {
            let bytes = input.fill_buf()?;
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            if bytes.is_empty() {
                return Ok(false);
            }
            let is_next = zeros < bytes.len();
            input.consume(zeros);
            if is_next {
                let input = mem::replace(input, Box::new(io::empty()));
                self.0.restart(input);
                return Ok(true);
            }
        }
    }
}

impl<D: Decoder> Read for Padded<D> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.0.read(into)?;
            if read > 0 || into.is_empty() || !self.next_member()? {
                return Ok(read);
            }
        }
    }
}

/// Decoder of raw deflate, as in zip archives.
pub struct Inflater {
    state: Decompress,
    output: Box<[u8]>,
}

const INFLATED_CHUNK_BYTES: usize = 32 << 10;

impl Default for Inflater {
    fn default() -> Self {
        let output = vec![0; INFLATED_CHUNK_BYTES].into_boxed_slice();
        Inflater { state: Decompress::new(false), output }
    }
}

impl Inflater {
    /// Passes the content of one deflate stream to `sink` in pieces, each with the number of compressed bytes consumed
    /// so far, until `sink` returns `false`. Consumes no byte after the stream; returns the number of bytes consumed.
    ///
    /// # Errors
    /// `from` fails, or the stream is corrupt or truncated.
    pub fn inflate(
        &mut self,
        from: &mut impl BufRead,
        mut sink: impl FnMut(&[u8], u64) -> bool,
    ) -> io::Result<u64> {
        self.state.reset(false);
        loop {
            let input = from.fill_buf()?;
            let is_last = input.is_empty();
            let (read, written) = (self.state.total_in(), self.state.total_out());
            let status = self.state.decompress(input, &mut self.output, FlushDecompress::None)?;
            from.consume((self.state.total_in() - read) as usize);
            let output = &self.output[..(self.state.total_out() - written) as usize];
            let goes_on = sink(output, self.state.total_in());
            if status == Status::StreamEnd || !goes_on {
                return Ok(self.state.total_in());
            }
            if is_last && output.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

/// Compression format of a stream that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputCodec {
    /// Gzip: supported everywhere.
    Gzip,
    /// Zstandard: faster and smaller.
    Zstd,
}

impl OutputCodec {
    /// Returns the format that the extension of a file's name selects.
    pub fn from_path(path: &Path) -> Option<Self> {
        Codec::from_path(path)?.output
    }
}

/// Writer that compresses to a stream. Its output depends only on the input.
pub enum Encoder<W: Write> {
    /// Writes the bytes uncompressed.
    None(W),
    /// Compresses to gzip.
    Gzip(GzEncoder<W>),
    /// Compresses to Zstandard.
    Zstd(zstd::Encoder<'static, W>),
}

const GZIP_LEVEL: u32 = 6;
const ZSTD_LEVEL: i32 = 3;
/// Bytes that a thread compresses at a time. They are fixed, as is the window, so that the output does not depend on the
/// number of threads.
const ZSTD_JOB_BYTES: u32 = 1 << 20;
/// The window in which repetitions are found: 1 MiB. Each thread has one.
const ZSTD_WINDOW_LOG: u32 = 20;
/// Maximum number of compressing threads, apart from the writing one. A thread takes about 4 MiB.
const MAX_ZSTD_THREADS: usize = 4;

impl<W: Write> Encoder<W> {
    /// Creates a writer to `stream`; `None` writes uncompressed bytes. Zstandard is compressed by up to `threads` threads
    /// beside the calling one, at least one.
    ///
    /// # Errors
    /// There is not enough memory, or a thread cannot be started.
    pub fn new(stream: W, compression: Option<OutputCodec>, threads: usize) -> io::Result<Self> {
        Ok(match compression {
            None => Encoder::None(stream),
            Some(OutputCodec::Gzip) => {
                Encoder::Gzip(GzEncoder::new(stream, flate2::Compression::new(GZIP_LEVEL)))
            }
            Some(OutputCodec::Zstd) => {
                let mut encoder = zstd::Encoder::new(stream, ZSTD_LEVEL)?;
                encoder.include_checksum(true)?;
                encoder.set_parameter(CParameter::WindowLog(ZSTD_WINDOW_LOG))?;
                encoder.set_parameter(CParameter::JobSize(ZSTD_JOB_BYTES))?;
                encoder.multithread(threads.clamp(1, MAX_ZSTD_THREADS) as u32)?;
                Encoder::Zstd(encoder)
            }
        })
    }

    /// Completes the compressed stream and returns the underlying one.
    ///
    /// # Errors
    /// The underlying stream fails.
    pub fn finish(self) -> io::Result<W> {
        match self {
            Encoder::None(stream) => Ok(stream),
            Encoder::Gzip(encoder) => encoder.finish(),
            Encoder::Zstd(encoder) => encoder.finish(),
        }
    }
}

impl<W: Write> Write for Encoder<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Encoder::None(stream) => stream.write(bytes),
            Encoder::Gzip(encoder) => encoder.write(bytes),
            Encoder::Zstd(encoder) => encoder.write(bytes),
        }
    }

    /// Flushes uncompressed output only; a compressed stream is completed by [`finish`](Encoder::finish).
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Encoder::None(stream) => stream.flush(),
            Encoder::Gzip(_) | Encoder::Zstd(_) => Ok(()),
        }
    }
}

impl<W: Write> fmt::Debug for Encoder<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Encoder::None(_) => "None",
            Encoder::Gzip(_) => "Gzip",
            Encoder::Zstd(_) => "Zstd",
        })
    }
}
