// One process of the server, on a free port of loopback, and clients of it in each protocol that the SDK speaks.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { DirectConnectClient } from "@aws-sdk/client-direct-connect";
import { AwsJson1_1Protocol, AwsSmithyRpcV2CborProtocol } from "@aws-sdk/core/protocols";

export const PROTOCOLS = { "AWS JSON 1.1": AwsJson1_1Protocol, "Smithy RPC v2 CBOR": AwsSmithyRpcV2CborProtocol };

const BUILT = fileURLToPath(new URL("../../target/debug/crossconnect", import.meta.url));
const LISTENING = /listening on (http:\/\/127\.0\.0\.1:\d+)/;
const STOP_MS = 30_000;

/** Starts a server with an empty store, on which everything is over before the next call. */
export async function start() {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith("CROSSCONNECT_"));
  const child = spawn(
    process.env.CROSSCONNECT_BINARY ?? BUILT,
    ["serve", "--listen", "127.0.0.1:0", "--store", "memory:", "--lifecycle", "instant", "--log", "warn"],
    { env: Object.fromEntries(environment), stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(child, "exit");
  const listening = new Promise((found) => {
    // Read to the end, so that the server never waits for somebody to read what it prints.
    createInterface(child.stdout).on("line", (line) => LISTENING.test(line) && found(LISTENING.exec(line)[1]));
  });
  const failed = ended.then(([code]) => Promise.reject(new Error(`the server ended by itself with ${code}`)));
  failed.catch(() => {});
  return { url: await Promise.race([listening, failed]), stop: () => stop(child, ended) };
}

/** Asks it to end, as an operator does; its exit code. */
async function stop(child, ended) {
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  const [code] = await ended;
  clearTimeout(late);
  return code;
}

let account = 400000000001;

/** An unmodified client of an account that no other test has: an access key of twelve digits is the account. */
export function client(server, protocol) {
  return new DirectConnectClient({
    endpoint: server.url,
    region: "us-east-1",
    credentials: { accessKeyId: String(account++), secretAccessKey: "any secret" },
    protocol,
  });
}

/** The account of a client: its access key. */
export async function accountOf(dx) {
  return (await dx.config.credentials()).accessKeyId;
}

/** Makes a partner of an account, as an operator does. */
export async function partner(server, account, kind) {
  const answer = await fetch(`${server.url}/_crossconnect/accounts/${account}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ partner: kind }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}
