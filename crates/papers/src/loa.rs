//! The letter of authorization and connecting facility assignment: which ports a facility may connect for whom, on one
//! page. Every page says in three places that it authorises nothing.

mod layout;

use crate::Moment;

/// The facts of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The account that has the ports, twelve digits.
    pub account: String,
    /// The provider that orders the cross connect beside it.
    pub provider: Option<String>,
    /// What the letter is about, such as `Connection`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its name, as its owner wrote it.
    pub name: String,
    /// Operator, site, city and country.
    pub location: String,
    /// The code of the location.
    pub location_code: String,
    /// The Region that the ports belong to.
    pub region: String,
    /// The speed of each port, such as `10 Gbps`.
    pub speed: &'static str,
    /// The optics, such as `10GBASE-LR`.
    pub optics: &'static str,
    /// One to four.
    pub ports: Vec<Port>,
    /// When it is handed out.
    pub issued: Moment,
    /// When its authority lapses.
    pub expires: Moment,
}

/// Where the fibre of one port is patched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// The connection that has it.
    pub connection: String,
    /// The device that it is on.
    pub device: String,
    /// The rack.
    pub rack: String,
    /// The patch panel in it.
    pub panel: String,
    /// The two strands on the panel.
    pub strands: String,
}

/// The letter as PDF.
pub fn pdf(letter: &Letter) -> Vec<u8> {
    let title = format!("LOA-CFA of {}", letter.id);
    let subject = "A letter of a simulated service. It authorises nothing.";
    layout::page(letter).into_pdf(&title, subject, letter.issued)
}
