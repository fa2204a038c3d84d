//! A Markdown page of the documentation: its links, headings, code and tables.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

pub const README: &str = "README.md";
pub const KOREAN_README: &str = "README.ko.md";

#[derive(Default)]
pub struct Document {
    pub path: PathBuf,
    pub text: String,
    /// Targets of links and images.
    pub links: Vec<String>,
    pub headings: Vec<String>,
    /// Fenced code with its language.
    pub blocks: Vec<(String, String)>,
    /// The first row is the header.
    pub tables: Vec<Vec<Row>>,
}

#[derive(Default, Clone)]
pub struct Row {
    /// Text of each cell, without marks.
    pub cells: Vec<String>,
    /// Code spans of each cell.
    pub code: Vec<Vec<String>>,
}

impl Document {
    #[track_caller]
    pub fn open(path: impl AsRef<Path>) -> Document {
        let path = path.as_ref().to_owned();
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut page = Document { path, text: text.clone(), ..Document::default() };
        let mut open_heading = false;
        let mut open_code = false;
        let mut row: Option<Row> = None;
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.into_string());
                }
                Event::Start(Tag::Heading { .. }) => {
                    open_heading = true;
                    page.headings.push(String::new());
                }
                Event::End(TagEnd::Heading(_)) => open_heading = false,
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    open_code = true;
                    page.blocks.push((language.into_string(), String::new()));
                }
                Event::End(TagEnd::CodeBlock) => open_code = false,
                Event::Start(Tag::Table(_)) => page.tables.push(Vec::new()),
                Event::Start(Tag::TableHead | Tag::TableRow) => row = Some(Row::default()),
                Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                    page.tables.last_mut().unwrap().push(row.take().unwrap());
                }
                Event::Start(Tag::TableCell) => {
                    let row = row.as_mut().unwrap();
                    row.cells.push(String::new());
                    row.code.push(Vec::new());
                }
                Event::Text(text) | Event::Code(text) if open_heading => {
                    page.headings.last_mut().unwrap().push_str(&text);
                }
                Event::Text(text) if open_code => page.blocks.last_mut().unwrap().1.push_str(&text),
                Event::Text(text) => {
                    if let Some(cell) = row.as_mut().and_then(|row| row.cells.last_mut()) {
                        cell.push_str(&text);
                    }
                }
                Event::Code(code) => {
                    if let Some(row) = &mut row {
                        row.cells.last_mut().unwrap().push_str(&code);
                        row.code.last_mut().unwrap().push(code.into_string());
                    }
                }
                _ => {}
            }
        }
        page
    }

    /// The READMEs and every page of `docs/`, in the order of their names.
    pub fn all() -> Vec<Document> {
        let mut paths: Vec<PathBuf> =
            fs::read_dir("docs").unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        [README, KOREAN_README].iter().map(PathBuf::from).chain(paths).map(Document::open).collect()
    }

    /// The fenced code in `language`.
    pub fn code<'a>(&'a self, language: &'a str) -> impl Iterator<Item = &'a str> {
        self.blocks.iter().filter(move |(found, _)| found == language).map(|(_, code)| code.as_str())
    }

    /// The rows, without the header, of the table whose first row begins with this code.
    #[track_caller]
    pub fn table_with(&self, first_code: &str) -> &[Row] {
        let begins = |table: &&Vec<Row>| table[1].code[0].first().is_some_and(|code| code == first_code);
        &self.tables.iter().find(begins).unwrap_or_else(|| panic!("{}", self.path.display()))[1..]
    }
}
