//! Development only: reads a folder and prints the problems.
fn walk(at: &std::path::Path, root: &std::path::Path, out: &mut Vec<(String, String)>) {
    for e in std::fs::read_dir(at).unwrap() {
        let p = e.unwrap().path();
        if p.is_dir() {
            walk(&p, root, out)
        } else {
            out.push((
                p.strip_prefix(root).unwrap().to_str().unwrap().to_owned(),
                std::fs::read_to_string(&p).unwrap(),
            ));
        }
    }
}
fn main() {
    let root = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    if !files.iter().any(|(p, _)| p == "pools.toml") {
        let mut ids: Vec<String> = files
            .iter()
            .filter_map(|(p, _)| p.split('-').next().map(str::to_owned))
            .filter(|p| p != "000000")
            .collect();
        ids.sort();
        ids.dedup();
        let t: String = ids
            .iter()
            .map(|i| {
                format!(
                    "[[pool]]\nid=\"{i}\"\nname=\"{i}\"\ncity=\"{i}\"\nprovince=\"{}0000\"\n",
                    &i[..2]
                )
            })
            .collect();
        files.push(("pools.toml".into(), t));
    }
    let t = std::time::Instant::now();
    let lib = gongji_policy::Library::read(files, false);
    eprintln!(
        "{:?} files {} blocks {}",
        t.elapsed(),
        lib.files.len(),
        lib.files.iter().map(|f| f.blocks.len()).sum::<usize>()
    );
    for p in &lib.problems {
        println!("{p}\n");
    }
    println!("{} problems", lib.problems.len());
}
