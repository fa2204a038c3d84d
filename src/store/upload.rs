//! Writes an object by a multipart upload. The old object remains until the upload is completed.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::store::client::refused;
use crate::store::client::{
    Client, Error, JoinHandle, Key, MultipartUpload, ObjectStoreExt, PutPayload, runtime,
};

type SharedUpload = Arc<Mutex<Box<dyn MultipartUpload>>>;

/// Writer of an object. Dropped before [`Uploaded::place`], it leaves the old object unchanged.
#[derive(Debug)]
pub struct Upload {
    parts: Unplaced,
    part: Vec<u8>,
    under_way: VecDeque<JoinHandle<Result<(), Error>>>,
}

/// A complete upload that is not yet committed.
#[derive(Debug)]
pub struct Uploaded {
    parts: Unplaced,
}

/// Multipart upload that is aborted on drop, unless it was completed.
struct Unplaced(Option<SharedUpload>);

/// All uploads of this process, aborted on a signal. The lock also serializes starting, completing and aborting them.
static UPLOADS: Mutex<Vec<SharedUpload>> = Mutex::new(Vec::new());

/// Size of a part in bytes. S3 allows 10,000 parts: 156 GiB.
const PART: usize = 16 << 20;
const MAX_IN_FLIGHT: usize = 4;

impl Upload {
    /// Starts the upload of the object at `key`.
    ///
    /// # Errors
    /// The store refuses the upload.
    pub fn to(bucket: Client, key: &Key) -> io::Result<Upload> {
        let mut uploads = uploads();
        let parts = runtime()?.block_on(bucket.objects.put_multipart(key)).map_err(refused)?;
        let parts = Arc::new(Mutex::new(parts));
        uploads.push(Arc::clone(&parts));
        Ok(Upload { parts: Unplaced(Some(parts)), part: Vec::new(), under_way: VecDeque::new() })
    }

    /// Waits until all parts are uploaded.
    ///
    /// # Errors
    /// The store refuses a part.
    pub fn finish(mut self) -> io::Result<Uploaded> {
        if !self.part.is_empty() {
            self.send()?;
        }
        self.wait_for_all_but(0)?;
        Ok(Uploaded { parts: self.parts })
    }

    fn send(&mut self) -> io::Result<()> {
        self.wait_for_all_but(MAX_IN_FLIGHT - 1)?;
        let part = PutPayload::from(std::mem::take(&mut self.part));
        if let Some(parts) = &self.parts.0 {
            let request = locked(parts).put_part(part);
            self.under_way.push_back(runtime()?.spawn(request));
        }
        Ok(())
    }

    fn wait_for_all_but(&mut self, most: usize) -> io::Result<()> {
        while self.under_way.len() > most {
            if let Some(request) = self.under_way.pop_front() {
                runtime()?.block_on(request).map_err(io::Error::other)?.map_err(refused)?;
            }
        }
        Ok(())
    }
}

impl Write for Upload {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.part.extend_from_slice(bytes);
        if self.part.len() >= PART {
            self.send()?;
        }
        Ok(bytes.len())
    }

    /// Does nothing: a part is sent only when it is full.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Uploaded {
    /// Completes the upload, which replaces the object.
    ///
    /// # Errors
    /// The store refuses the request.
    pub fn place(mut self) -> io::Result<()> {
        let Some(parts) = &self.parts.0 else { return Ok(()) };
        let mut uploads = uploads();
        runtime()?.block_on(locked(parts).complete()).map_err(refused)?;
        uploads.retain(|other| !Arc::ptr_eq(other, parts));
        drop(uploads);
        self.parts.0 = None;
        Ok(())
    }
}

impl Drop for Unplaced {
    fn drop(&mut self) {
        if let Some(parts) = self.0.take() {
            let mut uploads = uploads();
            abort(&parts);
            uploads.retain(|other| !Arc::ptr_eq(other, &parts));
        }
    }
}

impl std::fmt::Debug for Unplaced {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "Unplaced" } else { "Placed" })
    }
}

/// Aborts all uploads. No other can be started or completed while the returned guard exists.
pub fn abort_uploads() -> impl Drop {
    let mut uploads = uploads();
    uploads.drain(..).for_each(|parts| abort(&parts));
    uploads
}

/// Errors are ignored: the store then keeps the parts, which are not an object.
fn abort(parts: &SharedUpload) {
    if let Ok(runtime) = runtime() {
        let _ = runtime.block_on(locked(parts).abort());
    }
}

fn uploads() -> MutexGuard<'static, Vec<SharedUpload>> {
    UPLOADS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn locked(parts: &SharedUpload) -> MutexGuard<'_, Box<dyn MultipartUpload>> {
    parts.lock().unwrap_or_else(PoisonError::into_inner)
}
