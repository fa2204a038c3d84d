//! Progress line at the end of stderr. The crate that draws it is named here only.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use indicatif::{
    DecimalBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle, TermLike,
};

/// A progress line, which is removed on drop. The default shows nothing.
#[derive(Debug, Default)]
pub struct Progress {
    line: Option<ProgressBar>,
    bytes: Arc<AtomicU64>,
}

const DRAWN_A_SECOND: u8 = 10;

impl Progress {
    /// Creates a visible progress line, even if stderr is not a terminal.
    pub fn shown() -> Self {
        let target = match io::stderr().is_terminal() {
            true => ProgressDrawTarget::stderr_with_hz(DRAWN_A_SECOND),
            false => ProgressDrawTarget::term_like_with_hz(Box::new(NoTerminal), DRAWN_A_SECOND),
        };
        let bytes = Arc::<AtomicU64>::default();
        let read = Arc::clone(&bytes);
        let write = move |state: &ProgressState, line: &mut dyn fmt::Write| {
            // A line that cannot be drawn is not an error.
            let _ = write_line(state, read.load(Ordering::Relaxed), line);
        };
        let style = ProgressStyle::default_bar().with_key("run", write);
        let line = ProgressBar::with_draw_target(None, target);
        line.set_style(style.template("{run}").unwrap_or_else(|_| ProgressStyle::default_bar()));
        Progress { line: Some(line), bytes }
    }

    /// Sets the number of files and bytes processed.
    pub fn at(&self, files: u64, bytes: u64) {
        if let Some(line) = &self.line {
            self.bytes.store(bytes, Ordering::Relaxed);
            line.set_position(files);
        }
    }

    /// Sets the total number of files once `count`, called in another thread, returns it.
    pub fn expect(&self, count: impl FnOnce() -> Option<u64> + Send + 'static) {
        let Some(line) = self.line.clone() else { return };
        let count = move || count().into_iter().for_each(|files| line.set_length(files));
        // Without a thread, the total is not shown.
        let _ = thread::Builder::new().name("count".to_owned()).spawn(count);
    }

    /// Passes `files` through, and sets the total number at their end.
    pub fn watch<'p, F: Iterator + Send + 'p>(
        &'p self,
        files: F,
    ) -> impl Iterator<Item = F::Item> + Send + 'p {
        let mut files = files.fuse();
        let mut count = 0;
        std::iter::from_fn(move || {
            let next = files.next();
            match (&next, &self.line) {
                (Some(_), _) => count += 1,
                (None, Some(line)) => line.set_length(count),
                (None, None) => {}
            }
            next
        })
    }

    /// Wraps `stream`, so that its lines are written above the progress line.
    pub fn above<W: Write>(&self, stream: W) -> Above<'_, W> {
        Above { progress: self, stream }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(line) = &self.line {
            line.finish_and_clear();
        }
    }
}

/// Writes `40,140 of 100,000 files, 172.49 MB, 441.03 MB/s, 1 s left`.
fn write_line(state: &ProgressState, bytes: u64, line: &mut dyn fmt::Write) -> fmt::Result {
    // The total counts names and may be too low.
    let files = state.len().filter(|files| *files >= state.pos());
    write!(line, "{}", HumanCount(state.pos()))?;
    if let Some(files) = files {
        write!(line, " of {}", HumanCount(files))?;
    }
    let rate = bytes as f64 / state.elapsed().as_secs_f64().max(0.001);
    write!(line, " files, {}, {}/s", DecimalBytes(bytes), DecimalBytes(rate as u64))?;
    match files {
        Some(_) => write!(line, ", {} s left", state.eta().as_secs_f64().ceil()),
        None => Ok(()),
    }
}

/// Stream whose lines are written above the progress line.
#[derive(Debug)]
pub struct Above<'p, W> {
    progress: &'p Progress,
    stream: W,
}

impl<W: Write> Write for Above<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &self.progress.line {
            Some(line) => line.suspend(|| self.stream.write(bytes)),
            None => self.stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Draws the progress line with ANSI escapes when stderr is not a terminal (`--progress always`).
#[derive(Debug)]
struct NoTerminal;

impl TermLike for NoTerminal {
    fn width(&self) -> u16 {
        80
    }

    fn move_cursor_up(&self, lines: usize) -> io::Result<()> {
        move_cursor(lines, 'A')
    }

    fn move_cursor_down(&self, lines: usize) -> io::Result<()> {
        move_cursor(lines, 'B')
    }

    fn move_cursor_right(&self, columns: usize) -> io::Result<()> {
        move_cursor(columns, 'C')
    }

    fn move_cursor_left(&self, columns: usize) -> io::Result<()> {
        move_cursor(columns, 'D')
    }

    fn write_line(&self, line: &str) -> io::Result<()> {
        writeln!(io::stderr(), "{line}")
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        write!(io::stderr(), "{text}")
    }

    fn clear_line(&self) -> io::Result<()> {
        write!(io::stderr(), "\r\x1b[2K")
    }

    fn flush(&self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// Moves the cursor. Terminals treat 0 as 1.
fn move_cursor(by: usize, direction: char) -> io::Result<()> {
    if by == 0 { Ok(()) } else { write!(io::stderr(), "\x1b[{by}{direction}") }
}
