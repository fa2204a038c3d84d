//! Reads findings back from every format, with the parsers that others use.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

/// What a format says of a finding, in the order `path:line:column: level[rule]: message`.
///
/// GitLab knows no column, and calls its levels otherwise.
pub fn findings(format: &str, output: &str) -> Vec<String> {
    match format {
        "concise" => output.lines().map(str::to_owned).collect(),
        "text" => output.lines().filter(|line| !is_context(line)).map(str::to_owned).collect(),
        "json" => items(&serde_json::from_str(output).unwrap()).iter().map(told).collect(),
        "jsonl" => output.lines().map(|line| told(&serde_json::from_str(line).unwrap())).collect(),
        "github" => output.lines().map(annotation).collect(),
        "gitlab" => items(&serde_json::from_str(output).unwrap()).iter().map(issue).collect(),
        "sarif" => {
            let log: Value = serde_json::from_str(output).unwrap();
            items(&log["runs"][0]["results"]).iter().map(|result| sarif_result(&log, result)).collect()
        }
        "junit" => cases(output).into_iter().flat_map(|case| case.lines).collect(),
        "markdown" => output.lines().skip(2).map(row).collect(),
        _ => panic!("no format is called {format}"),
    }
}

/// The cells of a row of a table are parted by bars that no backslash stands before.
fn row(line: &str) -> String {
    let (mut cells, mut characters) = (vec![String::new()], line.chars());
    while let Some(c) = characters.next() {
        match c {
            '|' => cells.push(String::new()),
            '\\' => cells.last_mut().unwrap().extend(characters.next()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
    let [_, place, level, rule, message, _] = cells.try_into().unwrap();
    format!("{place}: {level}[{rule}]: {message}")
}

fn is_context(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    line.is_empty() || line.starts_with('|')
}

pub fn items(value: &Value) -> &[Value] {
    value.as_array().expect("an array")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

/// Every key is there, and no other.
#[track_caller]
fn has_keys(value: &Value, keys: &[&str]) {
    let mut there: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    let mut keys = keys.to_vec();
    there.sort_unstable();
    keys.sort_unstable();
    assert_eq!(there, keys);
}

fn told(item: &Value) -> String {
    has_keys(item, &["path", "line", "column", "level", "rule", "message"]);
    let [path, level, rule, message] = ["path", "level", "rule", "message"].map(|key| text(&item[key]));
    format!("{path}:{}:{}: {level}[{rule}]: {message}", item["line"], item["column"])
}

fn annotation(line: &str) -> String {
    let (command, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (level, properties) = command.split_once(' ').unwrap();
    let properties: Vec<&str> = properties.split(',').collect();
    let [file, line, column, title] = properties.try_into().unwrap();
    let value = |property: &str, name: &str| decoded(property.strip_prefix(name).unwrap());
    let place = format!("{}:{}:{}: ", value(file, "file="), value(line, "line="), value(column, "col="));
    let rule = value(title, "title=ingest ");
    format!("{place}{level}[{rule}]: {}", decoded(message).strip_prefix(&place).unwrap())
}

fn issue(issue: &Value) -> String {
    has_keys(issue, &["description", "check_name", "fingerprint", "severity", "location"]);
    assert_eq!(text(&issue["fingerprint"]).len(), 64);
    let level = match text(&issue["severity"]) {
        "major" => "error",
        "minor" => "warning",
        severity => panic!("GitLab knows no severity {severity} of ours"),
    };
    let (path, line) = (text(&issue["location"]["path"]), &issue["location"]["lines"]["begin"]);
    format!("{path}:{line}: {level}[{}]: {}", text(&issue["check_name"]), text(&issue["description"]))
}

fn sarif_result(log: &Value, result: &Value) -> String {
    let rule = text(&result["ruleId"]);
    let index = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], rule);
    assert_eq!(text(&result["partialFingerprints"]["primaryLocationLineHash"]).len(), 64);
    let location = &items(&result["locations"])[0]["physicalLocation"];
    let (path, region) = (decoded(text(&location["artifactLocation"]["uri"])), &location["region"]);
    let place = format!("{path}:{}:{}", region["startLine"], region["startColumn"]);
    format!("{place}: {}[{rule}]: {}", text(&result["level"]), unescaped(text(&result["message"]["text"])))
}

/// What a viewer shows of a message without links.
fn unescaped(message: &str) -> String {
    let mut shown = String::new();
    let mut rest = message.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => shown.extend(rest.next()),
            '[' | ']' => panic!("a bracket of a link: {message}"),
            c => shown.push(c),
        }
    }
    shown
}

/// `text` with every `%XX` as the byte that it stands for.
pub fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two hex digits follow a `%`"));
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

/// A case of JUnit XML.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Case {
    pub suite: String,
    pub name: String,
    /// The type of its failure, if it has one.
    pub failure: Option<String>,
    /// What its failure and its output say.
    pub lines: Vec<String>,
}

/// The cases of JUnit XML.
pub fn cases(xml: &str) -> Vec<Case> {
    let mut reader = Reader::from_str(xml);
    let (mut suite, mut cases, mut within) = (String::new(), Vec::<Case>::new(), String::new());
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) | Event::Empty(tag) => {
                match tag.name().as_ref() {
                    b"testsuite" => suite = attribute(&tag, "name").unwrap(),
                    b"testcase" => {
                        let name = attribute(&tag, "name").unwrap();
                        cases.push(Case { suite: suite.clone(), name, ..Case::default() });
                    }
                    b"failure" => {
                        cases.last_mut().unwrap().failure = attribute(&tag, "type").or(Some("".into()))
                    }
                    _ => {}
                }
                within.clear();
            }
            Event::Text(text) => within.push_str(&text.decode().unwrap()),
            Event::GeneralRef(entity) => within.push(match entity.decode().unwrap().as_ref() {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                "quot" => '"',
                "apos" => '\'',
                entity => panic!("XML knows no entity {entity}"),
            }),
            Event::End(tag) => {
                if [b"failure".as_slice(), b"system-out"].contains(&tag.name().as_ref()) {
                    cases.last_mut().unwrap().lines.extend(within.lines().map(str::to_owned));
                }
                within.clear();
            }
            Event::Eof => return cases,
            _ => {}
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).unwrap()?;
    Some(attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).unwrap().into_owned())
}
