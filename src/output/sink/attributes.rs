//! Copies owner, mode and extended attributes (with access control lists) from an old file to the one that replaces it.

use std::fs::{File, Metadata, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::Path;

use crate::sys::signals::uninterrupted;
use crate::sys::{extended_attributes, remove_extended_attribute, set_extended_attribute};

/// Metadata of a file except its size and times.
#[derive(Debug)]
pub struct Attributes {
    mode: u32,
    owner: u32,
    group: u32,
    extended: Vec<(Vec<u8>, Vec<u8>)>,
}

const ACCESS_CONTROL_LIST: &[u8] = b"system.posix_acl_access";

/// Extended attributes that depend on the content of the file; they are not copied.
const OF_CONTENT: [&[u8]; 3] = [b"security.capability", b"security.evm", b"security.ima"];

const SET_USER_ID: u32 = 0o4000;
const SET_GROUP_ID: u32 = 0o2000;

impl Attributes {
    /// Reads the attributes of the file at `path`.
    pub fn read(path: &Path, metadata: &Metadata) -> Self {
        let mut extended = extended_attributes(path);
        extended.retain(|(name, _)| !OF_CONTENT.contains(&name.as_slice()));
        Attributes { mode: metadata.mode() & 0o7777, owner: metadata.uid(), group: metadata.gid(), extended }
    }

    /// Sets the attributes on `file`, as far as the system allows it. Grants access to nobody who had no access to the
    /// old file.
    ///
    /// # Errors
    /// The metadata of `file` cannot be read.
    pub fn apply(&self, file: &File) -> std::io::Result<()> {
        let own = uninterrupted(|| file.metadata())?;
        let group_stays = own.gid() == self.group || fchown(file, None, Some(self.group)).is_ok();
        let owner_stays = own.uid() == self.owner || fchown(file, Some(self.owner), None).is_ok();
        if !self.extended.iter().any(|(name, _)| name == ACCESS_CONTROL_LIST) {
            // The draft may have inherited one from its folder.
            let _ = remove_extended_attribute(file, ACCESS_CONTROL_LIST);
        }
        for (name, value) in &self.extended {
            let _ = set_extended_attribute(file, name, value);
        }
        let mut mode = self.mode;
        if !owner_stays {
            mode &= !SET_USER_ID;
        }
        if !group_stays {
            // The group is another one: its members and others get the permissions that both classes had.
            let both = mode >> 3 & mode & 0o7;
            mode = mode & !(SET_GROUP_ID | 0o077) | both << 3 | both;
        }
        let _ = file.set_permissions(Permissions::from_mode(mode));
        Ok(())
    }
}
