//! What is in a snapshot, as it is printed.

use crossconnect_core::Timestamp;
use crossconnect_core::ids::AccountId;
use crossconnect_store::snapshot::Summary;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The lines: what the file says of itself, how many records there are of each kind, and what each account has.
pub(super) fn text(summary: &Summary) -> String {
    let header = &summary.header;
    let clock = match header.manual_clock {
        None => "system".to_owned(),
        Some(now) => format!("manual, at {}", Timestamp(now)),
    };
    let digest: String = summary.digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut text = format!(
        "release    {}\n\
         group      {}, of {}\n\
         taken      {}\n\
         clock      {clock}\n\
         size       {} bytes, {} records in {} block{}\n\
         digest     {digest}\n",
        header.release,
        header.group,
        Timestamp(header.at),
        Timestamp(header.taken),
        summary.bytes,
        header.records(),
        summary.blocks,
        if summary.blocks == 1 { "" } else { "s" },
    );
    let all = summary.owned.iter().map(|(kind, owners)| (*kind, owners.values().sum()));
    line(&mut text, "all", all);
    let mut accounts: BTreeMap<AccountId, Vec<(&str, u64)>> = BTreeMap::new();
    for (kind, owners) in &summary.owned {
        for (owner, count) in owners {
            if let Some(owner) = owner {
                accounts.entry(*owner).or_default().push((kind, *count));
            }
        }
    }
    for (account, counts) in accounts {
        line(&mut text, &account.to_string(), counts.into_iter());
    }
    text
}

fn line<'a>(text: &mut String, of: &str, counts: impl Iterator<Item = (&'a str, u64)>) {
    let counts: Vec<String> = counts.map(|(kind, count)| format!("{kind} {count}")).collect();
    writeln!(text, "{of:<12} {}", counts.join(", ")).expect("writing to a string cannot fail");
}
