//! What the commands say when they cannot: the setting or the subcommand that is meant, and what was expected of it.

use crate::support::{Server, command};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// The one line that says why not, after which nothing was printed or made.
fn refused_in(folder: &Path, code: i32, arguments: &[&str]) -> String {
    let mut command = command(arguments);
    let output = command.current_dir(folder).stdin(Stdio::null()).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), text.lines().count(), output.stdout.len()), (Some(code), 1, 0), "{text}");
    text
}

fn names(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn places_that_are_begun_and_not_named_are_refused_and_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for place in ["etcd:", "etcds:", "etcd", "etcd://", "memory:x", "redis://x"] {
        for arguments in [&["serve", "--store", place][..], &["snapshot", "restore", "--store", place, "one"]] {
            let text = refused_in(folder, 2, arguments);
            assert!(text.contains(&format!("--store is {place:?}, expected a directory, ")), "{text}");
            assert!(text.contains("etcd://host:port"), "{text}");
        }
    }
    let text = refused_in(folder, 2, &["snapshot", "restore", "--store", "memory:", "one"]);
    assert!(text.contains("--store is \"memory:\", which ends with the process; expected a directory"), "{text}");
    for place in ["memory:", "etcd://127.0.0.1:1/x"] {
        let text = refused_in(folder, 2, &["snapshot", "save", "--store", place, "one"]);
        assert!(text.contains(&format!("--store is {place:?}, expected the directory")), "{text}");
        assert!(text.contains("--server URL"), "{text}");
    }
    assert_eq!(names(folder), Vec::<PathBuf>::new());
}

#[test]
fn snapshots_are_files() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (code, arguments) in [
        (2, &["save", "-"][..]),
        (2, &["inspect", "-"]),
        (2, &["inspect", "/dev/null"]),
        (2, &["restore", "--store", "store", "-"]),
        (2, &["restore", "--store", "store", "/dev/stdin"]),
    ] {
        let text = refused_in(folder, code, &[&["snapshot"], arguments].concat());
        assert!(text.contains("is not a file, and a snapshot is read more than once"), "{text}");
    }
    let text = refused_in(folder, 1, &["snapshot", "save", "nowhere/one.snapshot"]);
    assert!(text.contains("cannot write nowhere/one.snapshot: No such file"), "{text}");
    assert_eq!(names(folder), Vec::<PathBuf>::new());
    let server = Server::start(&["--store", folder.join("store").to_str().unwrap()]);
    let text = refused_in(folder, 1, &["snapshot", "save", "--store", "store", "one.snapshot"]);
    assert!(text.contains("is in use by process") && text.contains("--server URL"), "{text}");
    server.stop();
}

#[test]
fn a_folder_of_which_a_restoring_has_begun_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("store")).unwrap();
    fs::write(folder.join("store/RESTORING"), "").unwrap();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--store", "store"];
    for arguments in [&serve[..], &["snapshot", "save", "--store", "store", "one"]] {
        let text = refused_in(folder, 1, arguments);
        assert!(text.contains("a part of a snapshot") && text.contains("--replace"), "{text}");
    }
}

#[test]
fn help_is_pointed_to_of_the_subcommand_at_hand() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, expected) in [
        (&["snapshot", "restore", "one"][..], "; crossconnect snapshot restore --help lists what is expected"),
        (&["snapshot", "inspect"], "; crossconnect snapshot inspect --help lists"),
        (&["user", "--wrong"], "; crossconnect user --help lists"),
        (&["serve", "more"], "; crossconnect serve --help lists"),
        (&["snapshot", "load"], "'load', expected save, restore or inspect"),
        (&["snapshot"], "no command was given, expected save, restore or inspect"),
        (&["snapshot", "save", "--sever", "x", "y"], "'--sever' found, expected --server?"),
    ] {
        let text = refused_in(folder.path(), 2, arguments);
        assert!(text.contains(expected), "{arguments:?}: {text}");
    }
    for arguments in [&["restore"][..], &["sevre"], &[]] {
        let text = refused_in(folder.path(), 2, arguments);
        let known = ["serve", "policy", "snapshot", "audit", "account", "user", "role", " or key"];
        assert!(known.iter().all(|name| text.contains(name)) && text.contains("expected serve, "), "{text}");
    }
}

#[test]
fn files_are_named_with_their_settings() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (name, mode) in [("open", 0o644), ("closed", 0o600)] {
        fs::write(folder.join(name), "x\n").unwrap();
        fs::set_permissions(folder.join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    let etcd = |flags: &[&'static str]| {
        let serve = ["serve", "--listen", "127.0.0.1:0", "--store", "etcds://127.0.0.1:1/x"];
        [&serve, flags].concat()
    };
    for (arguments, expected) in [
        (vec!["serve", "--listen", "127.0.0.1:0", "--store", "open"], "open is not a directory; choose"),
        (vec!["snapshot", "save", "--token-file", "nosuch", "one"], "token nosuch (--token-file): No such file"),
        (vec!["serve", "--store", "memory:", "--token-file", "open"], "open (--token-file) has the mode 0644"),
        (etcd(&["--etcd-ca", "nosuch"]), "--etcd-ca is \"nosuch\": No such file"),
        (etcd(&["--etcd-ca", "open"]), "--etcd-ca open: it holds no certificate"),
        (etcd(&["--etcd-certificate", "nosuch", "--etcd-key", "closed"]), "--etcd-certificate is \"nosuch\": No such"),
        (etcd(&["--etcd-certificate", "open", "--etcd-key", "nosuch"]), "--etcd-key is \"nosuch\": No such file"),
        (etcd(&["--etcd-certificate", "closed", "--etcd-key", "open"]), "open (--etcd-key) has the mode 0644"),
        (etcd(&["--etcd-user", "u", "--etcd-password-file", "open"]), "open (--etcd-password-file) has the mode 0644"),
        (etcd(&["--etcd-user", "u", "--etcd-password-file", "nosuch"]), "nosuch (--etcd-password-file): No such file"),
    ] {
        let code = if expected.contains("directory") { 1 } else { 2 };
        let text = refused_in(folder, code, &arguments);
        assert!(text.contains(expected), "{arguments:?}: {text}");
    }
}
