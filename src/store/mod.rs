//! Object stores: what lies under the URL of an object or of a prefix, behind calls that wait.
//!
//! Credentials and endpoints come from the environment. Without the cargo feature `cloud`, no URL leads anywhere.

#[cfg(not(feature = "cloud"))]
mod absent;
#[cfg(feature = "cloud")]
mod bucket;
#[cfg(feature = "cloud")]
mod location;
#[cfg(feature = "cloud")]
mod object;
#[cfg(feature = "cloud")]
mod refusal;
#[cfg(feature = "cloud")]
mod upload;

use std::path::{Path, PathBuf};

#[cfg(not(feature = "cloud"))]
pub use self::absent::{Location, Object, Upload, Uploaded, abort_uploads};
#[cfg(feature = "cloud")]
pub use self::{
    location::Location,
    object::Object,
    upload::{Upload, Uploaded, abort_uploads},
};

/// What lies directly below a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name there, without `/`.
    pub name: String,
    /// Whether it is a prefix of more.
    pub is_prefix: bool,
}

const SCHEMES: [&str; 5] = ["s3://", "gs://", "az://", "https://", "http://"];

/// Whether `path` is a URL, and not the path of a file: `./s3:` is one.
pub fn is_url(path: &Path) -> bool {
    let path = path.as_os_str().as_encoded_bytes();
    SCHEMES.iter().any(|scheme| path.starts_with(scheme.as_bytes()))
}

/// A URL as it may be shown: without a user's name, a password or a signature. Any other path as it is.
pub fn shown(path: &Path) -> PathBuf {
    match path.to_str().and_then(without_secrets) {
        Some(shown) => PathBuf::from(shown),
        None => path.to_owned(),
    }
}

/// The same of the URL of a web server, which alone has room for secrets.
fn without_secrets(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
    let rest = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    Some(format!("{scheme}://{host}{path}"))
}
