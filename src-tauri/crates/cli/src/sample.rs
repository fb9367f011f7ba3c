//! `gongji policies sample` — which blocks somebody who did not write them compares with the documents.

use std::collections::BTreeMap;

use gongji_policy::{Block, PolicyFile};
use sha2::{Digest, Sha256};

use crate::args::Args;
use crate::input::{self, Stop};
use crate::output::out;

/// A block with its lot.
type Drawn<'l> = ([u8; 32], &'l PolicyFile, &'l Block);

/// Draws `each` blocks of every pool. Chance is the hash of the seed and the block's place, so nobody
/// chooses and everybody draws the same.
pub(crate) fn draw(args: &Args, seed: &str, each: usize) -> Result<u8, Stop> {
    let library = input::library(args)?;
    let mut pools: BTreeMap<&str, Vec<Drawn<'_>>> = BTreeMap::new();
    for file in &library.files {
        for block in &file.blocks {
            let chance = Sha256::digest(format!("{seed}\n{}\n{}", file.path, block.line));
            let drawn = pools.entry(file.pool.0.as_str()).or_default();
            drawn.push((chance.into(), file, block));
        }
    }
    let mut rows = Vec::new();
    for (pool, mut blocks) in pools {
        blocks.sort_by_key(|(chance, ..)| *chance);
        for (_, file, block) in blocks.into_iter().take(each) {
            rows.push(serde_json::json!({
                "pool": pool,
                "file": file.path,
                "line": block.line,
                "block": block.name,
                "id": block.head.id,
                "from": block.head.from,
                "source": block.head.source,
            }));
        }
    }
    if args.json {
        out!("{:#}", serde_json::json!({ "seed": seed, "blocks": rows }));
        return Ok(0);
    }
    for row in &rows {
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        out!(
            "{}:{}  {} {}  {}  {}",
            text("file"),
            row["line"],
            text("block"),
            text("id"),
            text("from"),
            text("source")
        );
    }
    out!("种子 {seed}，{} 段", rows.len());
    Ok(0)
}
