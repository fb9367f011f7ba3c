//! What the front ends see: plain values, every text a message or a word of the rules.

mod estimate;
mod family;
mod ledger;
mod movement;
mod overview;
mod own_rules;
mod places;
mod plan;
mod policy;
mod premium;
mod projection;
mod settings;
mod setup;
mod slip;

pub use estimate::*;
pub use family::*;
pub use ledger::*;
pub use movement::*;
pub use overview::*;
pub use own_rules::*;
pub use places::*;
pub use plan::*;
pub use policy::*;
pub use premium::*;
pub use projection::*;
pub use settings::*;
pub use setup::*;
pub use slip::*;
