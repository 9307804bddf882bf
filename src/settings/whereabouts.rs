//! Where we run: beside the person's browser or far from it, for a person or for a machine.

use std::path::Path;

use crate::domain::environment::Environment;

/// Why a browser started here would probably not be in front of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remote {
    /// Over SSH.
    Ssh,
    /// Inside a container or a hosted workspace.
    Container,
    /// Linux inside Windows: the browser is on the other side, and so is its loopback.
    Wsl,
    /// A system without a screen.
    NoDisplay,
}

/// What the machine itself shows, apart from the environment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    /// Screens are announced in the environment, as on Linux and the BSDs.
    pub announces_screens: bool,
    /// A container runtime left its mark.
    pub is_container: bool,
    /// The kernel is the one of WSL.
    pub is_wsl: bool,
}

impl Machine {
    /// This one.
    pub fn here() -> Self {
        Self {
            announces_screens: cfg!(all(unix, not(any(target_os = "macos", target_os = "ios")))),
            is_container: ["/.dockerenv", "/run/.containerenv"]
                .iter()
                .any(|mark| Path::new(mark).exists()),
            is_wsl: Path::new("/proc/sys/fs/binfmt_misc/WSLInterop").exists()
                || Path::new("/run/WSL").exists(),
        }
    }
}

/// Variables that container runtimes and hosted workspaces set.
const HOSTED: &[&str] = &[
    "container", // systemd-nspawn, podman, toolbox
    "REMOTE_CONTAINERS",
    "CODESPACES",
    "GITPOD_WORKSPACE_ID",
    "KUBERNETES_SERVICE_HOST",
];

impl Remote {
    /// Whether, and why, we are far from the person's browser; `None` when one is beside us.
    pub fn find(environment: &Environment, machine: Machine) -> Option<Self> {
        let has_any = |names: &[&str]| names.iter().any(|name| environment.has(name));
        // SSH before the screen: X11 forwarding announces one, yet it is seldom meant for a browser.
        if has_any(&["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"]) {
            return Some(Self::Ssh);
        }
        if machine.is_container || has_any(HOSTED) {
            return Some(Self::Container);
        }
        if machine.is_wsl || has_any(&["WSL_DISTRO_NAME", "WSL_INTEROP"]) {
            return Some(Self::Wsl);
        }
        let has_screen = has_any(&["DISPLAY", "WAYLAND_DISPLAY"]);
        (machine.announces_screens && !has_screen).then_some(Self::NoDisplay)
    }
}

/// Whether a build service runs us: then nobody answers, and secrets belong into its own store.
pub fn is_ci(environment: &Environment) -> bool {
    environment
        .get("CI")
        .is_some_and(|value| !matches!(value, "false" | "0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINUX: Machine = Machine {
        announces_screens: true,
        is_container: false,
        is_wsl: false,
    };
    const MAC: Machine = Machine {
        announces_screens: false,
        ..LINUX
    };

    fn remote(machine: Machine, pairs: &[(&str, &str)]) -> Option<Remote> {
        Remote::find(&Environment::new(pairs.iter().copied()), machine)
    }

    #[test]
    fn a_desktop_has_its_browser_beside_it() {
        assert_eq!(remote(LINUX, &[("WAYLAND_DISPLAY", "wayland-0")]), None);
        assert_eq!(remote(LINUX, &[("DISPLAY", ":0")]), None);
        assert_eq!(remote(MAC, &[]), None);
    }

    #[test]
    fn ssh_is_far_even_with_a_forwarded_screen() {
        let pairs = [("SSH_CONNECTION", "a 1 b 2"), ("DISPLAY", "localhost:10.0")];
        assert_eq!(remote(LINUX, &pairs), Some(Remote::Ssh));
        assert_eq!(
            remote(MAC, &[("SSH_TTY", "/dev/ttys001")]),
            Some(Remote::Ssh)
        );
    }

    #[test]
    fn containers_and_wsl_are_far() {
        let docker = Machine {
            is_container: true,
            ..LINUX
        };
        assert_eq!(
            remote(docker, &[("DISPLAY", ":0")]),
            Some(Remote::Container)
        );
        assert_eq!(
            remote(LINUX, &[("CODESPACES", "true")]),
            Some(Remote::Container)
        );
        let wsl = [("WSL_DISTRO_NAME", "Debian"), ("DISPLAY", ":0")];
        assert_eq!(remote(LINUX, &wsl), Some(Remote::Wsl));
    }

    #[test]
    fn linux_without_a_screen_has_no_browser() {
        assert_eq!(remote(LINUX, &[]), Some(Remote::NoDisplay));
    }

    #[test]
    fn a_build_service_says_so() {
        assert!(is_ci(&Environment::new([("CI", "true")])));
        assert!(is_ci(&Environment::new([("CI", "1")])));
        assert!(!is_ci(&Environment::new([("CI", "false")])));
        assert!(!is_ci(&Environment::default()));
    }
}
