//! Encodes the outcome of one file into a batch.

use crate::crawl::{Outcome, StatedId, StatedIdentity};
use crate::findings::finding::Finding;
use crate::findings::finding::attach_snippets;
use crate::findings::snippet::Snippet;
use crate::output::encoding::Encoding;
use crate::output::json::comments;
use crate::output::redact;
use crate::output::redact::{AuthorParts, RedactionLog};
use crate::pipeline::batch::{Batch, VerifiedReading};
use crate::pipeline::listing;
use crate::pipeline::listing::FileRow;
use crate::pipeline::options::PipelineOptions;
use crate::record::content_hash::ContentHash;
use crate::record::metrics::ArticleMetrics;

/// Estimated memory of a snippet in bytes: a bounded number of characters of up to four bytes, and its fields.
const SNIPPET_BYTES: usize = 640;

/// Encodes the outcome of the file at `path`, with the content `bytes` and its hash, as result `index` of the batch.
pub fn encode_outcome(
    options: &PipelineOptions,
    bytes: &[u8],
    hash: Option<ContentHash>,
    path: &str,
    outcome: Outcome<'_>,
    index: usize,
    batch: &mut Batch,
) {
    let mut author_parts = AuthorParts::new();
    let Batch {
        files,
        records,
        comments: batch_comments,
        redactions,
        manifest,
        buffer,
        label_arena,
        heap_bytes,
        ..
    } = batch;
    let Outcome { article, is_clean, rejected_article, identity, verified_reading, comments, findings } =
        outcome;
    let file = &mut files[index];
    let read = article.as_ref().or(rejected_article.as_deref());
    if options.exclusions.as_ref().zip(read).is_some_and(|(exclusions, article)| exclusions.contain(article))
    {
        file.is_excluded = true;
        return;
    }
    file.file_hash = hash;
    let of_layout = || read.is_some_and(|article| article.verified).then_some(VerifiedReading::Layout);
    file.verified_reading = verified_reading.map(VerifiedReading::BuiltIn).or_else(of_layout);
    file.findings = findings;
    *heap_bytes += file.findings.iter().map(finding_bytes).sum::<usize>();
    if options.attach_snippets {
        attach_snippets(bytes, &mut file.findings);
        file.id_snippet = identity.as_ref().map(|identity| Box::new(Snippet::at(bytes, identity.location)));
    }
    if options.collect_metrics {
        file.metrics = read.map(|article| ArticleMetrics::new(article, label_arena));
    }
    // What a manifest has the hash of is a part of the record that is written, unless that is redacted.
    let is_encoded_once = options.manifest.is_some()
        && options.redactor.is_none()
        && options.encode == Some(Encoding::FULL_RECORD);
    let first_hashed = buffer.len();
    if let Some((listing, hash)) = options.manifest.as_ref().zip(hash.as_ref()) {
        let start = manifest.len();
        let (article, identity) = (article.as_ref(), identity.as_ref());
        let mtime_ns = file.mtime_ns;
        let listed = FileRow { path, bytes: bytes.len(), mtime_ns, hash, article, identity, is_clean };
        listing.start(listed, manifest);
        file.manifest = start..manifest.len();
        if let Some(article) = article.filter(|_| !is_encoded_once) {
            listing::encode_hashed(article, is_clean, buffer);
        }
    }
    // The text of a verified article of the built-in layout has the stated hash.
    let stated = identity.as_ref().filter(|_| verified_reading.is_some()).map(|identity| identity.hash);
    if let Some(StatedIdentity { id: StatedId::Text(id), .. }) = &identity {
        *heap_bytes += id.len();
    }
    file.identity = identity;
    let Some(mut article) = article else { return };
    article.path = path.into();
    file.crawled_at = article.crawled_at;
    if options.hash_texts {
        file.text_hash = Some(stated.unwrap_or_else(|| ContentHash::digest(article.text.as_bytes())));
    }
    let first_redaction = redactions.len();
    let mut log = RedactionLog::new(path, &article.id, options.list_redactions.then_some(redactions));
    if let Some(redactor) = &options.redactor {
        redact::redact(&mut article, redactor, &mut author_parts, &mut log);
    }
    if let Some(section) = comments.filter(|_| options.encode_comments) {
        let start = batch_comments.len();
        let mut comments = section.comments();
        if let Some(redactor) = &options.redactor {
            for (position, comment) in comments.iter_mut().enumerate() {
                redact::redact_comment(comment, position, redactor, &mut log);
            }
        }
        comments::write(&article.id, &comments, batch_comments);
        file.comments = start..batch_comments.len();
    }
    file.redacted = log.counts;
    file.redactions = first_redaction..redactions.len();
    let record = match options.encode {
        Some(_) if is_encoded_once => {
            records.append_text(|records| listing::encode_both(&article, is_clean, records, buffer))
        }
        Some(encoding) => records.append(&article, encoding, is_clean),
        None => 0..0,
    };
    file.record = Some(record);
    file.hashed_record = first_hashed..buffer.len();
}

/// Memory of a finding with its snippet, in bytes.
fn finding_bytes(finding: &Finding) -> usize {
    size_of::<Finding>() + finding.message.capacity() + SNIPPET_BYTES
}
