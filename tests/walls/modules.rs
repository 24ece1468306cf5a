//! The modules of the crate and which uses which, read from the source with `syn`. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::Visit;
use syn::{Attribute, Item, ItemMod, ItemUse, UseTree, Visibility};

/// The path of a module: `["host", "writer"]`. The root of the crate is empty.
pub type ModulePath = Vec<String>;

/// A module with a file of its own.
#[derive(Debug, Default)]
pub struct Module {
    /// Its path under `src`.
    pub file: String,
    /// The names that it defines itself.
    pub defines: BTreeSet<String>,
    /// The public types that it defines: structs, enums, traits, aliases.
    pub public_types: BTreeSet<String>,
    /// What it brings in by `use`: the name here, and the path that it stands for.
    imports: BTreeMap<String, Vec<String>>,
    /// Every path that it names, but for what it only passes on with `pub use`.
    paths: BTreeSet<Vec<String>>,
}

/// The crate's modules by their paths.
#[derive(Debug, Default)]
pub struct Tree(pub BTreeMap<ModulePath, Module>);

impl Tree {
    /// Reads every file below `root`.
    ///
    /// # Panics
    /// When a file is not Rust.
    pub fn read(root: &Path) -> Tree {
        let mut tree = Tree::default();
        let mut files = Vec::new();
        crate::collect(root, &mut files);
        for path in files.into_iter().filter(|path| !crate::is_test(path)) {
            let place = path.strip_prefix(root).expect("under the root").to_path_buf();
            let source = fs::read_to_string(&path).expect("source is UTF-8");
            tree.add(&place, &source);
        }
        tree
    }

    /// Adds the module of one file.
    ///
    /// # Panics
    /// When the source is not Rust.
    pub fn add(&mut self, place: &Path, source: &str) {
        let parsed = syn::parse_file(source).unwrap_or_else(|error| panic!("{}: {error}", place.display()));
        let mut reading = Reading::default();
        reading.visit_file(&parsed);
        let module = Module { file: place.to_string_lossy().into_owned(), ..reading.module };
        self.0.insert(module_path(place), module);
    }

    /// Which file uses which, by the paths of their modules. What a module passes on with `use` counts as a use of the module
    /// that defines it.
    pub fn edges(&self) -> BTreeMap<&ModulePath, BTreeSet<&ModulePath>> {
        self.0
            .iter()
            .map(|(here, module)| {
                let used = module.paths.iter().filter_map(|path| self.resolve(here, path, 0));
                (here, used.filter(|used| *used != here).collect())
            })
            .collect()
    }

    /// The module that defines what `path` names in the module `here`; none when that is outside of the crate.
    fn resolve(&self, here: &ModulePath, path: &[String], depth: usize) -> Option<&ModulePath> {
        // A ring of re-exports is no Rust program, but this is no compiler.
        if depth > 20 {
            return None;
        }
        let mut at = here.clone();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => (at, rest) = (Vec::new(), &rest[1..]),
            "self" => rest = &rest[1..],
            "super" => {}
            first => {
                let module = self.0.get(here)?;
                let child = [here.as_slice(), &[first.to_owned()]].concat();
                if !self.0.contains_key(&child) && !module.imports.contains_key(first) {
                    return module.defines.contains(first).then(|| self.0.get_key_value(here).map(|(path, _)| path))?;
                }
            }
        }
        while rest.first().is_some_and(|name| name == "super") {
            at.pop()?;
            rest = &rest[1..];
        }
        loop {
            let (found, module) = self.0.get_key_value(&at)?;
            let Some(name) = rest.first() else { return Some(found) };
            let child = [at.as_slice(), std::slice::from_ref(name)].concat();
            if self.0.contains_key(&child) {
                (at, rest) = (child, &rest[1..]);
            } else if let Some(stands_for) = module.imports.get(name).filter(|_| !module.defines.contains(name)) {
                let whole = [stands_for.as_slice(), &rest[1..]].concat();
                return self.resolve(&at, &whole, depth + 1);
            } else {
                return Some(found);
            }
        }
    }

    /// The groups of modules that use each other in a ring, largest first.
    pub fn rings(&self) -> Vec<Vec<&ModulePath>> {
        let edges = self.edges();
        let reach: BTreeMap<&ModulePath, BTreeSet<&ModulePath>> =
            edges.keys().map(|from| (*from, reachable(from, &edges))).collect();
        let mut seen = BTreeSet::new();
        let mut rings = Vec::new();
        for from in edges.keys() {
            let ring: Vec<&ModulePath> = reach[from].iter().filter(|to| reach[*to].contains(*from)).copied().collect();
            if ring.len() > 1 && seen.insert(ring.clone()) {
                rings.push(ring);
            }
        }
        rings.sort_by_key(|ring| std::cmp::Reverse(ring.len()));
        rings
    }
}

fn reachable<'a>(
    from: &'a ModulePath,
    edges: &BTreeMap<&'a ModulePath, BTreeSet<&'a ModulePath>>,
) -> BTreeSet<&'a ModulePath> {
    let mut found = BTreeSet::new();
    let mut next = vec![from];
    while let Some(here) = next.pop() {
        for to in edges.get(here).into_iter().flatten() {
            if found.insert(*to) {
                next.push(to);
            }
        }
    }
    found
}

/// The path of the module that stands in the file `place`.
fn module_path(place: &Path) -> ModulePath {
    let mut path: ModulePath =
        place.with_extension("").components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    if path.last().is_some_and(|last| last == "mod" || last == "lib") {
        path.pop();
    }
    path
}

/// Collects what one file defines and names.
#[derive(Default)]
struct Reading {
    module: Module,
    /// How deep in modules that are written within the file.
    depth: usize,
}

impl<'ast> Visit<'ast> for Reading {
    fn visit_item(&mut self, item: &'ast Item) {
        if is_for_tests(attributes(item)) {
            return;
        }
        if self.depth == 0 {
            self.define(item);
        }
        syn::visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        self.depth += 1;
        syn::visit::visit_item_mod(self, module);
        self.depth -= 1;
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let mut brought = Vec::new();
        flatten(&item.tree, &mut Vec::new(), &mut brought);
        for (name, path) in brought {
            if matches!(item.vis, Visibility::Inherited) {
                self.module.paths.insert(path.clone());
            }
            self.module.imports.insert(name, path);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() && path.segments.len() > 1 {
            self.module.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {
        // Who may see it is no use of anything.
    }
}

impl Reading {
    fn define(&mut self, item: &Item) {
        let (name, public_type) = match item {
            Item::Struct(item) => (&item.ident, is_public(&item.vis)),
            Item::Enum(item) => (&item.ident, is_public(&item.vis)),
            Item::Trait(item) => (&item.ident, is_public(&item.vis)),
            Item::Type(item) => (&item.ident, is_public(&item.vis)),
            Item::Const(item) => (&item.ident, false),
            Item::Static(item) => (&item.ident, false),
            Item::Fn(item) => (&item.sig.ident, false),
            Item::Mod(item) if item.content.is_some() => (&item.ident, false),
            _ => return,
        };
        self.module.defines.insert(name.to_string());
        if public_type {
            self.module.public_types.insert(name.to_string());
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    !matches!(visibility, Visibility::Inherited)
}

/// Each name that a `use` brings in, with its path.
fn flatten(tree: &UseTree, before: &mut Vec<String>, brought: &mut Vec<(String, Vec<String>)>) {
    let whole = |before: &[String], name: &str| [before, &[name.to_owned()]].concat();
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, brought);
            before.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            brought.push((before.last().cloned().unwrap_or_default(), before.clone()));
        }
        UseTree::Name(name) => brought.push((name.ident.to_string(), whole(before, &name.ident.to_string()))),
        UseTree::Rename(rename) => brought.push((rename.rename.to_string(), whole(before, &rename.ident.to_string()))),
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, brought)),
        UseTree::Glob(_) => brought.push((format!("{}::*", before.join("::")), before.clone())),
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether an item is there for tests alone: `#[cfg(test)]` and `#[cfg(any(test, fuzzing))]`.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.require_list().is_ok_and(|list| {
                let condition = list.tokens.to_string();
                condition == "test" || condition.starts_with("any (test") || condition.starts_with("any(test")
            })
    })
}

/// The files of `modules`, for a message.
pub fn files(tree: &Tree, modules: &[&ModulePath]) -> String {
    modules.iter().map(|module| tree.0[*module].file.as_str()).collect::<Vec<_>>().join(" ")
}

/// The source of the crate.
pub fn crate_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}
