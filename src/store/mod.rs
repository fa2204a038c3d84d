//! Object stores: reading, listing and writing objects by blocking calls.
//!
//! Credentials and endpoints come from the environment. Without the cargo feature `cloud`, URLs are not supported.

#[cfg(feature = "cloud")]
pub(crate) mod client;
#[cfg(not(feature = "cloud"))]
pub(crate) mod disabled;
#[cfg(feature = "cloud")]
mod location;
#[cfg(feature = "cloud")]
mod object;
#[cfg(feature = "cloud")]
mod upload;

use std::path::{Path, PathBuf};

#[cfg(not(feature = "cloud"))]
pub use crate::store::disabled::{Object, ObjectUrl, Upload, Uploaded, abort_uploads};
#[cfg(feature = "cloud")]
pub use crate::store::location::ObjectUrl;
#[cfg(feature = "cloud")]
pub use crate::store::object::Object;
#[cfg(feature = "cloud")]
pub use crate::store::upload::{Upload, Uploaded, abort_uploads};

/// An object or prefix directly below a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedObject {
    /// The name below the prefix, without `/`.
    pub name: String,
    /// `true` for a prefix.
    pub is_prefix: bool,
}

const SCHEMES: [&str; 5] = ["s3://", "gs://", "az://", "https://", "http://"];

/// Returns `true` if `path` is a URL. A local file of such a name can be written as `./s3:`.
pub fn is_url(path: &Path) -> bool {
    let path = path.as_os_str().as_encoded_bytes();
    SCHEMES.iter().any(|scheme| path.starts_with(scheme.as_bytes()))
}

/// Returns a URL without user name, password and query, which may hold secrets. Other paths are returned unchanged.
pub fn shown(path: &Path) -> PathBuf {
    match path.to_str().and_then(without_secrets) {
        Some(shown) => PathBuf::from(shown),
        None => path.to_owned(),
    }
}

/// Strips the secrets from the URL of a web server; `None` for other URLs, which have no room for them.
fn without_secrets(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
    let rest = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    Some(format!("{scheme}://{host}{path}"))
}
