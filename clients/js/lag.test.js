// The story of a LAG, through the AWS SDK for JavaScript.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import {
  AssociateConnectionWithLagCommand,
  CreateConnectionCommand,
  CreateLagCommand,
  CreatePrivateVirtualInterfaceCommand,
  DeleteConnectionCommand,
  DeleteLagCommand,
  DescribeConnectionsCommand,
  DescribeLagsCommand,
  DescribeLoaCommand,
  DescribeLocationsCommand,
  DescribeRouterConfigurationCommand,
  DescribeTagsCommand,
  DirectConnectClientException,
  DisassociateConnectionFromLagCommand,
  DuplicateTagKeysException,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateLagCommand,
} from "@aws-sdk/client-direct-connect";

import { PROTOCOLS, client, start } from "./server.js";

const HERE = "EqDC2";

async function order(dx, name, more = {}) {
  const input = { location: HERE, bandwidth: "1Gbps", connectionName: name, ...more };
  return (await dx.send(new CreateConnectionCommand(input))).connectionId;
}

async function orderLag(dx, name, numberOfConnections) {
  const input = { location: HERE, connectionsBandwidth: "1Gbps", lagName: name, numberOfConnections };
  const lag = await dx.send(new CreateLagCommand(input));
  return [lag.lagId, lag.connections.map((member) => member.connectionId)];
}

async function connection(dx, connectionId) {
  const { connections } = await dx.send(new DescribeConnectionsCommand({ connectionId }));
  assert.equal(connections.length, 1);
  return connections[0];
}

async function lag(dx, lagId) {
  const { lags } = await dx.send(new DescribeLagsCommand({ lagId }));
  assert.equal(lags.length, 1);
  return lags[0];
}

async function refused(dx, command, part, type = DirectConnectClientException) {
  await assert.rejects(dx.send(command), (error) => {
    assert.ok(error instanceof type, `${error.name}: ${error.message}`);
    assert.equal(error.name, type.name);
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.ok(error.$metadata.requestId);
    assert.ok(error.message.includes(part), error.message);
    return true;
  });
}

/** The content types in which a client was answered, so that a story cannot be told in another protocol than it says. */
function answersOf(dx) {
  const types = new Set();
  const see = (next) => async (args) => {
    const result = await next(args);
    types.add(result.response.headers["content-type"]);
    return result;
  };
  dx.middlewareStack.add(see, { step: "deserialize", priority: "low" });
  return types;
}

for (const [name, protocol] of Object.entries(PROTOCOLS)) {
  describe(`A LAG in ${name}`, () => {
    let server;
    let dx;
    before(async () => {
      server = await start();
    });
    after(async () => {
      assert.equal(await server.stop(), 0);
    });

    it("is spoken to in this protocol", async () => {
      dx = client(server, protocol);
      const types = answersOf(dx);
      const { locations } = await dx.send(new DescribeLocationsCommand({}));
      assert.ok(locations.some((location) => location.locationCode === HERE));
      await refused(dx, new DeleteLagCommand({ lagId: "dxlag-ffffffff" }), "Could not find Lag");
      assert.deepEqual([...types], [name.endsWith("CBOR") ? "application/cbor" : "application/x-amz-json-1.1"]);
    });

    it("takes a connection in, and lets it go", async () => {
      dx = client(server, protocol);
      const tags = [{ key: "of", value: "order" }];
      const input = { location: HERE, bandwidth: "1Gbps", connectionName: "c1", tags };
      const ordered = await dx.send(new CreateConnectionCommand(input));
      assert.equal(ordered.connectionState, "requested");
      assert.deepEqual(ordered.tags, tags);
      const c1 = ordered.connectionId;
      const [g1, [first]] = await orderLag(dx, "g1", 1);
      assert.equal((await connection(dx, c1)).connectionState, "available");
      assert.equal((await lag(dx, g1)).lagState, "available");

      const moved = await dx.send(new AssociateConnectionWithLagCommand({ connectionId: c1, lagId: g1 }));
      assert.deepEqual([moved.connectionId, moved.lagId], [c1, g1]);
      const joined = await lag(dx, g1);
      assert.equal(joined.numberOfConnections, 2);
      assert.deepEqual(joined.connections.map((member) => member.connectionId).sort(), [c1, first].sort());

      const alone = await dx.send(new DisassociateConnectionFromLagCommand({ connectionId: c1, lagId: g1 }));
      assert.equal(alone.lagId, undefined);
      for (const connectionId of [c1, first]) {
        const deleted = await dx.send(new DeleteConnectionCommand({ connectionId }));
        assert.equal(deleted.connectionState, "deleting");
        assert.equal((await connection(dx, connectionId)).connectionState, "deleted");
      }
      const gone = await dx.send(new DeleteLagCommand({ lagId: g1 }));
      assert.deepEqual([gone.lagState, gone.connections], ["deleted", []]);
    });

    it("refuses what does not fit, and nothing changes", async () => {
      dx = client(server, protocol);
      const [g1, [first]] = await orderLag(dx, "g1", 2);
      const other = await order(dx, "other", { bandwidth: "10Gbps" });
      const updated = await dx.send(new UpdateLagCommand({ lagId: g1, minimumLinks: 2 }));
      assert.equal(updated.minimumLinks, 2);

      const join = (connectionId) => new AssociateConnectionWithLagCommand({ connectionId, lagId: g1 });
      const leave = new DisassociateConnectionFromLagCommand({ connectionId: first, lagId: g1 });
      await refused(dx, leave, "minimumLinks is 2");
      await refused(dx, join(other), `Connection ${other} has a bandwidth of 10Gbps`);
      await refused(dx, join(first), `Connection ${first} is already a member of ${g1}`);
      await refused(dx, join("dxcon-ffffffff"), "Could not find Connection with ID dxcon-ffffffff");
      await refused(dx, join(undefined), "connectionId");
      const twice = [1, 2].map((value) => ({ key: "twice", value: String(value) }));
      const order2 = { location: HERE, bandwidth: "1Gbps", connectionName: "c2", tags: twice };
      await refused(dx, new CreateConnectionCommand(order2), "twice", DuplicateTagKeysException);

      assert.equal((await lag(dx, g1)).numberOfConnections, 2);
      assert.equal((await connection(dx, other)).lagId, undefined);
      assert.equal((await dx.send(new DescribeConnectionsCommand({}))).connections.length, 3);
    });

    it("has a letter, and its interface a configuration", async () => {
      dx = client(server, protocol);
      const [g1, [first]] = await orderLag(dx, "g1", 1);
      const letter = await dx.send(new DescribeLoaCommand({ connectionId: g1, loaContentType: "application/pdf" }));
      assert.equal(letter.loaContentType, "application/pdf");
      const content = Buffer.from(letter.loaContent).toString("latin1");
      assert.ok(content.startsWith("%PDF-") && content.trimEnd().endsWith("%%EOF"));
      for (const fact of [g1, first, "This document authorises nothing."]) assert.ok(content.includes(fact), fact);
      const { loaIssueTime } = await connection(dx, first);
      assert.ok(loaIssueTime instanceof Date && Math.abs(Date.now() - loaIssueTime) < 60_000, loaIssueTime);

      const asked = { virtualInterfaceName: "v1", vlan: 101, asn: 65001, virtualGatewayId: "vgw-0123456789abcdef0" };
      const order = { connectionId: g1, newPrivateVirtualInterface: asked };
      const { virtualInterfaceId, authKey } = await dx.send(new CreatePrivateVirtualInterfaceCommand(order));
      const configuration = (routerTypeIdentifier) =>
        new DescribeRouterConfigurationCommand({ virtualInterfaceId, routerTypeIdentifier });
      const told = await dx.send(configuration("JuniperNetworksInc-MMXSeriesRouters-JunOS95"));
      assert.equal(told.router.platform, "M/MX Series Routers");
      for (const fact of ["vlan-id 101;", `authentication-key "${authKey}";`, "802.3ad ae0;"]) {
        assert.ok(told.customerRouterConfig.includes(fact), told.customerRouterConfig);
      }
      await refused(dx, configuration(undefined), "routerTypeIdentifier is missing");
    });

    it("carries tags", async () => {
      dx = client(server, protocol);
      const [g1] = await orderLag(dx, "g1", 1);
      const { ownerAccount } = await lag(dx, g1);
      const resourceArn = `arn:aws:directconnect:us-east-1:${ownerAccount}:dxlag/${g1}`;
      const tags = async () => {
        const { resourceTags } = await dx.send(new DescribeTagsCommand({ resourceArns: [resourceArn] }));
        return resourceTags[0].tags;
      };
      const [a, b] = [{ key: "a", value: "1" }, { key: "b", value: "" }];
      await dx.send(new TagResourceCommand({ resourceArn, tags: [a, b] }));
      assert.deepEqual(await tags(), [a, b]);
      await dx.send(new UntagResourceCommand({ resourceArn, tagKeys: ["a"] }));
      assert.deepEqual(await tags(), [b]);
    });

    it("is listed in pages", async () => {
      dx = client(server, protocol);
      const ids = [];
      for (const each of ["g1", "g2", "g3"]) ids.push((await orderLag(dx, each, 1))[0]);
      const seen = [];
      let nextToken;
      do {
        const page = await dx.send(new DescribeLagsCommand({ maxResults: 2, nextToken }));
        seen.push(...page.lags.map((each) => each.lagId));
        nextToken = page.nextToken;
      } while (nextToken);
      assert.deepEqual(seen, ids);
    });
  });
}
