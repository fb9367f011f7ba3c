//! The words the window and Rust share, written out for TypeScript: every type, and what each
//! command takes and gives. `cargo xtask bindings` writes the file, the test refuses drift.

use std::path::Path;
use std::{env, fs};

use specta::Types;
use specta::datatype::{DataType, Fields, NamedReferenceType, Reference};
use specta_typescript::{Error, Exporter, FrameworkExporter, Typescript};
use tauri_specta::{BuilderConfiguration, LanguageExt};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/api/bindings.ts");
const HEADER: &str = "\
// Written by `cargo xtask bindings` from the Rust types. Do not edit.
// Money and rates are decimal strings, months `2026-03`, ids numbers.
";
const BEGINNING: &str = "\
/** A day, as `2026-03-01`. */
export type NaiveDate = string;

/** What Rust answers: the arguments of each command and its result. */
export type Commands = {
";

/// TypeScript types, and `Commands`: one member a command with its `args` and `result`. No code:
/// `client.ts` alone calls Tauri.
struct TypesAndCommands;

impl LanguageExt for TypesAndCommands {
    type Error = Error;

    fn export(self, cfg: &BuilderConfiguration, path: &Path) -> Result<(), Error> {
        let mut types = cfg.types.clone();
        types.iter_mut(|named| {
            // A command's `Result` is taken apart below: its error arrives as a rejected promise.
            if named.name == "Result" {
                named.ty = None;
            }
            if let Some(DataType::Struct(shape)) = &mut named.ty {
                always_there(&mut shape.fields);
            }
        });
        let commands = cfg.clone();
        Exporter::from(Typescript::default())
            .header(HEADER)
            .framework_prelude("")
            .framework_runtime(move |exporter| commands_type(&exporter, &commands).map(Into::into))
            .export_to(path, &types, specta_serde::Format)
    }
}

/// A field with a default may be left out of a case file, but Rust always writes it, and the window
/// always sends it: for TypeScript it is there, unless Rust itself leaves it out where it is empty.
fn always_there(fields: &mut Fields) {
    let Fields::Named(named) = fields else { return };
    for (_, field) in &mut named.fields {
        if !field
            .attributes
            .contains_key("serde:field:skip_serializing_if")
        {
            field.attributes.remove("serde:field:default");
        }
    }
}

fn commands_type(
    exporter: &FrameworkExporter,
    cfg: &BuilderConfiguration,
) -> Result<String, Error> {
    let mut text = BEGINNING.to_owned();
    for command in &cfg.commands {
        let mut args = Vec::new();
        for (name, ty) in command.args() {
            args.push(format!("{}: {}", camel(name), exporter.reference(ty)?));
        }
        let result = match command.result() {
            Some(ty) => exporter.reference(fine_half(ty, &cfg.types))?,
            None => "null".to_owned(),
        };
        let args = match args.is_empty() {
            true => "Record<string, never>".to_owned(),
            false => format!("{{ {} }}", args.join("; ")),
        };
        text += &format!(
            "  {}: {{ args: {args}; result: {result} }};\n",
            command.name()
        );
    }
    Ok(text + "};\n")
}

/// The `T` of a `Result<T, ApiError>`.
fn fine_half<'a>(ty: &'a DataType, types: &Types) -> &'a DataType {
    if let DataType::Reference(Reference::Named(reference)) = ty
        && types
            .get(reference)
            .is_some_and(|named| named.name == "Result")
        && let NamedReferenceType::Reference { generics, .. } = &reference.inner
        && let Some((_, fine)) = generics.first()
    {
        return fine;
    }
    ty
}

/// `ended_on` as Tauri expects it from JavaScript: `endedOn`.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| {
        let (head, tail) = word.split_at(1);
        camel + &head.to_uppercase() + tail
    })
}

#[test]
fn the_committed_bindings_are_those_of_the_rust_types() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("bindings.ts");
    crate::commands::registry()
        .export(TypesAndCommands, &fresh)
        .unwrap();
    let fresh = fs::read_to_string(fresh).unwrap();
    if env::var_os("GONGJI_WRITE_BINDINGS").is_some() {
        fs::write(FILE, &fresh).unwrap();
    }
    let committed = fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        committed == fresh,
        "ui/src/api/bindings.ts is not what the Rust types say: run `cargo xtask bindings`"
    );
}

#[test]
fn arguments_are_named_as_tauri_expects_them() {
    assert_eq!(camel("draft"), "draft");
    assert_eq!(camel("ended_on"), "endedOn");
}
