//! stub
/// v
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// t
    Text(String),
    /// l
    List(Vec<Value>),
    /// m
    Map(Vec<(String, Value)>),
}
impl Value {
    /// m
    pub fn map_text(self, _: &impl Fn(String) -> String) -> Self {
        self
    }
    /// x
    pub fn into_text(self) -> String {
        match self {
            Value::Text(t) => t,
            _ => String::new(),
        }
    }
}
/// e
pub struct Entry {
    /// k
    pub key: String,
    /// v
    pub value: Value,
}
/// p
#[derive(Debug)]
pub struct Place {
    /// l
    pub line: usize,
    /// c
    pub column: usize,
}
/// r
#[derive(Debug)]
pub enum Refusal {
    /// d
    TooDeep,
    /// a
    Alias,
    /// n
    NotYaml {
        /// p
        place: Option<Place>,
        /// m
        message: String,
    },
}
/// r
pub fn read(_: &str) -> Result<Vec<Entry>, Refusal> {
    Err(Refusal::TooDeep)
}
