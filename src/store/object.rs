//! Reads an object, which is requested at once and received in the background.

use std::io::{self, Cursor, Read};

use crate::store::client::refused;
use crate::store::client::{
    Client, Error, JoinHandle, Key, ObjectStoreExt, Receiver, Sender, StreamExt, channel, runtime,
};

/// Reader of an object. At most two blocks are buffered.
#[derive(Debug)]
pub struct Object {
    blocks: Receiver<io::Result<Vec<u8>>>,
    block: Cursor<Vec<u8>>,
    request: Option<JoinHandle<()>>,
}

/// Size of a block in bytes. Nearly every crawl file fits into one.
const BLOCK: usize = 256 << 10;

impl Object {
    /// Requests the object at `key`.
    pub fn at(bucket: &Client, key: Key) -> Object {
        let (to, blocks) = channel(1);
        let request = match runtime() {
            Ok(runtime) => Some(runtime.spawn(fetch(bucket.clone(), key, to))),
            Err(error) => {
                // The channel has room for one message.
                let _ = to.try_send(Err(error));
                None
            }
        };
        Object { blocks, block: Cursor::default(), request }
    }

    /// Waits for the first bytes.
    ///
    /// # Errors
    /// The object does not exist or cannot be read.
    pub fn begun(mut self) -> io::Result<Object> {
        self.next_block()?;
        Ok(self)
    }

    /// Receives the next block; an empty one after the last.
    fn next_block(&mut self) -> io::Result<()> {
        self.block = Cursor::new(self.blocks.blocking_recv().transpose()?.unwrap_or_default());
        Ok(())
    }
}

/// Cancels the request.
impl Drop for Object {
    fn drop(&mut self) {
        if let Some(request) = &self.request {
            request.abort();
        }
    }
}

impl Read for Object {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.block.read(into)?;
        if read > 0 || into.is_empty() {
            return Ok(read);
        }
        self.next_block()?;
        self.block.read(into)
    }
}

async fn fetch(bucket: Client, key: Key, to: Sender<io::Result<Vec<u8>>>) {
    if let Err(error) = send_blocks(bucket, key, &to).await {
        // If the receiver is gone, the error is not needed.
        let _ = to.send(Err(refused(error))).await;
    }
}

async fn send_blocks(bucket: Client, key: Key, to: &Sender<io::Result<Vec<u8>>>) -> Result<(), Error> {
    let mut chunks = bucket.objects.get(&key).await?.into_stream();
    let mut block = Vec::new();
    while let Some(chunk) = chunks.next().await {
        block.extend_from_slice(&chunk?);
        if block.len() >= BLOCK && to.send(Ok(std::mem::take(&mut block))).await.is_err() {
            return Ok(());
        }
    }
    if !block.is_empty() {
        let _ = to.send(Ok(block)).await;
    }
    Ok(())
}
