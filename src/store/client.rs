//! Clients of object stores, one for each bucket, and the runtime of their requests. All crates for object stores are
//! named here only.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::io;
use std::io::ErrorKind;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

pub use futures_util::StreamExt;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::http::HttpBuilder;
pub use object_store::list::{PaginatedListOptions, PaginatedListStore};
pub use object_store::path::Path as Key;
use object_store::{BackoffConfig, ClientConfigKey, ClientOptions, RetryConfig};
pub use object_store::{Error, MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload};
use tokio::runtime::{Builder, Runtime};
pub use tokio::sync::mpsc::{Receiver, Sender, channel};
pub use tokio::task::JoinHandle;

use crate::text::escape::escape;

/// A bucket, a container, or a web server.
#[derive(Clone)]
pub struct Client {
    /// Client that reads and writes objects.
    pub objects: Arc<dyn ObjectStore>,
    /// Client that lists objects; `None` for web servers.
    pub lists: Option<Arc<dyn PaginatedListStore>>,
}

/// Maximum number of retries of a request.
const MAX_RETRIES: usize = 8;
const FIRST_WAIT: Duration = Duration::from_millis(100);
const MAX_BACKOFF: Duration = Duration::from_secs(3);
/// Time without any byte after which a request is retried.
const SILENCE: Duration = Duration::from_secs(30);
/// Time limit of a request. It is long, since a large archive is read in one request.
const WHOLE_REQUEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Number of runtime threads. Two are enough, since requests mostly wait for the network.
const THREADS: usize = 2;

static RUNTIME: LazyLock<io::Result<Runtime>> = LazyLock::new(|| {
    Builder::new_multi_thread().worker_threads(THREADS).thread_name("store").enable_all().build()
});

static BUCKETS: Mutex<BTreeMap<String, Client>> = Mutex::new(BTreeMap::new());

/// The runtime that executes requests.
///
/// # Errors
/// The threads cannot be started.
pub fn runtime() -> io::Result<&'static Runtime> {
    RUNTIME.as_ref().map_err(|error| io::Error::new(error.kind(), error.to_string()))
}

impl Client {
    /// Returns the bucket of a URL such as `s3://bucket`, or the web server of a URL such as `https://host`.
    ///
    /// # Errors
    /// The URL or the environment is invalid.
    pub fn at(url: &str) -> io::Result<Client> {
        let mut buckets = BUCKETS.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = buckets.get(url) {
            return Ok(known.clone());
        }
        let scheme = url.split("://").next().unwrap_or_default();
        let bucket = match scheme {
            "s3" => AmazonS3Builder::from_env()
                .with_url(url)
                .with_retry(retries())
                .with_config(AmazonS3ConfigKey::Client(ClientConfigKey::Timeout), seconds(WHOLE_REQUEST))
                .with_config(AmazonS3ConfigKey::Client(ClientConfigKey::ReadTimeout), seconds(SILENCE))
                .build()
                .map(Client::new),
            "gs" => GoogleCloudStorageBuilder::from_env()
                .with_url(url)
                .with_retry(retries())
                .with_config(GoogleConfigKey::Client(ClientConfigKey::Timeout), seconds(WHOLE_REQUEST))
                .with_config(GoogleConfigKey::Client(ClientConfigKey::ReadTimeout), seconds(SILENCE))
                .build()
                .map(Client::new),
            "az" => MicrosoftAzureBuilder::from_env()
                .with_url(url)
                .with_retry(retries())
                .with_config(AzureConfigKey::Client(ClientConfigKey::Timeout), seconds(WHOLE_REQUEST))
                .with_config(AzureConfigKey::Client(ClientConfigKey::ReadTimeout), seconds(SILENCE))
                .build()
                .map(Client::new),
            _ => {
                let options = ClientOptions::new().with_allow_http(true).with_timeout_disabled();
                HttpBuilder::new()
                    .with_url(url)
                    .with_retry(retries())
                    .with_client_options(options.with_read_timeout(SILENCE))
                    .build()
                    .map(|store| Client { objects: Arc::new(store), lists: None })
            }
        };
        let bucket = bucket.map_err(refused)?;
        // A client for one complete URL is not cached, since it is hardly needed twice.
        if url.split("://").nth(1).is_some_and(|name| !name.contains('/')) {
            buckets.insert(url.to_owned(), bucket.clone());
        }
        Ok(bucket)
    }

    fn new<S: ObjectStore + PaginatedListStore>(store: S) -> Client {
        let store = Arc::new(store);
        let lists: Arc<dyn PaginatedListStore> = store.clone();
        Client { objects: store, lists: Some(lists) }
    }
}

fn retries() -> RetryConfig {
    let backoff = BackoffConfig { init_backoff: FIRST_WAIT, max_backoff: MAX_BACKOFF, base: 2.0 };
    RetryConfig { backoff, max_retries: MAX_RETRIES, retry_timeout: WHOLE_REQUEST }
}

fn seconds(duration: Duration) -> String {
    format!("{}s", duration.as_secs())
}

/// Converts an error to the one that the system would report for a file. URLs, which may contain signatures, and HTML
/// error pages are omitted.
pub fn refused(error: Error) -> io::Error {
    let cause = cause(&error);
    let (kind, what) = match &error {
        Error::PermissionDenied { .. } => (ErrorKind::PermissionDenied, "the store denies access"),
        Error::Unauthenticated { .. } => {
            (ErrorKind::PermissionDenied, "the store does not know the credentials")
        }
        // Listing a bucket that does not exist gives only the HTTP status.
        _ if matches!(error, Error::NotFound { .. }) || cause.ends_with("404 Not Found") => {
            (ErrorKind::NotFound, "there is no such object or bucket")
        }
        _ => (ErrorKind::Other, cause.as_str()),
    };
    io::Error::new(kind, what)
}

/// The innermost cause, on one line.
fn cause(error: &Error) -> String {
    let mut innermost = error.source();
    while let Some(inner) = innermost.and_then(std::error::Error::source) {
        innermost = Some(inner);
    }
    let said = innermost.map_or_else(|| error.to_string(), ToString::to_string);
    let said = said.lines().next().unwrap_or_default();
    let said = said.split('<').next().unwrap_or_default().trim_end_matches([':', ' ']);
    let words = said.split(' ').filter(|word| !word.contains("://"));
    escape(&words.collect::<Vec<_>>().join(" ")).to_string()
}
