// The story of a hosted connection, from a partner to its customer, through the AWS SDK for JavaScript.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import {
  AllocateHostedConnectionCommand,
  AssociateConnectionWithLagCommand,
  AssociateHostedConnectionCommand,
  ConfirmConnectionCommand,
  CreateInterconnectCommand,
  CreateLagCommand,
  CreatePrivateVirtualInterfaceCommand,
  DeleteConnectionCommand,
  DeleteInterconnectCommand,
  DeleteVirtualInterfaceCommand,
  DescribeConnectionsCommand,
  DescribeCustomerMetadataCommand,
  DescribeHostedConnectionsCommand,
  DescribeInterconnectsCommand,
  DirectConnectClientException,
} from "@aws-sdk/client-direct-connect";

import { PROTOCOLS, accountOf, client, partner, start } from "./server.js";

const HERE = "EqDC2";

async function interconnect(dx, interconnectName) {
  const input = { location: HERE, bandwidth: "10Gbps", interconnectName };
  return (await dx.send(new CreateInterconnectCommand(input))).interconnectId;
}

async function allocate(dx, connectionId, ownerAccount, vlan) {
  const input = { connectionId, ownerAccount, vlan, bandwidth: "1Gbps", connectionName: `h${vlan}` };
  return dx.send(new AllocateHostedConnectionCommand(input));
}

async function hosted(dx, connectionId) {
  const { connections } = await dx.send(new DescribeHostedConnectionsCommand({ connectionId }));
  return connections.map((one) => one.connectionId);
}

async function state(dx, connectionId) {
  const { connections } = await dx.send(new DescribeConnectionsCommand({ connectionId }));
  return connections[0].connectionState;
}

function refused(dx, command, text) {
  return assert.rejects(dx.send(command), (error) => {
    assert.ok(error instanceof DirectConnectClientException, `${error.name}: ${error.message}`);
    assert.ok(error.message.includes(text), error.message);
    return true;
  });
}

for (const [name, protocol] of Object.entries(PROTOCOLS)) {
  describe(`A hosted connection in ${name}`, () => {
    let server;
    let seller;
    let customer;
    before(async () => {
      server = await start();
    });
    after(async () => {
      assert.equal(await server.stop(), 0);
    });

    it("is a partner's to allocate", async () => {
      seller = client(server, protocol);
      const account = await accountOf(seller);
      const refusal = `Account ${account} is not an authorized Direct Connect partner in us-east-1.`;
      await refused(seller, new DescribeInterconnectsCommand({}), refusal);
      await partner(server, account, "v2");
      assert.equal((await seller.send(new DescribeCustomerMetadataCommand({}))).nniPartnerType, "v2");
      assert.deepEqual((await seller.send(new DescribeInterconnectsCommand({}))).interconnects, []);
    });

    it("is confirmed, used, moved and ended", async () => {
      [seller, customer] = [client(server, protocol), client(server, protocol)];
      const [sells, owner] = [await accountOf(seller), await accountOf(customer)];
      await partner(server, sells, "v2");
      const [i1, i2] = [await interconnect(seller, "i1"), await interconnect(seller, "i2")];
      const made = await allocate(seller, i1, owner, 101);
      const { connectionId } = made;
      assert.deepEqual([made.ownerAccount, made.connectionState, made.vlan], [owner, "ordering", 101]);
      assert.equal((await customer.send(new ConfirmConnectionCommand({ connectionId }))).connectionState, "pending");
      assert.equal(await state(customer, connectionId), "available");
      const again = `ConfirmConnection failed. ${connectionId} is in state available`;
      await refused(customer, new ConfirmConnectionCommand({ connectionId }), again);

      const asked = { virtualInterfaceName: "v1", vlan: 102, asn: 65001, virtualGatewayId: "vgw-0123456789abcdef0" };
      const order = (more) =>
        new CreatePrivateVirtualInterfaceCommand({ connectionId, newPrivateVirtualInterface: { ...asked, ...more } });
      await refused(customer, order({}), `vlan 102 is not that of hosted connection ${connectionId}; expected 101`);
      const { virtualInterfaceId } = await customer.send(order({ vlan: 101 }));

      const move = new AssociateHostedConnectionCommand({ connectionId, parentConnectionId: i2 });
      assert.equal((await seller.send(move)).connectionState, "available");
      assert.deepEqual([await hosted(seller, i1), await hosted(seller, i2)], [[], [connectionId]]);
      const lag = { location: HERE, connectionsBandwidth: "10Gbps", lagName: "g1", numberOfConnections: 1 };
      const { lagId, allowsHostedConnections } = await seller.send(new CreateLagCommand(lag));
      assert.equal(allowsHostedConnections, true);
      await seller.send(new AssociateConnectionWithLagCommand({ connectionId: i2, lagId }));
      assert.deepEqual(await hosted(seller, lagId), [connectionId]);

      const end = new DeleteConnectionCommand({ connectionId });
      await refused(customer, end, "cannot be deleted until its Virtual Interfaces are deleted");
      await customer.send(new DeleteVirtualInterfaceCommand({ virtualInterfaceId }));
      assert.equal((await customer.send(end)).connectionState, "deleting");
      const gone = await seller.send(new DeleteInterconnectCommand({ interconnectId: i1 }));
      assert.equal(gone.interconnectState, "deleting");
    });

    it("is declined by who was to have it", async () => {
      [seller, customer] = [client(server, protocol), client(server, protocol)];
      await partner(server, await accountOf(seller), "v2");
      const made = await allocate(seller, await interconnect(seller, "i1"), await accountOf(customer), 101);
      const declined = await customer.send(new DeleteConnectionCommand({ connectionId: made.connectionId }));
      assert.equal(declined.connectionState, "rejected");
      assert.equal(await state(customer, made.connectionId), "rejected");
    });
  });
}
