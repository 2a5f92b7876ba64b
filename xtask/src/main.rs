//! The one door for every chore.
fn main() {}
