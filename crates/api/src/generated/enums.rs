//! The closed sets of values. Generated from the model.

use crate::codec::wire_enum;

wire_enum! {
    /// `AddressFamily`: one of 2 values.
    AddressFamily {
        Ipv4 = "ipv4",
        Ipv6 = "ipv6",
    }
}

wire_enum! {
    /// `AsPathType`: one of 2 values.
    AsPathType {
        Seq = "seq",
        Set = "set",
    }
}

wire_enum! {
    /// `BGPPeerState`: one of 5 values.
    BGPPeerState {
        Verifying = "verifying",
        Pending = "pending",
        Available = "available",
        Deleting = "deleting",
        Deleted = "deleted",
    }
}

wire_enum! {
    /// `BGPStatus`: one of 3 values.
    BGPStatus {
        Up = "up",
        Down = "down",
        Unknown = "unknown",
    }
}

wire_enum! {
    /// `BillingMode`: one of 11 values.
    BillingMode {
        PayAsYouGo = "PayAsYouGo",
        FlatRateTier1 = "FlatRateTier1",
        FlatRateTier2 = "FlatRateTier2",
        FlatRateTier3 = "FlatRateTier3",
        FlatRateTier4 = "FlatRateTier4",
        FlatRateTier5 = "FlatRateTier5",
        PortPairFlatRateTier1 = "PortPairFlatRateTier1",
        PortPairFlatRateTier2 = "PortPairFlatRateTier2",
        PortPairFlatRateTier3 = "PortPairFlatRateTier3",
        PortPairFlatRateTier4 = "PortPairFlatRateTier4",
        PortPairFlatRateTier5 = "PortPairFlatRateTier5",
    }
}

wire_enum! {
    /// `ConnectionState`: one of 9 values.
    ConnectionState {
        Ordering = "ordering",
        Requested = "requested",
        Pending = "pending",
        Available = "available",
        Down = "down",
        Deleting = "deleting",
        Deleted = "deleted",
        Rejected = "rejected",
        Unknown = "unknown",
    }
}

wire_enum! {
    /// `DirectConnectGatewayAssociationProposalState`: one of 3 values.
    DirectConnectGatewayAssociationProposalState {
        Requested = "requested",
        Accepted = "accepted",
        Deleted = "deleted",
    }
}

wire_enum! {
    /// `DirectConnectGatewayAssociationState`: one of 5 values.
    DirectConnectGatewayAssociationState {
        Associating = "associating",
        Associated = "associated",
        Disassociating = "disassociating",
        Disassociated = "disassociated",
        Updating = "updating",
    }
}

wire_enum! {
    /// `DirectConnectGatewayAttachmentState`: one of 4 values.
    DirectConnectGatewayAttachmentState {
        Attaching = "attaching",
        Attached = "attached",
        Detaching = "detaching",
        Detached = "detached",
    }
}

wire_enum! {
    /// `DirectConnectGatewayAttachmentType`: one of 2 values.
    DirectConnectGatewayAttachmentType {
        TransitVirtualInterface = "TransitVirtualInterface",
        PrivateVirtualInterface = "PrivateVirtualInterface",
    }
}

wire_enum! {
    /// `DirectConnectGatewayState`: one of 4 values.
    DirectConnectGatewayState {
        Pending = "pending",
        Available = "available",
        Deleting = "deleting",
        Deleted = "deleted",
    }
}

wire_enum! {
    /// `GatewayType`: one of 2 values.
    GatewayType {
        VirtualPrivateGateway = "virtualPrivateGateway",
        TransitGateway = "transitGateway",
    }
}

wire_enum! {
    /// `HasLogicalRedundancy`: one of 3 values.
    HasLogicalRedundancy {
        Unknown = "unknown",
        Yes = "yes",
        No = "no",
    }
}

wire_enum! {
    /// `InterconnectState`: one of 7 values.
    InterconnectState {
        Requested = "requested",
        Pending = "pending",
        Available = "available",
        Down = "down",
        Deleting = "deleting",
        Deleted = "deleted",
        Unknown = "unknown",
    }
}

wire_enum! {
    /// `LagState`: one of 7 values.
    LagState {
        Requested = "requested",
        Pending = "pending",
        Available = "available",
        Down = "down",
        Deleting = "deleting",
        Deleted = "deleted",
        Unknown = "unknown",
    }
}

wire_enum! {
    /// `LoaContentType`: one of 1 values.
    LoaContentType {
        ApplicationPdf = "application/pdf",
    }
}

wire_enum! {
    /// `NniPartnerType`: one of 3 values.
    NniPartnerType {
        V1 = "v1",
        V2 = "v2",
        NonPartner = "nonPartner",
    }
}

wire_enum! {
    /// `RequestBillingMode`: one of 6 values.
    RequestBillingMode {
        PayAsYouGo = "PayAsYouGo",
        FlatRateTier1 = "FlatRateTier1",
        FlatRateTier2 = "FlatRateTier2",
        FlatRateTier3 = "FlatRateTier3",
        FlatRateTier4 = "FlatRateTier4",
        FlatRateTier5 = "FlatRateTier5",
    }
}

wire_enum! {
    /// `ResiliencyGroupAssociationState`: one of 4 values.
    ResiliencyGroupAssociationState {
        Associating = "associating",
        Associated = "associated",
        Disassociating = "disassociating",
        Disassociated = "disassociated",
    }
}

wire_enum! {
    /// `ResiliencyGroupState`: one of 4 values.
    ResiliencyGroupState {
        Pending = "pending",
        Available = "available",
        Deleting = "deleting",
        Deleted = "deleted",
    }
}

wire_enum! {
    /// `ResiliencyGroupType`: one of 1 values.
    ResiliencyGroupType {
        Managed = "Managed",
    }
}

wire_enum! {
    /// `ResiliencyModel`: one of 3 values.
    ResiliencyModel {
        MaximumResiliency = "maximum-resiliency",
        HighResiliency = "high-resiliency",
        BasicResiliency = "basic-resiliency",
    }
}

wire_enum! {
    /// `RouteDirection`: one of 2 values.
    RouteDirection {
        Accepted = "accepted",
        Advertised = "advertised",
    }
}

wire_enum! {
    /// `VirtualInterfaceState`: one of 10 values.
    VirtualInterfaceState {
        Confirming = "confirming",
        Verifying = "verifying",
        Pending = "pending",
        Available = "available",
        Down = "down",
        Testing = "testing",
        Deleting = "deleting",
        Deleted = "deleted",
        Rejected = "rejected",
        Unknown = "unknown",
    }
}
