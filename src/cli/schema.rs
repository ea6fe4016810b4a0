//! `civigraph schema`: what clients can ask, as text.

use crate::graphql;

/// Prints the schema as the file `schema.graphql` has it.
#[expect(clippy::unnecessary_wraps, reason = "as all commands")]
pub(super) fn run() -> anyhow::Result<()> {
    print!("{}", graphql::sdl());
    Ok(())
}
