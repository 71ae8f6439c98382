// Runs calls of the official JavaScript SDK: {sdk, address, key, secret, calls: [[name, params], …]} on standard input,
// the list of what the SDK returned on standard output.
const { readFileSync } = require('node:fs');

const { sdk, address, key, secret, calls } = JSON.parse(readFileSync(0, 'utf-8'));
const { PlugNmeet } = require(sdk);

(async () => {
  const client = new PlugNmeet(address, key, secret);
  const answers = [];
  for (const [name, params] of calls) answers.push(await client[name](params));
  process.stdout.write(JSON.stringify(answers));
})();
