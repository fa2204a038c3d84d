//! The command line before it is parsed: options may stand before the subcommand, and what is nearly a subcommand or is an
//! option of another one is named as such.

use std::ffi::OsString;
use std::path::Path;

use crate::args::{Arg, ContextKind, ContextValue, Error, ErrorKind, Syntax};
use news_ingest::store::is_url;
use news_ingest::text::escape::quote;
use news_ingest::text::suggest::closest;

/// Name of the subcommand for help.
const HELP: &str = "help";

/// Moves the subcommand to the front of `arguments`, which are those after the program's name.
///
/// # Errors
/// The first argument that is not an option names no file, but nearly a subcommand.
pub fn subcommand_first(syntax: &Syntax, mut arguments: Vec<OsString>) -> Result<Vec<OsString>, Error> {
    let Some(index) = first_operand(syntax, &arguments) else { return Ok(arguments) };
    let operand = arguments[index].to_string_lossy().into_owned();
    if syntax.find_subcommand(&operand).is_some() {
        arguments[..=index].rotate_right(1);
        if operand == HELP {
            // It has no options of its own.
            arguments.drain(1..=index);
        }
        return Ok(arguments);
    }
    let is_word = operand.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-') && operand != "-";
    let path = Path::new(&operand);
    let names = || syntax.get_subcommands().map(Syntax::get_name);
    match closest(&operand, names()) {
        Some(nearest) if is_word && !is_url(path) && path.symlink_metadata().is_err() => {
            let message = format!(
                "there is no file {0}, and no command of this name; did you mean `ingest {nearest}`?",
                quote(&operand)
            );
            Err(syntax.clone().error(ErrorKind::InvalidSubcommand, message))
        }
        _ => Ok(arguments),
    }
}

/// Returns the index of the first argument that is neither an option nor the value of one; `None` if `--` stands before it.
fn first_operand(syntax: &Syntax, arguments: &[OsString]) -> Option<usize> {
    let mut index = 0;
    while let Some(argument) = arguments.get(index) {
        let argument = argument.to_string_lossy();
        let takes_next = match argument.strip_prefix('-') {
            None | Some("") => return Some(index),
            Some("-") => return None,
            Some(option) => match option.strip_prefix('-') {
                Some(long) => !long.contains('=') && takes_value(syntax, |arg| is_long(arg, long)),
                None => last_takes_value(syntax, option),
            },
        };
        index += if takes_next { 2 } else { 1 };
    }
    None
}

/// Returns `true` if the last of the joined short options `letters` takes the next argument as its value.
fn last_takes_value(syntax: &Syntax, letters: &str) -> bool {
    let taker = letters.char_indices().find(|(_, letter)| takes_value(syntax, |arg| is_short(arg, *letter)));
    taker.is_some_and(|(offset, letter)| offset + letter.len_utf8() == letters.len())
}

/// Returns `true` if the option that `is_meant` finds, of any command, takes a value. It does so in all of them or in none.
fn takes_value(syntax: &Syntax, is_meant: impl Fn(&Arg) -> bool) -> bool {
    let all = [syntax].into_iter().chain(syntax.get_subcommands());
    let mut meant = all.flat_map(Syntax::get_arguments).filter(|arg| is_meant(arg));
    meant.next().is_some_and(|arg| arg.get_action().takes_values())
}

fn is_long(arg: &Arg, name: &str) -> bool {
    arg.get_long_and_visible_aliases().is_some_and(|names| names.contains(&name))
}

fn is_short(arg: &Arg, letter: char) -> bool {
    arg.get_short_and_visible_aliases().is_some_and(|letters| letters.contains(&letter))
}

/// Names the commands that have an option which the typed one lacks; returns other errors as they are.
pub fn with_owner(error: Error, mut syntax: Syntax, typed: Option<&str>) -> Error {
    let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg) else { return error };
    if error.kind() != ErrorKind::UnknownArgument {
        return error;
    }
    let name = option.split('=').next().unwrap_or_default();
    let is_meant = |arg: &Arg| match name.strip_prefix("--") {
        Some(long) => is_long(arg, long),
        None => name.chars().nth(1).is_some_and(|letter| is_short(arg, letter)),
    };
    let called = |command: &Syntax| match command.get_name() {
        "ingest" => "`ingest`".to_owned(),
        name => format!("`ingest {name}`"),
    };
    let all = [&syntax].into_iter().chain(syntax.get_subcommands());
    let owners: Vec<String> =
        all.filter(|command| command.get_arguments().any(is_meant)).map(called).collect();
    let Some((last, others)) = owners.split_last() else { return error };
    let owners = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
    let message = format!("{} is an option of {owners}", quote(name));
    syntax.build();
    match typed.and_then(|typed| syntax.find_subcommand_mut(typed)) {
        Some(command) => {
            let message = format!("{message}, not of `ingest {}`", command.get_name());
            command.error(ErrorKind::UnknownArgument, message)
        }
        None => syntax.error(ErrorKind::UnknownArgument, format!("{message}, not of `ingest` alone")),
    }
}

#[cfg(test)]
mod tests {
    use super::{first_operand, is_long, is_short};
    use crate::args::{Arg, Arguments, CommandFactory};
    use std::ffi::OsString;

    #[test]
    fn the_first_operand_is_found_after_options_and_their_values() {
        let syntax = Arguments::command();
        for (line, expected) in [
            ("check x", Some(0)),
            ("-q check x", Some(1)),
            ("--config f check x", Some(2)),
            ("--config=f check x", Some(1)),
            ("-qj 4 check", Some(2)),
            ("-qj4 check", Some(1)),
            ("-D duplicate -qq --color never check", Some(5)),
            ("-o - check", Some(2)),
            ("- check", Some(0)),
            ("-q -- check", None),
            ("-q", None),
            ("--unheard-of check", Some(1)),
        ] {
            let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            assert_eq!(first_operand(&syntax, &arguments), expected, "{line}");
        }
    }

    /// Where the subcommand is not yet known, an option must take a value in all of them or in none.
    #[test]
    fn an_option_takes_a_value_in_all_commands_or_in_none() {
        let syntax = Arguments::command();
        let all = || [&syntax].into_iter().chain(syntax.get_subcommands());
        for (one, other) in all().flat_map(|one| all().map(move |other| (one, other))) {
            for (arg, of_other) in
                one.get_arguments().flat_map(|arg| other.get_arguments().map(move |of_other| (arg, of_other)))
            {
                let is_same = arg.get_long().is_some_and(|long| is_long(of_other, long))
                    || arg.get_short().is_some_and(|short| is_short(of_other, short));
                let takes = |arg: &Arg| arg.get_action().takes_values();
                assert!(!is_same || takes(arg) == takes(of_other), "{arg} of {one} and {other}");
            }
        }
    }
}
