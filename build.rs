//! The program holds the catalogue and the explorer: a new file in either must build it anew.

fn main() {
    println!("cargo:rerun-if-changed=content");
    println!("cargo:rerun-if-changed=web/dist");
}
