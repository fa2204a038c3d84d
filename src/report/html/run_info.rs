//! The run that a page is about.

use crate::record::datetime::UtcTime;

/// Facts about the run besides its counts.
#[derive(Debug, Clone)]
pub struct RunInfo {
    /// Version of the program.
    pub version: &'static str,
    /// Command line, quoted for a shell.
    pub command: String,
    /// Command line that lists all findings, one JSON object a line.
    pub list_command: String,
    /// Start of the run.
    pub started_at: Option<UtcTime>,
    /// Set if the exit status is a success.
    pub is_clean: bool,
}

/// Returns `ingest` with these arguments; those with characters that a shell would change are in single quotes.
pub fn command(arguments: impl Iterator<Item = impl AsRef<str>>) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./,:=@%+".contains(c);
    arguments.fold("ingest".to_owned(), |command, argument| {
        let argument = argument.as_ref();
        match !argument.is_empty() && argument.chars().all(is_plain) {
            true => command + " " + argument,
            false => command + " '" + &argument.replace('\'', r"'\''") + "'",
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::report::html::run_info::command;

    #[test]
    fn what_a_shell_would_change_is_quoted() {
        for (arguments, expected) in [
            (&["seeds/", "-o", "report.html"][..], "ingest seeds/ -o report.html"),
            (&["--include", "*.md", "it's", ""], r"ingest --include '*.md' 'it'\''s' ''"),
            (&["기사/"], "ingest 기사/"),
        ] {
            assert_eq!(command(arguments.iter()), expected);
        }
    }
}
