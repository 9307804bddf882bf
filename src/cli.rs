//! The commands, one file each: gather, call, print. Results go to stdout, all else to stderr.

pub mod output;
