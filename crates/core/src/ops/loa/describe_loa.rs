//! DescribeLoa: the letter with which a facility connects the port of a connection or interconnect, or the new ports of a LAG.

use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::parent::{self, Name};
use crate::ops::{find, letter};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts {
    leaves_a_trace: true,
    ..Facts::new(Access::Read, &[Resource::required(&["dxcon", "dxlag"], "connectionId")])
};

pub(in crate::ops) fn describe_loa(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeLoaRequest,
) -> Result<shapes::Loa, Rejection> {
    let name = parent::name(&input.connection_id)?;
    let provider = letter::provider(&input.provider_name)?;
    match name {
        Name::Connection(name) => {
            let connection = find::connection(tx, name)?;
            letter::of_connection(tx, connection, provider)
        }
        Name::Lag(name) => {
            let lag = find::lag(tx, name)?;
            letter::of_lag(tx, &lag, provider)
        }
    }
}
