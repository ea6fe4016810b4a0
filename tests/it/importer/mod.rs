//! Sites come in: what is found in their pages, and what becomes of it in the graph.

mod clean;
mod corpus;
mod fixtures;
mod graph;
mod harbour;
mod hostile;
mod identity;
mod import;
mod process;
mod site;
mod strange;
