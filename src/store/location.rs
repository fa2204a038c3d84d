//! Locations in object stores: an object, or a prefix of objects, which corresponds to a folder.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::store::ListedObject;
use crate::store::client::refused;
use crate::store::client::{Client, Key, ObjectStoreExt, PaginatedListOptions, runtime};
use crate::store::object::Object;
use crate::store::upload::Upload;

/// The object or prefix that a URL names.
#[derive(Clone)]
pub struct ObjectUrl {
    bucket: Client,
    /// Key of the object or prefix, without a trailing `/`.
    key: Key,
    names_prefix: bool,
}

impl ObjectUrl {
    /// Parses `url`, without a request to the store.
    ///
    /// # Errors
    /// The URL or the environment is invalid.
    pub fn parse(url: &Path) -> io::Result<ObjectUrl> {
        let url = url.to_str().ok_or_else(|| invalid("a URL is UTF-8"))?;
        let (scheme, rest) = url.split_once("://").ok_or_else(|| invalid("not a URL"))?;
        if matches!(scheme, "http" | "https") {
            let (server, key) = of_web_server(url, url.len() - rest.len());
            return Ok(ObjectUrl { bucket: Client::at(server)?, key, names_prefix: false });
        }
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Err(invalid("it names no bucket"));
        }
        let names_prefix = key.is_empty() || key.ends_with('/');
        let parsed = Key::parse(key).ok().filter(|_| !key.starts_with('/'));
        let key =
            parsed.ok_or_else(|| invalid("a key with an empty part, `.`, `..` or a control character"))?;
        Ok(ObjectUrl { bucket: Client::at(&format!("{scheme}://{bucket}"))?, key, names_prefix })
    }

    /// Returns `true` if the URL can only be that of a prefix.
    pub fn names_prefix(&self) -> bool {
        self.names_prefix
    }

    /// Returns the location of `name` below this prefix.
    pub fn join(&self, name: &str) -> ObjectUrl {
        let key = format!("{}{name}", self.prefix());
        let key = Key::parse(&key).unwrap_or_else(|_| Key::from(key));
        ObjectUrl { key, names_prefix: false, ..self.clone() }
    }

    /// Returns `true` if the object exists.
    ///
    /// # Errors
    /// The store cannot be asked.
    pub fn is_there(&self) -> io::Result<bool> {
        match runtime()?.block_on(self.bucket.objects.head(&self.key)).map_err(refused) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Returns `true` if there is anything below the prefix, or if it is a whole bucket, which may be empty.
    ///
    /// # Errors
    /// The store cannot be asked.
    pub fn holds_any(&self) -> io::Result<bool> {
        if self.bucket.lists.is_none() {
            return Ok(false);
        }
        let (listed, _) = self.page(None, Some(1))?;
        Ok(!listed.is_empty() || self.key.as_ref().is_empty())
    }

    /// Lists the objects and prefixes directly below the prefix, unordered.
    ///
    /// # Errors
    /// The store cannot be asked.
    pub fn list(&self) -> io::Result<Vec<ListedObject>> {
        let (mut all, mut token) = self.page(None, None)?;
        while token.is_some() {
            let (more, next) = self.page(token, None)?;
            all.extend(more);
            token = next;
        }
        Ok(all)
    }

    /// Requests the object.
    pub fn read(&self) -> Object {
        Object::at(&self.bucket, self.key.clone())
    }

    /// Starts writing the object. The old object remains until [`Uploaded::place`](crate::store::Uploaded::place).
    ///
    /// # Errors
    /// The location cannot be written.
    pub fn write(&self) -> io::Result<Upload> {
        if self.bucket.lists.is_none() {
            return Err(io::Error::new(ErrorKind::Unsupported, "a web server is only read"));
        }
        if self.names_prefix {
            return Err(ErrorKind::IsADirectory.into());
        }
        Upload::to(self.bucket.clone(), &self.key)
    }

    /// Deletes the object.
    ///
    /// # Errors
    /// The store refuses the request.
    pub fn delete(&self) -> io::Result<()> {
        runtime()?.block_on(self.bucket.objects.delete(&self.key)).map_err(refused)
    }

    /// Prefix of all keys below this location.
    fn prefix(&self) -> String {
        match self.key.as_ref() {
            "" => String::new(),
            key => format!("{key}/"),
        }
    }

    /// Requests one page of the listing; returns it with the token of the next page.
    fn page(
        &self,
        token: Option<String>,
        most: Option<usize>,
    ) -> io::Result<(Vec<ListedObject>, Option<String>)> {
        let lists = self.bucket.lists.as_ref();
        let lists =
            lists.ok_or_else(|| io::Error::new(ErrorKind::Unsupported, "a web server lists nothing"))?;
        let prefix = self.prefix();
        let options = PaginatedListOptions {
            delimiter: Some("/".into()),
            max_keys: most,
            page_token: token,
            ..Default::default()
        };
        let asked = lists.list_paginated((!prefix.is_empty()).then_some(&prefix), options);
        let page = runtime()?.block_on(asked).map_err(refused)?;
        let listed = |key: &Key, is_prefix| {
            // Some tools create an object for the prefix itself.
            let name = key.as_ref().strip_prefix(&prefix).filter(|name| !name.is_empty());
            name.map(|name| ListedObject { name: name.to_owned(), is_prefix })
        };
        let objects = page.result.objects.iter().filter_map(|object| listed(&object.location, false));
        let prefixes = page.result.common_prefixes.iter().filter_map(|key| listed(key, true));
        Ok((objects.chain(prefixes).collect(), page.page_token))
    }
}

/// Splits the URL of a web server into the server and the key, so that one client serves all requests to a server. A
/// URL that must be sent unchanged is all server. `host` is the offset of the host's name.
fn of_web_server(url: &str, host: usize) -> (&str, Key) {
    let (server, path) = url.split_at(url[host..].find('/').map_or(url.len(), |at| host + at));
    let is_plain = !path.contains(['?', '#']) && !path.ends_with('/') && !path.to_lowercase().contains("%2f");
    match Key::from_url_path(path) {
        Ok(key) if is_plain => (server, key),
        _ => (url, Key::default()),
    }
}

fn invalid(why: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, why)
}
