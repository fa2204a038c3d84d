//! The subcommands that print a document: schemas, completions and man pages.

use clap_complete::{Generator, Shell};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold};

use crate::args::rules::ConfigArgs;
use crate::args::{Arguments, CommandFactory, Error, ErrorKind, HELP, Subcommand, Syntax, ValueEnum};
use news_ingest::findings::rule::Rule;
use news_ingest::schema;
use news_ingest::schema::SchemaKind;
use news_ingest::text::escape::escape;

/// Subcommands that print a document.
#[derive(Debug, Subcommand)]
pub enum DocumentCommand {
    /// Print a JSON Schema (draft 2020-12)
    #[command(help_template = HELP, before_help = SCHEMA_EXAMPLES, after_help = SCHEMA_NOTE)]
    Schema {
        /// Subject of the schema
        #[arg(value_name = "OF", default_value = "record", value_enum)]
        of: SchemaOf,

        #[command(flatten)]
        beside: ConfigArgs,
    },

    /// Print the completions for a shell
    #[command(help_template = HELP, before_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        #[arg(value_name = "SHELL", value_enum)]
        shell: Shell,
    },

    /// Print the man page
    #[command(help_template = HELP, before_help = MAN_EXAMPLES)]
    Man {
        /// Command to describe, in place of `ingest` as a whole
        #[arg(value_name = "COMMAND")]
        of: Option<String>,
    },
}

/// Subject of a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SchemaOf {
    /// One line of the records
    Record,
    /// One line of the comments
    Comment,
    /// One finding of the JSON formats
    Finding,
    /// One line of a manifest
    Manifest,
    /// One difference of the JSON formats of `diff`
    Difference,
    /// One file of `explain --format json`
    Explanation,
}

const SCHEMA_EXAMPLES: &str = "\
Examples:
  ingest schema > record.schema.json      of one line of the records
  ingest schema finding                   of one finding of `check`";

const SCHEMA_NOTE: &str = "\
It describes what a run with the default levels writes. Records follow the
`[layout]` of the configuration.";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  ingest completions bash > ~/.local/share/bash-completion/completions/ingest
  ingest completions zsh > ~/.zfunc/_ingest
  ingest completions fish > ~/.config/fish/completions/ingest.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  ingest man | man -l -                   read it
  ingest man > ~/.local/share/man/man1/ingest.1
  ingest man check > ~/.local/share/man/man1/ingest-check.1";

impl DocumentCommand {
    /// Renders the document.
    ///
    /// # Errors
    /// `man` names an unknown command, or the configuration file is invalid.
    pub fn print(self) -> Result<Vec<u8>, Error> {
        match self {
            DocumentCommand::Schema { of, beside } => {
                let subject = match of {
                    SchemaOf::Record => SchemaKind::Record,
                    SchemaOf::Comment => SchemaKind::Comment,
                    SchemaOf::Finding => SchemaKind::Finding,
                    SchemaOf::Manifest => SchemaKind::Manifest,
                    SchemaOf::Difference => SchemaKind::Difference,
                    SchemaOf::Explanation => SchemaKind::Explanation,
                };
                Ok(schema::json_schema(subject, &beside.configuration()?.layouts).into_bytes())
            }
            DocumentCommand::Completions { shell } => Ok(completions(shell, Arguments::command())),
            DocumentCommand::Man { of } => man(Arguments::command(), of.as_deref()).ok_or_else(|| {
                let message = format!("no such command: `{}`", escape(&of.unwrap_or_default()));
                Arguments::command().error(ErrorKind::InvalidSubcommand, message)
            }),
        }
    }
}

/// Renders the completions of `syntax` for a shell.
fn completions(shell: Shell, mut syntax: Syntax) -> Vec<u8> {
    let mut script = Vec::new();
    let name = syntax.get_name().to_owned();
    syntax.set_bin_name(name);
    syntax.build();
    // Writing to a `Vec` never fails.
    let _ = shell.try_generate(&syntax, &mut script);
    if shell == Shell::Zsh { with_files(script) } else { script }
}

/// Makes zsh offer files beside rules to `explain`: of values that are listed, the generator takes no others.
fn with_files(script: Vec<u8>) -> Vec<u8> {
    let script = String::from_utf8(script).unwrap_or_default();
    let rules = format!("({})", Rule::codes().collect::<Vec<_>>().join(" "));
    let both = format!("{{_alternative \"rules:rule:{rules}\" \"files:file:_files\"}}");
    let lines = script.split_inclusive('\n').map(|line| match line.contains("::targets") {
        true => line.replace(&rules, &both),
        false => line.to_owned(),
    });
    lines.collect::<String>().into_bytes()
}

/// Renders the man page of `syntax` or of one of its commands; `None` if there is no such command.
fn man(mut syntax: Syntax, command: Option<&str>) -> Option<Vec<u8>> {
    syntax.build();
    let syntax = match command {
        Some(command) => syntax.find_subcommand(command)?.clone(),
        None => syntax,
    };
    let [examples, behind] = [syntax.get_before_help(), syntax.get_after_help()]
        .map(|text| text.map(ToString::to_string).unwrap_or_default());
    let syntax = syntax.before_help(None);
    let man = Man::new(syntax.clone());
    let mut page = Vec::new();
    let steps = [
        Man::render_title,
        Man::render_name_section,
        Man::render_synopsis_section,
        Man::render_description_section,
        Man::render_options_section,
    ];
    for step in steps {
        // Writing to a `Vec` never fails.
        let _ = step(&man, &mut page);
    }
    if syntax.has_subcommands() {
        let _ = man.render_subcommands_section(&mut page);
    }
    let _ = behind_the_options(&[examples, behind].join("\n\n")).to_writer(&mut page);
    let _ = described("ENVIRONMENT", &ENVIRONMENT).to_writer(&mut page);
    let _ = described("FILES", &FILES).to_writer(&mut page);
    Some(page)
}

/// Variables of the environment that the program looks at.
const ENVIRONMENT: [(&str, &str); 3] = [
    ("NO_COLOR", "If it is set, there are no colours, unless --color always asks for them."),
    (
        "FORCE_COLOR, CLICOLOR_FORCE",
        "If one is set, and not to 0, there are colours also where the output is not a terminal, unless NO_COLOR is set or \
         --color never forbids them.",
    ),
    ("LC_ALL, LC_MESSAGES, LANG", "The language of the page of ingest report, unless --lang sets it."),
];

/// Files that the program looks for.
const FILES: [(&str, &str); 1] = [(
    "ingest.toml",
    "The configuration: the nearest one, from the working folder upwards, if it belongs to the user or to root. \
     --config FILE names another one, --isolated takes none.",
)];

/// Renders a section of names, each with its description.
fn described(section: &str, names: &[(&str, &str)]) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [section]);
    for (name, description) in names {
        roff.control("TP", []).text([bold(*name)]).text([(*description).into()]);
    }
    roff
}

/// Renders the help before and after the options, with `Examples:` and `Exit status:` as sections.
fn behind_the_options(help: &str) -> Roff {
    let mut roff = Roff::new();
    for paragraph in help.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
        if let Some(examples) = paragraph.strip_prefix("Examples:\n") {
            roff.control("SH", ["EXAMPLES"]).control("nf", []);
            roff.text([examples.into()]).control("fi", []);
        } else if let Some(status) = paragraph.strip_prefix("Exit status: ") {
            roff.control("SH", ["EXIT STATUS"]).text([status.into()]);
        } else {
            roff.control("PP", []).text([paragraph.into()]);
        }
    }
    roff
}
