//! A place in an object store: an object, or a prefix of objects, as a folder is one of files.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::Listed;
use super::bucket::{Bucket, Key, ObjectStoreExt, PaginatedListOptions, runtime};
use super::object::Object;
use super::refusal::refused;
use super::upload::Upload;

/// What a URL leads to.
#[derive(Clone)]
pub struct Location {
    bucket: Bucket,
    /// Without `/` at its end.
    key: Key,
    names_prefix: bool,
}

impl Location {
    /// The place under `url`, of which the store is not asked yet.
    ///
    /// # Errors
    /// The URL or the environment makes no sense.
    pub fn of(url: &Path) -> io::Result<Location> {
        let url = url.to_str().ok_or_else(|| invalid("a URL is UTF-8"))?;
        let (scheme, rest) = url.split_once("://").ok_or_else(|| invalid("not a URL"))?;
        if matches!(scheme, "http" | "https") {
            let (server, key) = of_web_server(url, url.len() - rest.len());
            return Ok(Location { bucket: Bucket::at(server)?, key, names_prefix: false });
        }
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Err(invalid("it names no bucket"));
        }
        let names_prefix = key.is_empty() || key.ends_with('/');
        let parsed = Key::parse(key).ok().filter(|_| !key.starts_with('/'));
        let key =
            parsed.ok_or_else(|| invalid("a key with an empty part, `.`, `..` or a control character"))?;
        Ok(Location { bucket: Bucket::at(&format!("{scheme}://{bucket}"))?, key, names_prefix })
    }

    /// Whether the URL can only be that of a prefix.
    pub fn names_prefix(&self) -> bool {
        self.names_prefix
    }

    /// What is called `name` here.
    pub fn join(&self, name: &str) -> Location {
        let key = format!("{}{name}", self.prefix());
        let key = Key::parse(&key).unwrap_or_else(|_| Key::from(key));
        Location { key, names_prefix: false, ..self.clone() }
    }

    /// Whether there is an object.
    ///
    /// # Errors
    /// The store does not say.
    pub fn is_there(&self) -> io::Result<bool> {
        match runtime()?.block_on(self.bucket.objects.head(&self.key)).map_err(refused) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether there is anything below the prefix; in a bucket there need not be.
    ///
    /// # Errors
    /// The store does not say.
    pub fn holds_any(&self) -> io::Result<bool> {
        if self.bucket.lists.is_none() {
            return Ok(false);
        }
        let (listed, _) = self.page(None, Some(1))?;
        Ok(!listed.is_empty() || self.key.as_ref().is_empty())
    }

    /// What lies directly below the prefix, in no order.
    ///
    /// # Errors
    /// The store does not say.
    pub fn list(&self) -> io::Result<Vec<Listed>> {
        let (mut all, mut token) = self.page(None, None)?;
        while token.is_some() {
            let (more, next) = self.page(token, None)?;
            all.extend(more);
            token = next;
        }
        Ok(all)
    }

    /// Asks for the object.
    pub fn read(&self) -> Object {
        Object::at(&self.bucket, self.key.clone())
    }

    /// Begins an object, which is the old one until the new one is in its place.
    ///
    /// # Errors
    /// The store takes none.
    pub fn write(&self) -> io::Result<Upload> {
        if self.bucket.lists.is_none() {
            return Err(io::Error::new(ErrorKind::Unsupported, "a web server is only read"));
        }
        if self.names_prefix {
            return Err(ErrorKind::IsADirectory.into());
        }
        Upload::to(self.bucket.clone(), &self.key)
    }

    /// Removes the object.
    ///
    /// # Errors
    /// The store refuses.
    pub fn delete(&self) -> io::Result<()> {
        runtime()?.block_on(self.bucket.objects.delete(&self.key)).map_err(refused)
    }

    /// What keys begin with below here.
    fn prefix(&self) -> String {
        match self.key.as_ref() {
            "" => String::new(),
            key => format!("{key}/"),
        }
    }

    /// Some of what lies directly below, and where the rest begins.
    fn page(&self, token: Option<String>, most: Option<usize>) -> io::Result<(Vec<Listed>, Option<String>)> {
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
            // What some tools keep for the prefix itself is no object below it.
            let name = key.as_ref().strip_prefix(&prefix).filter(|name| !name.is_empty());
            name.map(|name| Listed { name: name.to_owned(), is_prefix })
        };
        let objects = page.result.objects.iter().filter_map(|object| listed(&object.location, false));
        let prefixes = page.result.common_prefixes.iter().filter_map(|key| listed(key, true));
        Ok((objects.chain(prefixes).collect(), page.page_token))
    }
}

/// A web server and what is asked of it, so that one client asks for all; where only the URL as it stands will do, that is
/// the server. `host` is where the name of the host begins.
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
