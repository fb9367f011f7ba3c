//! Text of the policy files in, the library and its problems out.

use gongji_domain::Grade;
use sha2::{Digest, Sha256};

use crate::checks;
use crate::draft::FileDraft;
use crate::library::{Library, PolicyFile, Unreadable, Unsound};
use crate::pools;

impl Library {
    /// 读入 — the library of `(path inside policies/, text)` files; other files than `.toml` are
    /// passed over. Never fails: what is not sound is left out and named in `problems`. An unsound
    /// block leaves its place empty, so that neither an older block nor a layer above answers for it;
    /// a file that cannot be read leaves empty all that its folder and name say it was meant for.
    pub fn read(files: impl IntoIterator<Item = (String, String)>, with_claimed: bool) -> Library {
        let mut texts: Vec<(String, String)> = files
            .into_iter()
            .filter(|(path, _)| path.ends_with(".toml"))
            .collect();
        texts.sort();
        let mut library = Library {
            hash: hash(&texts),
            with_claimed,
            ..Library::default()
        };
        for (path, text) in texts.iter().filter(|(path, _)| path == pools::FILE) {
            pools::read(path, text, &mut library);
        }
        let mut drafts: Vec<FileDraft<'_>> = texts
            .iter()
            .filter(|(path, _)| path != pools::FILE && path != pools::LEFT_OUT)
            .map(|(path, text)| FileDraft::read(path, text))
            .collect();
        checks::all(&mut drafts, &library.pools);
        for draft in drafts {
            library.take(draft);
        }
        library.problems.sort();
        library.problems.dedup();
        library
    }

    /// Takes over what is sound of a file, and the places that what is not leaves empty.
    fn take(&mut self, draft: FileDraft<'_>) {
        self.problems.extend(draft.problems);
        if !draft.loadable {
            self.unreadable.push(Unreadable::of(draft.path));
            return;
        }
        let unsound = |name, id, from| Unsound {
            path: draft.path.to_owned(),
            pool: draft.pool.clone(),
            scheme: draft.scheme.clone(),
            part: draft.part.clone(),
            name,
            id,
            from,
        };
        let mut left_out: Vec<Unsound> = Vec::new();
        let mut blocks = Vec::new();
        for mut draft in draft.drafts {
            if draft.sound {
                for row in draft.block.body.rows_mut().into_iter().flatten() {
                    row.off = row.grade == Some(Grade::Claimed) && !self.with_claimed;
                }
                blocks.push(draft.block);
            } else {
                let id = draft.block.identity();
                left_out.push(unsound(draft.block.name, id, Some(draft.block.head.from)));
            }
        }
        for broken in draft.broken {
            left_out.push(unsound(broken.name, broken.id, broken.from));
        }
        self.unsound.extend(left_out);
        self.files.push(PolicyFile {
            path: draft.path.to_owned(),
            pool: draft.pool,
            scheme: draft.scheme,
            part: draft.part,
            sources: draft.sources,
            blocks,
        });
    }
}

/// SHA-256 over path and text of every file, in the order of the paths; lengths keep them apart.
fn hash(texts: &[(String, String)]) -> String {
    let mut hash = Sha256::new();
    for (path, text) in texts {
        for part in [path, text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
    }
    let digest = hash.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
