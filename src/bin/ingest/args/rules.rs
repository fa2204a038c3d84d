//! Levels of the rules: arguments, and the configuration file.

use std::path::PathBuf;

use crate::args::names::NameParser;
use crate::args::{ArgMatches, Args, Arguments, CommandFactory, Error, ErrorKind};
use crate::config_file::ConfigFile;
use news_ingest::findings::policy::Policy;
use news_ingest::findings::policy::{DenyTarget, LevelSetting, WARNINGS};
use news_ingest::findings::rule::{Level, Rule};
use news_ingest::text::suggest::unknown;

/// Level arguments.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rules")]
pub struct RuleArgs {
    /// Deny: findings of RULE are errors; `warnings` means all rules that are warnings
    #[arg(short = 'D', long, value_name = "RULE", value_delimiter = ',', value_parser = denied(), hide_possible_values = true)]
    deny: Vec<DenyTarget>,

    /// Warn: findings of RULE are warnings
    #[arg(short = 'W', long, value_name = "RULE", value_delimiter = ',', value_parser = rule(), hide_possible_values = true)]
    warn: Vec<Rule>,

    /// Allow: RULE is not checked
    #[arg(short = 'A', long, value_name = "RULE", value_delimiter = ',', value_parser = rule(), hide_possible_values = true)]
    allow: Vec<Rule>,
}

/// Arguments for the configuration file.
#[derive(Debug, Args)]
#[command(next_help_heading = "Configuration")]
pub struct ConfigArgs {
    /// Read the configuration from FILE [default: the nearest `ingest.toml`, from the working folder upwards, if it is yours or root's]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Read no configuration
    #[arg(long, conflicts_with = "config")]
    isolated: bool,
}

impl ConfigArgs {
    /// Loads the requested configuration.
    ///
    /// # Errors
    /// The file cannot be read or is invalid.
    pub fn configuration(&self) -> Result<ConfigFile, Error> {
        let configuration = match &self.config {
            Some(path) => ConfigFile::at(path),
            None if self.isolated => Ok(ConfigFile::default()),
            None => ConfigFile::found(),
        };
        configuration.map_err(|refused| Error::raw(ErrorKind::ValueValidation, format!("{refused}\n")))
    }
}

impl RuleArgs {
    /// Builds the policy; arguments take precedence over the configuration file. Returns the file with its other settings.
    ///
    /// # Errors
    /// The level of a rule is lowered but fixed, or the configuration file is invalid.
    pub fn beside(self, beside: &ConfigArgs, given: &ArgMatches) -> Result<(Policy, ConfigFile), Error> {
        let mut file = beside.configuration()?;
        let policy = Policy::new(&file.settings, file.folders.take(), self.in_order(given))
            .map_err(|error| Arguments::command().error(ErrorKind::ArgumentConflict, error))?;
        Ok((policy, file))
    }

    /// Returns the settings in the order of the arguments.
    fn in_order(self, matches: &ArgMatches) -> Vec<LevelSetting> {
        let places = |option| matches.indices_of(option).into_iter().flatten();
        let one = |level| move |rule| LevelSetting::One(rule, level);
        let denied = self.deny.into_iter().map(LevelSetting::from);
        let warned = self.warn.into_iter().map(one(Level::Warning));
        let allowed = self.allow.into_iter().map(one(Level::Off));
        let mut settings: Vec<(usize, LevelSetting)> = places("deny").zip(denied).collect();
        settings.extend(places("warn").zip(warned));
        settings.extend(places("allow").zip(allowed));
        settings.sort_by_key(|(place, _)| *place);
        settings.into_iter().map(|(_, setting)| setting).collect()
    }
}

fn rule() -> NameParser<Rule> {
    NameParser::new(Rule::codes(), |code| code.parse().map_err(|_| unknown("rule", code, Rule::codes())))
}

fn denied() -> NameParser<DenyTarget> {
    NameParser::new(Rule::codes().chain([WARNINGS]), |code| {
        code.parse().map_err(|_| unknown("rule", code, Rule::codes().chain([WARNINGS])))
    })
}
