//! How a simulated OpenRouter makes itself known.

/// The header that every answer of the sandbox carries. At an address of this machine nothing else tells the sandbox from
/// a gateway that has OpenRouter's paths.
pub const SANDBOX_HEADER: &str = "x-onramp-sandbox";
